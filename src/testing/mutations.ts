import { type BeneficiaryKind, beneficiaryKinds, programmes } from '#credit/contract.ts';
import { day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import { rial } from '#kernel/rial.ts';
import { must, ok } from '#kernel/result.ts';
import { importHistory } from '#cooperative/actions.ts';
import { issueLicences } from '#licence/actions.ts';
import { validityOf } from '#licence/rules.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { alborz, freshId, karaj } from './credits.ts';
import { handwritten } from './handwritten.ts';
import type { House } from './house.ts';
import {
  type Measure,
  type Params,
  type Record_,
  type Said,
  holds,
  isPercent,
  recordOf,
  sayCount,
  sayings,
  wordings,
  write,
} from './sentences.ts';
import { type Dice, type Model, awardsOf } from './statements.ts';

// True statements and what single changes make of them. Whether a change left a statement true is worked out
// here, from what the test did to the province, and never by the code that is tested.

const countings = {
  paid_cooperatives: { stage: 'paid', kind: 'cooperative' },
  paid_receivers: { stage: 'paid' },
  referred_receivers: { stage: 'referred' },
  paid_awards: { stage: 'paid' },
  referred_awards: { stage: 'referred' },
  contracted_awards: { stage: 'contracted' },
} as const;
type Counting = keyof typeof countings;
type Stated = Measure | Counting | 'licences' | 'renewed' | 'cooperatives' | 'cooperative_capital';
/** What a statement claims. */
export type Claimed = Omit<Params, 'measure'> & { readonly measure: Stated };

export type Licences = readonly {
  readonly year: number;
  readonly county: string;
  readonly renewal: boolean;
}[];
export type Cooperatives = readonly {
  readonly year: number;
  readonly county: string;
  readonly capital: bigint;
}[];
export type Played = {
  readonly model: Model;
  readonly licences: Licences;
  readonly cooperatives: Cooperatives;
};

const isCounting = (measure: Stated): measure is Counting => Object.hasOwn(countings, measure);
const isLicence = (measure: Stated): measure is 'licences' | 'renewed' =>
  measure === 'licences' || measure === 'renewed';
const isOfCooperatives = (measure: Stated): measure is 'cooperatives' | 'cooperative_capital' =>
  measure === 'cooperatives' || measure === 'cooperative_capital';

/** The record behind a claim; null where none can be. */
export function truthOf(
  { model, licences, cooperatives }: Played,
  { measure, ...claimed }: Claimed,
): Record_ | null {
  const { year, county, programme } = claimed;
  if (isLicence(measure)) {
    const found = licences.filter(
      (one) =>
        one.year === year &&
        programme === 'home_jobs' &&
        (county === undefined || one.county === county) &&
        (measure === 'licences' || one.renewal),
    );
    return { top: BigInt(found.length), under: 1n };
  }
  if (isOfCooperatives(measure)) {
    const found = cooperatives.filter(
      (one) => one.year === year && (county === undefined || one.county === county),
    );
    const capital = found.reduce((sum, one) => sum + one.capital, 0n);
    return { top: measure === 'cooperatives' ? BigInt(found.length) : capital, under: 1n };
  }
  if (!isCounting(measure)) return recordOf(model, { ...claimed, measure });
  const asked = { programme, year, ...(county === undefined ? {} : { county }), ...countings[measure] };
  const found = awardsOf(model, asked);
  const receivers = new Set(found.map(({ beneficiaryId }) => beneficiaryId));
  return { top: BigInt(measure.endsWith('awards') ? found.length : receivers.size), under: 1n };
}

const fresh = (count: number): null[] => Array.from({ length: count }, () => null);

/** Licences of three years in two counties, some of them renewed. */
export async function playLicences(house: House, { roll }: Dice): Promise<Licences> {
  const made: { year: number; county: string; renewal: boolean }[] = [];
  const doing = (tx: Parameters<typeof issueLicences>[0]['tx']) => ({
    tx,
    clock: house.clock,
    provinceId: alborz,
  });
  const none = {
    origin: 'history',
    requestId: null,
    personId: null,
    subjectId: null,
    officeId: null,
    firstSignatureId: null,
    firstSignedByPerson: null,
    secondSignedByPerson: null,
    secondSignedByUser: null,
    occupationId: 54,
    categoryKey: 'clothing',
    agencyKey: 'industry',
    sourceKey: 'demonstration',
  } as const;
  const issue = async (year: number, county: string, renews: readonly (Id | null)[]): Promise<Id[]> => {
    const issuedOn = day(`${year}-05-12`);
    const ids = renews.map(() => freshId());
    await inTransaction<undefined, never>(house.db, { ...noScope, province: alborz }, async (tx) => {
      const rows = renews.map((renewed, at) => ({
        ...none,
        licenceId: must(ids[at], 'an id'),
        countyCode: county,
        issuedOn,
        renewsLicenceId: renewed,
        renewsExpiresOn: renewed === null ? null : validityOf(day('1399-05-12'), null).expiresOn,
      }));
      await issueLicences(doing(tx), rows);
      return ok();
    });
    for (const renewed of renews) made.push({ year, county, renewal: renewed !== null });
    return ids;
  };
  for (const county of [karaj, '3006']) {
    const old = await issue(1399, county, fresh(90));
    let from = 0;
    for (const year of [1401, 1402]) {
      const renewed = roll(23, 43);
      await issue(year, county, [...old.slice(from, from + renewed), ...fresh(roll(110, 480))]);
      from += renewed;
    }
  }
  return made;
}

/** Cooperatives that an earlier register tells of three years in two counties, with capital in every digit. */
export async function playCooperatives(house: House, { roll, millions }: Dice): Promise<Cooperatives> {
  const made: { year: number; county: string; capital: bigint }[] = [];
  for (const county of [karaj, '3006'])
    for (const year of [1400, 1401, 1402])
      for (let left = roll(35, 190); left > 0; left -= 1)
        made.push({ year, county, capital: millions(3, 90) });
  await inTransaction<undefined, never>(house.db, { ...noScope, province: alborz }, async (tx) => {
    const rows = made.map(({ year, county, capital }) => ({
      countyCode: county,
      name: 'تعاونی نمونه',
      kind: 'producer' as const,
      capital: rial(capital),
      members: 7,
      on: day(`${year}-06-20`),
    }));
    await importHistory({ tx, clock: house.clock, provinceId: alborz }, { rows, sourceKey: 'demonstration' });
    return ok();
  });
  return made;
}

export const mutationKinds = [
  'digit',
  'rial or toman',
  'a point off',
  'year',
  'noun',
  'programme or county',
  'deed',
  'record',
] as const;
export type MutationKind = (typeof mutationKinds)[number];

export type Statement = {
  readonly source: 'by hand' | 'from a pattern';
  readonly claimed: Claimed;
  readonly said: Said;
  /** The whole text with a figure in it; `change` is one of `changes`. */
  readonly write: (figure: string, change?: Change) => string;
  readonly changes: readonly Change[];
};
/** Another word, and what the statement claims with it; null where no record can bear that. */
export type Change = {
  readonly kind: MutationKind;
  readonly to: Claimed | null;
  readonly at: number;
  readonly year: number | null;
};

const marked = /<([^|>]*)\|([^|>]*)\|([^>]*)>/g;
const base = { programme: 'home_jobs', year: 1402, province: alborz } as const;

const stated: readonly Stated[] = [
  ...(['allocated', 'sliced', 'payable', 'locked', 'referred', 'contracted', 'paid'] as const),
  ...(['locked_percent', 'paid_percent', 'coop_paid_percent', 'paid_enterprises', 'growth'] as const),
  ...(['paid_cooperatives', 'paid_receivers', 'referred_receivers'] as const),
  ...(['paid_awards', 'referred_awards', 'contracted_awards', 'licences', 'renewed'] as const),
  ...(['cooperatives', 'cooperative_capital'] as const),
];
const oneOf = <One extends string>(all: readonly One[], text: string | undefined): One =>
  must(
    all.find((one) => one === text),
    `one of ${all.join(', ')}`,
  );

function claimedOf(head: string): Claimed {
  const [measure, ...pairs] = head.split(' ');
  const said = new Map(
    pairs.map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)]),
  );
  const [programme, county, kind] = [said.get('programme'), said.get('county'), said.get('kind')];
  return {
    ...base,
    measure: oneOf(stated, measure),
    ...(programme === undefined ? {} : { programme: oneOf(programmes, programme) }),
    ...(county === undefined ? {} : { county }),
    ...(kind === undefined ? {} : { kind: oneOf(beneficiaryKinds, kind) }),
  };
}

