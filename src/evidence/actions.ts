import { type Day, isoOf, partsOf, yearPeriod } from '#kernel/day.ts';
import type { Condition, Dimension, Indicator } from '#kernel/indicator.ts';
import { must } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import type { ReasonFacts, Told } from './contract.ts';
import { readFigures } from './figure/reader.ts';
import { type ReaderScope, listCounties, listNames, listProvinces, readerScope } from './queries.ts';
import { Records, type SelectionOrder, selectionOf } from './statement/actions.ts';
import { type Bound, type Question, bind, inYear } from './statement/binding.ts';
import { type Claim, claimsOf } from './statement/claim.ts';
import { readingOf } from './statement/clause.ts';
import { decimalOf } from './statement/judgement.ts';
import { type Finding, type Reason, baseOf, decide, questionsOf } from './statement/verdict.ts';
import { type Vocabulary, vocabularyOf } from './statement/vocabulary.ts';

/** What the rooms declare: the figures they answer for and how a statement tells them apart. */
export type Catalogue = {
  readonly indicators: readonly Indicator[];
  readonly dimensions: readonly Dimension[];
};

export type StatementOrder = {
  readonly text: string;
  /** The province that speaks. */
  readonly provinceId: number;
  /** The day of publication; null for an undated text. */
  readonly published: Day | null;
  /** The day on which it is checked: nothing later is recorded. */
  readonly today?: Day;
  /** The last day of which there can be records, where that is after the day of the statement. */
  readonly recordsUntil?: Day;
};

const isLevel = ([, { change }]: readonly [number, Claim]): boolean => change === null;

/** Checks a statement, figure by figure, against the records in the reader's scope. Writes nothing. */
export async function checkStatement(tx: Tx, catalogue: Catalogue, order: StatementOrder): Promise<Told[]> {
  const vocabulary = await loadVocabulary(tx, catalogue, order.provinceId);
  const scope = await readerScope(tx);
  const records = new Records(tx, vocabulary, { published: order.published, scope });
  await records.sendAhead(order.provinceId);
  const reading = readingOf(order.text, readFigures(order.text));
  const claims = claimsOf(reading, vocabulary);
  const last = order.recordsUntil ?? order.published ?? order.today;
  const dated = {
    publishedYear: order.published === null ? null : partsOf(order.published).year,
    lastYear: last === undefined ? null : partsOf(last).year,
    saysThisYear: [...claims.values()].some(({ times }) =>
      times.some(({ year }) => year.kind === 'relative' && year.to === 'now'),
    ),
  };
  const bounds = new Map<number, Bound>();
  // Levels first, since a growth is of the level beside it, on either side.
  const all = [...claims];
  for (const [index, claim] of [...all.filter(isLevel), ...all.filter((one) => !isLevel(one))]) {
    const levelBefore = claim.changeOf === null ? undefined : bounds.get(claim.changeOf);
    bounds.set(index, bind({ claim, vocabulary, home: order.provinceId, dated, levelBefore }));
  }
  await load(records, bounds, vocabulary);
  return reading.figures.map((figure, index) => {
    const finding = decide({
      figure,
      claim: claims.get(index),
      bound: bounds.get(index),
      answers: (question) => records.answer(question),
      indicators: vocabulary.indicators,
      isHidden: (question) => isHidden(scope, question),
    });
    return toldOf(finding, vocabulary, order.published);
  });
}

/**
 * Whether row-level security leaves the reader only part of the records that are asked for. A sum of part of
 * them must neither support nor contradict: a county office is told that the figure is outside its scope.
 */
export function isHidden(scope: ReaderScope, asked: Pick<Question, 'provinceId' | 'countyCode'>): boolean {
  const { province, county, office, person } = scope;
  if (office !== null || person !== null) return true;
  if (province !== 'all' && province !== String(asked.provinceId)) return true;
  return county !== null && county !== asked.countyCode;
}

/** A finding with its numbers as decimal strings and the address of its records. */
function toldOf(finding: Finding, vocabulary: Vocabulary, published: Day | null): Told {
  const { figure, verdict, indicator, stated, actual, year, reason, question, unit } = finding;
  return {
    start: figure.start,
    end: figure.end,
    text: figure.text,
    verdict,
    indicator: indicator?.id ?? null,
    title: indicator?.title ?? null,
    unit,
    stated,
    actual,
    year,
    facts: factsOf(reason, vocabulary),
    records:
      question === null
        ? null
        : recordsAddress({ question, year: year?.year ?? null, published }, vocabulary),
  };
}

