import type { z } from 'zod';
import { roleWords } from '#access/words.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import type { PdfBlock, PdfSeal, PdfText, PdfTone } from '#platform/pdf.ts';
import { type Language, dayText, digits, instantText } from '#web/format.ts';
import { paragraphsOf } from '#web/pictures/marked-text.ts';
import { type Verdict, type statementShape, verdicts } from '../contract.ts';
import { valueWords, verdictWords } from '../words.ts';
import type { ReviewAnswer, ReviewedFinding } from './contract.ts';
import { decisionWords, reviewLabels } from './words.ts';

const tones: Readonly<Record<Verdict, PdfTone | null>> = {
  supported: 'green',
  contradicted: 'red',
  ambiguous: 'amber',
  promise: 'blue',
  no_record: 'grey',
  not_a_claim: null,
};

type Annotated = {
  readonly statement: z.infer<typeof statementShape>;
  readonly figures: readonly ReviewedFinding[];
  readonly place: string;
  readonly seal: PdfSeal | null;
  readonly language: Language;
  /** ISO. */
  readonly today: string;
};

/** The checked statement on paper: its figures underlined, each with its note, and below them why. */
export function annotatedText({ statement, figures, place, seal, language, today }: Annotated): PdfText {
  const say = (text: Bilingual): string => text[language];
  const label = reviewLabels;
  const claims = figures.filter(({ verdict }) => tones[verdict] !== null);
  const marks = claims.map((one, at) => ({ ...one, id: digits(at + 1, language) }));
  const counts = verdicts.flatMap((verdict) => {
    const count = claims.filter((one) => one.verdict === verdict).length;
    return count === 0 ? [] : [`${digits(count, language)} ${say(verdictWords[verdict])}`];
  });
  const published =
    statement.published === null ? say(label.undated) : dayText(statement.published, language);
  const blocks: PdfBlock[] = [
    {
      kind: 'facts',
      facts: [
        [say(label.province), place],
        [say(label.published), published],
        [say(label.count), counts.join(' · ')],
      ],
    },
    {
      kind: 'marked',
      paragraphs: paragraphsOf(statement.text, marks).map(({ runs }) =>
        runs.map(({ text, mark }) =>
          mark === null
            ? { text, tone: null, note: null }
            : { text, tone: tones[mark.verdict], note: mark.id },
        ),
      ),
    },
    { kind: 'heading', text: say(label.notes) },
    {
      kind: 'table',
      columns: [
        { title: say(label.number) },
        { title: say(label.figure) },
        { title: say(label.verdict) },
        { title: say(label.why), wide: true },
      ],
      rows: marks.map((one) => [
        one.id,
        one.text,
        say(verdictWords[one.verdict]),
        [say(one.reason), ...one.reviews.map((review) => reviewLine(review, language))].join('\n'),
      ]),
    },
  ];
  return { language, title: say(label.annotated), asOf: dayText(today, language), seal, blocks };
}

const roleNames: Readonly<Record<string, Bilingual>> = roleWords;

function reviewLine(review: ReviewAnswer, language: Language): string {
  const say = (text: Bilingual): string => text[language];
  const { decision, bound, byName, byRole, at, reason } = review;
  const who = byName ?? roleNames[byRole]?.[language] ?? byRole;
  const value = bound?.value ?? null;
  const means =
    bound === null
      ? []
      : [
          `${say(reviewLabels.means)} ${say(bound.title)} (${
            value === null ? say(reviewLabels.noValue) : say(valueWords(value, bound.unit))
          })`,
        ];
  const parts = [say(decisionWords[decision]), who, instantText(at, language)];
  return [
    `${say(reviewLabels.review)}: ${parts.join(language === 'fa' ? '، ' : ', ')}`,
    ...means,
    reason ?? '',
  ]
    .filter((part) => part !== '')
    .join('. ');
}
