import { afterAll, describe, expect, test } from 'vitest';
import { must } from '#kernel/result.ts';
import { alborz, karaj } from '#testing/credits.ts';
import { openHouse } from '#testing/house.ts';
import {
  type Mutant,
  type MutationKind,
  type Played,
  type Statement,
  mutantsOf,
  mutationKinds,
  playCooperatives,
  playLicences,
  statementsOf,
  truthOf,
} from '#testing/mutations.ts';
import { type Params, holds } from '#testing/sentences.ts';
import { dice, playProvince, takeBack } from '#testing/statements.ts';

// Single changes of true statements, half of them written by hand. KARSAZ_MUTATIONS tries more or fewer of them;
// KARSAZ_SEED makes other records. The table at the end is what they came to.

const house = await openHouse();
const asked = Number.parseInt(process.env['KARSAZ_MUTATIONS'] ?? '500', 10);
const roller = dice(Number.parseInt(process.env['KARSAZ_SEED'] ?? '1405', 10));
const province = await playProvince(house, roller);
const licences = await playLicences(house, roller);
const cooperatives = await playCooperatives(house, roller);
const played: Played = { model: province.model, licences, cooperatives };

const base = { programme: 'home_jobs', year: 1402, province: alborz } as const;
const subjects: Params[] = [
  { ...base, measure: 'allocated' },
  { ...base, measure: 'sliced', county: karaj },
  { ...base, measure: 'payable' },
  { ...base, measure: 'locked' },
  { ...base, measure: 'referred' },
  { ...base, measure: 'contracted' },
  { ...base, measure: 'paid' },
  { ...base, measure: 'paid', county: karaj },
  { ...base, measure: 'locked_percent' },
  { ...base, measure: 'paid_percent' },
  { ...base, measure: 'coop_paid_percent' },
  { ...base, measure: 'paid_enterprises', programme: 'note_18' },
  { ...base, measure: 'growth' },
];
const statements = statementsOf(played, roller, subjects);

type Row = { tried: number; caught: number; supported: number; leftTrue: number; stillSupported: number };
const empty = (): Row => ({ tried: 0, caught: 0, supported: 0, leftTrue: 0, stillSupported: 0 });
const table = new Map<MutationKind, Row>(mutationKinds.map((kind) => [kind, empty()]));
const bySource = { 'by hand': empty(), 'from a pattern': empty() };
const plain = { stated: 0, supported: 0 };
const wrong: string[] = [];
const missed: string[] = [];
const unsupported: string[] = [];

/** The verdict of the figure that was printed at its place in the text. */
async function verdictOf(text: string, figure: string) {
  // A count may be part of the year before it.
  const at = text.search(new RegExp(`(?<![0-9])${RegExp.escape(figure)}`));
  const told = await province.check(text);
  return told.find(({ start, end }) => start < at + figure.length && end > at);
}

const why = (text: string, found: Awaited<ReturnType<typeof verdictOf>>): string =>
  `${text} → ${found === undefined ? 'not read' : `${found.verdict} ${found.indicator} ${JSON.stringify(found.facts)} ${found.stated}/${found.actual}`}`;

/** Caught: whoever reads the check is told that the figure is wrong, doubtful or without records. */
async function tryMutant({ statement, kind, text, figure, isTrue }: Mutant): Promise<void> {
  const found = await verdictOf(text, figure);
  const rows = [must(table.get(kind), 'a row'), bySource[statement.source]];
  const isSupported = found?.verdict === 'supported';
  const isCaught = ['contradicted', 'ambiguous', 'no_record'].includes(found?.verdict ?? '');
  for (const row of rows)
    if (isTrue) {
      row.leftTrue += 1;
      row.stillSupported += isSupported ? 1 : 0;
    } else {
      row.tried += 1;
      row.caught += isCaught ? 1 : 0;
      row.supported += isSupported ? 1 : 0;
    }
  if (isTrue) return;
  if (isSupported) wrong.push(`${kind}: ${why(text, found)}`);
  else if (!isCaught) missed.push(`${kind}: ${why(text, found)}`);
}

const tried = (source: Statement['source']): number => bySource[source].tried;

/** As many of each kind and source as there are, by turns, until the number is reached. */
function chosenOf(mutants: readonly Mutant[], count: number): Mutant[] {
  const piles = (['by hand', 'from a pattern'] as const).flatMap((source) =>
    mutationKinds.map((kind) => ({
      source,
      pile: mutants.filter((one) => one.kind === kind && one.statement.source === source),
    })),
  );
  const chosen: Mutant[] = [];
  const share = { 'by hand': Math.ceil(count / 2), 'from a pattern': Math.floor(count / 2) };
  for (let left = true; left;) {
    left = false;
    for (const { source, pile } of piles) {
      if (pile.length === 0 || share[source] === 0) continue;
      const [one] = pile.splice(roller.roll(0, pile.length - 1), 1);
      const mutant = must(one, 'one of a pile');
      chosen.push(mutant);
      if (!mutant.isTrue) share[source] -= 1;
      left = true;
    }
  }
  return chosen;
}

