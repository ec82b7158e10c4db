import { latinDigits, normalise } from '#kernel/persian.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { dayText } from './format.ts';

/** The texts of the field for a day. */
export const dayWords = {
  today: { fa: 'امروز', en: 'Today' },
  hint: { fa: 'مانند ۱۴۰۲/۱۰/۱۵ یا ۱۵ دی ۱۴۰۲', en: 'Such as 1402/10/15' },
  unreadable: {
    fa: 'این روز خوانده نشد. سال، ماه و روز را بنویسید، مانند ۱۴۰۲/۱۰/۱۵.',
    en: 'The day could not be read. Write year, month and day, such as 1402/10/15.',
  },
} as const satisfies Record<string, Bilingual>;

const months = [
  ['فروردین', 'farvardin'],
  ['اردیبهشت', 'ordibehesht'],
  ['خرداد', 'khordad'],
  ['تیر', 'tir'],
  ['مرداد', 'امرداد', 'mordad'],
  ['شهریور', 'shahrivar'],
  ['مهر', 'mehr'],
  ['آبان', 'aban'],
  ['آذر', 'azar'],
  ['دی', 'dey'],
  ['بهمن', 'bahman'],
  ['اسفند', 'esfand'],
] as const;

const dayLength = 86_400_000;
const isoOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);
const two = (text: number): string => String(text).padStart(2, '0');

/** The ISO day of a Jalali date, found near its estimate by asking the calendar itself. */
function isoOfJalali(year: number, month: number, dayOfMonth: number): string | undefined {
  const wanted = `${year}/${two(month)}/${two(dayOfMonth)}`;
  const passed = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30;
  // A leap year comes about 683 times in 2820 years; the estimate is at most two days off.
  const estimate =
    Date.UTC(622, 2, 22) +
    ((year - 1) * 365 + Math.floor(((year - 1) * 683) / 2820) + passed + dayOfMonth - 1) * dayLength;
  return [0, -1, 1, -2, 2, -3, 3]
    .map((days) => isoOf(estimate + days * dayLength))
    .find((iso) => dayText(iso, 'en', 'numeric') === wanted);
}

function isoOfGregorian(year: number, month: number, dayOfMonth: number): string | undefined {
  const iso = isoOf(Date.UTC(year, month - 1, dayOfMonth));
  return iso === `${year}-${two(month)}-${two(dayOfMonth)}` ? iso : undefined;
}

function monthNamed(name: string): number | undefined {
  const found = months.findIndex((names) => names.some((one) => one === name.toLowerCase()));
  return found < 0 ? undefined : found + 1;
}

/**
 * A day as a clerk types it, in digits of any script: «۱۴۰۲/۱۰/۱۵», «1402-10-15», «۱۵ دی ۱۴۰۲». A year of 1700
 * or later is Gregorian. Answers the ISO day, or undefined when there is no such day.
 */
export function typedDay(text: string): string | undefined {
  const plain = latinDigits(normalise(text)).trim();
  const spoken = /^(\d{1,2})\s+(\p{L}+)(?:\s+ماه)?\s+(\d{4})$/u.exec(plain);
  if (spoken !== null) {
    const month = monthNamed(spoken[2] ?? '');
    return month === undefined
      ? undefined
      : isoOfJalali(parseInt(spoken[3] ?? '', 10), month, parseInt(spoken[1] ?? '', 10));
  }
  const written = /^(\d{4})\s*[/\-.]\s*(\d{1,2})\s*[/\-.]\s*(\d{1,2})$/.exec(plain);
  if (written === null) return undefined;
  const [year = 0, month = 0, dayOfMonth = 0] = written.slice(1).map((part) => parseInt(part, 10));
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > 31) return undefined;
  return year >= 1700 ? isoOfGregorian(year, month, dayOfMonth) : isoOfJalali(year, month, dayOfMonth);
}

/** The ISO day in Tehran at an instant. */
export const tehranDay = (instant: Date): string =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Tehran',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(instant);
