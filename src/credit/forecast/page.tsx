import type { ReactNode } from 'react';
import { rial } from '#kernel/rial.ts';
import { moneyText, partOfLength, rialsOf } from '#web/format.ts';
import { Money } from '#web/kit/money.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { useSpeech } from '#web/language.tsx';
import { type Risk, about } from '../lapse/rules.ts';
import { lapseLabels, riskWords } from '../lapse/words.ts';
import type { ForecastAnswer } from '../reallocation/contract.ts';

const toneOf = {
  on_time: 'green',
  lapse_near: 'amber',
  lapsing: 'red',
  lapsed: 'red',
  unknown: 'quiet',
} as const satisfies Record<Risk, string>;

const iconOf = {
  on_time: 'onTime',
  lapse_near: 'warning',
  lapsing: 'late',
  lapsed: 'late',
  unknown: 'time',
} as const satisfies Record<Risk, string>;

/** How near a slice is to lapsing: sign, colour and word. */
export function RiskSign({ risk }: { readonly risk: Risk }): ReactNode {
  const { say } = useSpeech();
  return (
    <Sign tone={toneOf[risk]} icon={iconOf[risk]}>
      {say(riskWords[risk])}
    </Sign>
  );
}

/** «حدود ۱۲۰ میلیارد تومان»: a forecast sum, which is never shown exact. */
export function About({ rials }: { readonly rials: string }): ReactNode {
  const { language, say } = useSpeech();
  const sum = about(rial(rials));
  return (
    <span>
      {sum === 0n ? null : `${say(lapseLabels.about)} `}
      <bdi>{moneyText(sum, language)}</bdi>
    </span>
  );
}

/** The middle of what stays unspent, with its band below; or why there is none. */
export function Unspent({ forecast }: { readonly forecast: ForecastAnswer }): ReactNode {
  const { say, language } = useSpeech();
  if (forecast.kind === 'too_short') return <small className="k-hint">{say(lapseLabels.tooShort)}</small>;
  if (forecast.kind === 'past') return <Money rials={forecast.lapsed} />;
  const { low, median, high } = forecast.unspent;
  const text = (sum: string): string => moneyText(about(rial(sum)), language);
  return (
    <span>
      <About rials={median} />
      {low === high ? null : (
        <small className="k-hint" style={{ display: 'block' }}>
          {say(lapseLabels.between)} <bdi>{text(low)}</bdi> {say(lapseLabels.and)} <bdi>{text(high)}</bdi>
        </small>
      )}
    </span>
  );
}

const barWidth = 8;
const barHeight = 22;

/** The draws of the recent weeks as small bars, the newest at the right in both directions. */
export function Weeks({ weeks }: { readonly weeks: readonly string[] }): ReactNode {
  const { say } = useSpeech();
  const sums = weeks.map(rialsOf);
  const largest = sums.reduce((most, sum) => (sum > most ? sum : most), 0n);
  if (largest === 0n) return <small className="k-hint">{say(lapseLabels.noneDrawn)}</small>;
  return (
    <svg
      role="img"
      aria-label={say(lapseLabels.weeks)}
      width={weeks.length * barWidth}
      height={barHeight + 1}
      style={{ display: 'block' }}
    >
      <line x1={0} x2={weeks.length * barWidth} y1={barHeight} y2={barHeight} stroke="var(--line-2)" />
      {sums.map((sum, place) => {
        const height = partOfLength(sum < 0n ? 0n : sum, largest, barHeight);
        return (
          <rect
            key={`week ${weeks.length - place}`}
            x={place * barWidth + 1}
            y={barHeight - height}
            width={barWidth - 2}
            height={height}
            fill="var(--stage-contracted)"
          />
        );
      })}
    </svg>
  );
}
