import { type Draft, dated } from './draft.ts';
import { isCountable, isNumeric } from './measure.ts';
import { pad } from './month.ts';
import { type NumberRead, readNumber } from './number.ts';
import type { Token } from './token.ts';

type Tokens = readonly Token[];

// «شب» is not among them: «۲۰ شب» are nights.
const OF_DAY = new Set(['صبح', 'بامداد', 'ظهر', 'بعدازظهر', 'عصر']);

/** «ساعت ۲۰:۰۹»، «ساعت ۹ صبح»، «ساعت ۱۰ و ۳۰ دقیقه». */
export function readClock(tokens: Tokens, at: number): Draft[] | undefined {
  const hour = readNumber(tokens, at + 1);
  if (hour === undefined || hour.power > 0 || hour.ordinal !== 'no') return undefined;
  if (hour.value.places > 0) return halfPast(at, hour);
  const value = hour.value.digits;
  if (value > 24n) return undefined;
  const minutes = tokens[hour.next]?.entry?.link === 'and' ? readNumber(tokens, hour.next + 1) : undefined;
  if (minutes !== undefined && tokens[minutes.next]?.text === 'دقیقه' && minutes.value.digits < 60n) {
    const iso = `T${pad(value)}:${pad(minutes.value.digits)}`;
    return [dated({ from: at, next: minutes.next + 1, value, iso, noun: 'ساعت' })];
  }
  if (isCountable(tokens, hour.next) && !OF_DAY.has(tokens[hour.next]?.text ?? '')) return undefined;
  const to = tokens[hour.next]?.entry?.link === 'to' ? readNumber(tokens, hour.next + 1) : undefined;
  const found = dated({ from: at, next: hour.next, value, iso: `T${pad(value)}`, noun: 'ساعت' });
  if (to === undefined || to.power > 0 || to.value.digits > 24n || isCountable(tokens, to.next))
    return [found];
  return [
    { ...found, kind: 'range', baseKind: 'date_year', upper: to.value, next: to.next, numberNext: to.next },
  ];
}

/** «ساعت هشت و نیم». */
function halfPast(at: number, hour: NumberRead): Draft[] | undefined {
  const value = hour.value.digits / 10n;
  const half = hour.literal === undefined && hour.value.places === 1 && hour.value.digits % 10n === 5n;
  if (!half || value > 24n) return undefined;
  return [dated({ from: at, next: hour.next, value, iso: `T${pad(value)}:30`, noun: 'ساعت' })];
}

/** «هشت صبح»، «۳ بعدازظهر». */
export function readHour(tokens: Tokens, at: number): Draft[] | undefined {
  if (!isNumeric(tokens[at])) return undefined;
  const hour = readNumber(tokens, at);
  if (
    hour === undefined ||
    hour.power > 0 ||
    hour.ordinal !== 'no' ||
    !OF_DAY.has(tokens[hour.next]?.text ?? '')
  ) {
    return undefined;
  }
  if (hour.value.places > 0) return halfPast(at, hour);
  const value = hour.value.digits;
  if (value > 24n) return undefined;
  return [dated({ from: at, next: hour.next + 1, value, iso: `T${pad(value)}`, noun: 'ساعت' })];
}
