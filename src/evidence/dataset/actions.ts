import type { Indicator, Measure } from '#kernel/indicator.ts';
import { must } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { type Database, type Tx, noScope, read } from '#platform/db.ts';
import type { Catalogue } from '../actions.ts';
import type { Counted } from '../queries.ts';
import { decimalOf } from '../statement/judgement.ts';
import { type Cell, type Dataset, type DatasetRow, least, licence } from './contract.ts';
import { listCells, listPlaces } from './queries.ts';
import { type Shown, foldedSums, isOpen, receiverColumn, withheldCounts } from './rules.ts';

/** Only sums and counts leave the server; the rows behind them do not. */
const everybody = { ...noScope, province: 'all' } as const;

type Valued = Omit<Shown, 'value'> & { readonly value: string | null };

/** The open rows of a figure, over all provinces, in one snapshot. */
export async function datasetOf(
  tx: Tx,
  catalogue: Catalogue,
  { indicator, at }: { readonly indicator: Indicator; readonly at: Date },
): Promise<Dataset> {
  const { id, title, definition, version, unit, year, measure } = indicator;
  const rows =
    measure.kind === 'ratio'
      ? await ratioRows(tx, catalogue, { indicator, measure })
      : (await rowsOf(tx, catalogue, { indicator, measure })).map((row) => ({
          ...row,
          value: row.value?.toString() ?? null,
        }));
  return {
    indicator: id,
    title,
    definition,
    definitionVersion: version,
    unit,
    year,
    additive: measure.kind === 'sum',
    licence: licence.address,
    asOf: at.toISOString(),
    rows: await named(tx, rows),
  };
}

type Asked<One extends Measure> = { readonly indicator: Indicator; readonly measure: One };

async function cellsOf(
  tx: Tx,
  catalogue: Catalogue,
  { indicator, measure }: Asked<Counted>,
): Promise<Cell[]> {
  const { narrowedBy, place, year } = indicator;
  const programme = catalogue.dimensions.find((one) => one.id === 'programme' && narrowedBy.includes(one.id));
  return listCells(tx, measure, {
    year,
    programme: programme?.column ?? null,
    byCounty: place !== 'province',
    receiver: receiverColumn(catalogue.indicators, measure),
  });
}

async function rowsOf(tx: Tx, catalogue: Catalogue, asked: Asked<Counted>): Promise<Shown[]> {
  const cells = await cellsOf(tx, catalogue, asked);
  return asked.measure.kind === 'sum' ? foldedSums(cells, least) : withheldCounts(cells, least);
}

/** A ratio of whole provinces: both its figures by the same year and programme. */
async function ratioRows(
  tx: Tx,
  catalogue: Catalogue,
  { indicator, measure }: Asked<Extract<Measure, { kind: 'ratio' }>>,
): Promise<Valued[]> {
  const cells = async (id: string): Promise<Cell[]> => {
    const part = must(
      catalogue.indicators.find((one) => one.id === id),
      'a declared indicator',
    );
    if (part.measure.kind === 'ratio') throw new Error(`${id}: a ratio of ratios`);
    return cellsOf(tx, catalogue, { indicator: { ...indicator, place: 'province' }, measure: part.measure });
  };
  const above = await cells(measure.numerator);
  return (await cells(measure.denominator)).flatMap((below) => {
    if (below.value <= 0n) return [];
    const { provinceId, county, year, programme } = below;
    const top = above.find(
      (one) => one.provinceId === provinceId && one.year === year && one.programme === programme,
    );
    const isTold = top === undefined || top.receivers === null || top.receivers >= least;
    const points = { numerator: (top?.value ?? 0n) * 100n, denominator: below.value };
    return [
      {
        provinceId,
        county,
        year,
        programme,
        value: isTold ? decimalOf(points, 4) : null,
        records: isTold ? below.records + (top?.records ?? 0) : null,
      },
    ];
  });
}

const keyOf = (provinceId: number, county: string | null): string => `${provinceId} ${county ?? ''}`;

async function named(tx: Tx, rows: readonly Valued[]): Promise<DatasetRow[]> {
  const places = await listPlaces(tx);
  const counties = new Map(places.map((one) => [keyOf(one.provinceId, one.countyCode), one]));
  const provinces = new Map(places.map((one) => [one.provinceId, one]));
  return rows.map(({ provinceId, county, year, programme, value, records }) => {
    const province = must(provinces.get(provinceId), 'a province of its records');
    const own = county === '' ? undefined : counties.get(keyOf(provinceId, county));
    return {
      province: province.province,
      provinceFa: province.provinceFa,
      provinceEn: province.provinceEn,
      countyCode: county === '' ? null : county,
      countyFa: own?.countyFa ?? null,
      countyEn: own?.countyEn ?? null,
      year,
      programme,
      value,
      records,
    };
  });
}

/** So long a dataset is handed out before its records are read again. */
export const freshFor = 300_000;

/** The datasets that were asked for lately: however many ask at once, the records are read once. */
export class Datasets {
  readonly #kept = new Map<string, { readonly until: number; readonly dataset: Promise<Dataset> }>();
  readonly #house: { readonly db: Database; readonly clock: Clock };
  readonly #catalogue: Catalogue;

  constructor(house: { readonly db: Database; readonly clock: Clock }, catalogue: Catalogue) {
    this.#house = house;
    this.#catalogue = catalogue;
  }

  /** Undefined where there is no such figure. */
  find(id: string): Promise<Dataset | undefined> {
    const indicator = this.#catalogue.indicators.find((one) => one.id === id);
    if (indicator === undefined || !isOpen(indicator)) return Promise.resolve(undefined);
    const at = this.#house.clock.now();
    const kept = this.#kept.get(id);
    if (kept !== undefined && kept.until > at.getTime()) return kept.dataset;
    const dataset = read(this.#house.db, everybody, (tx) =>
      datasetOf(tx, this.#catalogue, { indicator, at }),
    );
    this.#kept.set(id, { until: at.getTime() + freshFor, dataset });
    // What failed is asked again by the next reader.
    void dataset.catch(() => this.#kept.delete(id));
    return dataset;
  }
}
