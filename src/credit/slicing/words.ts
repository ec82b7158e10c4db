import type { Bilingual } from '#kernel/indicator.ts';

/** Texts of the form of a division and of its proposal. */
export const slicingLabels = {
  weights: { fa: 'وزن شاخص‌ها', en: 'Weights of the indicators' },
  weightsHelp: {
    fa: 'به درصد؛ تنها نسبت وزن‌ها به هم اثر دارد. شاخصی که وزن ندارد به حساب نمی‌آید.',
    en: 'In percent; only their ratio counts. An indicator without weight is left out.',
  },
  weightSum: { fa: 'جمع وزن‌ها', en: 'Sum of the weights' },
  year: { fa: 'سال شاخص‌ها', en: 'Year of the indicators' },
  yearHelp: {
    fa: 'رقم شهرستان‌ها از سرشماری ۱۳۹۵ است.',
    en: 'The counties’ figures are of the census of 1395.',
  },
  floorHelp: {
    fa: 'هیچ شهرستانی کمتر از این نمی‌گیرد؛ به تومان',
    en: 'No county gets less than this; in toman',
  },
  capHelp: {
    fa: 'هیچ شهرستانی بیش از این نمی‌گیرد؛ به تومان',
    en: 'No county gets more than this; in toman',
  },
  unitHelp: {
    fa: 'سهم هر شهرستان مضربی از این است؛ به تومان',
    en: 'Each county’s part is a multiple of this; in toman',
  },
  adjustments: { fa: 'تعدیل دستی', en: 'Manual adjustments' },
  adjustmentsHelp: {
    fa: 'سهم یک شهرستان را با دلیل بیش یا کم می‌کند؛ مابه‌التفاوت از سهم دیگران است و جمع برش تغییر نمی‌کند.',
    en: 'Raises or lowers one county’s part, with the reason; the others make up for it and the sum stays.',
  },
  addAdjustment: { fa: 'افزودن تعدیل', en: 'Add an adjustment' },
  remove: { fa: 'برداشتن', en: 'Remove' },
  direction: { fa: 'جهت', en: 'Direction' },
  raise: { fa: 'افزایش', en: 'Raise' },
  lower: { fa: 'کاهش', en: 'Lower' },
  zeroCounted: { fa: 'شهرستان‌های بی‌رقم', en: 'Counties without a figure' },
  missingTitle: {
    fa: 'این شهرستان‌ها در این سال رقم جدا ندارند',
    en: 'These counties have no figure of their own in that year',
  },
  missingHelp: {
    fa: 'تا دربارهٔ آن‌ها تصمیم نگیرید، فرمول اجرا نمی‌شود.',
    en: 'The formula does not run until you decide about them.',
  },
  countAllAsZero: { fa: 'همه با این دلیل صفر گرفته شود', en: 'Count all as zero for this reason' },
  amountHelp: {
    fa: 'بیشترین مبلغ همان ماندهٔ برش‌نخورده است؛ به تومان',
    en: 'At most what is not divided yet; in toman',
  },
  unslicedNow: { fa: 'ماندهٔ برش‌نخورده', en: 'Not divided yet' },
  ofWhichLocked: { fa: 'قفل تعاونی‌ها', en: 'locked for cooperatives' },
  whole: { fa: 'همهٔ مانده', en: 'All that is left' },
  previewWaits: {
    fa: 'با پر شدن مبلغ و وزن‌ها پیش‌نمایش ساخته می‌شود.',
    en: 'The preview appears once the sum and the weights are given.',
  },
  previewEmpty: { fa: 'هنوز پیش‌نمایشی نیست', en: 'No preview yet' },
  previewStale: {
    fa: 'پیش‌نمایش پایین از ورودی‌های پیشین است.',
    en: 'The preview below is of the earlier input.',
  },
  previewStopped: {
    fa: 'پیش‌نمایش منتظر اصلاح خانه‌ای است که کنارش توضیح آمده.',
    en: 'The preview waits for the field that is marked.',
  },
  working: { fa: 'در حال محاسبه', en: 'Working it out' },
  lockedPart: { fa: 'قفل تعاونی‌ها', en: 'Locked for cooperatives' },
  shareOfAll: { fa: 'سهم از برش', en: 'Share of the division' },
  atFloor: { fa: 'در کف', en: 'at the floor' },
  atCap: { fa: 'در سقف', en: 'at the cap' },
  explain: { fa: 'محاسبه', en: 'Working' },
  choosePart: {
    fa: 'برای دیدن محاسبهٔ گام به گام، شهرستانی را برگزینید.',
    en: 'Choose a county to see its calculation step by step.',
  },
  notDirector: {
    fa: 'برش را مدیرکل یا معاون پیشنهاد می‌دهد.',
    en: 'A division is proposed by the director-general or a deputy.',
  },
  amountMissing: { fa: 'مبلغ برش را بنویسید.', en: 'Give the sum to divide.' },
  weightMissing: { fa: 'دست‌کم به یک شاخص وزن بدهید.', en: 'Give at least one indicator a weight.' },
  unitMissing: { fa: 'واحد گرد کردن را بنویسید.', en: 'Give the rounding unit.' },
  adjustmentUnfinished: {
    fa: 'شهرستان، مبلغ و دلیل هر تعدیل را بنویسید یا آن را بردارید.',
    en: 'Give county, sum and reason of each adjustment, or remove it.',
  },
  reasonShort: { fa: 'دلیل را در دست‌کم سه نویسه بنویسید.', en: 'Give the reason in at least three letters.' },
  numberMissing: { fa: 'شمارهٔ مصوبه را بنویسید.', en: 'Give the number of the resolution.' },
  dayMissing: { fa: 'روز مصوبه را بنویسید.', en: 'Give the day of the resolution.' },
  proposalBy: { fa: 'پیشنهاد برش بر پایهٔ', en: 'Proposal to divide by' },
  approvedBy: { fa: 'تصویب‌کننده', en: 'Approved by' },
  proposedOn: { fa: 'روز پیشنهاد', en: 'Proposed on' },
  approveTitle: { fa: 'تصویب برش', en: 'Approve the division' },
  approveHelp: {
    fa: 'با تصویب، اعتبار همان دم میان بخش‌ها جابه‌جا می‌شود و بازگشت آن برش تازه می‌خواهد.',
    en: 'On approval the credit moves to the parts at once; taking it back needs a new division.',
  },
  withdrawTitle: { fa: 'پس گرفتن پیشنهاد', en: 'Withdraw the proposal' },
  withdrawHelp: {
    fa: 'پیشنهاد بسته می‌شود و در روند پرونده می‌ماند؛ پولی جابه‌جا نمی‌شود.',
    en: 'The proposal is closed and stays on record; no money moves.',
  },
  partsOf: { fa: 'بخش‌های پیشنهاد', en: 'Parts of the proposal' },
  formulaOf: { fa: 'فرمول', en: 'Formula' },
  unsure: { fa: 'نامعلوم', en: 'unknown' },
  waiting: { fa: 'در انتظار تصویب شخص دیگر', en: 'Waiting for another person’s approval' },
} as const satisfies Record<string, Bilingual>;
