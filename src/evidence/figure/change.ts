import type { Change } from './figure.ts';
import type { Draft } from './draft.ts';
import type { Token } from './token.ts';

type Tokens = readonly Token[];

const AHEAD = 6;
const BEHIND = 3;

const endsClause = (token: Token): boolean =>
  token.kind === 'break' ||
  token.text === '.' ||
  token.text === '؛' ||
  token.text === '!' ||
  token.text === '؟';

/** Whether the words around a figure say that it rose or fell; the nearer word decides, before or after. */
export function changeOf(tokens: Tokens, found: Draft, floor: number, ceiling: number): Change {
  if (found.value.digits < 0n) return 'decrease';
  // «بیش از» and «کمتر از» qualify a figure; they say nothing of a change.
  const before = found.cue === null ? found.from : Math.min(found.cue.from, found.from);
  for (let place = before - 1; place >= Math.max(floor, before - BEHIND); place -= 1) {
    const token = tokens[place];
    if (token === undefined || endsClause(token)) break;
    if (token.entry?.change !== undefined) return token.entry.change;
  }
  const kind = found.kind === 'range' ? found.baseKind : found.kind;
  const ahead = kind === 'percent' || found.unit?.name === 'برابر' ? AHEAD : 2;
  for (let place = found.numberNext; place < Math.min(ceiling, found.numberNext + ahead); place += 1) {
    const token = tokens[place];
    if (token === undefined || endsClause(token) || token.text === '،') break;
    if (token.entry?.change !== undefined && !isCue(found, place)) return token.entry.change;
  }
  return tokens[found.from - 1]?.text === 'به' ? reached(tokens, found, ceiling) : 'none';
}

const isCue = (found: Draft, place: number): boolean =>
  found.cue !== null && place >= found.cue.from && place < found.cue.next;

const REACHED = new Set(['رسید', 'رسیده', 'رسیدند', 'رسد', 'رساند', 'رساندیم', 'ارتقا', 'ارتقاء']);

/** «به هزار رشته خواهد رسید»: what is reached has risen, unless the text says it fell. */
function reached(tokens: Tokens, found: Draft, ceiling: number): Change {
  for (let place = found.numberNext; place < Math.min(ceiling, found.numberNext + 8); place += 1) {
    const token = tokens[place];
    if (token === undefined || endsClause(token)) return 'none';
    if (REACHED.has(token.text)) return 'increase';
  }
  return 'none';
}

const BESIDE = 8;

/** Whether the clause sets the figure beside another period or place. */
export function isCompared(tokens: Tokens, found: Draft): boolean {
  for (let place = found.from - 1; place >= Math.max(0, found.from - BESIDE); place -= 1) {
    const token = tokens[place];
    if (token === undefined || endsClause(token)) break;
    if (setsBeside(tokens, place)) return true;
  }
  for (let place = found.numberNext; place < Math.min(tokens.length, found.next + BESIDE); place += 1) {
    const token = tokens[place];
    if (token === undefined || endsClause(token)) return false;
    if (setsBeside(tokens, place)) return true;
  }
  return false;
}

function setsBeside(tokens: Tokens, place: number): boolean {
  const text = tokens[place]?.text;
  if (text === 'نسبت') return tokens[place + 1]?.text === 'به';
  return text === 'مقایسه' || text === 'میانگین' || text === 'قیاس';
}
