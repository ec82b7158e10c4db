import type { Bilingual } from '#kernel/indicator.ts';
import { moneyCompared } from '#kernel/persian.ts';
import type { Rial } from '#kernel/rial.ts';
import { partName } from '../axis/words.ts';
import type { RedivisionRefusal } from './contract.ts';

const fa = moneyCompared;
const en = (sum: Rial): string => `${sum.toLocaleString('en')} rials`;

type Refusals = {
  readonly [Kind in RedivisionRefusal['kind']]: Extract<RedivisionRefusal, { kind: Kind }>;
};

export const redivisionRefusalWords: {
  readonly [Kind in RedivisionRefusal['kind']]: (refusal: Refusals[Kind]) => Bilingual;
} = {
  RedivisionMissing: () => ({
    fa: 'این اصلاح برش در محدودهٔ شما پیدا نشد؛ از صفحهٔ نسخه‌های برش برگزینید.',
    en: 'This redivision was not found within your scope; choose it from the versions of its slice.',
  }),
  PartNotOfSlice: () => ({
    fa: 'اصلاح برش تنها بخش‌های همین برش را تغییر می‌دهد؛ بخش را از فهرست همین صفحه برگزینید.',
    en: 'A redivision changes parts of this slice only; choose the part from the list of this page.',
  }),
  PartNamedTwice: ({ name }) => ({
    fa: `«${partName(name).fa}» دو بار آمده است؛ یک مبلغ تازه برای آن بنویسید.`,
    en: `${partName(name).en} is named twice; give one new sum for it.`,
  }),
  NothingRedivided: () => ({
    fa: 'مبلغ هیچ بخشی تغییر نمی‌کند؛ مبلغ تازهٔ دست‌کم یک بخش را بنویسید.',
    en: 'No part gets another sum; give at least one part a new sum.',
  }),
  PartCommitted: ({ name, committed, asked }) => ({
    fa: `${fa(committed)} از سهم «${partName(name).fa}» تعهد شده یا به بخش‌های خودش رسیده و پس گرفته نمی‌شود؛ ${fa(asked)} کمتر از آن است، کمترین مبلغ شدنی ${fa(committed)} است.`,
    en: `${en(committed)} of ${partName(name).en} are committed or divided further and are never taken back; ${en(asked)} is less, and the least possible sum is ${en(committed)}.`,
  }),
  GrowthBeyondRest: ({ left, asked }) => ({
    fa: `بخش‌های بیشترشده ${fa(asked)} می‌خواهند و باقی‌ماندهٔ برش‌نخورده با آنچه پس گرفته می‌شود ${fa(left)} است؛ افزایش‌ها را تا همین اندازه کم کنید یا از بخش دیگری بیشتر بردارید.`,
    en: `The growing parts ask for ${en(asked)}; the undivided rest and what is taken back come to ${en(left)}. Lower the growth to that, or take more from another part.`,
  }),
  PartMoved: ({ name, seen, now }) => ({
    fa: `سهم یا هدف شغل «${partName(name).fa}» پس از این پیشنهاد تغییر کرده است (آن روز ${fa(seen)}، اکنون ${fa(now)})؛ پیشنهاد را پس بگیرید و اصلاح را از نو بنویسید.`,
    en: `The sum or job target of ${partName(name).en} changed after this proposal (then ${en(seen)}, now ${en(now)}); withdraw it and propose the redivision anew.`,
  }),
  OwnRedivision: () => ({
    fa: 'پیشنهاددهنده نمی‌تواند اصلاح برش خود را تصویب کند؛ شخص دیگری، مدیرکل یا معاون، باید آن را تصویب کند.',
    en: 'The proposer may not approve the redivision; another person, the director-general or a deputy, must.',
  }),
};

export const redivisionActWords = {
  propose_redivision: { fa: 'پیشنهاد اصلاح برش', en: 'Propose the redivision' },
  approve_redivision: { fa: 'تصویب اصلاح برش', en: 'Approve the redivision' },
  withdraw_redivision: { fa: 'پس گرفتن اصلاح برش', en: 'Withdraw the redivision' },
} as const satisfies Record<string, Bilingual>;

export const redivisionTransferWords = {
  redivide_back: { fa: 'اصلاح برش، برگشت', en: 'Redivision, taken back' },
  redivide: { fa: 'اصلاح برش، دریافت', en: 'Redivision, given' },
} as const satisfies Record<string, Bilingual>;

export const redivisionLabels = {
  title: { fa: 'اصلاح برش', en: 'Redivision' },
  lead: {
    fa: 'مبلغ تازهٔ هر بخش را بنویسید. تعهدشده پس گرفته نمی‌شود و قفل هر سهم به نسبت همراه پول می‌رود. تا شخص دیگری با مصوبه تصویب نکند پولی جابه‌جا نمی‌شود.',
    en: 'Give each part its new sum. What is committed is never taken back, and locked shares go along in proportion. No money moves until another person approves it under a resolution.',
  },
  parts: { fa: 'بخش‌ها', en: 'Parts' },
  part: { fa: 'بخش', en: 'Part' },
  now: { fa: 'اکنون', en: 'Now' },
  after: { fa: 'پس از اصلاح', en: 'After' },
  change: { fa: 'تغییر', en: 'Change' },
  committed: { fa: 'کمترین شدنی (تعهدشده)', en: 'Least possible (committed)' },
  newSum: { fa: 'مبلغ تازه', en: 'New sum' },
  newJobs: { fa: 'هدف شغل تازه', en: 'New job target' },
  jobsBefore: { fa: 'هدف شغل پیشین', en: 'Job target before' },
  jobsAfter: { fa: 'هدف شغل تازه', en: 'Job target after' },
  rest: { fa: 'برش‌نخورده', en: 'Undivided' },
  restAfter: { fa: 'برش‌نخورده پس از اصلاح', en: 'Undivided afterwards' },
  lacking: {
    fa: 'بخش‌های بیشترشده از آنچه هست بیشتر می‌خواهند.',
    en: 'The growing parts ask for more than there is.',
  },
  belowCommitted: { fa: 'کمتر از تعهدشده است.', en: 'Less than is committed.' },
  unfinished: { fa: 'مبلغ را بنویسید.', en: 'Give the sum.' },
  nothing: { fa: 'هنوز مبلغ هیچ بخشی تغییر نکرده است.', en: 'No part has another sum yet.' },
  reason: { fa: 'دلیل اصلاح', en: 'Reason for the redivision' },
  reasonShort: { fa: 'دلیل را در دست‌کم سه نویسه بنویسید.', en: 'Give the reason in at least three letters.' },
  noParts: { fa: 'این برش هنوز بخش نشده است', en: 'This slice is not divided yet' },
  approveHelp: {
    fa: 'با تصویب، پول همان دم جابه‌جا می‌شود و نسخهٔ تازه‌ای از برش پدید می‌آید.',
    en: 'On approval the money moves at once, and the division has a new version.',
  },
  withdrawHelp: {
    fa: 'پیشنهاد بسته می‌شود؛ پولی جابه‌جا نمی‌شود.',
    en: 'The proposal is closed; no money moves.',
  },
} as const satisfies Record<string, Bilingual>;
