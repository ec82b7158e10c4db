import type { Bilingual } from '#kernel/indicator.ts';
import { moneyCompared, persianDigits } from '#kernel/persian.ts';
import type { Rial } from '#kernel/rial.ts';
import { shareName } from '../share/words.ts';
import type { OpeningRefusal, RowReason } from './contract.ts';

const fa = moneyCompared;
const en = (sum: Rial): string => `${sum.toLocaleString('en')} rials`;
const number = (count: number): string => persianDigits(String(count));

export const openingStateWords = {
  taking_back: { fa: 'در انتظار برگشت', en: 'Being taken back' },
  taken_back: { fa: 'برگشته', en: 'Taken back' },
} as const satisfies Record<string, Bilingual>;

export const openingActWords = {
  propose_opening: { fa: 'پیشنهاد ماندهٔ آغاز', en: 'Propose the opening' },
  approve_opening: { fa: 'تصویب ماندهٔ آغاز', en: 'Approve the opening' },
  withdraw_opening: { fa: 'پس گرفتن پیشنهاد', en: 'Withdraw the proposal' },
  propose_takeback: { fa: 'پیشنهاد برگشت ماندهٔ آغاز', en: 'Propose to take it back' },
  approve_takeback: { fa: 'تصویب برگشت ماندهٔ آغاز', en: 'Approve taking it back' },
  withdraw_takeback: { fa: 'پس گرفتن پیشنهاد برگشت', en: 'Withdraw taking it back' },
} as const satisfies Record<string, Bilingual>;

export const openingTransferWords = {
  pay_opening: { fa: 'پرداخت پیش از آغاز', en: 'Payment from before the beginning' },
  take_back_opening: { fa: 'برگشت ماندهٔ آغاز', en: 'Opening taken back' },
} as const satisfies Record<string, Bilingual>;

type Reasons = { readonly [Kind in RowReason['kind']]: Extract<RowReason, { kind: Kind }> };
const reasonWords: { readonly [Kind in RowReason['kind']]: (reason: Reasons[Kind]) => Bilingual } = {
  CellsUnread: () => ({
    fa: 'خانه‌ای از این ردیف خوانده نشد؛ آن را با عدد ساده بنویسید.',
    en: 'A cell of this row cannot be read; write it as a plain number.',
  }),
  SliceUnknown: () => ({
    fa: 'این خط برشی با این نام‌ها که خود بخش نشده باشد ندارد؛ نام‌ها را از پروندهٔ نمونه بردارید.',
    en: 'The line has no undivided slice of these names; take the names of the template.',
  }),
  ShareUnknown: ({ held }) => ({
    fa: `این برش چنین بخشی ندارد؛ یکی از این‌ها را بنویسید: ${held.map((one) => `«${shareName(one).fa}»`).join('، ')}.`,
    en: `The slice has no such share; write one of these: ${held.map((one) => shareName(one).en).join('; ')}.`,
  }),
  RowTwice: ({ line }) => ({
    fa: `همین برش و بخش در ردیف ${number(line)} آمده است؛ مبلغ هر دو را در یک ردیف بنویسید.`,
    en: `This slice and share stand in row ${line} already; put both sums in one row.`,
  }),
  AmountMissing: () => ({
    fa: 'مبلغ پرداخت‌شده نوشته نشده یا صفر است؛ مبلغ را به ریال بنویسید یا ردیف را خالی بگذارید.',
    en: 'The sum paid is missing or nought; give it in rials, or leave the row empty.',
  }),
  LoansMissing: () => ({
    fa: 'شمار وام‌ها نوشته نشده است؛ دست‌کم یک وام پرداخت شده است.',
    en: 'The number of loans is missing; at least one was paid.',
  }),
  CountTooLarge: () => ({
    fa: 'شمار وام یا شغل بیش از یک میلیون است؛ عدد را بررسی کنید.',
    en: 'More than a million loans or jobs; check the number.',
  }),
  BeyondAvailable: ({ share, left, asked }) => ({
    fa: `در ${shareName(share).fa} این برش ${fa(left)} مانده و ${fa(asked)} نوشته شده است؛ مبلغ را تا ${fa(left)} کم کنید یا نخست برش را با مصوبه بزرگ‌تر کنید.`,
    en: `${en(left)} are left in ${shareName(share).en} of this slice and ${en(asked)} are written; lower it to ${en(left)}, or enlarge the slice by a resolution first.`,
  }),
};

export const wordsOfReason = <Kind extends RowReason['kind']>(
  reason: Reasons[Kind] & { readonly kind: Kind },
): Bilingual => reasonWords[reason.kind](reason);

type Refusals = { readonly [Kind in OpeningRefusal['kind']]: Extract<OpeningRefusal, { kind: Kind }> };

