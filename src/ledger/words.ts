import type { Bilingual } from '#kernel/indicator.ts';
import { dayOfInstant, startOfDay } from '#kernel/day.ts';
import { moneyCompared, persianDigits } from '#kernel/persian.ts';
import type { Rial } from '#kernel/rial.ts';
import type { InstantRefusal, TransferRefusal } from './contract.ts';

/** Whole rials, and tomans beside them where the sum has whole ones (L13). */
const sumFa = moneyCompared;

const sumEn = (sum: Rial): string => `${sum.toLocaleString('en')} rials`;

/** Day and hour in Tehran of an instant on the wire. */
function momentFa(iso: string): string {
  const instant = Date.parse(iso);
  const day = dayOfInstant(instant);
  const minutes = Math.floor((instant - startOfDay(day)) / 60_000);
  const clock = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'));
  return persianDigits(`${day.replaceAll('-', '/')} ساعت ${clock.join(':')}`);
}

type Refusal = TransferRefusal | InstantRefusal;

export const ledgerRefusalWords: {
  readonly [Kind in Refusal['kind']]: (refusal: Extract<Refusal, { kind: Kind }>) => Bilingual;
} = {
  InstantOpen: ({ newest }) => ({
    fa:
      newest === null
        ? 'هنوز هیچ لحظه‌ای در این دفتر بسته نشده است. چند ثانیهٔ دیگر دوباره بپرسید.'
        : `لحظهٔ خواسته‌شده هنوز بسته نشده است و ممکن است چیزی پیش از آن ثبت شود. تازه‌ترین لحظهٔ بسته‌شده ${momentFa(newest)} است.`,
    en:
      newest === null
        ? 'No instant of this ledger is closed yet. Ask again in a few seconds.'
        : `That instant is not closed yet: something may still be recorded before it. The newest closed one is ${newest}.`,
  }),
  AccountMissing: () => ({
    fa: 'یکی از دو حساب این جابه‌جایی در محدودهٔ شما نیست. صفحه را تازه کنید و حساب را از فهرست برگزینید.',
    en: 'One of the two accounts is not within your scope. Reload the page and choose it from the list.',
  }),
  AmountNotPositive: () => ({
    fa: 'مبلغ جابه‌جایی باید بیشتر از صفر باشد. مبلغ را به ریال و بدون علامت بنویسید.',
    en: 'The sum of a transfer must be above zero. Give it in rials, without a sign.',
  }),
  SameAccount: () => ({
    fa: 'حساب مبدأ و مقصد یکی است. حساب دیگری را برای مقصد برگزینید.',
    en: 'Both ends are the same account. Choose another one for the money to go to.',
  }),
  Overdraft: ({ left }) => ({
    fa: `از این حساب تنها ${sumFa(left)} برداشتنی است و مبلغ خواسته‌شده از آن بیشتر است. مبلغ را تا همین اندازه کم کنید، یا نخست موجودی حساب را بیشتر کنید.`,
    en: `Only ${sumEn(left)} may leave this account, and more was asked for. Lower the sum to that, or raise what the account holds first.`,
  }),
  OtherContent: () => ({
    fa: 'این شناسه پیش‌تر برای کار دیگری به کار رفته است؛ چیزی نوشته نشد. برای کار تازه، برگه را دوباره باز کنید.',
    en: 'This id was used for another transfer before; nothing was written. Open the form anew for a new one.',
  }),
  NotPending: () => ({
    fa: 'این مبلغ در انتظار تأیید نیست؛ یا پیش‌تر تأیید یا کنار گذاشته شده، یا هرگز در انتظار نبوده است. گردش حساب نشان می‌دهد چه شده است.',
    en: 'This sum is not waiting to be confirmed: it was confirmed or dropped before, or was never held. The statement of the account shows which.',
  }),
  PendingDiffers: () => ({
    fa: 'حساب‌ها یا مبلغ با آنچه در انتظار تأیید است نمی‌خواند. همان حساب‌ها و همان مبلغ را بفرستید، یا مبلغ در انتظار را کنار بگذارید و درست آن را ثبت کنید.',
    en: 'The accounts or the sum differ from what is held. Send the same ones, or drop what is held and record it rightly.',
  }),
  PendingExpired: ({ expiredAt }) => ({
    fa: `مهلت این مبلغ در ${momentFa(expiredAt)} به سر آمده است و دیگر تأیید نمی‌شود. اگر پرداخت انجام شده، آن را با مهلت تازه دوباره گزارش کنید.`,
    en: `The time of this sum ran out at ${expiredAt} and it is confirmed no more. If the payment was made, report it anew with a later time.`,
  }),
  ExpiryMisplaced: () => ({
    fa: 'تنها مبلغی که در انتظار تأیید است مهلت می‌گیرد. مهلت را از این سطر بردارید.',
    en: 'Only a sum that waits to be confirmed can run out. Leave the time out of this row.',
  }),
  KindDiffers: ({ transferKind }) => ({
    fa: `جابه‌جایی «${transferKind}» میان این دو حساب یا به این شکل تعریف نشده است. نوع کار یا حساب‌ها را درست کنید.`,
    en: `A transfer of the kind "${transferKind}" is not declared between these accounts or in this form. Correct the kind or the accounts.`,
  }),
  ReversalDiffers: () => ({
    fa: 'برگشت باید میان همان دو حساب و در جهت عکسِ جابه‌جایی انجام‌شده باشد. جابه‌جایی را از گردش حساب برگزینید.',
    en: 'A reversal runs between the same two accounts, the other way, of a transfer that moved money. Choose it from the statement of the account.',
  }),
  ReversalExceeds: ({ left }) => ({
    fa: `از این جابه‌جایی تنها ${sumFa(left)} هنوز برگشت‌پذیر است. مبلغ برگشت را تا همین اندازه کم کنید.`,
    en: `Only ${sumEn(left)} of this transfer can still be reversed. Lower the sum to that.`,
  }),
  LinkedFailed: () => ({
    fa: 'ایرادی از این سطر پیدا نشد، ولی دسته یکجا پذیرفته یا رد می‌شود و سطر دیگری از آن رد شد. آن سطر را درست کنید و دسته را دوباره بفرستید.',
    en: 'Nothing is known against this row, but the batch stands or falls as a whole and another row was refused. Correct that row and send the batch again.',
  }),
};