function factsOf(reason: Reason, { indicators }: Vocabulary): ReasonFacts {
  const titleOf = (id: string) => must(indicators.get(id), 'a declared indicator').title;
  switch (reason.kind) {
    case 'Unbound':
      return reason.why;
    case 'OtherStage':
      return { kind: 'OtherStage', title: titleOf(reason.indicator) };
    case 'TwoReadings':
      return { kind: 'TwoReadings', titles: reason.indicators.map(titleOf) };
    case 'Promised':
      return {
        kind: 'Promised',
        soFar: reason.soFar.map(({ indicator, value }) => {
          const { title, unit } = must(indicators.get(indicator), 'a declared indicator');
          return { title, unit, value: decimalOf(value, unit === 'percent' ? 4 : 0) };
        }),
      };
    case 'Matches':
    case 'TrueButFar':
    case 'Differs':
    case 'RialTomanSlip':
    case 'NoRecords':
    case 'NoBase':
    case 'TwoNumbers':
    case 'UnknownNarrowing':
    case 'ProgrammeNotNamed':
    case 'PlaceOpen':
    case 'Missing':
    case 'Denied':
    case 'Condition':
    case 'OutsideScope':
      return reason;
  }
}

type Asked = Pick<SelectionOrder, 'question' | 'year' | 'published'>;

/**
 * Where on the desk the records of a question stand; `recordsQuery` reads it back. A part of the year and the
 * day of publication stand in it too, so that the list adds up to the value that was compared (L8).
 */
function recordsAddress({ question, year, published }: Asked, { slugs, indicators }: Vocabulary): string {
  const query = new URLSearchParams({ province: must(slugs.get(question.provinceId), 'a province') });
  if (year !== null) query.set('year', String(year));
  const indicator = must(indicators.get(question.indicator), 'a declared indicator');
  const { from, until } = selectionOf({ question, indicator, year, published });
  const whole = year === null || indicator.year === 'budget_year' ? null : yearPeriod(year);
  if (from !== null && from !== whole?.from) query.set('from', isoOf(from));
  if (until !== null && until !== whole?.until) query.set('until', isoOf(until));
  if (question.countyCode !== null) query.set('county', question.countyCode);
  const only = conditionText(question.narrow);
  const without = conditionText(question.without);
  if (only !== '') query.set('only', only);
  if (without !== '') query.set('without', without);
  return `/desk/evidence/records/${question.indicator}?${query.toString()}`;
}

export const conditionText = (condition: Condition): string =>
  Object.entries(condition)
    .map(([column, values]) => `${column}:${values.join(',')}`)
    .join(';');

const isStanding = (bound: Bound): boolean => bound.ok && bound.indicator.year === 'standing';

/** All that deciding may ask, in as few statements as its dependence allows: years, sums, then bases. */
async function load(records: Records, bounds: Map<number, Bound>, { indicators }: Vocabulary): Promise<void> {
  const ask = async (asked: readonly Bound[]) => {
    await records.load(asked.flatMap((bound) => questionsOf(bound, indicators)));
  };
  const [standing, others] = [[...bounds].filter(([, one]) => isStanding(one)), [...bounds.values()]];
  await ask(others.filter((one) => !isStanding(one)));
  // What a text without a year says that there is, it says of the year of its other figures.
  const years = others
    .flatMap((one) => (one.ok ? one.readings : []))
    .flatMap(({ question }) => records.answer(question)?.year ?? []);
  if (years.length > 0)
    for (const [index, bound] of standing) bounds.set(index, inYear(bound, Math.max(...years)));
  await ask([...bounds.values()].filter(isStanding));
  const bases: Question[] = [];
  for (const bound of bounds.values())
    for (const reading of bound.ok ? bound.readings : []) {
      const level = records.answer(reading.question);
      const base = level === undefined ? undefined : baseOf(reading, level.year);
      if (base !== undefined) bases.push(base);
    }
  await records.load(bases);
}

/** The vocabulary that was made last of each province that speaks: it is made of names, which seldom change. */
const kept = new WeakMap<
  Catalogue,
  Map<number, { readonly names: string; readonly vocabulary: Vocabulary }>
>();

async function loadVocabulary(tx: Tx, catalogue: Catalogue, home: number): Promise<Vocabulary> {
  const dimensions: Dimension[] = [];
  for (const dimension of catalogue.dimensions) {
    const own = dimension.catalogue === undefined ? [] : await listNames(tx, dimension.catalogue);
    const values = own.map(({ key, fa }) => ({ value: key, names: [fa] }));
    dimensions.push({ ...dimension, values: [...dimension.values, ...values] });
  }
  const places = { provinces: await listProvinces(tx), counties: await listCounties(tx) };
  const names = JSON.stringify([dimensions, places]);
  const ofCatalogue = kept.get(catalogue) ?? new Map<number, { names: string; vocabulary: Vocabulary }>();
  const before = ofCatalogue.get(home);
  if (before?.names === names) return before.vocabulary;
  const vocabulary = vocabularyOf({ indicators: catalogue.indicators, dimensions, places, home });
  kept.set(catalogue, ofCatalogue.set(home, { names, vocabulary }));
  return vocabulary;
}
