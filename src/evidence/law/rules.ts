import type { Bilingual } from '#kernel/indicator.ts';
import type { Law, LawBoard, LawState } from './contract.ts';

/** What a law came to in a province when it was last asked. */
export type Asked = {
  readonly law: string;
  readonly province: Bilingual;
  readonly breaches: number;
  readonly askedAt: Date;
  readonly since: Date;
};

const isoOf = (instant: Date | undefined): string | null => instant?.toISOString() ?? null;
const latest = (instants: readonly Date[]): Date | undefined => instants.toSorted((a, b) => +b - +a)[0];
const earliest = (instants: readonly Date[]): Date | undefined => instants.toSorted((a, b) => +a - +b)[0];

/**
 * The board over all provinces. A law is green only where every province was asked and none broke it, and as fresh as
 * the province that was asked longest ago; one that nobody asked is neither green nor red.
 */
export function boardOf(laws: readonly Law[], asked: readonly Asked[]): LawBoard {
  const rows = laws.map(({ id, title }) => {
    const own = asked.filter(({ law }) => law === id);
    const broken = own.filter(({ breaches }) => breaches > 0);
    const state: LawState = own.length === 0 ? 'not_asked' : broken.length > 0 ? 'broken' : 'holds';
    return {
      id,
      title,
      state,
      breaches: broken.reduce((sum, { breaches }) => sum + breaches, 0),
      askedAt: isoOf(earliest(own.map(({ askedAt }) => askedAt))),
      // Broken since it broke first; it holds since the last province was put right.
      since: isoOf(
        broken.length > 0
          ? earliest(broken.map(({ since }) => since))
          : latest(own.map(({ since }) => since)),
      ),
      provinces: broken.map(({ province, breaches }) => ({ name: province, breaches })),
    };
  });
  return { askedAt: isoOf(earliest(asked.map(({ askedAt }) => askedAt))), laws: rows };
}
