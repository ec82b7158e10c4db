import { setImmediate as breath } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import { dayFromIso, isoOf } from '#kernel/day.ts';
import { newId, type Id } from '#kernel/id.ts';
import { comparable } from '#kernel/persian.ts';
import { must, ok, refused, type Result } from '#kernel/result.ts';
import { inTransaction, noScope, read, type Database, type Tx } from '#platform/db.ts';
import type { Clock } from '#platform/clock.ts';
import { ProblemError } from '#platform/problem.ts';
import { readSheet, type ReadRow } from '#platform/sheet.ts';
import {
  insertFacts,
  insertFirstFacts,
  insertPersons,
  lockKnown,
  refreshInForce,
  type FactEntry,
  type PersonEntry,
} from '../fact/queries.ts';
import {
  identityOf,
  noteDeed,
  rewriteReaders,
  todayAt,
  type Doing,
  type KeyedHash,
} from '../person/actions.ts';
import { nameWords, nearlyEqual, sortKey } from '../person/name.ts';
import { findPerson, type PersonRow } from '../person/queries.ts';
import { mostRows, type RosterKey, type RosterRefusal, type StoredFault } from './contract.ts';
import {
  addPassed,
  closeRoster,
  insertFaults,
  insertRoster,
  limitWaits,
  listCounties,
  listKeptNames,
  listWork,
  lockRoster,
  readContent,
  storeChecked,
  storeUnreadable,
  storeWaiting,
  type AtRoster,
  type BadRow,
  type NewRoster,
  type Passed,
  type RosterRow,
} from './queries.ts';
import { columnsOf, readRow, toldKinds, type RowValues, type WrongCell } from './rules.ts';

type Done<Value> = Promise<Result<Value, RosterRefusal>>;

export type RosterOrder = Pick<NewRoster, 'form' | 'fileName' | 'fileHash' | 'content'> & {
  readonly id: string;
  readonly toldOn: string;
};

/** Receives a list. It is checked in the background; nothing of it is stored as a person before `takeRoster`. */
export async function receiveRoster(doing: Doing, order: RosterOrder): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const toldOn = dayFromIso(order.toldOn);
  if (toldOn > todayAt(clock)) return refused({ kind: 'RosterInFuture', field: 'toldOn' });
  const sender = { userId: by.userId, personId: by.personId, at: clock.now() };
  await insertRoster(tx, { ...order, provinceId, rosterId: order.id, toldOn, by: sender });
  const kept = must(await lockRoster(tx, { provinceId, rosterId: order.id }), 'the list just stored');
  if (kept.fileHash !== order.fileHash || kept.form !== order.form || kept.toldOn !== toldOn)
    return refused({ kind: 'RosterOtherContent', field: 'id' });
  await noteDeed(doing, 'party.roster_received', order.id, { hash: order.fileHash });
  return ok({ id: kept.rosterId });
}

async function decideChecked(doing: Doing, rosterId: string): Done<RosterRow> {
  const roster = await lockRoster(doing.tx, { provinceId: doing.provinceId, rosterId });
  if (roster === undefined) return refused({ kind: 'RosterMissing' });
  return roster.state === 'checked' ? ok(roster) : refused({ kind: 'RosterNotChecked', state: roster.state });
}

/** Says that the good rows are to be taken in; the background does it part by part. */
export async function takeRoster(doing: Doing, rosterId: string): Done<{ id: Id }> {
  const checked = await decideChecked(doing, rosterId);
  if (!checked.ok) return checked;
  const { totalRows, badRows } = checked.value;
  if (totalRows === badRows) return refused({ kind: 'RosterEmpty' });
  await storeWaiting(doing.tx, checked.value);
  await noteDeed(doing, 'party.roster_taken', rosterId, { rows: totalRows - badRows });
  return ok({ id: checked.value.rosterId });
}

export async function dropRoster(doing: Doing, rosterId: string): Done<{ id: Id }> {
  const checked = await decideChecked(doing, rosterId);
  if (!checked.ok) return checked;
  await closeRoster(doing.tx, { ...checked.value, state: 'dropped', at: doing.clock.now() });
  await noteDeed(doing, 'party.roster_dropped', rosterId);
  return ok({ id: checked.value.rosterId });
}

// ---- in the background

export type RosterDesk = { readonly db: Database; readonly clock: Clock; readonly keyedHash: KeyedHash };

const partRows = 2_500;
const sampleRows = 10;

