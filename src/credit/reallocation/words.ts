import type { Bilingual } from '#kernel/indicator.ts';
import { groupedDigits, moneyExactly } from '#kernel/persian.ts';
import type { Rial } from '#kernel/rial.ts';
import type { ReallocationRefusal } from './contract.ts';

const fa = (sum: Rial): string => `${moneyExactly(sum)} (${groupedDigits(sum)} ریال)`;
const en = (sum: Rial): string => `${sum.toLocaleString('en')} rials`;

type Refusals = {
  readonly [Kind in ReallocationRefusal['kind']]: Extract<ReallocationRefusal, { kind: Kind }>;
};

export const reallocationRefusalWords: {
  readonly [Kind in ReallocationRefusal['kind']]: (refusal: Refusals[Kind]) => Bilingual;
} = {
  ReallocationMissing: () => ({
    fa: 'این پیشنهاد جابه‌جایی در محدودهٔ شما پیدا نشد؛ از صفحهٔ خط اعتباری برگزینید.',
    en: 'This transfer was not found within your scope; choose it from the page of its line.',
  }),
  NotSiblings: () => ({
    fa: 'جابه‌جایی تنها میان برش‌های یک سطح از یک خط انجام می‌شود؛ برش‌ها را از فهرست همین صفحه برگزینید.',
    en: 'Money moves only between slices of the same parent; choose both from the list of this page.',
  }),
  MoveToItself: ({ name }) => ({
    fa: `مبدأ و مقصد هر دو «${name.fa}» است؛ مقصد دیگری برگزینید.`,
    en: `Both ends are ${name.en}; choose another end.`,
  }),
  GivesAndTakes: ({ name }) => ({
    fa: `«${name.fa}» در یک جابه‌جایی هم می‌دهد و هم می‌گیرد؛ یکی از این دو را بردارید.`,
    en: `${name.en} both gives and takes in one transfer; remove one of the two.`,
  }),
  GiverShort: ({ name, left, asked }) => ({
    fa: `«${name.fa}» تنها ${fa(left)} رزرونشده و برش‌نخورده دارد و ${fa(asked)} از آن برداشته می‌شود؛ تعهدشده جابه‌جا نمی‌شود، مبلغ را تا همین اندازه کم کنید.`,
    en: `${name.en} has only ${en(left)} uncommitted and undivided, and ${en(asked)} would leave it; what is committed never moves, so lower the sum to that.`,
  }),
  BelowFloor: ({ name, floor, most }) => ({
    fa: `سهم «${name.fa}» از کف مصوب ${fa(floor)} کمتر می‌شود؛ بیشترین مبلغی که می‌تواند بدهد ${fa(most)} است.`,
    en: `${name.en} would fall below its approved floor of ${en(floor)}; the most it may give is ${en(most)}.`,
  }),
  AboveCap: ({ name, cap, most }) => ({
    fa: `سهم «${name.fa}» از سقف مصوب ${fa(cap)} بیشتر می‌شود؛ بیشترین مبلغی که می‌تواند بگیرد ${fa(most)} است.`,
    en: `${name.en} would pass its approved cap of ${en(cap)}; the most it may take is ${en(most)}.`,
  }),
  OwnTransfer: () => ({
    fa: 'پیشنهاددهنده نمی‌تواند جابه‌جایی خود را تصویب کند؛ شخص دیگری، مدیرکل یا معاون، باید آن را تصویب کند.',
    en: 'The proposer may not approve the transfer; another person, the director-general or a deputy, must.',
  }),
};

export const reallocationActWords = {
  propose_transfer: { fa: 'پیشنهاد جابه‌جایی', en: 'Propose the transfer' },
  approve_transfer: { fa: 'تصویب جابه‌جایی', en: 'Approve the transfer' },
  withdraw_transfer: { fa: 'پس گرفتن جابه‌جایی', en: 'Withdraw the transfer' },
} as const satisfies Record<string, Bilingual>;

export const reallocationTransferWords = {
  reallocate_out: { fa: 'جابه‌جایی، برداشت', en: 'Transfer between slices, out' },
  reallocate_in: { fa: 'جابه‌جایی، دریافت', en: 'Transfer between slices, in' },
} as const satisfies Record<string, Bilingual>;
