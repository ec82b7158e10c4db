import { isoOf } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { moneyCompared, persianDigits } from '#kernel/persian.ts';
import type { Rial } from '#kernel/rial.ts';
import type { RevisionRefusal } from './contract.ts';

const fa = moneyCompared;
const en = (sum: Rial): string => `${sum.toLocaleString('en')} rials`;

export const revisionRefusalWords: {
  readonly [Kind in RevisionRefusal['kind']]: (
    refusal: Extract<RevisionRefusal, { kind: Kind }>,
  ) => Bilingual;
} = {
  CutBelowCommitted: ({ asked, most }) => ({
    fa: `کاهش از آنچه رزرو شده یا نزد بانک است برداشته نمی‌شود و سهم تعاونی‌ها را کمتر از نسبت آن نمی‌کند؛ ${fa(asked)} خواسته شده و بیشترین کاهش ممکن ${fa(most)} است.`,
    en: `A cut takes nothing that is reserved or at the bank, and leaves the cooperatives their share; ${en(asked)} were asked back, and the most that can be is ${en(most)}.`,
  }),
  DeadlineNotLater: ({ deadline, current }) => ({
    fa: `مهلت تازه باید پس از مهلت کنونی (${persianDigits(current.replaceAll('-', '/'))}) باشد و ${persianDigits(deadline.replaceAll('-', '/'))} پس از آن نیست؛ روز دیرتری بنویسید.`,
    en: `The new deadline must lie after the present one, ${isoOf(current)}, and ${isoOf(deadline)} does not; give a later day.`,
  }),
  AwardsNotReferred: ({ reserved }) => ({
    fa: `${fa(reserved)} هنوز رزرو است و به بانک نرفته؛ پیش از بستن خط، هر یک را به بانک معرفی یا آزاد کنید.`,
    en: `${en(reserved)} are still reserved and with no bank; refer or release each award before the line is closed.`,
  }),
};

/** Texts of the part of a line's page that tells its life. */
export const revisionLabels = {
  letters: { fa: 'نامه‌ها و نسخه‌های خط', en: 'Letters and versions of the line' },
  noLetters: { fa: 'هنوز نامه‌ای ثبت نشده است', en: 'No letter is recorded yet' },
  noLettersHelp: {
    fa: 'با ثبت نامهٔ ابلاغ، نخستین نسخهٔ خط اینجا می‌آید.',
    en: 'With the letter of notification the first version of the line appears here.',
  },
  number: { fa: 'نسخه', en: 'Version' },
  act: { fa: 'کار', en: 'Act' },
  letter: { fa: 'نامه', en: 'Letter' },
  letterNumber: { fa: 'شمارهٔ نامه', en: 'Letter number' },
  letterDay: { fa: 'روز نامه', en: 'Day of the letter' },
  change: { fa: 'تغییر', en: 'Change' },
  allocated: { fa: 'اعتبار پس از آن', en: 'Credit after it' },
  handedBack: { fa: 'برگشته', en: 'Handed back' },
  deadline: { fa: 'مهلت پس از آن', en: 'Deadline after it' },
  reason: { fa: 'دلیل', en: 'Reason' },
  recorded: { fa: 'ثبت', en: 'Recorded' },
  asOf: { fa: 'خط در پایان روز', en: 'The line at the end of' },
  asOfHelp: {
    fa: 'نسخه‌هایی را نشان می‌دهد که تا پایان آن روز ثبت شده بود.',
    en: 'Shows the versions that were recorded by the end of that day.',
  },
  notYet: {
    fa: 'تا پایان این روز نامه‌ای برای این خط ثبت نشده بود.',
    en: 'No letter of this line was recorded by the end of that day.',
  },
  newDeadline: { fa: 'مهلت تازه', en: 'New deadline' },
  cutAmount: { fa: 'مبلغ کاهش', en: 'Sum of the cut' },
  cutHelp: {
    fa: 'نخست از اعتبار برش‌نخورده و سپس به نسبت از ماندهٔ همهٔ برش‌ها کم می‌شود؛ سهم تعاونی‌ها به همان نسبت.',
    en: 'Taken from the undivided credit first, then from what each slice still has in proportion; the cooperatives’ share in its proportion.',
  },
  closeHelp: {
    fa: 'همهٔ ماندهٔ آزاد و قفل‌شده به ابلاغ‌کننده برمی‌گردد و دیگر از خط رزرو نمی‌شود؛ آنچه نزد بانک است همچنان پرداخت می‌شود. این کار برگشت ندارد.',
    en: 'All that is available, open or locked, goes back to the notifier and nothing more is reserved; what is at the bank is still paid. This cannot be undone.',
  },
  openHelp: {
    fa: 'از این پس می‌توان خط را برش زد و از آن رزرو کرد.',
    en: 'From now on the line can be divided and reserved from.',
  },
  extendHelp: {
    fa: 'رزرو تا پایان مهلت تازه شدنی است. تمدید را می‌توان تکرار کرد.',
    en: 'Reservations are possible until the new deadline. A line may be extended again.',
  },
  amount: { fa: 'مبلغ', en: 'Sum' },
  missing: { fa: 'این خانه را پر کنید.', en: 'Fill in this field.' },
  shortReason: { fa: 'دلیل را در چند واژه بنویسید.', en: 'Give the reason in a few words.' },
  byYear: { fa: 'پرداخت به سال', en: 'Paid by year' },
  byYearHelp: {
    fa: 'سال بودجهٔ خط سالِ پرداخت نیست: آنچه در هر سال از این خط پرداخت شده جداست و جمع آن با «پرداخت تأییدشده تاکنون» برابر است.',
    en: 'The budget year of a line is not the year of payment: what was paid of it in each year stands apart, and adds up to the confirmed payments so far.',
  },
  nothingPaid: { fa: 'هنوز پرداختی تأیید نشده است', en: 'No payment is confirmed yet' },
  year: { fa: 'سال پرداخت', en: 'Year of payment' },
  ofBudgetYear: { fa: 'از اعتبار سال', en: 'of the credit of' },
  sameYear: { fa: 'همان سال بودجه', en: 'the budget year itself' },
  done: { fa: 'ثبت شد.', en: 'Recorded.' },
} as const satisfies Record<string, Bilingual>;