/** Checks what was received and takes in what waits, a part in each transaction: cut off anywhere, it goes on there. */
export async function workRosters(desk: RosterDesk, signal: AbortSignal): Promise<void> {
  const waiting = await read(desk.db, { ...noScope, province: 'all' }, listWork);
  const faults: unknown[] = [];
  for (const roster of waiting) {
    if (signal.aborted) return;
    try {
      if (roster.state === 'received') await checkRoster(desk, roster);
      else await takeParts(desk, roster, signal);
    } catch (error) {
      // One list that cannot be worked must not hold up those of other provinces.
      faults.push(error);
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, 'lists of persons could not be worked');
}

/** A row that can be taken in; `hash` in hexadecimal is that of its national id. */
const goodRowShape = z.object({
  line: z.int(),
  hash: z.string(),
  values: z.custom<RowValues>((values) => typeof values === 'object' && values !== null),
});
type GoodRow = z.infer<typeof goodRowShape>;
type Read = { readonly good: readonly GoodRow[]; readonly bad: readonly BadRow[] };

const under = ({ provinceId }: RosterRow) => ({ ...noScope, province: provinceId });

async function checkRoster(desk: RosterDesk, roster: RosterRow): Promise<void> {
  let rows: Read;
  try {
    rows = await readRows(desk, roster);
  } catch (error) {
    // A «no» about the whole file is for who sent it; anything else is a bug and is tried again.
    if (!(error instanceof ProblemError)) throw error;
    const { words } = error.facts;
    await inTransaction(desk.db, under(roster), async (tx) => {
      await storeUnreadable(tx, { ...roster, words, at: desk.clock.now() });
      return ok();
    });
    return;
  }
  await inTransaction(desk.db, under(roster), async (tx) => {
    // Whoever was quicker, after a lost lease, has checked it.
    if ((await lockRoster(tx, roster))?.state !== 'received') return ok();
    const bad = [...rows.bad];
    const good: GoodRow[] = [];
    for (let at = 0; at < rows.good.length; at += partRows) {
      const part = await partByName(tx, roster, rows.good.slice(at, at + partRows));
      good.push(...part.good);
      bad.push(...part.bad);
    }
    for (let at = 0; at < bad.length; at += partRows)
      await insertFaults(tx, roster, bad.slice(at, at + partRows));
    await storeChecked(tx, {
      ...roster,
      totalRows: rows.good.length + rows.bad.length,
      badRows: bad.length,
      sample: good.slice(0, sampleRows).map(({ values }) => values),
      content: await pack(JSON.stringify(good), { level: 1 }),
    });
    return ok();
  });
}

const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

const faultOf = (column: RosterKey, rule: string, written: string): StoredFault => ({
  column,
  rule,
  written,
  sentence: null,
});

const contentOf = async (db: Database, roster: RosterRow): Promise<Buffer> =>
  must(await read(db, under(roster), (tx) => readContent(tx, roster)), 'a list with work has its file');

/** Every row of the file: what it says, or what is wrong with each of its cells. */
async function readRows({ db, clock, keyedHash }: RosterDesk, roster: RosterRow): Promise<Read> {
  const { provinceId, form } = roster;
  const content = await contentOf(db, roster);
  const columns = columnsOf(form);
  const rows = await readSheet<RosterKey>(content, { columns, mostRows, fileName: roster.fileName });
  const counties = new Map(
    (await listCounties(db, provinceId)).flatMap(({ code, fa, en }) =>
      [code, fa, en].map((name) => [comparable(name), code] as const),
    ),
  );
  const today = todayAt(clock);
  const good: GoodRow[] = [];
  const bad: BadRow[] = [];
  const lineOf = new Map<string, number>();
  for (const [at, row] of rows.entries()) {
    if (at % 500 === 0) await breath();
    const told = readRow({ form, cells: row.cells, counties, today, toldOn: roster.toldOn });
    const refuse = (faults: readonly StoredFault[]) =>
      bad.push({ line: row.line, cells: row.written, faults });
    if (row.faults.length > 0 || 'wrong' in told) {
      refuse([...sheetFaults(row), ...('wrong' in told ? ownFaults(row, told.wrong) : [])]);
      continue;
    }
    const { nationalId } = told.values;
    const before = lineOf.get(nationalId);
    if (before !== undefined) {
      refuse([faultOf('national_id', 'twice', String(before))]);
      continue;
    }
    lineOf.set(nationalId, row.line);
    const hash = await identityOf(keyedHash, form, nationalId);
    good.push({ line: row.line, values: told.values, hash: hash.toString('hex') });
  }
  return { good, bad };
}

/** Of a cell that no sheet could hold nothing more is said. */
const ownFaults = (row: ReadRow<RosterKey>, wrong: readonly WrongCell[]): StoredFault[] =>
  wrong
    .filter(({ column }) => !row.faults.some((fault) => fault.column === column))
    .map(({ column, rule }) => faultOf(column, rule, row.written[column]));

const sheetFaults = (row: ReadRow<RosterKey>): StoredFault[] =>
  row.faults.map(({ column, rule, fa, en }) => ({
    column,
    rule,
    written: row.written[column],
    sentence: { fa, en },
  }));

const namedBy = (values: RowValues) => ({
  firstName: values.first_name ?? null,
  lastName: values.last_name ?? '',
});

/** Those that stand here under another name, or whose facts were erased, are not taken in. */
async function partByName(tx: Tx, { provinceId }: RosterRow, rows: readonly GoodRow[]): Promise<Read> {
  const kept = new Map(
    (await listKeptNames(tx, { provinceId, hashes: rows.map(({ hash }) => hash) })).map((one) => [
      one.hash,
      one,
    ]),
  );
  const good: GoodRow[] = [];
  const bad: BadRow[] = [];
  for (const row of rows) {
    const known = kept.get(row.hash);
    const fault =
      known === undefined
        ? null
        : known.erased
          ? faultOf('national_id', 'erased', '')
          : nearlyEqual(namedBy(row.values), { firstName: known.firstName, lastName: known.lastName ?? '' })
            ? null
            : faultOf('last_name', 'other_name', row.values.last_name ?? '');
    if (fault === null) good.push(row);
    else bad.push({ line: row.line, cells: writtenAgain(row.values), faults: [fault] });
  }
  return { good, bad };
}

const writtenAgain = ({ nationalId, ...values }: RowValues): BadRow['cells'] => ({
  ...values,
  national_id: nationalId,
});

/**
 * Two parts are under way at a time, so that the server of the database and this process both have work; they are
 * stored in their order, the second only after the first, so that `passedLine` always tells where to go on.
 */
async function takeParts(desk: RosterDesk, roster: RosterRow, signal: AbortSignal): Promise<void> {
  const content = await contentOf(desk.db, roster);
  const good = z.array(goodRowShape).parse(JSON.parse((await unpack(content)).toString('utf8')));
  const left = good.filter(({ line }) => line > roster.passedLine);
  let [earlier, latest] = [Promise.resolve(true), Promise.resolve(true)];
  try {
    for (let at = 0; at < left.length; at += partRows) {
      // Whoever else takes the list in, after a lost lease, goes on with it.
      if (!(await earlier) || signal.aborted) return;
      const after = left[at - 1]?.line ?? roster.passedLine;
      const part = storePart({ desk, roster, rows: left.slice(at, at + partRows), after, before: latest });
      part.catch(() => {});
      [earlier, latest] = [latest, part];
    }
    if (!(await latest)) return;
  } finally {
    await Promise.allSettled([earlier, latest]);
  }
  await inTransaction(desk.db, under(roster), async (tx) => {
    if ((await lockRoster(tx, roster))?.state === 'waiting')
      await closeRoster(tx, { ...roster, state: 'taken', at: desk.clock.now() });
    return ok();
  });
}

type Part = {
  readonly desk: RosterDesk;
  readonly roster: RosterRow;
  readonly rows: readonly GoodRow[];
  /** The last line before this part. */
  readonly after: number;
  /** Whether the part before this one is stored. */
  readonly before: Promise<boolean>;
};

/** False, and nothing of it stored, when the list is not where this part begins. */
async function storePart({ desk, roster, rows, after, before }: Part): Promise<boolean> {
  const elsewhere = refused({ kind: 'TakenElsewhere' } as const);
  const line = must(rows.at(-1), 'a part has rows').line;
  const stored = await inTransaction(desk.db, under(roster), async (tx) => {
    await limitWaits(tx);
    const counts = await takePart({ desk, roster, tx }, rows);
    if (!(await before)) return elsewhere;
    const now = await lockRoster(tx, roster);
    if (now?.state !== 'waiting' || now.passedLine !== after) return elsewhere;
    await addPassed(tx, { ...roster, ...counts, line });
    return ok();
  });
  return stored.ok;
}

type Taking = { readonly desk: RosterDesk; readonly roster: RosterRow; readonly tx: Tx };
type Counts = Omit<Passed, keyof AtRoster | 'line'>;

async function takePart(taking: Taking, rows: readonly GoodRow[]): Promise<Counts> {
  const { desk, roster, tx } = taking;
  const { provinceId, form } = roster;
  const { good, bad } = await partByName(tx, roster, rows);
  const at = desk.clock.now();
  const fresh = () => newId(at.getTime());
  const standing = new Map(
    (await lockKnown(tx, { provinceId, hashes: good.map(({ hash }) => hash) })).map((one) => [one.hash, one]),
  );
  const unknown = good.filter(({ hash }) => !standing.has(hash));
  // In the order of their ids, rows come to lie at the end of each index that begins with them.
  const ids = unknown.map(fresh).toSorted();
  const entries = unknown.map((row, place) => entryOf(row, form, must(ids[place], 'an id for each')));
  const entered = await insertPersons(tx, provinceId, { entries, at });
  // Who was entered by somebody else meanwhile is known by now.
  if (entered.size < entries.length)
    for (const one of await lockKnown(tx, {
      provinceId,
      hashes: entries.map(({ identityHash }) => identityHash),
    }))
      standing.set(one.hash, one);
  const idOf = new Map(
    entries
      .filter(({ personId }) => entered.has(personId))
      .map((one) => [one.identityHash, one.personId] as const),
  );
  const by = { userId: roster.senderUserId, personId: roster.senderPersonId, at };
  const toldOn = isoOf(roster.toldOn);
  const told = (row: GoodRow, personId: Id) => factsOf(row, { personId, toldOn, fresh });
  const first = good.flatMap((row) => {
    const personId = idOf.get(row.hash);
    return personId === undefined ? [] : told(row, personId);
  });
  const known = good.flatMap((row) => {
    const personId = idOf.has(row.hash) ? undefined : standing.get(row.hash)?.personId;
    return personId === undefined ? [] : [{ personId, facts: told(row, personId) }];
  });
  await insertFirstFacts(tx, provinceId, { entries: first, toldOn, source: 'list', by });
  const more = await insertFacts(tx, provinceId, { entries: known.flatMap(({ facts }) => facts), by });
  await followFacts(
    taking,
    known.filter(({ facts }) => facts.some(({ factId }) => more.has(factId))),
  );
  await insertFaults(tx, roster, bad);
  return {
    rows: rows.length,
    bad: bad.length,
    entered: entered.size,
    known: known.length,
    facts: first.length + more.size,
  };
}

/** What is in force of known persons, and who may see those that moved. */
async function followFacts(
  { desk, roster, tx }: Taking,
  changed: readonly { readonly personId: Id; readonly facts: readonly FactEntry[] }[],
): Promise<void> {
  if (changed.length === 0) return;
  const { provinceId } = roster;
  const moving: PersonRow[] = [];
  for (const { personId, facts } of changed) {
    const county = facts.find(({ kind }) => kind === 'county_code')?.value;
    const before = county === undefined ? undefined : await findPerson(tx, { provinceId, personId });
    if (before !== undefined && before.countyCode !== county) moving.push(before);
  }
  const personIds = changed.map(({ personId }) => personId);
  await refreshInForce(tx, { provinceId, personIds, today: todayAt(desk.clock) });
  for (const before of moving) await rewriteReaders({ tx, provinceId }, before);
}

function entryOf({ values, hash }: GoodRow, form: PersonEntry['form'], personId: Id): PersonEntry {
  const named = namedBy(values);
  return {
    personId,
    form,
    identityHash: hash,
    nationalId: values.nationalId,
    ...named,
    fatherName: values.father_name ?? null,
    bornOn: values.born_on ?? null,
    gender: values.gender ?? null,
    sortKey: sortKey(named),
    words: nameWords(named),
    countyCode: must(values.county_code, 'a row without county is refused'),
    inForce: Object.fromEntries(
      toldKinds.flatMap((kind) => (values[kind] === undefined ? [] : [[kind, values[kind]]])),
    ),
  };
}

const factsOf = (
  { values }: GoodRow,
  { personId, toldOn, fresh }: { readonly personId: Id; readonly toldOn: string; readonly fresh: () => Id },
): FactEntry[] =>
  toldKinds.flatMap((kind) => {
    const value = values[kind];
    if (value === undefined) return [];
    return [
      {
        factId: fresh(),
        personId,
        kind,
        value,
        sinceOn: toldOn,
        source: 'list' as const,
        inquiredOn: toldOn,
      },
    ];
  });