function changeOf(claimed: Claimed, mark: string, at: number): Change {
  const [what = '', to = ''] = mark.split(':');
  const common = { at, year: null };
  switch (what) {
    case 'p':
      return { ...common, kind: 'programme or county', to: { ...claimed, programme: oneOf(programmes, to) } };
    case 'c':
      return { ...common, kind: 'programme or county', to: { ...claimed, county: to } };
    case 'n':
      return { ...common, kind: 'noun', to: { ...claimed, measure: oneOf(stated, to) } };
    case 'd':
      return { ...common, kind: 'deed', to: { ...claimed, measure: oneOf(stated, to) } };
    default:
      return { ...common, kind: 'deed', to: null };
  }
}

const otherYears = <One extends Claimed>(claimed: One): (Change & { readonly to: One })[] =>
  [claimed.year - 1, claimed.year + 1].map((year) => ({
    kind: 'year' as const,
    at: -1,
    year,
    to: { ...claimed, year },
  }));

/** Ways to print a record in digits, so that one of them can be changed. */
const printings = (roller: Dice, claimed: Claimed, record: Record_): Said[] =>
  (isCounting(claimed.measure) || isLicence(claimed.measure) || claimed.measure === 'cooperatives'
    ? sayCount(record.top)
    : sayings(roller, claimed.measure === 'cooperative_capital' ? 'paid' : claimed.measure, record)
  ).filter(({ text }) => /[0-9۰-۹]/.test(text));

