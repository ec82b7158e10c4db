import { dayFromIso } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import { ledgerRefusalWords } from '#ledger/words.ts';
import type { AccountRefusal } from './contract.ts';

const jalali = (iso: string): string => persianDigits(dayFromIso(iso).replaceAll('-', '/'));

export const accountRefusalWords: {
  readonly [Kind in AccountRefusal['kind']]: (refusal: Extract<AccountRefusal, { kind: Kind }>) => Bilingual;
} = {
  AccountUnknown: () => ({
    fa: 'چنین حسابی در محدودهٔ شما نیست. آن را از صفحهٔ برش برگزینید.',
    en: 'There is no such account in your scope. Choose it from the page of its slice.',
  }),
  DaysReversed: ({ from, until }) => ({
    fa: `آغاز صورت حساب (${jalali(from)}) پس از پایان آن (${jalali(until)}) است. یکی از دو روز را درست کنید.`,
    en: `The statement would begin on ${from}, after it ends on ${until}. Correct one of the two days.`,
  }),
  StatementTooLong: ({ most }) => ({
    fa: `این صورت حساب بیش از ${persianDigits(String(most))} سطر دارد و در یک پرونده نمی‌آید. بازهٔ روزها را کوتاه‌تر کنید.`,
    en: `This statement has more than ${most} rows and does not fit into one file. Narrow the days.`,
  }),
  InstantOpen: ledgerRefusalWords.InstantOpen,
};

export const accountLabels = {
  title: { fa: 'صورت حساب', en: 'Account statement' },
  accounts: { fa: 'حساب‌های این برش', en: 'Accounts of this slice' },
  accountsHelp: {
    fa: 'هر مرحله از راه اعتبار یک حساب دفتر است؛ صورت هر حساب را می‌توان در پایان هر روز گذشته دید.',
    en: 'Each stage of the way is an account of the ledger; its statement can be seen as of the end of any past day.',
  },
  account: { fa: 'حساب', en: 'Account' },
  balance: { fa: 'مانده', en: 'Balance' },
  locked: { fa: 'قفل‌شده', en: 'Locked' },
  held: { fa: 'در انتظار تأیید', en: 'Waiting for confirmation' },
  transfers: { fa: 'شمار انتقال', en: 'Transfers' },
  from: { fa: 'از روز', en: 'From' },
  until: { fa: 'تا پایان روز', en: 'Until the end of' },
  opening: { fa: 'ماندهٔ آغاز', en: 'Opening balance' },
  closing: { fa: 'ماندهٔ پایان', en: 'Closing balance' },
  asOf: { fa: 'دفتر تا لحظهٔ', en: 'The ledger as of' },
  day: { fa: 'روز انجام', en: 'Day of the deed' },
  recorded: { fa: 'زمان ثبت', en: 'Recorded' },
  recordedIso: { fa: 'زمان ثبت (ISO)', en: 'Recorded (ISO)' },
  pdf: { fa: 'دریافت PDF', en: 'Download PDF' },
  deed: { fa: 'کار', en: 'Deed' },
  by: { fa: 'انجام‌دهنده', en: 'By' },
  other: { fa: 'حساب دیگر', en: 'Other account' },
  moneyIn: { fa: 'ورود', en: 'In' },
  moneyOut: { fa: 'خروج', en: 'Out' },
  proof: { fa: 'برهان', en: 'Proof' },
  verify: { fa: 'سنجش', en: 'Verify' },
  trail: { fa: 'رد کارها', en: 'Trail' },
  notifier: { fa: 'ابلاغ‌کننده', en: 'Notifier' },
  hidden: { fa: 'بیرون از محدودهٔ شما', en: 'Outside your scope' },
  province: { fa: 'استان', en: 'Province' },
  empty: { fa: 'در این بازه انتقالی نیست', en: 'No transfer in these days' },
  emptyHelp: {
    fa: 'ماندهٔ آغاز و پایان یکی است. بازهٔ روزها را بازتر بگیرید.',
    en: 'The balance stayed as it was. Widen the days.',
  },
  xlsx: { fa: 'دریافت Excel', en: 'Download Excel' },
  csv: { fa: 'دریافت CSV', en: 'Download CSV' },
  slice: { fa: 'صفحهٔ برش', en: 'Page of the slice' },
  head: { fa: 'تازه‌ترین سرِ مُهر', en: 'Newest head of the seals' },
  transferId: { fa: 'شناسهٔ انتقال', en: 'Id of the transfer' },
} as const satisfies Record<string, Bilingual>;
