import type { Bilingual } from '#kernel/indicator.ts';
import { moneyCompared, moneyExactly } from '#kernel/persian.ts';
import { beneficiaryWords } from '../axis/words.ts';
import type { BeneficiaryRefusal, SignatureRefusal } from './contract.ts';

export const beneficiaryRefusalWords: {
  readonly [Kind in BeneficiaryRefusal['kind']]: (
    refusal: Extract<BeneficiaryRefusal, { kind: Kind }>,
  ) => Bilingual;
} = {
  BeneficiaryUnknown: () => ({
    fa: 'این گیرنده در «اشخاص و بنگاه‌ها»ی محدودهٔ شما نیست؛ نخست او را ثبت کنید.',
    en: 'This beneficiary is not among the persons and enterprises within your scope: enter them first.',
  }),
  BeneficiaryOtherForm: ({ beneficiaryKind }) => ({
    fa: `این گیرنده در «اشخاص و بنگاه‌ها» ${beneficiaryWords[beneficiaryKind].fa} نیست: شخص حقیقی بنگاه نیست، بنگاه شخص نیست، و نام تعاونی واژهٔ «تعاونی» را دارد. گونه یا گیرنده را درست کنید.`,
    en: `This beneficiary is no ${beneficiaryWords[beneficiaryKind].en.toLowerCase()} in the registry: a natural person is no enterprise, an enterprise no person, and the name of a cooperative bears that word. Correct the kind or the beneficiary.`,
  }),
};

export const signatureRefusalWords: {
  readonly [Kind in SignatureRefusal['kind']]: (
    refusal: Extract<SignatureRefusal, { kind: Kind }>,
  ) => Bilingual;
} = {
  SignatureMissing: ({ reported }) => ({
    fa: `گزارش شعبه (${moneyExactly(reported)}) هنوز پرداخت نیست؛ شماره و مبلغ فهرستی را بنویسید که بانک امضا کرده است.`,
    en: `A branch’s report (${reported.toLocaleString('en')} rials) is not yet a payment; give the number and the sum of the list that the bank has signed.`,
  }),
  SignatureNotAsked: () => ({
    fa: 'فهرست امضاشدهٔ بانک تنها با تأیید پرداخت می‌آید؛ شماره و مبلغ آن را پاک کنید.',
    en: 'A signed list comes with the confirmation of a payment only; clear its number and sum.',
  }),
  SignedSumDiffers: ({ reported, signed }) => ({
    fa: `فهرست امضاشده ${moneyCompared(signed)} دارد و گزارش شعبه ${moneyCompared(reported)} است؛ چیزی تأیید نشد. اگر گزارش نادرست است آن را کنار بگذارید و درست آن را ثبت کنید.`,
    en: `The signed list says ${signed.toLocaleString('en')} rials and the branch reported ${reported.toLocaleString('en')}; nothing was confirmed. If the report is wrong, drop it and record the right one.`,
  }),
};

/** Texts of the awards of a slice. */
export const awardLabels = {
  allActs: { fa: 'کارها', en: 'Acts' },
  actsOf: { fa: 'کارهای این تسهیلات', en: 'Acts on this award' },
  noneLawful: {
    fa: 'اکنون کاری از نقش شما بر این تسهیلات شدنی نیست.',
    en: 'Your role can do nothing with this award now.',
  },
  paid: { fa: 'پرداخت‌شده', en: 'Paid' },
  released: { fa: 'آزادشده', en: 'Released' },
  reported: { fa: 'گزارش تأییدنشده', en: 'Reported, not confirmed' },
  reportedUntil: { fa: 'مهلت تأیید تا پایان', en: 'To be confirmed by the end of' },
  left: { fa: 'ماندهٔ قرارداد', en: 'Left of the contract' },
  drawnFrom: { fa: 'از', en: 'Drawn from' },
  beneficiaryKind: { fa: 'گونهٔ گیرنده', en: 'Kind of beneficiary' },
  unseen: { fa: 'بیرون از دید شما', en: 'out of your sight' },
  beneficiaryMissing: { fa: 'گیرنده را بیابید و برگزینید.', en: 'Find and choose the beneficiary.' },
  isLegal: { fa: 'پشتیبان چیست', en: 'The supporter is' },
  happenedOnHelp: {
    fa: 'روزی که کار انجام شد، نه روز ثبت آن؛ مانند ۱۴۰۲/۱۰/۱۵',
    en: 'The day the deed was done, not the day of recording; such as 1402/10/15',
  },
  signedNumber: { fa: 'شمارهٔ فهرست امضاشدهٔ بانک', en: 'Number of the bank’s signed list' },
  signedNumberMissing: { fa: 'شمارهٔ فهرست امضاشده را بنویسید.', en: 'Give the number of the signed list.' },
  signedSum: { fa: 'مبلغ در فهرست امضاشده', en: 'Sum on the signed list' },
  signedSumHelp: {
    fa: 'از روی فهرست بنویسید؛ باید با گزارش شعبه تا ریال برابر باشد.',
    en: 'As the list says; it must equal the branch’s report to the rial.',
  },
  signedOn: { fa: 'روز امضای فهرست', en: 'Day of signing' },
  reasonHelp: { fa: 'در روند پرونده می‌ماند.', en: 'It stays on the record.' },
  reasonMissing: { fa: 'دلیل را بنویسید.', en: 'Give the reason.' },
  moves: { fa: 'جابه‌جا می‌شود', en: 'moves' },
  reserveTitle: { fa: 'رزرو اعتبار برای یک گیرنده', en: 'Reserve credit for a beneficiary' },
  willDraw: { fa: 'برداشت از', en: 'Drawn from' },
  reserved: { fa: 'اعتبار رزرو شد.', en: 'The credit is reserved.' },
  amountMissing: { fa: 'مبلغ را بنویسید.', en: 'Give the sum.' },
  dayMissing: { fa: 'روز را بنویسید.', en: 'Give the day.' },
  jobsMissing: {
    fa: 'شمار شغل را بنویسید؛ صفر هم پذیرفته است.',
    en: 'Give the number of jobs; zero is accepted.',
  },
  noAwardsHelp: {
    fa: 'با «رزرو اعتبار» نخستین گیرنده ثبت می‌شود.',
    en: 'The first beneficiary is recorded with “Reserve”.',
  },
  done: { fa: 'انجام شد:', en: 'Done:' },
} as const satisfies Record<string, Bilingual>;
