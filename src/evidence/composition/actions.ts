import type { Day } from '#kernel/day.ts';
import type { Dimension, Indicator } from '#kernel/indicator.ts';
import { type Result, must, ok, refused } from '#kernel/result.ts';
import type { Tx } from '#platform/db.ts';
import { type Catalogue, checkStatement } from '../actions.ts';
import { type EvidenceRefusal, type Told, unknownIndicator } from '../contract.ts';
import { type Selection, listCounties, listNames, listProvinces } from '../queries.ts';
import { selectionAsked, valueOf } from '../records/actions.ts';
import type { CompositionItem, Omission } from './contract.ts';
import { sentencesOf } from './rules.ts';

export type CompositionOrder = {
  readonly provinceId: number;
  readonly items: readonly CompositionItem[];
  readonly published: Day | null;
  readonly today?: Day;
};

export type Composed = {
  readonly text: string;
  readonly told: readonly Told[];
  readonly left: readonly { readonly item: number; readonly because: Omission }[];
};

/**
 * Writes a statement from the records, a sentence for each figure, and reads it back: a sentence is taken only
 * when the check supports it as it stands, so that what is composed is what is true. Writes nothing. What is no figure
 * of the province is refused, and the rest with it: who asks for it has asked for something else than they meant.
 */
export async function composeStatement(
  tx: Tx,
  catalogue: Catalogue,
  order: CompositionOrder,
): Promise<Result<Composed, EvidenceRefusal>> {
  const names = await namesOf(tx, catalogue, order.provinceId);
  const sentences: string[] = [];
  const left: { item: number; because: Omission }[] = [];
  for (const [item, one] of order.items.entries()) {
    const indicator = catalogue.indicators.find(({ id }) => id === one.indicator);
    if (indicator === undefined) return refused(unknownIndicator(one.indicator));
    const asked = { catalogue, provinceId: order.provinceId, query: one };
    const selected = await selectionAsked(tx, asked, indicator);
    if (!selected.ok && selected.refusal.kind !== 'ConditionOfAnother') return selected;
    // A figure that nothing of the sort narrows has no sentence that says it narrowed.
    const said = selected.ok
      ? await sentencesFor(tx, catalogue, { item: one, indicator, selection: selected.value, names })
      : 'NoSentence';
    const taken = typeof said === 'string' ? said : await firstSupported(tx, catalogue, { ...order, said });
    if (typeof taken === 'string') left.push({ item, because: taken });
    else sentences.push(taken.sentence);
  }
  const text = sentences.join('\n');
  const told = text === '' ? [] : await checkStatement(tx, catalogue, { ...order, text });
  return ok({ text, told, left });
}

type Names = {
  readonly province: string;
  readonly county: (code: string) => string | undefined;
  /** The Persian name of a value of a column that a dimension declares. */
  readonly value: (
    column: string,
    value: string,
  ) => { readonly slot: string; readonly name: string } | undefined;
};

async function namesOf(tx: Tx, { dimensions }: Catalogue, provinceId: number): Promise<Names> {
  const province = must(
    (await listProvinces(tx)).find((one) => one.provinceId === provinceId),
    'the province',
  ).name;
  const counties = await listCounties(tx);
  const catalogues = new Map<Dimension, Awaited<ReturnType<typeof listNames>>>();
  for (const dimension of dimensions)
    if (dimension.catalogue !== undefined)
      catalogues.set(dimension, await listNames(tx, dimension.catalogue));
  return {
    province,
    county: (code) => counties.find((one) => one.provinceId === provinceId && one.countyCode === code)?.name,
    value: (column, value) => {
      for (const dimension of dimensions.filter((one) => one.column === column)) {
        const own = dimension.values.find((one) => one.value === value)?.names[0];
        const name = own ?? catalogues.get(dimension)?.find(({ key }) => key === value)?.fa;
        if (name !== undefined) return { slot: dimension.id, name };
      }
      return undefined;
    },
  };
}

type Saying = {
  readonly item: CompositionItem;
  readonly indicator: Indicator;
  readonly selection: Selection;
  readonly names: Names;
};

async function sentencesFor(
  tx: Tx,
  catalogue: Catalogue,
  { item, indicator, selection, names }: Saying,
): Promise<readonly string[] | Omission> {
  if (indicator.sentence === undefined) return 'NoSentence';
  const narrowed = narrowings(indicator, selection, names);
  const county = item.county === undefined ? null : names.county(item.county);
  if (narrowed === undefined || county === undefined) return 'NoSentence';
  const record = await valueOf(tx, catalogue, { indicator, selection });
  if (record === undefined) return 'NoRecords';
  const { unit } = indicator;
  const { province } = names;
  const said = sentencesOf(indicator.sentence, {
    unit,
    value: record,
    year: item.year,
    province,
    county,
    names: narrowed,
  });
  return said ?? 'NoSentence';
}

/** The Persian names that the sentence is narrowed by; undefined when something narrows it that has no single name. */
function narrowings(
  { needs }: Indicator,
  { only, without }: Selection,
  names: Names,
): Record<string, string> | undefined {
  if (Object.keys(without).length > 0) return undefined;
  const filled: Record<string, string> = {};
  for (const [column, values] of [...Object.entries(only), ...Object.entries(needs)]) {
    const [value = ''] = values;
    const found = values.length === 1 ? names.value(column, value) : undefined;
    if (found === undefined) return undefined;
    filled[found.slot] = found.name;
  }
  return filled;
}

type Trying = CompositionOrder & { readonly said: readonly string[] };

async function firstSupported(
  tx: Tx,
  catalogue: Catalogue,
  { said, ...order }: Trying,
): Promise<{ readonly sentence: string } | Omission> {
  for (const sentence of said) {
    const told = await checkStatement(tx, catalogue, { ...order, text: sentence });
    const claims = told.filter(({ verdict }) => verdict !== 'not_a_claim');
    if (claims.length > 0 && claims.every(({ verdict }) => verdict === 'supported')) return { sentence };
  }
  return 'NotSupported';
}
