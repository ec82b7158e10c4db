import type { Day } from '#kernel/day.ts';
import { isoOf } from '#kernel/day.ts';
import { id, type Id } from '#kernel/id.ts';
import { must, ok, refused, type Result } from '#kernel/result.ts';
import { holdersOn } from '#licence/actions.ts';
import type { Tx } from '#platform/db.ts';
import { writeMessages } from '#platform/outbox.ts';
import { locksIn, today, type Doing, type Lock } from '../actions.ts';
import type { Reserve } from '../contract.ts';
import { findPersonNames, listRules } from '../queries.ts';
import { cooperativeKind, leastMembers, reachableOf } from '../rules.ts';
import {
  invitationTopic,
  type Cluster,
  type FinderRefusal,
  type InvitationForm,
  type Proposals,
} from './contract.ts';
import {
  findInvited,
  insertInvited,
  listBound,
  listInvited,
  listPlaceNames,
  type PlaceName,
} from './queries.ts';
import { findClusters } from './rules.ts';

type Asked = { readonly provinceId: number; readonly today: Day };

/** The legal minimum of a special cooperative today, and the clusters that reach it within the reader's scope. */
async function clustersOn(
  tx: Tx,
  { provinceId, today: on }: Asked,
): Promise<{ readonly least: number; readonly clusters: Cluster[] }> {
  const least = leastMembers(await listRules(tx), 'special', on);
  const bound = await listBound(tx, { provinceId, closed: cooperativeKind.closed });
  const holdings = await holdersOn(tx, { provinceId, on });
  return { least, clusters: findClusters(holdings, { bound, least }) };
}

const keyOf = (at: { readonly countyCode: string; readonly occupationId: number }): string =>
  `${at.countyCode} ${at.occupationId}`;

/** What so many members may draw on of what is locked. */
export const reservesOf = (locks: readonly Lock[], members: number): Reserve[] =>
  locks.map(({ lineId, budgetYear, programme, deadline, locked, ceiling }) => ({
    lineId,
    budgetYear,
    programme,
    deadline: isoOf(deadline),
    locked: locked.toString(),
    reachable: reachableOf(locked, members, ceiling).toString(),
  }));

/** Who could form a cooperative today, and what the locked share would give them. */
export async function proposeCooperatives(tx: Tx, asked: Asked): Promise<Proposals> {
  const { provinceId, today: on } = asked;
  const { least, clusters } = await clustersOn(tx, asked);
  const names = new Map(
    (await listPlaceNames(tx, { provinceId, places: clusters })).map((one) => [keyOf(one), one]),
  );
  const invited = new Map(
    (await listInvited(tx, provinceId)).map((one) => [`${keyOf(one)} ${one.personId}`, isoOf(one.invitedOn)]),
  );
  const locks = await locksIn(tx, { provinceId, countyCode: null, today: on });
  const personIds = [...new Set(clusters.flatMap((cluster) => cluster.personIds))];
  const persons = await findPersonNames(tx, { provinceId, personIds });
  const proposals = clusters.map((cluster) => {
    const { titleFa, titleEn, countyFa, countyEn } = namesOf(names, cluster);
    const { occupationId, countyCode } = cluster;
    return {
      occupationId,
      occupation: { fa: titleFa, en: titleEn },
      countyCode,
      countyName: { fa: countyFa, en: countyEn },
      holders: cluster.personIds.map((personId) => ({
        personId,
        name: persons.get(personId) ?? null,
        invitedOn: invited.get(`${keyOf(cluster)} ${personId}`) ?? null,
      })),
      reserves: reservesOf(
        locks.filter((lock) => lock.countyCode === countyCode),
        cluster.personIds.length,
      ),
    };
  });
  return { least, on: isoOf(on), proposals };
}

const namesOf = (names: ReadonlyMap<string, PlaceName>, cluster: Cluster): PlaceName =>
  must(names.get(keyOf(cluster)), 'a licence names an occupation and a county');

/** Invites every holder of a cluster who was not invited before: one message each, in the transaction of the row. */
export async function inviteCluster(
  doing: Doing,
  form: InvitationForm,
): Promise<Result<{ id: Id; invited: number }, FinderRefusal>> {
  const { tx, clock, provinceId, by } = doing;
  const invitationId = id(form.id);
  const on = today(doing);
  const done = await findInvited(tx, { provinceId, invitationId });
  if (done !== undefined)
    return keyOf(done) === keyOf(form)
      ? ok({ id: invitationId, invited: done.invited })
      : refused({ kind: 'InvitationOtherContent', field: 'id' });
  const { least, clusters } = await clustersOn(tx, { provinceId, today: on });
  const cluster = clusters.find((one) => keyOf(one) === keyOf(form));
  if (cluster === undefined) return refused({ kind: 'ClusterGone', least });
  const { countyCode, occupationId, personIds } = cluster;
  const added = await insertInvited(tx, {
    provinceId,
    invitationId,
    countyCode,
    occupationId,
    byPerson: by.personId,
    on,
    personIds,
  });
  if (added.length === 0) return refused({ kind: 'InvitedAlready', holders: personIds.length });
  const [name] = await listPlaceNames(tx, { provinceId, places: [cluster] });
  const { titleFa, titleEn, countyFa, countyEn } = must(name, 'the names of the cluster');
  const facts = {
    kind: invitationTopic,
    occupationFa: titleFa,
    occupationEn: titleEn,
    countyFa,
    countyEn,
    holders: String(personIds.length),
  };
  await writeMessages(
    tx,
    added.map((personId) => ({
      provinceId,
      channel: 'sms',
      personId,
      role: null,
      countyCode,
      officeId: null,
      topic: invitationTopic,
      subjectId: invitationId,
      facts,
    })),
    clock,
  );
  return ok({ id: invitationId, invited: added.length });
}
