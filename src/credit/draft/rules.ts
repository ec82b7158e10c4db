import { dayFromIso, isoOf, yearPeriod } from '#kernel/day.ts';
import { comparable } from '#kernel/persian.ts';
import type { Line, Programme } from '../contract.ts';
import { hundredthsOf } from '../parameter/rules.ts';

/** A line as it is typed: text, until `orderOf` reads it. */
export type LineDraft = {
  readonly budgetYear: string;
  readonly programme: Programme;
  readonly pot: Line['pot'];
  readonly note: string;
  readonly paragraph: string;
  readonly item: string;
  readonly rateKind: Line['rateKind'];
  readonly rateHundredths: string;
  readonly graceMonths: string;
  readonly termMonths: string;
  /** Null as long as nobody typed a day: then the line runs out with its budget year. */
  readonly deadline: string | null;
  readonly cooperativeReserve: string;
  readonly reserveReference: string;
};

type Gap = 'missing' | 'year' | 'percent' | 'share' | 'grace' | 'term' | 'early' | 'reference';
export type Gaps = Readonly<Partial<Record<keyof LineDraft, Gap>>>;

const within = (typed: string, [least, most]: readonly [number, number]): boolean =>
  /^\d{1,4}$/.test(typed) && parseInt(typed, 10) >= least && parseInt(typed, 10) <= most;

/** The ISO day on which the line runs out; '' for none that can be read. */
export function deadlineOf({ budgetYear, deadline }: Pick<LineDraft, 'budgetYear' | 'deadline'>): string {
  if (deadline !== null) return deadline;
  return within(budgetYear, [1380, 1500]) ? isoOf(yearPeriod(parseInt(budgetYear, 10)).until) : '';
}

/** The commonest home-job line: a fee of four percent over five years. No share is locked unless somebody says so. */
export const firstDraft = (year: number): LineDraft => ({
  budgetYear: String(year),
  programme: 'home_jobs',
  pot: 'national',
  note: '',
  paragraph: '',
  item: '',
  rateKind: 'fee',
  rateHundredths: '4',
  graceMonths: '0',
  termMonths: '60',
  deadline: null,
  cooperativeReserve: '',
  reserveReference: '',
});

const isEarly = (draft: LineDraft): boolean =>
  within(draft.budgetYear, [1380, 1500]) &&
  deadlineOf(draft) !== '' &&
  dayFromIso(deadlineOf(draft)) < yearPeriod(parseInt(draft.budgetYear, 10)).from;

type LegalPlace = Pick<Line, 'budgetYear' | 'programme' | 'pot' | 'note' | 'paragraph' | 'item'>;

const legalOf = ({ note, paragraph, item }: Pick<Line, 'note' | 'paragraph' | 'item'>): string =>
  [note, paragraph ?? '', item ?? ''].map(comparable).join('/');

/** The line of the same year, programme, pot and legal place: most likely the one that somebody is about to draft again. */
export function twinOf<One extends LegalPlace>(draft: LineDraft, lines: readonly One[]): One | undefined {
  return draft.note.trim() === ''
    ? undefined
    : lines.find(
        (line) =>
          String(line.budgetYear) === draft.budgetYear &&
          line.programme === draft.programme &&
          line.pot === draft.pot &&
          legalOf(line) === legalOf(draft),
      );
}

/** What keeps a draft from being sent, field by field. */
export function gapsOf(draft: LineDraft): Gaps {
  const { cooperativeReserve: share, reserveReference: reference } = draft;
  return {
    ...(within(draft.budgetYear, [1380, 1500]) ? {} : { budgetYear: 'year' }),
    ...(draft.note.trim() === '' ? { note: 'missing' } : {}),
    ...(hundredthsOf(draft.rateHundredths) === undefined ? { rateHundredths: 'percent' } : {}),
    ...(within(draft.graceMonths, [0, 120]) ? {} : { graceMonths: 'grace' }),
    ...(within(draft.termMonths, [1, 360]) ? {} : { termMonths: 'term' }),
    ...(deadlineOf(draft) === '' ? { deadline: 'missing' } : {}),
    ...(isEarly(draft) ? { deadline: 'early' } : {}),
    ...(share === '' || within(share, [0, 100]) ? {} : { cooperativeReserve: 'share' }),
    ...(share === '' && reference.trim() !== '' ? { cooperativeReserve: 'missing' } : {}),
    ...(share !== '' && reference.trim() === '' ? { reserveReference: 'reference' } : {}),
  };
}

const textOrNull = (typed: string): string | null => (typed.trim() === '' ? null : typed.trim());

/** The draft as it goes over the wire, once it has no gaps. */
export const orderOf = (draft: LineDraft, id: string): object => ({
  ...draft,
  id,
  budgetYear: parseInt(draft.budgetYear, 10),
  deadline: deadlineOf(draft),
  note: draft.note.trim(),
  paragraph: textOrNull(draft.paragraph),
  item: textOrNull(draft.item),
  rateHundredths: hundredthsOf(draft.rateHundredths),
  graceMonths: parseInt(draft.graceMonths, 10),
  termMonths: parseInt(draft.termMonths, 10),
  cooperativeReserve: draft.cooperativeReserve === '' ? null : parseInt(draft.cooperativeReserve, 10),
  reserveReference: textOrNull(draft.reserveReference),
});