export const openingRefusalWords: {
  readonly [Kind in OpeningRefusal['kind']]: (refusal: Refusals[Kind]) => Bilingual;
} = {
  OpeningMissing: () => ({
    fa: 'این ماندهٔ آغاز در محدودهٔ شما پیدا نشد؛ از صفحهٔ خط اعتباری برگزینید.',
    en: 'This opening was not found within your scope; choose it from the page of its line.',
  }),
  OpeningStands: ({ state }) => ({
    fa:
      state === 'proposed'
        ? 'برای این خط یک ماندهٔ آغاز پیشنهاد شده است و دومی پذیرفته نمی‌شود؛ نخست آن را تصویب کنید یا پس بگیرید.'
        : 'این خط ماندهٔ آغاز دارد و دومی پذیرفته نمی‌شود؛ اگر نادرست است نخست آن را با دلیل و تصویب شخص دیگری برگردانید.',
    en:
      state === 'proposed'
        ? 'An opening of this line is proposed, and a second one is not taken; approve or withdraw that one first.'
        : 'The line has its opening, and a second one is not taken; if it is mistaken, have it taken back with a reason and another person’s approval.',
  }),
  OwnOpening: () => ({
    fa: 'پیشنهاددهنده نمی‌تواند ماندهٔ آغاز خود را تصویب کند؛ شخص دیگری، مدیرکل یا معاون، باید آن را تصویب کند.',
    en: 'The proposer may not approve the opening; another person, the director-general or a deputy, must.',
  }),
  OwnTakeback: () => ({
    fa: 'کسی که برگشت را پیشنهاد کرده نمی‌تواند آن را تصویب کند؛ شخص دیگری، مدیرکل یا معاون، باید آن را تصویب کند.',
    en: 'Who proposed to take it back may not approve that; another person, the director-general or a deputy, must.',
  }),
  OpeningTotalDiffers: ({ loans, sum, statedLoans, statedSum }) => ({
    fa: `جمع ردیف‌ها ${fa(sum)} در ${number(loans)} وام است و سند ${fa(statedSum)} در ${number(statedLoans)} وام می‌گوید؛ ردیف‌ها را با سند برابر کنید یا عدد سند را درست بنویسید.`,
    en: `The rows add up to ${en(sum)} in ${loans} loans and the source says ${en(statedSum)} in ${statedLoans}; make the rows equal to the source, or correct what is typed of it.`,
  }),
  OpeningRowsWrong: ({ count, line, reason }) => ({
    fa: `${number(count)} ردیف ثبت‌شدنی نیست و هیچ ردیفی ثبت نشد. ردیف ${number(line)}: ${wordsOfReason(reason).fa}`,
    en: `${count} rows cannot be recorded, and none is. Row ${line}: ${wordsOfReason(reason).en}`,
  }),
};

/** Headings of the sheet, beside those of the axes. */
export const openingColumnWords = {
  share: { fa: 'بخش', en: 'Share' },
  amount: { fa: 'پرداخت‌شده (ریال)', en: 'Paid (rials)' },
  loans: { fa: 'شمار وام', en: 'Loans' },
  jobs: { fa: 'شمار شغل', en: 'Jobs' },
  available: { fa: 'مانده در بخش (ریال)', en: 'Left in the share (rials)' },
  line: { fa: 'ردیف', en: 'Row' },
  reason: { fa: 'ایراد', en: 'What is wrong' },
} as const satisfies Record<string, Bilingual>;

