import type { Bilingual } from '#kernel/indicator.ts';
import type { PdfBlock, PdfText } from '#platform/pdf.ts';
import { type Language, dayText } from '#web/format.ts';
import { valueWords } from '../words.ts';
import type { BriefedFigure, Briefing } from './contract.ts';
import { briefingLabels, briefingTitle, cautionWords } from './words.ts';

type Printing = {
  readonly briefing: Briefing;
  readonly seal: PdfText['seal'];
  readonly language: Language;
  /** ISO. */
  readonly today: string;
  /** Where the house is reached, before the path of a published figure. */
  readonly origin: string;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The sheet on paper: a table of the figures, then for each what is said and what is not. */
export function briefingText({ briefing, seal, language, today, origin }: Printing): PdfText {
  const say = (text: Bilingual): string => text[language];
  const title = (one: { readonly title: Bilingual }): string => capital(say(one.title));
  const { figures, silent, until } = briefing;
  const isOver = until === null;
  const columns = [
    { title: say(briefingLabels.figure), wide: true },
    { title: say(briefingLabels.value) },
    { title: say(isOver ? briefingLabels.yearBefore : briefingLabels.base) },
    ...(isOver ? [] : [{ title: say(briefingLabels.wholeBase) }]),
    { title: say(briefingLabels.change) },
  ];
  const rows = figures.map((one) => [
    title(one),
    valueWords(one.value, one.unit)[language],
    baseText(one.base, one, language),
    ...(isOver ? [] : [baseText(one.wholeBase, one, language)]),
    one.change === null
      ? '—'
      : valueWords(one.change, one.unit === 'percent' ? 'points' : 'percent')[language],
  ]);
  const notes = figures.flatMap((one): PdfBlock[] => [
    { kind: 'heading', text: title(one) },
    {
      kind: 'facts',
      facts: [
        ...(one.sentence === null ? [] : [[say(briefingLabels.say), one.sentence] as const]),
        ...one.cautions.map(
          (caution) =>
            [say(briefingLabels.unsaid), say(cautionWords(caution, { ...one, brief: true }))] as const,
        ),
        ...(one.published === null
          ? []
          : [[say(briefingLabels.address), `${origin}${one.published}`] as const]),
      ],
    },
  ]);
  return {
    language,
    title: say(briefingTitle(briefing.place, briefing.year)),
    asOf: dayText(until ?? today, language),
    seal,
    blocks: [
      { kind: 'table', columns, rows },
      ...notes,
      ...(silent.length === 0
        ? []
        : [
            { kind: 'heading' as const, text: say(briefingLabels.silent) },
            { kind: 'text' as const, text: silent.map(title).join(language === 'fa' ? '، ' : ', ') },
          ]),
    ],
  };
}

const baseText = (base: BriefedFigure['base'], { unit }: BriefedFigure, language: Language): string =>
  base === null ? '—' : valueWords(base.value, unit)[language];
