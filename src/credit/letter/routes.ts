import { placeOf } from '#platform/session.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type Day, dayFromIso, dayOfInstant } from '#kernel/day.ts';
import { persianDigits } from '#kernel/persian.ts';
import { ok } from '#kernel/result.ts';
import { minus, rial, total } from '#kernel/rial.ts';
import type { House } from '#platform/http.ts';
import { type PdfBlock, type PdfSeal, type PdfText, sendPdf } from '#platform/pdf.ts';
import { languageOf } from '#platform/problem.ts';
import { isoDay } from '#place/contract.ts';
import { nameOn } from '../axis/words.ts';
import { type SlicePageAnswer, officialNumber } from '../contract.ts';
import { sealInForce } from '../export/actions.ts';
import { lineName, sliceName } from '../export/routes.ts';
import { type Language, printedCount, printedDay, printedRials } from '../export/words.ts';
import { findSlicePage, readAt, sliceAddress } from '../line/routes.ts';
import { potWords, rateWords } from '../words.ts';
import {
  type NotificationLetter,
  type ResolutionRow,
  listNotificationLetters,
  listResolutions,
} from './queries.ts';
import { letterLabels as labels, letterTexts as texts } from './words.ts';

const letterQuery = z.object({
  language: z.enum(['fa', 'en']).optional().meta({ fa: 'زبان', en: 'Language' }),
  /** The directorate's own number and day of the letter; blank where they are filled in by hand. */
  number: officialNumber.optional().meta({ fa: 'شمارهٔ نامه', en: 'Letter number' }),
  day: isoDay.optional().meta({ fa: 'روز نامه', en: 'Day of the letter' }),
});

/** The letter by which a slice is notified to its county, as a PDF with the seal in force. */
export const letterRoutes =
  (house: House): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/provinces/:province/credit/slices/:slice/letter',
      {
        schema: {
          summary: 'The letter of notification of a slice, as a PDF',
          params: sliceAddress,
          querystring: letterQuery,
        },
      },
      async (request, reply) => {
        const place = await placeOf(request, request.params.province);
        const { provinceId } = place;
        const { slice: sliceId } = request.params;
        const found = await readAt(house, reply, place, async (tx) => {
          const page = await findSlicePage(house, tx, { provinceId, sliceId });
          if (!page.ok) return page;
          return ok({
            page: page.value,
            resolutions: await listResolutions(tx, { provinceId, id: sliceId }),
            letters: await listNotificationLetters(tx, { provinceId, lineId: page.value.line.id }),
            seal: await sealInForce(tx, provinceId),
          });
        });
        const { number, day, language } = request.query;
        void reply.header('content-disposition', 'attachment; filename="slice-letter.pdf"');
        return sendPdf(
          reply,
          letterOf(found, {
            language: language ?? languageOf(request),
            number: number ?? null,
            day: day === undefined ? null : dayFromIso(day),
            today: dayOfInstant(house.clock.now().getTime()),
          }),
        );
      },
    );
  };

type Found = {
  readonly page: SlicePageAnswer;
  readonly resolutions: readonly ResolutionRow[];
  readonly letters: readonly NotificationLetter[];
  readonly seal: PdfSeal | null;
};
type Wish = {
  readonly language: Language;
  readonly number: string | null;
  readonly day: Day | null;
  readonly today: Day;
};