export const openingLabels = {
  title: { fa: 'ماندهٔ آغاز', en: 'Opening' },
  help: {
    fa: 'استانی که میانهٔ سال به کارساز می‌آید، آنچه بانک‌ها پیش از آن از این خط پرداخته‌اند را یک بار، برش به برش و با سندش می‌نویسد. قراردادهایی که هنوز پرداخت نشده‌اند اینجا نمی‌آیند: هر کدام را یک به یک رزرو، معرفی و قرارداد کنید.',
    en: 'A province that comes to Karsaz in the middle of a year enters once, slice by slice and with its source, what banks had paid of this line before. Contracts that are not paid yet do not belong here: reserve, refer and contract each of them one by one.',
  },
  source: { fa: 'سند', en: 'Source' },
  paidUntil: { fa: 'پرداخت‌شده تا پایان روز', en: 'Paid until the end of' },
  paidUntilHelp: {
    fa: 'همهٔ پرداخت‌ها در دفتر به همین روز نوشته می‌شود.',
    en: 'All payments are entered in the books on this day.',
  },
  sourceNumber: { fa: 'شمارهٔ سند', en: 'Number of the source' },
  sourceDay: { fa: 'روز سند', en: 'Day of the source' },
  sourceTitle: { fa: 'عنوان سند', en: 'Title of the source' },
  statedLoans: { fa: 'شمار وام به گفتهٔ سند', en: 'Loans stated by the source' },
  statedSum: { fa: 'جمع به گفتهٔ سند', en: 'Sum stated by the source' },
  sheet: { fa: 'پرونده', en: 'File' },
  sheetHelp: {
    fa: 'نمونه را بگیرید، ستون‌های پرداخت‌شده، شمار وام و شمار شغل را پر کنید و بفرستید؛ یا همین‌جا در جدول بنویسید. تا پیشنهاد ندهید چیزی ثبت نمی‌شود.',
    en: 'Take the template, fill in the sums paid, loans and jobs, and send it; or type them in the table. Nothing is recorded until you propose it.',
  },
  templateXlsx: { fa: 'نمونهٔ صفحهٔ گسترده', en: 'Template (spreadsheet)' },
  templateCsv: { fa: 'نمونهٔ CSV', en: 'Template (.csv)' },
  reading: { fa: 'در حال خواندن…', en: 'Reading…' },
  readRows: { fa: 'ردیف‌های درست در جدول نشست.', en: 'The right rows stand in the table.' },
  wrongRows: { fa: 'ردیف‌های نادرست پرونده', en: 'Wrong rows of the file' },
  wrongHelp: {
    fa: 'پروندهٔ خطا را بگیرید، ردیف‌ها را درست کنید و همان را دوباره بفرستید؛ ردیف‌های درست در جدول می‌مانند.',
    en: 'Take the file of errors, mend its rows and send it again; the right rows stay in the table.',
  },
  errorFile: { fa: 'پروندهٔ خطا', en: 'File of errors' },
  rows: { fa: 'پرداخت‌شده در هر برش', en: 'Paid of each slice' },
  slice: { fa: 'برش', en: 'Slice' },
  left: { fa: 'مانده', en: 'Left' },
  paid: { fa: 'پرداخت‌شده', en: 'Paid' },
  sumOfRows: { fa: 'جمع ردیف‌ها', en: 'Sum of the rows' },
  agrees: { fa: 'با سند برابر است', en: 'Agrees with the source' },
  differs: { fa: 'با سند برابر نیست', en: 'Differs from the source' },
  missing: { fa: 'این خانه را پر کنید.', en: 'Fill in this field.' },
  short: { fa: 'عنوان را در دست‌کم سه نویسه بنویسید.', en: 'Give the title in at least three letters.' },
  noRows: { fa: 'در جدول هنوز چیزی نوشته نشده است.', en: 'Nothing is written in the table yet.' },
  rowsWrong: { fa: 'ردیف‌های سرخ را درست کنید.', en: 'Mend the red rows.' },
  none: { fa: 'این خط ماندهٔ آغاز ندارد', en: 'The line has no opening' },
  noneHelp: {
    fa: 'مدیرکل یا معاون آن را پیشنهاد می‌کند و شخص دیگری تصویب می‌کند.',
    en: 'The director-general or a deputy proposes it, and another person approves it.',
  },
  notOpen: {
    fa: 'ماندهٔ آغاز تنها برای خط باز یا تمدیدشده پیشنهاد می‌شود.',
    en: 'An opening is proposed for an open or extended line only.',
  },
  openings: { fa: 'ماندهٔ آغاز این خط', en: 'The opening of this line' },
  standing: {
    fa: 'این خط یک ماندهٔ آغاز دارد یا در انتظار تصویب آن است؛ تا برنگردد یا پس گرفته نشود دومی پیشنهاد نمی‌شود.',
    en: 'The line has an opening, or one waits for approval; no second one is proposed until it is taken back or withdrawn.',
  },
  show: { fa: 'دیدن', en: 'Show' },
  approveHelp: {
    fa: 'با تصویب، هر مبلغ همان دم از ماندهٔ آزاد بخش خود به پرداخت‌شده می‌رود، همه با هم.',
    en: 'On approval each sum goes at once from what its share has available to paid, all of them together.',
  },
  withdrawHelp: {
    fa: 'پیشنهاد بسته می‌شود؛ چیزی جابه‌جا نمی‌شود.',
    en: 'The proposal is closed; nothing moves.',
  },
  takebackHelp: {
    fa: 'با تصویب شخص دیگری همهٔ این پرداخت‌ها به ماندهٔ بخش خود برمی‌گردد و ماندهٔ آغاز تازه‌ای می‌توان پیشنهاد کرد.',
    en: 'When another person approves, all these payments go back to their shares, and a new opening may be proposed.',
  },
  takebackApproveHelp: {
    fa: 'همهٔ پرداخت‌های این ماندهٔ آغاز همان دم برمی‌گردد.',
    en: 'All payments of this opening are taken back at once.',
  },
  takebackWithdrawHelp: {
    fa: 'پیشنهاد برگشت بسته می‌شود و ماندهٔ آغاز برقرار می‌ماند.',
    en: 'The proposal to take it back is closed; the opening stands.',
  },
  takebackReason: { fa: 'دلیل برگشت', en: 'Why it is taken back' },
  takebackBy: { fa: 'پیشنهاددهندهٔ برگشت', en: 'Taken back on proposal of' },
  takebackApproved: { fa: 'تصویب‌کنندهٔ برگشت', en: 'Taking back approved by' },
  notCounted: {
    fa: 'مبلغ در جمع پرداخت‌ها می‌آید. شمار وام و شغل اینجا به گفتهٔ سند است و در شمار گیرندگان نمی‌آید، چون گیرنده‌ای نام برده نشده است.',
    en: 'The sum counts among the payments. Loans and jobs are as the source says and count in no number of receivers, since none is named.',
  },
} as const satisfies Record<string, Bilingual>;
