import { type Day, isoOf } from '#kernel/day.ts';
import type { Condition, Indicator } from '#kernel/indicator.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import { type Catalogue, conditionText } from '../actions.ts';
import { composeStatement } from '../composition/actions.ts';
import { type Place, type Valued, recordsOf, selectionOf, mixedIn, valuesOf } from '../report/actions.ts';
import type { CountyNamed, ProvinceNamed } from '../report/queries.ts';
import { changeOf, isOf, periodOf, pointsOf, wholeYear, yearBefore } from '../report/rules.ts';
import { decimalOf, textOf } from '../statement/judgement.ts';
import { type BriefedFigure, type Briefing, type BriefingRefusal, mostFigures } from './contract.ts';
import { findAddress } from './queries.ts';
import { cautionsOf } from './rules.ts';

export type BriefingOrder = {
  readonly provinceId: number;
  readonly province: ProvinceNamed;
  readonly county: CountyNamed | null;
  readonly year: number;
  readonly today: Day;
  readonly programme: string | null;
  /** Ids of indicators; null for those that reports compare. */
  readonly figures: readonly string[] | null;
};

type Setting = {
  readonly tx: Tx;
  readonly catalogue: Catalogue;
  readonly order: BriefingOrder;
  /** The figures whose base is of other programmes. */
  readonly mixed: ReadonlySet<string>;
};

const placeOf = ({ provinceId, province, county }: BriefingOrder): Place => ({
  provinceId,
  slug: province.slug,
  countyCode: county?.countyCode ?? null,
});

/**
 * What a director takes along to a press talk: the figures asked about with their bases and addresses, how each is
 * said, and what may not be said. Writes nothing.
 */
export async function briefingOf(
  tx: Tx,
  catalogue: Catalogue,
  order: BriefingOrder,
): Promise<Result<Briefing, BriefingRefusal>> {
  const asked = figuresAsked(catalogue, order);
  if (!asked.ok) return asked;
  const { year, today, county, province } = order;
  const period = periodOf(year, today);
  const before = yearBefore(period);
  const periods = period.isOver ? [period, before] : [period, before, wholeYear(before.year)];
  const place = placeOf(order);
  const values = await valuesOf(
    tx,
    catalogue,
    asked.value.flatMap((indicator) =>
      periods.map((one) => ({ indicator, place, period: one, only: onlyOf(catalogue, order, indicator) })),
    ),
  );
  const rows = asked.value.map((_, at) => values.slice(at * periods.length, (at + 1) * periods.length));
  const mixed = await mixedIn(tx, catalogue, {
    indicators: order.programme === null ? asked.value : [],
    place,
    periods: [period, before],
  });
  const told = rows.flatMap(([now]) => (now?.value === undefined ? [] : [now]));
  const figures: BriefedFigure[] = [];
  for (const row of rows)
    if (row[0]?.value !== undefined) figures.push(await figureOf({ tx, catalogue, order, mixed }, row, told));
  return ok({
    place: county === null ? province.name : county.name,
    year,
    until: period.isOver ? null : isoOf(period.until),
    figures,
    silent: asked.value
      .filter(({ id }) => !told.some(({ indicator }) => indicator.id === id))
      .map(({ id, title }) => ({ indicator: id, title })),
  });
}

/** The indicators that are asked about, each once, in the order of the question. */
function figuresAsked(
  { indicators, dimensions }: Catalogue,
  { figures, programme, county }: BriefingOrder,
): Result<readonly Indicator[], BriefingRefusal> {
  const programmes = dimensions.find(({ id }) => id === 'programme')?.values ?? [];
  if (programme !== null && !programmes.some(({ value }) => value === programme))
    return refused({ kind: 'ProgrammeUnknown', programme });
  const of = county === null ? 'province' : 'county';
  if (figures === null) return ok(indicators.filter((one) => one.compared === true && isOf(one, of)));
  if (figures.length > mostFigures) return refused({ kind: 'TooManyFigures', most: mostFigures });
  const found: Indicator[] = [];
  for (const figure of new Set(figures)) {
    const one = indicators.find(({ id }) => id === figure);
    if (one === undefined || !isOf(one, of)) return refused({ kind: 'FigureUnknown', figure });
    found.push(one);
  }
  return ok(found);
}

/** The programme narrows every figure that is told apart by it. */
function onlyOf({ dimensions }: Catalogue, { programme }: BriefingOrder, indicator: Indicator): Condition {
  const dimension = dimensions.find(({ id }) => id === 'programme');
  if (programme === null || dimension === undefined || !indicator.narrowedBy.includes('programme')) return {};
  return { [dimension.column]: [programme] };
}

async function figureOf(
  setting: Setting,
  [now, base, whole]: readonly Valued[],
  told: readonly Valued[],
): Promise<BriefedFigure> {
  const { tx, catalogue } = setting;
  const one = must(now, 'a figure');
  const { indicator } = one;
  const address = await findAddress(tx, { indicator: indicator.id, selection: selectionOf(one) });
  const reckon = indicator.unit === 'percent' ? pointsOf : changeOf;
  const value = must(one.value, 'a value');
  const change = setting.mixed.has(indicator.id) ? null : reckon(value, base?.value);
  const sentence = await sentenceOf(setting, one);
  return {
    indicator: indicator.id,
    title: indicator.title,
    definition: indicator.definition,
    unit: indicator.unit,
    value: textOf(value, indicator.unit),
    base: baseOf(base),
    wholeBase: baseOf(whole),
    change: change === null ? null : decimalOf(change, 2),
    sentence,
    records: recordsOf(one),
    published: address === undefined ? null : `/f/${address.id}`,
    cautions: cautionsOf({
      now: { ...one, value },
      base: base?.value,
      told,
      published: address,
      sentence,
      isMixed: setting.mixed.has(indicator.id),
      titles: new Map(catalogue.indicators.map(({ id, title }) => [id, title])),
    }),
  };
}

const baseOf = (one: Valued | undefined): BriefedFigure['base'] =>
  one?.value === undefined ? null : { year: one.period.year, value: textOf(one.value, one.indicator.unit) };

/** The sentence of the composer, which the check has found supported by the records. */
async function sentenceOf(
  { tx, catalogue, order }: Omit<Setting, 'mixed'>,
  { indicator, only = {} }: Valued,
) {
  const { provinceId, county, year, today } = order;
  const condition = conditionText(only);
  const item = {
    indicator: indicator.id,
    year,
    ...(county === null ? {} : { county: county.countyCode }),
    ...(condition === '' ? {} : { only: condition }),
  };
  const composed = await composeStatement(tx, catalogue, { provinceId, items: [item], published: today });
  // A figure that is not narrowed by what the sheet is narrowed by is told without a sentence.
  return composed.ok && composed.value.text !== '' ? composed.value.text : null;
}
