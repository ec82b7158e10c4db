import { type Result, ok, refused } from '#kernel/result.ts';
import type { CaseTable } from '#kernel/state.ts';
import type { Hint } from '../moderation/contract.ts';
import { hintsOf, moderate } from '../moderation/rules.ts';
import type { CommentForm, CommentRefusal, CommentState, KeptHint, Ruling, RulingOrder } from './contract.ts';
import { namesOffice } from './signature.ts';

const no = 'refused';

/** What a person may decide on a comment, and where it stands afterwards. */
export const rulingTable = {
  held: { publish: 'published', reject: 'rejected', remove: no },
  published: { publish: no, reject: no, remove: 'removed' },
  rejected: { publish: 'published', reject: no, remove: no },
  removed: { publish: 'published', reject: no, remove: no },
} as const satisfies CaseTable<CommentState, Ruling>;

export function decideRuling(
  comment: { readonly state: CommentState; readonly seq: number },
  order: RulingOrder,
): Result<CommentState, CommentRefusal> {
  const { state, seq } = comment;
  if (order.seen !== seq) return refused({ kind: 'CommentMovedOn', state });
  const next = rulingTable[state][order.ruling];
  if (next === no) return refused({ kind: 'RulingUnlawful', state, ruling: order.ruling });
  if (order.ruling !== 'publish' && order.rule === null)
    return refused({ kind: 'RulingRuleMissing', field: 'rule' });
  return ok(next);
}

/** Where a comment stands after its rulings, from the beginning. */
export const replayed = (rulings: readonly Ruling[]): CommentState =>
  rulings.reduce<CommentState>((state, ruling) => {
    const next = rulingTable[state][ruling];
    return next === no ? state : next;
  }, 'held');

export type Looked =
  | { readonly decision: 'returned'; readonly hints: readonly Hint[]; readonly penHints: readonly Hint[] }
  | { readonly decision: 'held' | 'clean'; readonly hints: readonly KeptHint[] };

/** What the four rules say of a comment and of the name above it, which may advertise and insult as well. */
export function lookAt(article: string, { penName, body }: Pick<CommentForm, 'penName' | 'body'>): Looked {
  const { decision, hints } = moderate({ article, comment: body });
  // The model weighs sentences; of a name it knows nothing, and would doubt some of the most usual ones.
  const penHints = hintsOf({ article: '', comment: penName }).filter(
    ({ rule }) => rule === 'advertising' || rule === 'insult',
  );
  // A name is easily changed, so that no moderator needs to look at one that is only doubtful.
  if (decision === 'reject' || penHints.length > 0) return { decision: 'returned', hints, penHints };
  const held = [...hints, ...longWords(body), ...(namesOffice(penName) ? [ofPenName] : [])];
  return { decision: decision === 'hold' || held.length > 0 ? 'held' : 'clean', hints: held };
}

/** Whether somebody signs as the office only a person can say; the hint has no place in the text under the name. */
const ofPenName: KeptHint = { rule: 'office_name', start: 0, end: 0, clear: false };

const longestWord = 60;
/** A word is what no line can be broken in: half-spaces, marks and what nobody sees do not end it. */
const runs = /[\p{L}\p{M}\p{N}\p{Cf}]+/gu;

/** Words that no language has, by which a page is pulled apart. */
export const longWords = (text: string): (KeptHint & { readonly rule: 'long_word' })[] =>
  [...text.matchAll(runs)]
    .filter(([run]) => Array.from(run.replace(/[\p{M}\p{Cf}]/gu, '')).length > longestWord)
    .map(({ 0: run, index }) => {
      const start = Array.from(text.slice(0, index)).length;
      return { rule: 'long_word' as const, start, end: start + Array.from(run).length, clear: false };
    });
