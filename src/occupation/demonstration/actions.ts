import { z } from 'zod';
import type { Actor } from '#kernel/actor.ts';
import { day } from '#kernel/day.ts';
import { newId } from '#kernel/id.ts';
import { assert, must, ok } from '#kernel/result.ts';
import { demonstrationSource } from '#place/contract.ts';
import { playedClock } from '#platform/clock.ts';
import type { CatalogueRow } from '#platform/csv.ts';
import { inTransaction, type Database } from '#platform/db.ts';
import { enterEdition, publishEdition, searchable } from '../edition/actions.ts';
import { country, findKnown, insertOccupations, type NewOccupation } from '../edition/queries.ts';
import type { Known, ReadRow } from '../edition/contract.ts';
import { readList } from '../edition/rules.ts';
import { findUser } from './queries.ts';

const planShape = z.object({
  editions: z.array(
    z.object({
      number: z.int(),
      nameFa: z.string(),
      nameEn: z.string(),
      decision: z.string(),
      proposedOn: z.string(),
      publishedOn: z.string().nullable(),
      inForceFrom: z.string(),
    }),
  ),
  /** A second spelling of a title, which a list cannot hold beside the first. */
  leftOut: z.array(z.int()),
  formerly: z.array(
    z.object({
      occupationId: z.int(),
      untilEdition: z.int(),
      titleFa: z.string().nullable(),
      categoryKey: z.string().nullable(),
    }),
  ),
});
type Plan = z.infer<typeof planShape>;

/** A made-up title with the editions in which it stands. */
type Sample = {
  readonly occupationId: number;
  readonly titleFa: string;
  readonly titleEn: string;
  readonly categoryKey: string;
  readonly from: number;
  readonly until: number;
};

const numberIn = (text: string | undefined): number => parseInt(text ?? '', 10);

const sampleOf = (row: CatalogueRow): Sample => ({
  occupationId: numberIn(row['occupation_id']),
  titleFa: must(row['title_fa'], 'title_fa'),
  titleEn: must(row['title_en'], 'title_en'),
  categoryKey: must(row['category_key'], 'category_key'),
  from: numberIn(row['from_edition']),
  until: row['until_edition'] === '' ? Infinity : numberIn(row['until_edition']),
});

/** Loads the editions of the list through the room's own deeds, by two administrators, each on its own day. */
export async function loadDemonstration(
  db: Database,
  given: unknown,
  titles: readonly CatalogueRow[],
): Promise<void> {
  const plan = planShape.parse(given);
  const samples = titles.map(sampleOf);
  await inTransaction<undefined, never>(db, country, async (tx) => {
    const known = await findKnown(tx);
    await insertOccupations(tx, samples.map(newOccupation), demonstrationSource);
    const [one, two] = [await actorOf('administrator-one'), await actorOf('administrator-two')];
    for (const edition of plan.editions) {
      const doing = (on: string, by: Actor) => ({ tx, clock: playedClock(day(on)), by });
      const proposing = doing(edition.proposedOn, one);
      const editionId = newId(proposing.clock.now().getTime());
      const rows = rowsOf(edition.number, { plan, samples, known });
      const order = {
        editionId,
        nameFa: edition.nameFa,
        nameEn: edition.nameEn,
        decisionNumber: edition.decision,
        inForceFrom: day(edition.inForceFrom),
        sourceKey: demonstrationSource,
      };
      const entered = await enterEdition(proposing, order, { rows, content: order });
      assert(entered.ok, `the edition ${edition.number} is entered once`);
      if (edition.publishedOn === null) continue;
      const publishing = doing(edition.publishedOn, two);
      const actId = newId(publishing.clock.now().getTime());
      const published = await publishEdition(publishing, { editionId, actId, seenVersion: 1 });
      assert(published.ok, `the edition ${edition.number} is published`);
    }
    return ok();

    async function actorOf(username: string): Promise<Actor> {
      const user = must(await findUser(tx, username), `the user ${username}`);
      return { ...user, role: 'administrator', scope: country };
    }
  });
}

const newOccupation = (sample: Sample): NewOccupation => ({
  ...searchable({ ...sample, agencyKey: null, extraCheck: null }),
  titleKind: 'demonstration',
});

type Stock = { readonly plan: Plan; readonly samples: readonly Sample[]; readonly known: Known };

/** The rows of an edition, read as those of a file are, so that agency and star come from the category. */
function rowsOf(number: number, { plan, samples, known }: Stock): ReadRow[] {
  const real = known.occupations.filter(({ occupationId }) => !plan.leftOut.includes(occupationId));
  const made = samples.filter(({ from, until }) => from <= number && number <= until);
  const formerly = new Map(
    plan.formerly
      .filter(({ untilEdition }) => number <= untilEdition)
      .map((one) => [one.occupationId, one] as const),
  );
  const lines = [
    ...real,
    ...made.map((one) => ({
      ...one,
      titleFa: formerly.get(one.occupationId)?.titleFa ?? one.titleFa,
      categoryKey: formerly.get(one.occupationId)?.categoryKey ?? one.categoryKey,
    })),
  ].map(({ occupationId, titleFa, titleEn, categoryKey }, index) => ({
    line: index + 2,
    cells: {
      code: String(occupationId),
      title: titleFa,
      titleEn,
      category: categoryKey,
      agency: null,
      extraCheck: null,
    },
  }));
  const read = readList(lines, { ...known, occupations: [...known.occupations, ...samples] });
  assert(read.faults.length === 0, `the edition ${number}: ${JSON.stringify(read.faults.slice(0, 3))}`);
  return [...read.rows];
}
