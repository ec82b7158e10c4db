import type { Bilingual } from '#kernel/indicator.ts';
import type { DuplicateRefusal, Likeness } from './contract.ts';

export const likenessWords = {
  name: { fa: 'نام تقریباً یکی است', en: 'nearly the same name' },
  birth: { fa: 'تاریخ تولد یکی است', en: 'same birth day' },
  phone: { fa: 'تلفن یکی است', en: 'same phone' },
  household: { fa: 'شمارهٔ خانوار یکی است', en: 'same household number' },
  account: { fa: 'شبا یکی است', en: 'same account' },
  near_id: { fa: 'کد ملی در یک رقم یا در صفرهای آغاز فرق دارد', en: 'ids differ in one digit or in zeros' },
} as const satisfies Record<Likeness, Bilingual>;

export const duplicateRefusalWords = {
  PairMissing: () => ({
    fa: 'یکی از دو پرونده در دامنهٔ دید شما نیست؛ تصمیم با اداره کل است.',
    en: 'One of the two records is not in your scope: the directorate decides.',
  }),
  PairOfTwoForms: () => ({
    fa: 'شخص و بنگاه یکی نمی‌شوند؛ دو پرونده از یک نوع برگزینید.',
    en: 'A person and an enterprise cannot be one: choose two of one form.',
  }),
  PairNotMerged: () => ({
    fa: 'این دو پرونده یکی نشده‌اند که برگردد؛ فهرست را تازه کنید.',
    en: 'These two are not merged, so there is nothing to take back: reload the list.',
  }),
  PairMerged: () => ({
    fa: 'یکی از این دو پیش‌تر با پروندهٔ دیگری یکی شده است؛ نخست آن را برگردانید.',
    en: 'One of the two is merged already: take that back first.',
  }),
  PairErased: () => ({
    fa: 'اطلاعات یکی از این دو به حکم قانون پاک شده است و یکی نمی‌شود.',
    en: 'The facts of one of the two were lawfully erased: it is merged with nothing.',
  }),
  KeptMissing: () => ({
    fa: 'بگویید کدام پرونده می‌ماند: یکی از همین دو.',
    en: 'Say which record stays: one of these two.',
  }),
  HoldsMerged: () => ({
    fa: 'پرونده‌ای که کنار می‌رود خودش پرونده‌های یکی‌شده دارد؛ همان را نگه دارید یا نخست آن‌ها را برگردانید.',
    en: 'The record that goes holds merged ones itself: keep that one, or take those back first.',
  }),
} as const satisfies {
  [Kind in DuplicateRefusal['kind']]: (refusal: Extract<DuplicateRefusal, { kind: Kind }>) => Bilingual;
};

export const duplicateLabels = {
  title: { fa: 'تکراری‌های محتمل', en: 'Likely duplicates' },
  lead: {
    fa: 'دو پرونده‌ای که شاید یک نفرند. سامانه تنها پیشنهاد می‌کند؛ شما می‌گویید یکی‌اند یا نه، و هر دو برمی‌گردد.',
    en: 'Two records that may be one person. The system only proposes; you say whether they are, and both can be taken back.',
  },
  none: { fa: 'تکراری محتملی نیست', en: 'No likely duplicate' },
  noneBody: {
    fa: 'هر بار از اطلاعات امروز حساب می‌شود؛ تصمیم‌های پیشین شما می‌ماند.',
    en: 'It is computed of today’s facts each time; your earlier decisions stay.',
  },
  first: { fa: 'پروندهٔ نخست', en: 'First record' },
  second: { fa: 'پروندهٔ دوم', en: 'Second record' },
  reasons: { fa: 'چرا', en: 'Why' },
  decide: { fa: 'تصمیم', en: 'Decide' },
  keepFirst: { fa: 'یکی‌اند؛ نخست بماند', en: 'One person; keep the first' },
  keepSecond: { fa: 'یکی‌اند؛ دوم بماند', en: 'One person; keep the second' },
  different: { fa: 'دو نفرند', en: 'Two persons' },
  merged: { fa: 'یکی‌شده‌ها', en: 'Merged' },
  kept: { fa: 'پروندهٔ ماندنی', en: 'Kept' },
  other: { fa: 'پروندهٔ یکی‌شده', en: 'Merged into it' },
  undo: { fa: 'برگرداندن', en: 'Take back' },
} as const;
