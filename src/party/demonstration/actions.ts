import type { Actor } from '#kernel/actor.ts';
import { dayOfInstant, isoOf } from '#kernel/day.ts';
import { id as idOf, newId, type Id } from '#kernel/id.ts';
import { cooperativeWord } from '#kernel/persian.ts';
import { must, ok } from '#kernel/result.ts';
import { demonstrationSource } from '#place/contract.ts';
import type { Clock } from '#platform/clock.ts';
import { inTransaction, noScope, read, type Database } from '#platform/db.ts';
import type { Log } from '#platform/log.ts';
import { openSignIn } from '#platform/signin.ts';
import { nameAgentBank, openBranch, openOffice } from '../actions.ts';
import type { PersonForm } from '../person/contract.ts';
import { freshId, reachPerson, type Doing, type KeyedHash } from '../person/actions.ts';
import type { PersonRow } from '../person/queries.ts';
import { listPersons } from '../registry/queries.ts';
import { receiveRoster, takeRoster, workRosters } from '../roster/actions.ts';
import { listCounties } from '../roster/queries.ts';
import type { WorkplaceNames, WorkplacesAt } from './contract.ts';
import { enterpriseList, personList } from './person.ts';

type Staging = { readonly db: Database; readonly clock: Clock; readonly log: Log };
type Workplaces = { readonly provinceId: number; readonly agency: Id; readonly bank: Id };
/** Cooperatives are enterprises by the word in their name; of the others come first those that are none. */
export type Receiver = PersonForm | 'cooperative';
type Cast = Readonly<Record<Receiver, readonly Id[]>>;

const personsEach = 150;
/** More than a statement of the demonstration counts in a year, so that each of its loans is another enterprise's. */
const enterprisesEach = 130;
const handedEach = 12;

/**
 * Takes a list of made-up persons and one of enterprises into each province, hands some over to its agency and its
 * branch, and gives back who is next to be awarded something: each person once before anybody twice.
 */
export async function loadDemonstration(
  { db, clock, log }: Staging,
  offices: readonly Workplaces[],
): Promise<(provinceId: number, of: Receiver) => Id> {
  const { keyedHash } = openSignIn({ db, clock, log });
  const casts = new Map<number, Cast>();
  for (const place of offices)
    casts.set(place.provinceId, await loadProvince({ db, clock, keyedHash }, place));
  const turns = new Map<string, number>();
  return (provinceId, of) => {
    const persons = must(casts.get(provinceId), 'a province of the demonstration')[of];
    const turn = turns.get(`${provinceId} ${of}`) ?? 0;
    turns.set(`${provinceId} ${of}`, turn + 1);
    return must(persons[turn % persons.length], 'a person of the demonstration');
  };
}

type Desk = { readonly db: Database; readonly clock: Clock; readonly keyedHash: KeyedHash };