function letterOf({ page, resolutions, letters, seal }: Found, wish: Wish): PdfText {
  const { language, number, day } = wish;
  const { line, slice } = page;
  const place = sliceName(slice, line, language);
  const province = language === 'fa' ? line.provinceFa : line.provinceEn;
  const county = language === 'fa' ? slice.countyFa : slice.countyEn;
  const say = (label: keyof typeof labels): string => labels[label][language];
  const numbered = (rows: readonly { number: string; day: Day }[]): string =>
    rows
      .map((row) => `${digits(row.number)} (${printedDay(row.day, language)})`)
      .join(language === 'fa' ? '، ' : ', ');
  const money = (rials: string): string => `${printedRials(rials, language)} ${say('rial')}`;
  const digits = (text: string): string => (language === 'fa' ? persianDigits(text) : text);
  return {
    language,
    title: `${say('title')}: ${place}`,
    subtitle: lineName(line, language),
    asOf: printedDay(wish.today, language),
    seal,
    blocks: [
      {
        kind: 'letter',
        organisation: texts.organisation({ province, place })[language],
        to: (county === null ? texts.toSlice({ province, place }) : texts.to({ province, place: county }))[
          language
        ],
        marks: [
          [say('number'), number === null ? say('blank') : digits(number)],
          [say('day'), day === null ? say('blank') : printedDay(day, language)],
          [say('enclosure'), say('none')],
        ],
      },
      { kind: 'text', text: texts.opening[language] },
      { kind: 'heading', text: say('slice') },
      {
        kind: 'facts',
        facts: [
          [say('amount'), money(slice.standing.amount)],
          [say('locked'), money(slice.standing.reserve)],
          ...(slice.jobTarget === 0
            ? []
            : [[say('jobs'), `${printedCount(slice.jobTarget, language)} ${say('jobsUnit')}`] as const]),
          ...(resolutions.length === 0 ? [] : [[say('resolution'), numbered(resolutions)] as const]),
        ],
      },
      { kind: 'heading', text: say('lineTerms') },
      {
        kind: 'facts',
        facts: [
          [say('programme'), lineName(line, language)],
          [say('legal'), digits(texts.legal(line)[language])],
          [say('pot'), potWords[line.pot][language]],
          [say('rate'), rateText(line, language)],
          [
            say('term'),
            `${printedCount(line.graceMonths, language)} + ${printedCount(line.termMonths, language)} ${say('months')}`,
          ],
          [say('deadline'), printedDay(dayFromIso(line.deadline), language)],
          ...(letters.length === 0 ? [] : [[say('notified'), numbered(letters)] as const]),
          ...(line.reserveReference === null ? [] : [[say('reserveLaw'), line.reserveReference] as const]),
        ],
      },
      ...categoriesOf(page, language),
      ...(slice.standing.reserve === '0' ? [] : [{ kind: 'text' as const, text: texts.locked[language] }]),
      { kind: 'signatures', people: [[say('director'), say('signature')]] },
    ],
  };
}

function rateText({ rateKind, rateHundredths }: SlicePageAnswer['line'], language: Language): string {
  const whole = Math.floor(rateHundredths / 100);
  const part = rateHundredths % 100;
  const text = part === 0 ? String(whole) : `${whole}.${String(part).padStart(2, '0').replace(/0$/, '')}`;
  const number = language === 'fa' ? printedRials(text, 'fa') : text;
  return `${rateWords[rateKind][language]} ${number} ${labels.percent[language]}`;
}

/** The parts of the slice and the rest of it, which add up to its sum. */
function categoriesOf({ slice, children }: SlicePageAnswer, language: Language): PdfBlock[] {
  if (children.length === 0) return [];
  const say = (label: keyof typeof labels): string => labels[label][language];
  const print = (rials: string | bigint): string => printedRials(rials, language);
  const sumOf = (key: 'amount' | 'reserve') => total(children.map(({ standing }) => rial(standing[key])));
  const rest = (key: 'amount' | 'reserve') => minus(rial(slice.standing[key]), sumOf(key));
  // A division without targets has no column of them: a zero in a letter reads as one.
  const aimed = children.some(({ jobTarget }) => jobTarget > 0);
  const aim = (text: string): string[] => (aimed ? [text] : []);
  return [
    { kind: 'heading', text: say('categories') },
    {
      kind: 'table',
      columns: [
        { title: say('category'), wide: true },
        { title: say('sum'), align: 'end' },
        { title: say('lockedSum'), align: 'end' },
        ...(aimed ? [{ title: say('jobs'), align: 'end' as const }] : []),
      ],
      rows: [
        ...children.map((child) => [
          nameOn(child.axis, child)[language],
          print(child.standing.amount),
          print(child.standing.reserve),
          ...aim(printedCount(child.jobTarget, language)),
        ]),
        ...(rest('amount') === 0n
          ? []
          : [[say('rest'), print(rest('amount')), print(rest('reserve')), ...aim('')]]),
      ],
      total: [say('total'), print(slice.standing.amount), print(slice.standing.reserve), ...aim('')],
    },
  ];
}
