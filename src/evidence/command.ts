import { readFile } from 'node:fs/promises';
import { type Day, day, dayFromIso, dayOfInstant } from '#kernel/day.ts';
import { latinDigits } from '#kernel/persian.ts';
import { systemClock } from '#platform/clock.ts';
import { type Database, read } from '#platform/db.ts';
import { type Catalogue, checkStatement } from './actions.ts';
import type { Told } from './contract.ts';
import { listProvinces } from './queries.ts';
import { sayReason, verdictWords } from './words.ts';

export type CheckOrder = {
  readonly file: string;
  readonly province: string;
  readonly published: string | null;
  readonly json: boolean;
};

/** What is wrong with the order, in both languages; undefined when the check was printed. */
export type CheckComplaint = { readonly persian: string; readonly english: string };

/** `karsaz check`: reads a statement from a file and prints each figure's verdict. */
export async function printCheck(
  db: Database,
  catalogue: Catalogue,
  order: CheckOrder,
): Promise<CheckComplaint | undefined> {
  const published = order.published === null ? null : publishedDay(order.published);
  if (published === undefined)
    return {
      persian: `«${order.published}» روز نیست؛ به شکل 1402-10-15 یا 2024-01-05 بنویسید.`,
      english: `"${order.published}" is not a day: write 1402-10-15 or 2024-01-05.`,
    };
  const text = await readFile(order.file, 'utf8').catch(() => undefined);
  if (text === undefined)
    return {
      persian: `پروندهٔ «${order.file}» خوانده نشد.`,
      english: `The file "${order.file}" cannot be read.`,
    };
  const today = dayOfInstant(systemClock.now().getTime());
  // The command runs on the machine of the installation, with the rights of whoever may read its data folder.
  const scope = { province: 'all', county: null, office: null, person: null } as const;
  const told = await read(db, scope, async (tx) => {
    const province = (await listProvinces(tx)).find(({ slug }) => slug === order.province);
    return province === undefined
      ? undefined
      : checkStatement(tx, catalogue, { text, provinceId: province.provinceId, published, today });
  });
  if (told === undefined)
    return {
      persian: `استانی با نشانی «${order.province}» نیست؛ مانند alborz یا lorestan بنویسید.`,
      english: `There is no province "${order.province}"; write e.g. alborz or lorestan.`,
    };
  console.log(order.json ? JSON.stringify({ figures: told.map(onTheWire) }) : told.map(line).join('\n'));
  return undefined;
}

/** A Jalali day when its year is below 1700, a Gregorian one otherwise; undefined when it is neither. */
export function publishedDay(text: string): Day | undefined {
  const parts = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(latinDigits(text.trim()));
  if (parts === null) return undefined;
  const [, year = '', month = '', dayOfMonth = ''] = parts;
  const written = `${year}-${month.padStart(2, '0')}-${dayOfMonth.padStart(2, '0')}`;
  try {
    return Number.parseInt(year, 10) < 1700 ? day(written) : dayFromIso(written);
  } catch {
    return undefined;
  }
}

const onTheWire = (told: Told) => ({
  start: told.start,
  end: told.end,
  text: told.text,
  verdict: told.verdict,
  indicator: told.indicator,
  stated: told.stated,
  actual: told.actual,
  reason: sayReason(told).fa,
  records: told.records,
});

const line = (told: Told): string => `${verdictWords[told.verdict].fa}\t${told.text}\t${sayReason(told).fa}`;
