import { typedNumberName } from '#kernel/persian.ts';
import { must } from '#kernel/result.ts';

/** Damm's quasigroup: its check digit finds every wrong digit and every swap of two neighbours. */
const table = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
] as const;

const afterDigits = (digits: string): string => {
  let row = 0;
  for (const digit of digits)
    row = Number.parseInt(must(table[row], 'a row').charAt(Number.parseInt(digit, 10)), 10);
  return String(row);
};

/** Eight digits with their check digit. */
export const trackingNumberOf = (digits: string): string => `${digits}${afterDigits(digits)}`;

/** Whether a number can be one that we gave. */
export const isTrackingNumber = (number: string): boolean =>
  /^\d{9}$/.test(number) && afterDigits(number) === '0';

/** What somebody typed, in any digits and with any dashes or spaces, as it is stored. */
export const readTrackingNumber = typedNumberName;