/** The true statements of a province: those written by hand, and those of the patterns of `sentences.ts`. */
export function statementsOf(played: Played, roller: Dice, subjects: readonly Params[]): Statement[] {
  const told: Statement[] = [];
  for (const line of handwritten.trim().split('\n')) {
    const [head = '', text = ''] = line.split(' ⇒ ');
    const claimed = claimedOf(head);
    const record = truthOf(played, claimed);
    if (record === null || record.top <= 0n) throw new Error(`no record bears out: ${line}`);
    const marks = Array.from(text.matchAll(marked), (mark, at) => ({
      mark: mark[3] ?? '',
      at,
      word: mark[1] ?? '',
    }));
    const changes = marks.map(({ mark, at, word }) => {
      const change = changeOf(claimed, mark, at);
      return mark === '-' && nouns.has(word) ? { ...change, kind: 'noun' as const } : change;
    });
    told.push({
      source: 'by hand',
      claimed,
      said: roller.pick(printings(roller, claimed, record)),
      changes: [...changes, ...otherYears(claimed)],
      write: (figure, change) => {
        let place = -1;
        return text
          .replace(marked, (_, first: string, second: string) => {
            place += 1;
            return place === change?.at ? second : first;
          })
          .replace('{v}', figure)
          .replace('{y}', String(change?.year ?? claimed.year));
      },
    });
  }
  for (const params of subjects) {
    const record = recordOf(played.model, params);
    if (record === null || record.top <= 0n) continue;
    const changes = [...rewordings(params), ...otherYears(params)];
    for (const [form] of wordings[params.measure].entries())
      told.push({
        source: 'from a pattern',
        claimed: params,
        said: roller.pick(printings(roller, params, record)),
        changes,
        write: (figure, change) => {
          const to = changes.find((one) => one === change)?.to ?? params;
          return write(to, { text: figure, when: `در سال ${to.year}`, form });
        },
      });
  }
  return told;
}

const nouns = new Set(['متقاضی', 'نفر', 'طرح', 'پرونده', 'فقره تسهیلات', 'فقره قرارداد', 'مجوز', 'فقره مجوز']);

