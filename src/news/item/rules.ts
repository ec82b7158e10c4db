import type { Verdict } from '#evidence/contract.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import type { CaseKind, CaseTable } from '#kernel/state.ts';
import { newsroom } from '../contract.ts';
import type { ItemAnswer, ItemAct, ItemRefusal, ItemState, ItemText } from './contract.ts';
import { figuresIn, imagesIn } from './markup.ts';

const no = 'refused';

/**
 * A text is written, approved by another person and then published. What is public stays as it was read while a
 * correction of it is written; the correction takes its place when another person issues it, with its erratum.
 */
export const itemKind = {
  kind: 'news_item',
  start: { act: 'write', state: 'drafted', may: newsroom },
  table: {
    drafted: {
      revise: 'drafted',
      approve: 'approved',
      publish: no,
      amend: no,
      issue: no,
      drop: no,
      archive: no,
      withdraw: 'withdrawn',
    },
    approved: {
      revise: 'drafted',
      approve: no,
      publish: 'published',
      amend: no,
      issue: no,
      drop: no,
      archive: no,
      withdraw: 'withdrawn',
    },
    published: {
      revise: no,
      approve: no,
      publish: no,
      amend: 'amended',
      issue: no,
      drop: no,
      archive: 'archived',
      withdraw: no,
    },
    amended: {
      revise: 'amended',
      approve: no,
      publish: no,
      amend: no,
      issue: 'corrected',
      drop: 'published',
      archive: no,
      withdraw: no,
    },
    corrected: {
      revise: no,
      approve: no,
      publish: no,
      amend: 'reamended',
      issue: no,
      drop: no,
      archive: 'archived',
      withdraw: no,
    },
    reamended: {
      revise: 'reamended',
      approve: no,
      publish: no,
      amend: no,
      issue: 'corrected',
      drop: 'corrected',
      archive: no,
      withdraw: no,
    },
    archived: {
      revise: no,
      approve: no,
      publish: no,
      amend: no,
      issue: no,
      drop: no,
      archive: no,
      withdraw: no,
    },
    withdrawn: {
      revise: no,
      approve: no,
      publish: no,
      amend: no,
      issue: no,
      drop: no,
      archive: no,
      withdraw: no,
    },
  } as const satisfies CaseTable<ItemState, ItemAct>,
  may: {
    revise: newsroom,
    approve: newsroom,
    publish: newsroom,
    amend: newsroom,
    issue: newsroom,
    drop: newsroom,
    archive: newsroom,
    withdraw: newsroom,
  },
  closed: ['archived', 'withdrawn'],
  // What is public waits for nobody.
  waits: { published: null, corrected: null },
  reasoned: ['archive'],
} as const satisfies CaseKind<ItemState, ItemAct>;

/** Whether a text may be stored: it tells of no day to come, its English is whole or absent, what it leads to is there. */
export function decideText(
  text: ItemText,
  known: {
    readonly figures: ReadonlySet<string>;
    readonly images: ReadonlySet<string>;
    /** ISO, as the day of the text. */
    readonly today: string;
  },
): Result<undefined, ItemRefusal> {
  const { today } = known;
  if (text.datedOn > today)
    return refused({ kind: 'ItemDayAhead', field: 'datedOn', rule: 'not_ahead', today });
  const english = [text.titleEn, text.summaryEn, text.bodyEn].filter((part) => part !== null).length;
  if (english !== 0 && english !== 3) return refused({ kind: 'ItemEnglishPartial', field: 'bodyEn' });
  for (const body of [text.bodyFa, text.bodyEn ?? '']) {
    const figure = figuresIn(body).find((id) => !known.figures.has(id));
    if (figure !== undefined) return refused({ kind: 'ItemFigureUnknown', field: 'bodyFa', figure });
    const image = imagesIn(body).find((id) => !known.images.has(id));
    if (image !== undefined) return refused({ kind: 'ItemImageUnknown', field: 'bodyFa', image });
  }
  return ok();
}

/** Whoever wrote a text does not approve it; a contradicted figure needs a reason that everybody will read. */
export function decidePublication(asked: {
  readonly contradicted: readonly string[];
  readonly reason: string | null;
}): Result<undefined, ItemRefusal> {
  if (asked.contradicted.length === 0 || asked.reason !== null) return ok();
  return refused({ kind: 'ItemContradicted', field: 'reason', figures: asked.contradicted });
}

type Found = { readonly start: number; readonly end: number; readonly verdict: Verdict };

const settled = new Set<Verdict>(['supported', 'contradicted', 'promise']);

/**
 * What was found of a text, and what only its links contradict (`led`), or another way of reading it (`open`): lists
 * read on over their lines, tags held against the text. Where the first reading settled a figure, another way of
 * reading changes nothing: lines that are read on may say of one figure what belongs to the next.
 */
export function foundTogether<One extends Found>(
  lines: readonly One[],
  { open, led }: { readonly open: readonly One[]; readonly led: readonly One[] },
): One[] {
  const over = (one: Found, other: Found): boolean => one.start < other.end && other.start < one.end;
  const isOpen = (one: One): boolean =>
    one.verdict === 'contradicted' &&
    !lines.some((line) => over(line, one) && settled.has(line.verdict)) &&
    !led.some((other) => over(other, one));
  const wrong = [
    ...led.filter((one) => !lines.some((line) => over(line, one) && line.verdict === 'contradicted')),
    ...open.filter(isOpen),
  ];
  const others = lines.filter((line) => !wrong.some((one) => over(line, one)));
  return [...others, ...wrong].toSorted((one, other) => one.start - other.start);
}

/** What says most about a figure, first. */
const telling: readonly Verdict[] = ['contradicted', 'supported', 'ambiguous', 'promise', 'no_record'];

/** The same words in summary and text are listed once, by what says most about them; whatever is refused stays so. */
export function toldOnce<One extends { readonly text: string; readonly verdict: Verdict }>(
  findings: readonly One[],
): One[] {
  const most = new Map<string, One>();
  for (const one of findings) {
    const before = most.get(one.text);
    if (before === undefined || telling.indexOf(one.verdict) < telling.indexOf(before.verdict))
      most.set(one.text, one);
  }
  return [...most.values()];
}

/** Letters that a search may have. */
export const longestSearch = 100;

/** Why a search is not made; null where it is, or where nothing was typed. `words` is what would be looked for. */
export function searchFault(typed: string, words: string): 'long' | 'unreadable' | null {
  if (Array.from(typed).length > longestSearch) return 'long';
  return typed.trim() !== '' && words === '' ? 'unreadable' : null;
}

/** Average of stars to one decimal, exactly: «4.3»; null without a vote. */
export function averageOf({ count, sum }: { readonly count: number; readonly sum: number }): string | null {
  if (count === 0) return null;
  const tenths = Math.floor((sum * 20 + count) / (count * 2));
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
}

/** An item as it is typed. */
export type Draft = Pick<ItemAnswer, 'category' | 'datedOn' | 'titleFa' | 'summaryFa' | 'bodyFa'> & {
  readonly tags: string;
  readonly titleEn: string;
  readonly summaryEn: string;
  readonly bodyEn: string;
};

export const orNull = (text: string): string | null => (text.trim() === '' ? null : text);
export const tagsOf = (typed: string): string[] =>
  typed
    .split(/[،,]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
export const textOf = ({ tags, titleEn, summaryEn, bodyEn, ...rest }: Draft) => ({
  ...rest,
  tags: tagsOf(tags),
  titleEn: orNull(titleEn),
  summaryEn: orNull(summaryEn),
  bodyEn: orNull(bodyEn),
});
