import type { Token } from './token.ts';
import { PERCENT, SIGNS, type Unit } from './unit.ts';

type Tokens = readonly Token[];

/** The unit at `at` and the token after it. */
export type UnitRead = { readonly unit: Unit; readonly next: number };

/** «۰٫۲ در هزار»: a rate. */
const PER_THOUSAND: Unit = { kind: 'other', name: 'در هزار', rials: null, power: 0, isNoun: false };
const COUNTER: Unit = { kind: 'count', name: '', rials: null, power: 0, isNoun: false };

/** Second words of a unit («متر مربع»، «نفر ساعت»). */
const SECOND = new Set(['مربع', 'مکعب', 'ساعت', 'روز', 'گرم', 'وات']);

/** The unit that begins at `at`, in words or as a sign, or undefined. */
export function readUnit(tokens: Tokens, at: number): UnitRead | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (token.kind === 'mark') {
    const unit = SIGNS.get(token.text);
    return unit === undefined ? undefined : { unit, next: at + 1 };
  }
  if (token.kind !== 'word') return undefined;
  const after = tokens[at + 1];
  // «۱۵ در صد», and «۲ واحد درصد» for percentage points.
  if (token.text === 'در' && (after?.text === 'صد' || after?.text === 'صدی'))
    return { unit: PERCENT, next: at + 2 };
  if (token.text === 'واحد' && after?.entry?.unit?.kind === 'percent') return { unit: PERCENT, next: at + 2 };
  if (
    (token.text === 'در' || token.text === 'از') &&
    after?.text === 'هزار' &&
    tokens[at + 2]?.kind !== 'number'
  ) {
    if (!isCountable(tokens, at + 2)) return { unit: PER_THOUSAND, next: at + 2 };
  }
  const unit = token.entry?.unit;
  if (unit === undefined) return readCounter(tokens, at);
  // «برابر ۹۷۵۱ نفر» and «برابر با» say «equal to».
  if (unit.name === 'برابر' && (after?.text === 'با' || isNumeric(after))) return undefined;
  if (unit.kind !== 'count' || after === undefined || !SECOND.has(after.text)) return { unit, next: at + 1 };
  return { unit: { ...unit, name: `${unit.name} ${after.text}` }, next: at + 2 };
}

/** «۱۹۸ تا در سال ۹۲»: «تا» counts pieces unless a number follows it. */
function readCounter(tokens: Tokens, at: number): UnitRead | undefined {
  if (tokens[at]?.text !== 'تا' || leadsToNumber(tokens, at + 1)) return undefined;
  const after = tokens[at + 1];
  if (after?.text === 'پایان' || after?.text === 'سال' || after?.text === 'سقف') return undefined;
  return { unit: COUNTER, next: at + 1 };
}

/** True when a number begins at `at`, or after one short word of approximation. */
export function leadsToNumber(tokens: Tokens, at: number): boolean {
  if (isNumeric(tokens[at])) return true;
  return APPROXIMATE.has(tokens[at]?.text ?? '') && (isNumeric(tokens[at + 1]) || isNumeric(tokens[at + 2]));
}

const APPROXIMATE = new Set(['حدود', 'حدودا', 'نزدیک', 'بیش', 'تقریبا', 'بالای', 'حداکثر', 'سقف', 'مبلغ']);

export const isNumeric = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.kind === 'number' ||
    token.entry?.numeral !== undefined ||
    token.entry?.half === true ||
    token.entry?.ordinal !== undefined ||
    token.text === 'هزار');

/** The unit printed before the number: «٪۲۵», «$۵۰». */
export function signBefore(tokens: Tokens, at: number): Unit | undefined {
  const sign = tokens[at - 1];
  if (sign?.kind !== 'mark' || !tokens[at]?.joined) return undefined;
  // «۵٪۱۰»: a sign after another number belongs to that one.
  if (tokens[at - 2]?.kind === 'number' && sign.joined) return undefined;
  return SIGNS.get(sign.text);
}

/** True when `at` begins a unit, a scale or a noun that is counted: then the number before it counts. */
export function isCountable(tokens: Tokens, at: number): boolean {
  return isMeasured(tokens, at) || tokens[at]?.entry?.noun !== undefined;
}

/** True before «هزار», money, persons and shares; time («روز کارگر», «ساعت ۱۰») may follow a year. */
export function isAmount(tokens: Tokens, at: number): boolean {
  if (tokens[at]?.entry?.scale !== undefined) return true;
  const unit = readUnit(tokens, at)?.unit;
  return unit !== undefined && unit.kind !== 'other';
}

export const isMeasured = (tokens: Tokens, at: number): boolean =>
  tokens[at]?.entry?.scale !== undefined || readUnit(tokens, at) !== undefined;
