import { day, dayFromIso, isoOf } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { latinDigits, normalise, typedNumber } from '#kernel/persian.ts';

/**
 * What a column of a sheet holds. `code` is a name made of digits and letters (a number of a letter, a national
 * id): Latin digits, leading zeros kept. `rial` and `count` are whole numbers of at most 18 digits, `day` a day.
 */
export type CellKind = 'text' | 'code' | 'rial' | 'count' | 'day';

export type SheetColumn<Key extends string = string> = {
  readonly key: Key;
  /** The heading that is written, and by which the column is found in either language. */
  readonly title: Bilingual;
  /** Other headings under which a column is sent. */
  readonly also?: readonly string[];
  readonly kind: CellKind;
  /** The heading must be there and no cell may be empty. */
  readonly needed?: boolean;
  /** The longest text; 300 letters where nothing is said. */
  readonly longest?: number;
};

export type CellRule = 'needed' | 'formula' | 'long_number' | 'whole' | 'day' | 'too_long' | 'unstorable';

/** What is wrong with one cell, so that the row can be mended and sent again. */
export type CellFault<Key extends string = string> = Bilingual & {
  readonly column: Key;
  readonly rule: CellRule;
};

/** A cell as a file has it. */
export type RawCell = string | number | boolean | Date | null | { readonly formula: true };

/** The cell as the wire has it: money a decimal string of rials, a day its ISO date, null when empty. */
export type CellValue = string | null;

/** Past this a spreadsheet has already dropped the last digits: it keeps fifteen. */
const exactNumbers = 1_000_000_000_000_000;
const usualLongest = 300;

/** The text of a cell as a person would read it off the screen. */
export function writtenCell(cell: RawCell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return cell;
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10);
  return typeof cell === 'object' ? '' : String(cell);
}

const wrong = (rule: CellRule): { readonly rule: CellRule } => ({ rule });

/** The value of a cell in a column of this kind, or the rule it breaks. */
export function readCell(
  cell: RawCell,
  column: SheetColumn,
): { readonly value: CellValue } | { rule: CellRule } {
  if (typeof cell === 'object' && cell !== null && 'formula' in cell) return wrong('formula');
  const text = normalise(writtenCell(cell)).trim();
  if (text === '') return column.needed === true ? wrong('needed') : { value: null };
  if (typeof cell === 'number' && Math.abs(cell) >= exactNumbers) return wrong('long_number');
  if (text.includes('\0')) return wrong('unstorable');
  if (text.length > (column.longest ?? usualLongest)) return wrong('too_long');
  if (column.kind === 'text') return { value: text };
  if (column.kind === 'code') return { value: latinDigits(text) };
  if (column.kind === 'day') return readDay(latinDigits(text));
  const number = typedNumber(text);
  return number !== undefined && /^-?\d{1,18}$/.test(number) ? { value: number } : wrong('whole');
}

/** «1402/5/31», «1402-05-31» or an ISO date: the year tells the calendars apart. */
function readDay(text: string): { readonly value: CellValue } | { rule: CellRule } {
  const parts = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (parts === null) return wrong('day');
  const [, year = '', month = '', dayOfMonth = ''] = parts;
  const written = `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
  try {
    return { value: isoOf(parseInt(year, 10) < 1700 ? day(written) : dayFromIso(written)) };
  } catch {
    // The calendar has no such day: the kernel asserts it, and a cell is input.
    return wrong('day');
  }
}

const sentences: Readonly<Record<CellRule, (title: Bilingual, written: string) => Bilingual>> = {
  needed: ({ fa, en }) => ({ fa: `«${fa}» خالی است؛ آن را بنویسید.`, en: `“${en}” is empty: fill it in.` }),
  formula: ({ fa, en }) => ({
    fa: `«${fa}» فرمول است؛ مقدار آن را به جای فرمول بگذارید (Paste Values).`,
    en: `“${en}” is a formula: paste its value instead.`,
  }),
  long_number: ({ fa, en }) => ({
    fa: `«${fa}» عددی بیش از پانزده رقم است و صفحه‌گسترده رقم‌های آخر آن را نگه نمی‌دارد؛ آن را به صورت متن بنویسید.`,
    en: `“${en}” is a number of more than fifteen digits, of which a spreadsheet drops the last: write it as text.`,
  }),
  whole: ({ fa, en }, written) => ({
    fa: `«${fa}» باید عددی درست باشد، نه «${written}».`,
    en: `“${en}” must be a whole number, not “${written}”.`,
  }),
  day: ({ fa, en }, written) => ({
    fa: `«${fa}» روز نیست: «${written}»؛ مانند ۱۴۰۳/۰۲/۳۱ بنویسید.`,
    en: `“${en}” is no day: “${written}”; write it like 1403/02/31 or 2024-05-20.`,
  }),
  too_long: ({ fa, en }) => ({ fa: `«${fa}» بیش از اندازه بلند است.`, en: `“${en}” is too long.` }),
  unstorable: ({ fa, en }) => ({
    fa: `«${fa}» نویسه‌ای دارد که نگه داشتنی نیست.`,
    en: `“${en}” holds a character that cannot be stored.`,
  }),
};

export const cellFault = <Key extends string>(
  { key, title }: SheetColumn<Key>,
  rule: CellRule,
  cell: RawCell,
): CellFault<Key> => ({ column: key, rule, ...sentences[rule](title, writtenCell(cell).slice(0, 40)) });

/** A day as an office writes it: «1402/05/31» in Persian sheets, ISO in English ones. */
export function dayInSheet(iso: string, language: 'fa' | 'en'): string {
  if (language === 'en' || !/^\d{4}-\d{2}-\d{2}$/.test(iso)) return iso;
  return dayFromIso(iso).replaceAll('-', '/');
}
