import type { Bilingual } from '#kernel/indicator.ts';

/** Texts of the page of a slice and of the table that explains its number. */
export const sliceLabels = {
  categoryOf: { fa: 'رستهٔ', en: 'Category' },
  step: { fa: 'گام', en: 'Step' },
  runningSum: { fa: 'جمع تا اینجا', en: 'Running sum' },
  countyShare: { fa: 'سهم از استان', en: 'Share of the province' },
  of: { fa: 'از', en: 'of' },
  sliceSum: { fa: 'برش شهرستان', en: 'Slice of the county' },
  formulaReads: {
    fa: 'ریال هر شاخص = مبلغ برش × وزن × سهم شهرستان از جمع استان',
    en: 'Rials of an indicator = sum divided × weight × the county’s share of the province',
  },
  year: { fa: 'سال شاخص‌ها', en: 'Year of the indicators' },
  sources: { fa: 'منبع شاخص‌ها', en: 'Sources of the indicators' },
  floorCap: { fa: 'کف و سقف هر شهرستان', en: 'Floor and cap of each county' },
  noCap: { fa: 'بی‌سقف', en: 'no cap' },
  weights: { fa: 'وزن شاخص‌ها', en: 'Weights' },
  divisionOf: { fa: 'برش مصوب', en: 'Division approved on' },
  movedSince: {
    fa: 'مبلغ کنونی برش با جمع این برش‌ها یکی نیست: اعتبار پس از برش اصلاح یا جابه‌جا شده است؛ گردش آن پایین همین صفحه است.',
    en: 'The slice differs from the sum of these divisions: credit was redivided or moved since; its transfers stand below.',
  },
  doesNotAddUp: {
    fa: 'جمع سطرها با مبلغ برش نمی‌خواند؛ این را به پشتیبان گزارش کنید.',
    en: 'The rows do not add up to the slice; report this to support.',
  },
  noAdjustment: { fa: 'بدون تعدیل', en: 'None' },
  otherSlice: { fa: 'برش دیگر', en: 'Other slice' },
  into: { fa: 'به', en: 'to' },
  outOf: { fa: 'از', en: 'from' },
  provinceRest: { fa: 'برش‌نخوردهٔ استان', en: 'the undivided rest of the province' },
  notifier: { fa: 'ابلاغ‌کننده', en: 'the notifier' },
  noOtherSlice: { fa: '—', en: '—' },
  noTransfersHelp: {
    fa: 'ابلاغ، برش، رزرو و هر گام بعدی این اعتبار اینجا سطر به سطر می‌آید.',
    en: 'Notification, division, reservation and every later step of this credit appear here, row by row.',
  },
} as const satisfies Record<string, Bilingual>;