const line = (name: string, { tried: all, caught, supported, leftTrue, stillSupported }: Row): string =>
  [name.padEnd(20), all, caught, supported, leftTrue, stillSupported]
    .map((cell) => String(cell).padStart(10))
    .join('');

afterAll(() => {
  const all = [...table.values()].reduce((sum, row) => ({
    tried: sum.tried + row.tried,
    caught: sum.caught + row.caught,
    supported: sum.supported + row.supported,
    leftTrue: sum.leftTrue + row.leftTrue,
    stillSupported: sum.stillSupported + row.stillSupported,
  }));
  process.stdout.write(
    [
      '',
      `${'mutation'.padEnd(20)}     tried    caught supported left true   of them supported`,
      ...[...table].map(([kind, row]) => line(kind, row)),
      line('all', all),
      ...Object.entries(bySource).map(([source, row]) => line(source, row)),
      `unmutated: ${plain.stated} statements, ${plain.supported} supported`,
      '',
    ].join('\n'),
  );
  if (process.env['KARSAZ_SAY'] !== undefined)
    process.stdout.write([...unsupported, ...missed, ...wrong].join('\n'));
});

/** One more record, or one taken back, makes another truth of every statement that counts it. */
async function changeRecord(count: number, change: () => Promise<void>): Promise<void> {
  const stated = statementsOf(played, roller, subjects);
  await change();
  const touched = stated.filter(({ claimed, said }) => {
    const record = truthOf(played, claimed);
    return record === null || !holds(said, record);
  });
  for (const source of ['by hand', 'from a pattern'] as const)
    for (const statement of touched.filter((one) => one.source === source).slice(0, Math.ceil(count / 2)))
      await tryMutant({
        statement,
        kind: 'record',
        figure: statement.said.text,
        isTrue: false,
        text: statement.write(statement.said.text),
      });
}

const another = async (kind: 'person' | 'cooperative' | 'enterprise'): Promise<void> => {
  const programme = kind === 'enterprise' ? 'note_18' : 'home_jobs';
  const leaf = must(
    province.leaves.find(
      (one) =>
        one.programme === programme &&
        one.budgetYear === 1402 &&
        (programme === 'note_18' || one.county === karaj),
    ),
    'a leaf',
  );
  const { county } = leaf;
  const made = {
    programme,
    budgetYear: 1402,
    county,
    kind,
    amount: 70_000_000n,
    stage: 'paid',
    year: 1402,
  } as const;
  await province.award(made, leaf.id);
};

describe('single changes of true statements', () => {
  test('the unchanged are supported', { timeout: 120_000 }, async () => {
    for (const statement of statements) {
      const { text } = statement.said;
      const found = await verdictOf(statement.write(text), text);
      plain.stated += 1;
      if (found?.verdict === 'supported') plain.supported += 1;
      else unsupported.push(why(statement.write(text), found));
    }
    expect(unsupported.length * 20, unsupported.join('\n')).toBeLessThanOrEqual(plain.stated);
  });

  test('the capital of all cooperatives there are is not of those formed in a year', async () => {
    const formed = cooperatives.filter(({ year }) => year === 1402);
    const capital = `${formed.reduce((sum, one) => sum + one.capital, 0n)} ریال`;
    const asFormed = `در سال ۱۴۰۲ تعاونی‌هایی با سرمایهٔ ${capital} در استان تشکیل شد.`;
    expect((await verdictOf(asFormed, capital))?.verdict).toBe('supported');
    const asStock = `سرمایه تعاونی‌های استان در سال ۱۴۰۲، ${capital} است.`;
    expect((await verdictOf(asStock, capital))?.verdict).not.toBe('supported');
  });

  test('no change stays supported that made a statement false', { timeout: 240_000 }, async () => {
    const mutants = statements.flatMap((statement) => mutantsOf(played, roller, statement));
    const records = Math.floor(asked / 8);
    for (const mutant of chosenOf(mutants, asked - records)) await tryMutant(mutant);
    for (const kind of ['person', 'cooperative', 'enterprise'] as const) {
      await changeRecord(Math.ceil(records / 6), () => another(kind));
      await changeRecord(Math.ceil(records / 6), () => takeBack(house, province, kind));
    }
    expect(wrong).toEqual([]);
    expect(missed.length * 100, missed.join('\n')).toBeLessThanOrEqual(
      tried('by hand') + tried('from a pattern'),
    );
  });
});
