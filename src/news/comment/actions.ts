import { hash, randomInt } from 'node:crypto';
import type { Actor } from '#kernel/actor.ts';
import { type Id, id, newId } from '#kernel/id.ts';
import { type Result, ok, refused } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import type { Tx } from '#platform/db.ts';
import { plainText } from '../item/markup.ts';
import type { PublicItem } from '../item/contract.ts';
import { findPublicItem } from '../item/queries.ts';
import { moderate } from '../moderation/rules.ts';
import type { CommentForm, CommentRefusal, DoubtHint, RulingOrder, Sent } from './contract.ts';
import { hintedText } from './hint.ts';
import {
  type NewComment,
  insertComments,
  insertReturned,
  insertRuling,
  insertSetting,
  lockComment,
  publishesUnhinted,
} from './queries.ts';
import { type Looked, decideRuling, longWords, lookAt } from './rules.ts';

/** Letters and digits that nobody takes for one another. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const codeLength = 12;

/** A code by which only its author finds a comment: nobody can count up to it. */
const drawCode = (): string =>
  Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)] ?? '').join('');

type Writing = { readonly tx: Tx; readonly clock: Clock };

/** A comment as it was sent, and under which item. */
export type Sending = { readonly itemId: string; readonly form: CommentForm };

/**
 * Looks at comments of one province under the four rules, in their order. A clear case goes back to its author and
 * only its trace is kept; any other waits for a person, or appears at once where the province has set so and there is
 * no hint.
 */
export async function sendComments(
  { tx, clock }: Writing,
  sendings: readonly Sending[],
): Promise<Result<Sent, CommentRefusal>[]> {
  const items = new Map<string, PublicItem | undefined>();
  for (const itemId of new Set(sendings.map((one) => one.itemId)))
    items.set(itemId, await findPublicItem(tx, itemId));
  const at = clock.now();
  const looked = sendings.map((sending) => lookThrough(items.get(sending.itemId), sending, at));
  const waiting = looked.flatMap((one) =>
    one.ok && one.value.decision !== 'returned' ? [one.value.row] : [],
  );
  const stored = await insertComments(tx, waiting);
  const [first] = waiting;
  const publishes = first !== undefined && (await publishesUnhinted(tx, first.provinceId));
  const results: Result<Sent, CommentRefusal>[] = [];
  for (const one of looked)
    results.push(one.ok ? await settleComment(tx, one.value, { stored, publishes }) : one);
  return results;
}

type LookedThrough = Looked & { readonly row: NewComment };

function lookThrough(
  item: PublicItem | undefined,
  { itemId, form }: Sending,
  sentAt: Date,
): Result<LookedThrough, CommentRefusal> {
  if (item === undefined) return refused({ kind: 'ItemMissing', itemId });
  if (item.state === 'archived') return refused({ kind: 'ItemClosed' });
  const article = [item.titleFa, item.summaryFa, plainText(item.bodyFa), item.titleEn, item.bodyEn]
    .filter((part) => part !== null)
    .join('\n');
  const looked = lookAt(article, form);
  const row = {
    provinceId: item.provinceId,
    itemId: item.itemId,
    commentId: id(form.id),
    code: drawCode(),
    penName: form.penName === '' ? null : form.penName,
    body: form.body,
    hints: looked.hints,
    sentAt,
  };
  return ok({ ...looked, row });
}

async function settleComment(
  tx: Tx,
  looked: LookedThrough,
  { stored, publishes }: { readonly stored: ReadonlySet<string>; readonly publishes: boolean },
): Promise<Result<Sent, CommentRefusal>> {
  const { row } = looked;
  const { sentAt: at } = row;
  if (looked.decision === 'returned') {
    const { hints, penHints } = looked;
    const clear = [...hints.filter((one) => one.clear), ...penHints];
    const rules = [...new Set(clear.map(({ rule }) => rule))];
    const bodyHash = hash('sha256', row.body, 'buffer');
    await insertReturned(tx, { ...row, returnedId: newId(at.getTime()), rules, bodyHash, at });
    return ok({ outcome: 'returned', hints, penHints });
  }
  if (!stored.has(row.code)) return refused({ kind: 'CommentSentBefore' });
  const appears = looked.decision === 'clean' && publishes;
  if (appears)
    await insertRuling(
      tx,
      { ...row, seq: 1, ruling: 'publish', rule: null, note: null, state: 'published', at },
      null,
    );
  return ok({ outcome: appears ? 'published' : 'held', code: row.code });
}

/** What a figure says of itself, and a doubt of it. */
export type Doubted = { readonly figure: string; readonly claim: string };

/** Looks at a doubt of a figure as at a comment: the rule of each hint, and the words that it speaks of. */
export const hintsOfDoubt = ({ figure, claim }: Doubted): DoubtHint[] =>
  [...moderate({ article: figure, comment: claim }).hints, ...longWords(claim)].map((hint) => ({
    rule: hint.rule,
    clear: hint.clear,
    place: hintedText(claim, hint),
  }));

type Ruling = Writing & { readonly provinceId: number; readonly by: Actor };

/** A person decides, or decides anew; the item under which the comment stands is given back. */
export async function ruleOnComment(
  { tx, clock, provinceId, by }: Ruling,
  { commentId, order }: { readonly commentId: string; readonly order: RulingOrder },
): Promise<Result<{ readonly id: Id; readonly itemId: Id }, CommentRefusal>> {
  const comment = await lockComment(tx, { provinceId, commentId });
  if (comment === undefined) return refused({ kind: 'CommentMissing' });
  const decision = decideRuling(comment, order);
  if (!decision.ok) return decision;
  const { ruling, rule, note } = order;
  await insertRuling(
    tx,
    {
      provinceId,
      commentId: comment.commentId,
      seq: comment.seq + 1,
      ruling,
      rule: ruling === 'publish' ? null : rule,
      note,
      state: decision.value,
      at: clock.now(),
    },
    by,
  );
  return ok({ id: comment.commentId, itemId: comment.itemId });
}

/** Whether comments without any hint appear at once from now on. */
export async function setPublishing(
  { tx, clock, provinceId, by }: Ruling,
  order: { readonly id: string; readonly publishesUnhinted: boolean },
): Promise<Result<{ readonly id: Id }, never>> {
  const settingId = id(order.id);
  await insertSetting(
    tx,
    { provinceId, settingId, publishesUnhinted: order.publishesUnhinted, at: clock.now() },
    by,
  );
  return ok({ id: settingId });
}
