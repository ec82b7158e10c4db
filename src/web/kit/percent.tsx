import type { ReactNode } from 'react';
import { percentText, pointsOf, rialsOf, type WireRial } from '../format.ts';
import { useSpeech } from '../language.tsx';

/** A share in percent: of two sums (`part` of `whole`), or ready-made points (`points`, whole or a plain decimal). */
export function Percent(
  props:
    | { readonly part: WireRial | bigint; readonly whole: WireRial | bigint; readonly decimals?: number }
    | { readonly points: number | string },
): ReactNode {
  const { language } = useSpeech();
  const text =
    'points' in props
      ? pointsOf(String(props.points), language)
      : percentText(rialsOf(props.part), rialsOf(props.whole), language, props.decimals ?? 0);
  return <bdi className="k-digits">{text}</bdi>;
}