/** The same figure said of another deed, programme, county or receiver by the patterns. */
function rewordings(params: Params): (Change & { readonly to: Params })[] {
  const { measure, programme, county } = params;
  const changes: (Change & { readonly to: Params })[] = [];
  const add = (kind: MutationKind, to: Params): void => {
    changes.push({ kind, to, at: -1, year: null });
  };
  const plain = { ...base, programme, year: params.year };
  if (measure === 'paid' && county === undefined) add('deed', { ...plain, measure: 'allocated' });
  if (measure === 'allocated') add('deed', { ...plain, measure: 'paid' });
  if (measure === 'referred' || measure === 'contracted') add('deed', { ...plain, measure: 'paid' });
  if (measure === 'payable' || measure === 'locked') add('deed', { ...plain, measure: 'paid' });
  if (measure === 'locked_percent') add('deed', { ...plain, measure: 'coop_paid_percent' });
  if (measure === 'coop_paid_percent') add('deed', { ...plain, measure: 'locked_percent' });
  if (measure === 'paid_percent') add('noun', { ...plain, measure: 'growth' });
  if (measure === 'sliced')
    add('programme or county', { ...params, county: county === karaj ? '3006' : karaj });
  else
    add('programme or county', { ...params, programme: programme === 'home_jobs' ? 'note_18' : 'home_jobs' });
  if (measure === 'paid' || measure === 'referred' || measure === 'contracted')
    for (const kind of ['cooperative', 'enterprise'] as const satisfies readonly BeneficiaryKind[])
      if (params.kind !== kind) add('noun', { ...params, kind });
  return changes;
}

export type Mutant = {
  readonly statement: Statement;
  readonly kind: MutationKind;
  readonly text: string;
  readonly figure: string;
  readonly isTrue: boolean;
};

const billion = 10_000_000_000n;

/** The print with another digit in it, and whether that still holds: a vague one may. */
function redigited({ roll }: Dice, said: Said, record: Record_): { figure: string; isTrue: boolean } {
  const digits = [...said.text.matchAll(/[0-9۰-۹]/g)];
  const chosen = must(digits[roll(0, digits.length - 1)], 'a digit');
  const digit = (chosen[0].charCodeAt(0) & 15) + roll(1, 9);
  const figure = `${said.text.slice(0, chosen.index)}${digit % 10}${said.text.slice(chosen.index + 1)}`;
  // An exact print with another digit is another number; a vague one is a whole number of billions of toman.
  if (said.cue === 'exact') return { figure, isTrue: false };
  const value = BigInt(must(/[0-9]+/.exec(figure), 'a number')[0]) * billion;
  return { figure, isTrue: holds({ ...said, value }, record) };
}

/** A whole number of percent points, one point off. */
const pointOff = ({ text, value, scale }: Said, by: 1 | -1): string =>
  scale === 1n
    ? text.replace(/[0-9]+/, String(value + BigInt(by)))
    : text.replace(/^[0-9]+/, (whole) => String(BigInt(whole) + BigInt(by)));

/** Every single change that can be made of a statement. */
export function mutantsOf(played: Played, roller: Dice, statement: Statement): Mutant[] {
  const { said, claimed, changes } = statement;
  const record = must(truthOf(played, claimed) ?? undefined, 'a record');
  const reprinted = (kind: MutationKind, figure: string, isTrue: boolean): Mutant => ({
    statement,
    kind,
    figure,
    isTrue,
    text: statement.write(figure),
  });
  const digit = redigited(roller, said, record);
  const mutants = [reprinted('digit', digit.figure, digit.isTrue)];
  if (said.text.includes('تومان'))
    mutants.push(reprinted('rial or toman', said.text.replace('تومان', 'ریال'), false));
  else if (said.text.includes('ریال'))
    mutants.push(reprinted('rial or toman', said.text.replace('ریال', 'تومان'), false));
  if (said.text.includes('درصد') && isPercentClaim(claimed))
    for (const by of [1, -1] as const) mutants.push(reprinted('a point off', pointOff(said, by), false));
  for (const change of changes) {
    const other = change.to === null ? null : truthOf(played, change.to);
    mutants.push({
      statement,
      kind: change.kind,
      figure: said.text,
      isTrue: other !== null && holds(said, other),
      text: statement.write(said.text, change),
    });
  }
  return mutants;
}

const isPercentClaim = ({ measure }: Claimed): boolean =>
  !isCounting(measure) && !isLicence(measure) && !isOfCooperatives(measure) && isPercent(measure);