async function loadProvince(desk: Desk, { provinceId, agency, bank }: Workplaces): Promise<Cast> {
  const { db, clock, keyedHash } = desk;
  const scope = { ...noScope, province: provinceId };
  const by: Actor = {
    userId: freshId(clock),
    personId: freshId(clock),
    role: 'director',
    name: 'demonstration',
    scope: { province: provinceId, county: null, office: null, person: null },
  };
  const deed = <Value>(work: (doing: Doing) => Promise<Value>): Promise<Value> =>
    inTransaction(db, scope, async (tx) => ok(await work({ tx, clock, provinceId, by, keyedHash }))).then(
      (done) => must(done.ok ? done.value : undefined, 'a deed of the demonstration'),
    );
  const counties = (await listCounties(db, provinceId)).map(({ code }) => code);
  const stage = {
    provinceId,
    counties: [`${provinceId}0${provinceId === 30 ? 1 : 3}`, ...counties.slice(0, 5)],
  };
  const toldOn = isoOf(dayOfInstant(clock.now().getTime()));
  const lists = [
    { form: 'natural', fileName: 'clients.csv', text: personList(stage, personsEach) },
    { form: 'legal', fileName: 'enterprises.csv', text: enterpriseList(stage, enterprisesEach) },
  ] as const;
  const ids = lists.map(() => freshId(clock));
  const signal = new AbortController().signal;
  for (const [at, { form, fileName, text }] of lists.entries()) {
    const id = must(ids[at], 'an id');
    const content = Buffer.from(text);
    await deed((doing) => receiveRoster(doing, { id, form, fileName, fileHash: fileName, toldOn, content }));
  }
  await workRosters(desk, signal);
  for (const id of ids) await deed((doing) => takeRoster(doing, id));
  await workRosters(desk, signal);
  const enterprises = await namedOf(db, { provinceId, form: 'legal' });
  const cooperatives = enterprises.filter(({ lastName }) => (lastName ?? '').includes(cooperativeWord));
  const others = enterprises.filter((one) => !cooperatives.includes(one));
  const cast = {
    natural: (await namedOf(db, { provinceId, form: 'natural' })).map(personIdOf),
    cooperative: cooperatives.map(personIdOf),
    // Those at the end of the list, so that a cooperative which draws on its reserve draws on nothing else.
    legal: [...others, ...cooperatives.toReversed()].map(personIdOf),
  };
  for (const [at, personId] of [
    ...cast.natural.slice(0, handedEach),
    ...cast.legal.slice(0, handedEach),
  ].entries())
    for (const officeId of at % 2 === 0 ? [agency, bank] : [agency])
      await deed((doing) =>
        reachPerson(doing, { personId, order: { countyCode: null, officeId, reason: 'demonstration' } }),
      );
  return cast;
}

const personIdOf = ({ personId }: PersonRow): Id => personId;

async function namedOf(
  db: Database,
  { provinceId, form }: { readonly provinceId: number; readonly form: PersonForm },
): Promise<readonly PersonRow[]> {
  return read(db, { ...noScope, province: provinceId }, (tx) =>
    listPersons(tx, {
      provinceId,
      filter: { form, sort: 'newest' },
      countyCode: null,
      isOffice: false,
      search: { by: 'nothing' },
      after: null,
      limit: 500,
    }),
  );
}

type Opened = Readonly<Record<'agency' | 'bank' | 'agriculture' | 'health', Id>>;

/** Offices of agencies and one branch of an agent bank, so that their officers have where to work. */
export async function openWorkplaces(
  { db, clock }: Pick<Staging, 'db' | 'clock'>,
  { provinceId, countyCode, budgetYear, name }: WorkplacesAt,
  names: WorkplaceNames,
) {
  const openedAt = clock.now();
  const fresh = () => newId(openedAt.getTime());
  const common = { provinceId, countyCode, sourceKey: demonstrationSource, openedAt };
  const opened = await inTransaction<Opened, never>(db, { ...noScope, province: provinceId }, async (tx) => {
    await nameAgentBank(tx, {
      provinceId,
      budgetYear,
      programme: 'home_jobs',
      bankCode: '012',
      sourceKey: demonstrationSource,
    });
    const branch = await openBranch(tx, {
      ...common,
      branchId: fresh(),
      bankCode: '012',
      branchCode: `${countyCode}1`,
      ...name(names.branch),
    });
    const office = await openOffice(tx, {
      ...common,
      officeId: fresh(),
      agencyKey: 'industry',
      ...name(names.industry),
    });
    if (!branch.ok || !office.ok) throw new Error('the demonstration opens each office once');
    const others = new Map<string, Id>();
    for (const [agencyKey, named] of Object.entries(names.province)) {
      const other = await openOffice(tx, {
        ...common,
        countyCode: null,
        officeId: fresh(),
        agencyKey,
        ...name(named),
      });
      if (other.ok) others.set(agencyKey, idOf(other.value.officeId));
    }
    return ok({
      agency: idOf(office.value.officeId),
      bank: idOf(branch.value.branchId),
      agriculture: must(others.get('agriculture'), 'agriculture'),
      health: must(others.get('health'), 'health'),
    });
  });
  return { provinceId, ...must(opened.ok ? opened.value : undefined, 'opened') };
}
