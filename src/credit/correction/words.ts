import type { Bilingual } from '#kernel/indicator.ts';
import { moneyCompared } from '#kernel/persian.ts';
import type { CorrectionAct, CorrectionRefusal } from './contract.ts';

export const correctionActWords = {
  propose_correction: { fa: 'پیشنهاد اصلاح پرداخت', en: 'Propose to correct a payment' },
  correct_in_part: { fa: 'اصلاح مبلغ پرداخت', en: 'Correct the sum of a payment' },
  correct_in_whole: { fa: 'برگرداندن همهٔ پرداخت', en: 'Take a payment back in whole' },
} as const satisfies Record<CorrectionAct, Bilingual>;

export const correctionRefusalWords: {
  readonly [Kind in CorrectionRefusal['kind']]: (
    refusal: Extract<CorrectionRefusal, { kind: Kind }>,
  ) => Bilingual;
} = {
  CorrectionMissing: () => ({
    fa: 'این اصلاح در محدودهٔ شما پیدا نشد؛ از پرداخت‌های تسهیلات برگزینید.',
    en: 'This correction was not found within your scope; choose it from the payments of the award.',
  }),
  PaymentMissing: () => ({
    fa: 'این پرداخت از این تسهیلات نیست یا هنوز تأیید نشده است؛ یکی از پرداخت‌های تأییدشدهٔ آن را برگزینید.',
    en: 'That is no confirmed payment of this award; choose one of its confirmed payments.',
  }),
  PaymentTakenBack: () => ({
    fa: 'این پرداخت پیش‌تر اصلاح شده و دیگر برقرار نیست؛ پرداختی را که جای آن نشسته است برگزینید.',
    en: 'This payment was corrected before and stands no more; choose the one that took its place.',
  }),
  CorrectionNotLess: ({ paid, asked }) => ({
    fa: `مبلغ درست ${moneyCompared(asked)} از پرداخت ثبت‌شده ${moneyCompared(paid)} کمتر نیست. اصلاح تنها از پرداخت کم می‌کند؛ برای بیشتر، گزارش پرداخت دیگری ثبت کنید.`,
    en: `The right sum ${asked.toLocaleString('en')} is not less than the ${paid.toLocaleString('en')} rials paid. A correction only takes back; for more, record another payment.`,
  }),
  CorrectionUnreasoned: () => ({
    fa: 'پرداخت بی‌دلیل اصلاح نمی‌شود؛ بنویسید چه چیز نادرست بود و از کجا دانسته شد.',
    en: 'No payment is corrected without a reason; say what was wrong and how it was found.',
  }),
  OwnCorrection: () => ({
    fa: 'این اصلاح را خودتان پیشنهاد داده‌اید؛ مدیرکل یا معاون دیگری باید آن را تأیید کند.',
    en: 'You proposed this correction yourself; the director-general or another deputy must confirm it.',
  }),
  CorrectionSuperseded: () => ({
    fa: 'پیشنهاد تازه‌تری جای این پیشنهاد را گرفته است؛ همان را بررسی کنید.',
    en: 'A newer proposal has taken the place of this one; look at that one.',
  }),
  CorrectionDone: () => ({
    fa: 'این اصلاح پیش‌تر تأیید و انجام شده است؛ برای اصلاح دیگر پیشنهاد تازه‌ای بنویسید.',
    en: 'This correction is confirmed and done; propose a new one for another change.',
  }),
};

export const correctionLabels = {
  payments: { fa: 'پرداخت‌ها و اصلاح', en: 'Payments and corrections' },
  none: { fa: 'هنوز پرداختی تأیید نشده است.', en: 'No payment is confirmed yet.' },
  payment: { fa: 'پرداخت', en: 'Payment' },
  takenBack: { fa: 'برگشته', en: 'Taken back' },
  stands: { fa: 'برقرار', en: 'Stands' },
  correct: { fa: 'اصلاح با دلیل', en: 'Correct with a reason' },
  rightSum: { fa: 'مبلغ درست', en: 'Right sum' },
  rightSumHelp: {
    fa: 'اگر این پرداخت از این تسهیلات نبود، صفر بنویسید.',
    en: 'Zero if the payment was not of this award.',
  },
  reason: { fa: 'دلیل', en: 'Reason' },
  reasonHelp: {
    fa: 'چه چیز نادرست بود و از کجا دانسته شد؛ در روند پرونده می‌ماند.',
    en: 'What was wrong and how it was found; it stays on the record.',
  },
  was: { fa: 'ثبت‌شده', en: 'As recorded' },
  propose: { fa: 'پیشنهاد اصلاح', en: 'Propose the correction' },
  approve: { fa: 'تأیید اصلاح', en: 'Confirm the correction' },
  history: { fa: 'اصلاح‌ها', en: 'Corrections' },
  state: { fa: 'وضعیت', en: 'State' },
  proposed: { fa: 'در انتظار تأیید شخص دیگر', en: 'Waits for another person' },
  superseded: { fa: 'پیشنهاد تازه‌تر جای آن است', en: 'Replaced by a newer one' },
  approved: { fa: 'تأیید و انجام شد', en: 'Confirmed and done' },
} as const satisfies Record<string, Bilingual>;
