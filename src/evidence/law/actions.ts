import type { Bilingual } from '#kernel/indicator.ts';
import { ok } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { type Database, type Tx, inTransaction, noScope, read } from '#platform/db.ts';
import type { Job } from '#platform/jobs.ts';
import type { Catalogue } from '../actions.ts';
import { examine } from '../publication/actions.ts';
import { listPublications } from '../publication/queries.ts';
import { listProvinces } from '../queries.ts';
import type { EvidenceBreach, Law, LawBoard } from './contract.ts';
import { listLawStates, saveLaw } from './queries.ts';
import { boardOf } from './rules.ts';

export type Breach = { readonly law: string; readonly says: Bilingual };

/** The laws of one room, and how its breaches in a province are found. */
export type LawSource = {
  readonly laws: readonly Law[];
  readonly find: (tx: Tx, provinceId: number) => Promise<readonly Breach[]>;
};

type Kinded = { readonly kind: string };

/** A room's own laws and breaches, as the board names them. */
export const lawSource = <One extends Kinded>({
  room,
  words,
  find,
  say,
}: {
  readonly room: string;
  readonly words: Readonly<Record<One['kind'], Bilingual>>;
  readonly find: (tx: Tx, provinceId: number) => Promise<readonly One[]>;
  readonly say: (breach: One) => Bilingual;
}): LawSource => ({
  laws: Object.entries<Bilingual>(words).map(([kind, title]) => ({ id: `${room}.${kind}`, title })),
  find: async (tx, provinceId) =>
    (await find(tx, provinceId)).map((breach) => ({ law: `${room}.${breach.kind}`, says: say(breach) })),
});

/** Published figures that do not come out of their records, as of their instant, as they were published (L8). */
export const findPublishedApart =
  (catalogue: Catalogue) =>
  async (tx: Tx, provinceId: number): Promise<EvidenceBreach[]> => {
    const breaches: EvidenceBreach[] = [];
    for (const row of await listPublications(tx, { provinceId, before: null, limit: mostPublished })) {
      const { state } = await examine(tx, catalogue, row);
      if (state === 'broken') breaches.push({ kind: 'PublishedApart', provinceId, id: row.id });
    }
    return breaches;
  };

/** The newest of a province; its older ones are recomputed whenever somebody opens them. */
const mostPublished = 500;

/** Every record of a province that breaks a law. */
export async function breachesIn(
  tx: Tx,
  sources: readonly LawSource[],
  provinceId: number,
): Promise<Breach[]> {
  const breaches: Breach[] = [];
  for (const { find } of sources) breaches.push(...(await find(tx, provinceId)));
  return breaches;
}

export const lawsOf = (sources: readonly LawSource[]): Law[] => sources.flatMap(({ laws }) => laws);

type Asking = {
  readonly db: Database;
  readonly clock: Clock;
  readonly sources: readonly LawSource[];
};

/** Asks every law in every province and writes down what it came to; gives back how many records break one. */
export async function askLaws({ db, clock, sources }: Asking, signal?: AbortSignal): Promise<number> {
  const provinces = await read(db, noScope, listProvinces);
  const laws = lawsOf(sources);
  let count = 0;
  for (const { provinceId } of provinces) {
    if (signal?.aborted === true) return count;
    const scope = { ...noScope, province: provinceId };
    const at = clock.now();
    const breaches = await read(db, scope, (tx) => breachesIn(tx, sources, provinceId));
    count += breaches.length;
    await inTransaction<undefined, never>(db, scope, async (tx) => {
      for (const { id } of laws) {
        const found = breaches.filter(({ law }) => law === id).length;
        await saveLaw(tx, { provinceId, law: id, breaches: found, at });
      }
      return ok();
    });
  }
  return count;
}

/** Asks all laws every minute. */
export const lawJob = (asking: Asking): Job => ({
  name: 'laws',
  every: 60_000,
  run: (signal) => askLaws(asking, signal),
});

/** The board for everybody: counts, never a record. */
export async function lawBoard(tx: Tx, sources: readonly LawSource[]): Promise<LawBoard> {
  const rows = await listLawStates(tx);
  return boardOf(
    lawsOf(sources),
    rows.map(({ nameFa, nameEn, ...row }) => ({ ...row, province: { fa: nameFa, en: nameEn } })),
  );
}
