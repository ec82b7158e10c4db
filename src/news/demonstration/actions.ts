import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Catalogue } from '#evidence/actions.ts';
import { publishedFigures } from '#evidence/publication/actions.ts';
import type { Role } from '#kernel/actor.ts';
import { type Id, newId } from '#kernel/id.ts';
import { type Result, must, ok } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { type Database, type Scope, type Tx, inTransaction, noScope, read } from '#platform/db.ts';
import { pictureOf } from '#platform/picture.ts';
import { ruleOnComment, sendComments } from '../comment/actions.ts';
import { rules, rulings } from '../comment/contract.ts';
import { addImage } from '../image/actions.ts';
import { mostPixels } from '../image/contract.ts';
import { type Editing, actOnItem, reviseItem, writeItem } from '../item/actions.ts';
import { type ItemText, itemTextShape } from '../item/contract.ts';
import { findProvince } from '../item/queries.ts';
import { rateItems } from '../rating/actions.ts';
import { findUser } from './queries.ts';

const text = z.string();
const sampleShape = itemTextShape.extend({
  province: text,
  reason: text.nullable(),
  image: z.strictObject({ altFa: text, altEn: text }).nullable(),
  correction: z.strictObject({ bodyFa: text, bodyEn: text.nullable(), note: text }).nullable(),
  stars: z.array(z.int()),
  comments: z.array(
    z.strictObject({
      penName: text,
      body: text,
      ruling: z.enum(rulings).nullable(),
      rule: z.enum(rules).nullable(),
    }),
  ),
});
type Sample = z.infer<typeof sampleShape>;

/** The picture of the README stands under the first item too: a page without a picture shows half of itself. */
const picture = (): Buffer =>
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'screens', 'credit.png'));

type Staging = { readonly db: Database; readonly clock: Clock };
type Desk = Omit<Editing, 'by'> & { readonly as: (role: 'editor' | 'deputy') => Promise<Editing> };

/** Writes, publishes, corrects and discusses the sample news, each step by whom it belongs to. */
export async function loadDemonstration(
  { db, clock }: Staging,
  catalogue: Catalogue,
  given: unknown,
): Promise<void> {
  for (const sample of z.array(sampleShape).parse(given)) {
    const provinceId = must(
      await read(db, noScope, (tx) => findProvince(tx, sample.province)),
      `the province ${sample.province}`,
    );
    const scope: Scope = { ...noScope, province: provinceId };
    await inTransaction<undefined, never>(db, scope, async (tx) => {
      const as = async (role: 'editor' | 'deputy'): Promise<Editing> => {
        const user = must(await findUser(tx, `${role}-${sample.province}`), `the ${role}`);
        const own = { province: provinceId, county: null, office: null, person: null };
        return { tx, clock, catalogue, provinceId, by: { ...user, role: role satisfies Role, scope: own } };
      };
      const itemId = await publish({ tx, clock, catalogue, provinceId, as }, sample);
      await discuss({ tx, clock, provinceId, as }, { itemId, sample });
      return ok();
    });
  }
}

const fresh = (clock: Clock): Id => newId(clock.now().getTime());

function done<Value>(result: Result<Value>, what: string): Value {
  if (!result.ok) throw new Error(`the demonstration ${what}: ${result.refusal.kind}`);
  return result.value;
}

/** A text with the addresses of the figures and of the picture in the places that the sample names. */
async function linked(tx: Tx, provinceId: number, sample: Sample, imageId: Id | null): Promise<ItemText> {
  const figures = await publishedFigures(tx, provinceId);
  const link = (body: string): string =>
    body
      .replaceAll(/\(figure:([a-z._]+)\)/g, (_, indicator: string) => {
        const figure = figures.find((one) => one.indicator === indicator);
        return `(f/${must(figure, `the figure ${indicator}`).id})`;
      })
      .replaceAll('![](image)', imageId === null ? '' : `![](${imageId})`);
  const { category, tags, datedOn, titleFa, summaryFa, titleEn, summaryEn } = sample;
  const bodyEn = sample.bodyEn === null ? null : link(sample.bodyEn);
  return {
    category,
    tags,
    datedOn,
    titleFa,
    summaryFa,
    bodyFa: link(sample.bodyFa),
    titleEn,
    summaryEn,
    bodyEn,
  };
}

async function publish({ tx, clock, provinceId, as }: Desk, sample: Sample): Promise<Id> {
  const editor = await as('editor');
  const deputy = await as('deputy');
  const itemId = fresh(clock);
  const plain = await linked(tx, provinceId, sample, null);
  done(await writeItem(editor, { ...plain, id: itemId }), 'writes an item');
  let seenVersion = 1;
  if (sample.image !== null) {
    const fields = { ...sample.image, id: fresh(clock) };
    const bytes = picture();
    const found = done(await pictureOf(bytes, { mostPixels, ofCamera: false }), 'draws a picture');
    const sent = { fields, name: 'credit.png', bytes, picture: found };
    done(await addImage(editor, { itemId, sent }), 'adds a picture');
    const order = {
      ...(await linked(tx, provinceId, sample, fields.id)),
      id: fresh(clock),
      seenVersion,
      erratum: null,
    };
    done(await reviseItem(editor, { itemId, order }), 'puts a picture in');
    seenVersion += 1;
  }
  const act = async (
    by: Editing,
    name: 'approve' | 'publish' | 'issue',
    reason: string | null,
  ): Promise<void> => {
    done(await actOnItem(by, { itemId, name, order: { id: fresh(clock), seenVersion, reason } }), name);
    seenVersion += 1;
  };
  await act(deputy, 'approve', null);
  await act(editor, 'publish', sample.reason);
  const { correction } = sample;
  if (correction === null) return itemId;
  const { bodyFa, bodyEn, note } = correction;
  const order = { ...plain, bodyFa, bodyEn, id: fresh(clock), seenVersion, erratum: note };
  done(await reviseItem(editor, { itemId, order }), 'writes a correction');
  seenVersion += 1;
  await act(deputy, 'issue', null);
  return itemId;
}

/** The readers are made up, so their hash needs no key. */
const keyedHash = (fact: string): Promise<Buffer> => Promise.resolve(hash('sha256', fact, 'buffer'));

/** Stars and comments of made-up readers; some comments wait for whoever opens the queue. */
async function discuss(
  { tx, clock, provinceId, as }: Omit<Desk, 'catalogue'>,
  { itemId, sample }: { readonly itemId: Id; readonly sample: Sample },
): Promise<void> {
  const votes = sample.stars.map((stars) => ({
    provinceId,
    itemId,
    reader: fresh(clock),
    stars,
    address: '192.0.2.1',
  }));
  for (const counted of await rateItems({ tx, clock, keyedHash }, votes)) done(counted, 'rates an item');
  const moderator = await as('editor');
  for (const { penName, body, ruling, rule } of sample.comments) {
    const form = { id: fresh(clock), penName, body };
    const [result] = await sendComments({ tx, clock }, [{ itemId, form }]);
    const sent = done(must(result, 'a result each'), 'sends a comment');
    if (sent.outcome === 'returned') throw new Error(`the rules give a sample comment back: ${body}`);
    if (ruling !== null)
      done(
        await ruleOnComment(moderator, { commentId: form.id, order: { ruling, rule, note: null, seen: 0 } }),
        'rules on a comment',
      );
  }
}
