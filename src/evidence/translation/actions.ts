import { type Day, addDays, isoOf, partsOf } from '#kernel/day.ts';
import type { LedFigure, Told } from '../contract.ts';
import { readFigures } from '../figure/reader.ts';
import { decimalOf } from '../statement/judgement.ts';
import { type EnglishFigure, englishFigures } from './figure.ts';
import {
  type Differing,
  type Lead,
  englishDiffers,
  figuresOfLead,
  isRepeated,
  persianDiffers,
  stands,
} from './rules.ts';

type Placed = { readonly start: number; readonly end: number; readonly text: string };

const againstLed = (at: Placed, led: LedFigure, { reason, stated }: Differing): Told => ({
  start: at.start,
  end: at.end,
  text: at.text,
  verdict: 'contradicted',
  indicator: null,
  title: led.title,
  unit: led.unit,
  stated: decimalOf(stated.value, 6),
  actual: led.value,
  year: null,
  facts: reason === 'Differs' ? { kind: 'Differs' } : { kind: 'RialTomanSlip', right: reason },
  records: null,
});

/** The numbers that words of a Persian text say against the published figures to which they lead. */
export function checkLeads(text: string, leads: readonly Lead[]): Told[] {
  if (leads.length === 0) return [];
  const figures = readFigures(text);
  return leads.flatMap((lead) =>
    figuresOfLead(figures, lead).flatMap((figure) => {
      const differing = persianDiffers(figure, lead.figure);
      return differing === undefined ? [] : [againstLed(figure, lead.figure, differing)];
    }),
  );
}

/** The figures of tags, which stand from a place on at the end of a text, that the text before them does not say. */
export function checkTags(text: string, from: number, led: readonly LedFigure[]): Told[] {
  const figures = readFigures(text);
  const before = figures.filter(({ start }) => start < from);
  return figures
    .filter(({ start }) => start >= from)
    .filter((figure) => !isRepeated(figure, { figures: before, led }))
    .map((figure) => notInPersian({ ...figure, stated: figure.valueRial ?? figure.value }));
}

export type TranslationOrder = {
  readonly english: string;
  readonly persian: string;
  /** Where words of the English text lead. */
  readonly leads: readonly Lead[];
  /** Every figure to which one of the two texts leads. */
  readonly led: readonly LedFigure[];
  /** The day of which the text speaks; null while it is not written. */
  readonly dated: Day | null;
};

/**
 * The numbers of an English text that the Persian one, which is checked against the records, does not have, and those
 * that say another thing than the figure to which they lead.
 */
export function checkTranslation({ english, persian, leads, led, dated }: TranslationOrder): Told[] {
  const original = {
    figures: readFigures(persian),
    text: persian,
    led,
    years: dated === null ? [] : yearsOf(dated),
  };
  return englishFigures(english).flatMap((figure) => {
    for (const lead of leads) {
      if (figuresOfLead([{ number: figure }], lead).length === 0) continue;
      const differing = englishDiffers(figure, lead.figure);
      if (differing !== undefined) return [againstLed(figure, lead.figure, differing)];
    }
    return stands(figure, original) ? [] : [notInPersian({ ...figure, stated: inRials(figure) })];
  });
}

const inRials = ({ value, rials }: EnglishFigure): string =>
  decimalOf({ ...value, numerator: value.numerator * (rials ?? 1n) }, 6);

/** The year of a day and the one before it, in both calendars. */
const yearsOf = (dated: Day): string[] =>
  [dated, addDays(dated, -365)].flatMap((day) => [String(partsOf(day).year), isoOf(day).slice(0, 4)]);

const notInPersian = ({ start, end, text, stated }: Placed & { readonly stated: string }): Told => ({
  start,
  end,
  text,
  verdict: 'contradicted',
  indicator: null,
  title: null,
  unit: null,
  stated,
  actual: null,
  year: null,
  facts: { kind: 'NotInPersian' },
  records: null,
});
