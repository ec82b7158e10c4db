import type { Bilingual } from '#kernel/indicator.ts';
import { moneyCompared } from '#kernel/persian.ts';
import type { Rial } from '#kernel/rial.ts';
import { partName } from '../axis/words.ts';
import type { ReallocationRefusal } from './contract.ts';

const fa = moneyCompared;
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
    fa: `مبدأ و مقصد هر دو «${partName(name).fa}» است؛ مقصد دیگری برگزینید.`,
    en: `Both ends are ${partName(name).en}; choose another end.`,
  }),
  GivesAndTakes: ({ name }) => ({
    fa: `«${partName(name).fa}» در یک جابه‌جایی هم می‌دهد و هم می‌گیرد؛ یکی از این دو را بردارید.`,
    en: `${partName(name).en} both gives and takes in one transfer; remove one of the two.`,
  }),
  GiverShort: ({ name, left, asked }) => ({
    fa: `«${partName(name).fa}» تنها ${fa(left)} رزرونشده و برش‌نخورده دارد و ${fa(asked)} از آن برداشته می‌شود؛ تعهدشده جابه‌جا نمی‌شود، مبلغ را تا همین اندازه کم کنید.`,
    en: `${partName(name).en} has only ${en(left)} uncommitted and undivided, and ${en(asked)} would leave it; what is committed never moves, so lower the sum to that.`,
  }),
  BelowFloor: ({ name, floor, most }) => ({
    fa: `سهم «${partName(name).fa}» از کف مصوب ${fa(floor)} کمتر می‌شود؛ بیشترین مبلغی که می‌تواند بدهد ${fa(most)} است.`,
    en: `${partName(name).en} would fall below its approved floor of ${en(floor)}; the most it may give is ${en(most)}.`,
  }),
  AboveCap: ({ name, cap, most }) => ({
    fa: `سهم «${partName(name).fa}» از سقف مصوب ${fa(cap)} بیشتر می‌شود؛ بیشترین مبلغی که می‌تواند بگیرد ${fa(most)} است.`,
    en: `${partName(name).en} would pass its approved cap of ${en(cap)}; the most it may take is ${en(most)}.`,
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

/** Texts of the draft of a transfer and of its proposal. */
export const reallocationLabels = {
  title: { fa: 'پیش‌نویس جابه‌جایی', en: 'Draft of a transfer' },
  lead: {
    fa: 'از برش‌هایی که پولشان تا مهلت می‌ماند به برش‌هایی که کم می‌آورند. پیش‌نویس را می‌توان تغییر داد؛ تا شخص دیگری با مصوبه تصویب نکند پولی جابه‌جا نمی‌شود.',
    en: 'From slices whose money would be left at the deadline to slices that will run short. Change the draft as you like; no money moves until another person approves it under a resolution.',
  },
  moves: { fa: 'گام‌ها', en: 'Steps' },
  from: { fa: 'از', en: 'From' },
  to: { fa: 'به', en: 'To' },
  amount: { fa: 'مبلغ', en: 'Sum' },
  why: { fa: 'چرا', en: 'Why' },
  add: { fa: 'افزودن گام', en: 'Add a step' },
  remove: { fa: 'برداشتن', en: 'Remove' },
  again: { fa: 'پیش‌نویس از نو', en: 'Draft anew' },
  nothing: { fa: 'چیزی برای جابه‌جایی پیشنهاد نمی‌شود', en: 'There is nothing to move' },
  nothingHelp: {
    fa: 'یا هیچ برشی تا مهلت کم نمی‌آورد، یا هیچ برشی پولی ندارد که حتماً بماند. می‌توانید خودتان گامی بیفزایید.',
    en: 'Either no slice will run short before the deadline, or none has money that will surely be left. You may add a step yourself.',
  },
  unmet: { fa: 'کمبودی که پوشیده نشد', en: 'Lacking still' },
  unused: { fa: 'ماندنی که کسی نخواست', en: 'Left over still' },
  reason: { fa: 'دلیل جابه‌جایی', en: 'Reason for the transfer' },
  reasonShort: { fa: 'دلیل را در دست‌کم سه نویسه بنویسید.', en: 'Give the reason in at least three letters.' },
  unfinished: { fa: 'هر گام مبدأ، مقصد و مبلغ می‌خواهد.', en: 'Each step needs both ends and a sum.' },
  slices: { fa: 'پیش و پس از جابه‌جایی', en: 'Before and after' },
  mayGive: { fa: 'بیشترین دادنی', en: 'May give' },
  before: { fa: 'پیش', en: 'Before' },
  after: { fa: 'پس', en: 'After' },
  proposal: { fa: 'جابه‌جایی اعتبار', en: 'Transfer between slices' },
  sum: { fa: 'مبلغ جابه‌جایی', en: 'Sum moved' },
  approveHelp: {
    fa: 'با تصویب، پول همان دم جابه‌جا می‌شود و قفل هر سهم به نسبت همراه آن می‌رود.',
    en: 'On approval the money moves at once, and each locked share goes along in proportion.',
  },
  withdrawHelp: {
    fa: 'پیشنهاد بسته می‌شود؛ پولی جابه‌جا نمی‌شود.',
    en: 'The proposal is closed; no money moves.',
  },
  toForecast: { fa: 'پیش‌بینی تا مهلت', en: 'Forecast to the deadline' },
} as const satisfies Record<string, Bilingual>;

type Why = {
  readonly from: Bilingual;
  readonly to: Bilingual;
  /** Sums for people, already in the language of the reader. */
  readonly unspent: Bilingual;
  readonly wanted: Bilingual;
  readonly available: Bilingual;
  readonly ends: 'spare' | 'need';
};

/** One step of the draft in a sentence. */
export const whyWords = ({ from, to, unspent, wanted, available, ends }: Why): Bilingual => ({
  fa: `«${from.fa}» حتی اگر تندتر از معمول بردارد حدود ${unspent.fa} تا مهلت نگه می‌دارد؛ «${to.fa}» تا مهلت حدود ${wanted.fa} می‌خواهد و ${available.fa} دارد. ${ends === 'need' ? 'با این گام کمبودش پوشیده می‌شود.' : 'بیش از این از مبدأ برداشته نمی‌شود.'}`,
  en: `${from.en} would keep about ${unspent.en} at the deadline even if it drew faster than usual; ${to.en} will want about ${wanted.en} and has ${available.en}. ${ends === 'need' ? 'This step meets its need.' : 'No more can be spared here.'}`,
});
