import type { CaseWords } from '#casework/contract.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { creditNames } from '../words.ts';

const { states, acts } = creditNames;
type State = keyof typeof states;
const titles: Readonly<Record<string, Bilingual>> = states;
type ActName = keyof typeof acts;

/** The words of a kind out of those of the room; `told` is what its subject reads. */
function wordsOf(
  title: Bilingual,
  told: Readonly<Partial<Record<State, Bilingual>>>,
  names: readonly ActName[],
): CaseWords {
  return {
    title,
    states: Object.fromEntries(
      Object.entries(told).map(([state, said]) => [state, { title: titles[state] ?? said, told: said }]),
    ),
    acts: Object.fromEntries(names.map((name) => [name, acts[name]])),
  };
}

/** How the cases of this room are called in the inbox and told to whom they are about. */
export const creditCaseWords = {
  credit_line: wordsOf(
    { fa: 'خط اعتباری', en: 'Credit line' },
    {
      draft: {
        fa: 'خط اعتباری نوشته شده و هنوز ابلاغ نشده است.',
        en: 'The line is drafted and not notified yet.',
      },
      notified: {
        fa: 'اعتبار ابلاغ شده و هنوز برای برش باز نیست.',
        en: 'The credit is notified and not open for division yet.',
      },
      open: { fa: 'اعتبار برای برش و تصویب وام باز است.', en: 'The credit is open for division and awards.' },
      extended: {
        fa: 'مهلت اعتبار تمدید شده و همچنان باز است.',
        en: 'The deadline is extended and the credit is open.',
      },
      closed: { fa: 'خط اعتباری بسته شده است.', en: 'The line is closed.' },
    },
    ['draft', 'notify', 'top_up', 'open', 'extend', 'cut', 'close', 'set_term'],
  ),
  slicing: wordsOf(
    { fa: 'برش اعتبار', en: 'Division of a credit' },
    {
      proposed: {
        fa: 'برش پیشنهاد شده و منتظر تصویب شخص دیگری است.',
        en: 'The division waits for another person’s approval.',
      },
      approved: {
        fa: 'برش تصویب و اعتبار میان بخش‌ها جابه‌جا شده است.',
        en: 'The division is approved and the credit has moved to its parts.',
      },
      withdrawn: { fa: 'پیشنهاد برش پس گرفته شده است.', en: 'The proposal was withdrawn.' },
    },
    ['propose', 'approve', 'withdraw'],
  ),
  award: wordsOf(
    { fa: 'تصویب وام', en: 'Award' },
    {
      reserved: {
        fa: 'وام شما تصویب و اعتبار آن کنار گذاشته شده است؛ هنوز به بانک معرفی نشده‌اید.',
        en: 'Your loan is approved and its credit set aside; you are not referred to the bank yet.',
      },
      referred: {
        fa: 'به بانک معرفی شده‌اید؛ معرفی هنوز پرداخت نیست. برای قرارداد به شعبه بروید.',
        en: 'You are referred to the bank, which is not yet a payment. Go to the branch for the contract.',
      },
      contracted: {
        fa: 'قرارداد شما در بانک بسته شده و پرداخت هنوز تأیید نشده است.',
        en: 'Your contract is signed at the bank; no payment is confirmed yet.',
      },
      part_paid: {
        fa: 'بخشی از وام شما به تأیید بانک پرداخت شده است.',
        en: 'A part of your loan is paid, as the bank confirms.',
      },
      paid: {
        fa: 'همهٔ وام شما به تأیید بانک پرداخت شده است.',
        en: 'All of your loan is paid, as the bank confirms.',
      },
      ended: {
        fa: 'بخشی از وام شما پرداخت شده و باقی آن آزاد شده است؛ پرداخت دیگری در راه نیست.',
        en: 'A part of your loan is paid and the rest of its credit was released; no further payment is to come.',
      },
      released: {
        fa: 'اعتبار این وام آزاد شده است و دیگر برای شما کنار گذاشته نیست.',
        en: 'The credit of this loan was released and is no longer set aside for you.',
      },
    },
    [
      'reserve',
      'refer',
      'contract',
      'report_payment',
      'decline_report',
      'expire_report',
      'confirm_part_payment',
      'confirm_last_payment',
      'release',
      'propose_correction',
      'correct_in_part',
      'correct_in_whole',
    ],
  ),
  bank_list: wordsOf(
    { fa: 'فهرست بانک', en: 'Bank list' },
    {
      read: {
        fa: 'فهرست بانک خوانده شده و هنوز ثبت نشده است.',
        en: 'The list is read and not recorded yet.',
      },
      recorded: {
        fa: 'ردیف‌های فهرست ثبت شده و منتظر تأیید شخص دیگری است.',
        en: 'The rows are recorded and wait for another person to confirm them.',
      },
      confirmed: {
        fa: 'فهرست با فهرست امضاشدهٔ بانک تأیید شده است.',
        en: 'The list is confirmed by the signed one.',
      },
      discarded: { fa: 'فهرست کنار گذاشته شده است.', en: 'The list was discarded.' },
    },
    ['upload', 'record', 'confirm', 'discard'],
  ),
  reallocation: wordsOf(
    { fa: 'جابه‌جایی اعتبار', en: 'Transfer between slices' },
    {
      proposed: {
        fa: 'جابه‌جایی پیشنهاد شده و منتظر تصویب شخص دیگری است.',
        en: 'The transfer waits for another person’s approval.',
      },
      approved: {
        fa: 'جابه‌جایی تصویب و اعتبار میان برش‌ها جابه‌جا شده است.',
        en: 'The transfer is approved and the credit has moved between the slices.',
      },
      withdrawn: { fa: 'پیشنهاد جابه‌جایی پس گرفته شده است.', en: 'The proposal was withdrawn.' },
    },
    ['propose_transfer', 'approve_transfer', 'withdraw_transfer'],
  ),
  redivision: wordsOf(
    { fa: 'اصلاح برش', en: 'Redivision' },
    {
      proposed: {
        fa: 'اصلاح برش پیشنهاد شده و منتظر تصویب شخص دیگری است.',
        en: 'The redivision waits for another person’s approval.',
      },
      approved: {
        fa: 'اصلاح برش تصویب و اعتبار میان بخش‌ها جابه‌جا شده است.',
        en: 'The redivision is approved and the credit has moved between the parts.',
      },
      withdrawn: { fa: 'پیشنهاد اصلاح برش پس گرفته شده است.', en: 'The proposal was withdrawn.' },
    },
    ['propose_redivision', 'approve_redivision', 'withdraw_redivision'],
  ),
  share_rule: wordsOf(
    { fa: 'قاعدهٔ سهم', en: 'Share rule' },
    {
      proposed: {
        fa: 'قاعده پیشنهاد شده و منتظر تصویب شخص دیگری است.',
        en: 'The rule waits for another person’s approval.',
      },
      approved: {
        fa: 'قاعده تصویب شده و از روز نخست خود برقرار است.',
        en: 'The rule is approved and holds from its first day.',
      },
      withdrawn: { fa: 'پیشنهاد قاعده پس گرفته شده است.', en: 'The proposal was withdrawn.' },
    },
    ['propose_rule', 'approve_rule', 'withdraw_rule'],
  ),
  reserve_release: wordsOf(
    { fa: 'آزادسازی سهم', en: 'Release of a reserve' },
    {
      proposed: {
        fa: 'آزادسازی پیشنهاد شده و منتظر تصویب شخص دیگری است.',
        en: 'The release waits for another person’s approval.',
      },
      approved: {
        fa: 'آزادسازی تصویب شده و سهم به بخش آزاد برش رفته است.',
        en: 'The release is approved and the reserve has gone to the open part of its slice.',
      },
      withdrawn: { fa: 'پیشنهاد آزادسازی پس گرفته شده است.', en: 'The proposal was withdrawn.' },
    },
    ['propose_release', 'approve_release', 'withdraw_release'],
  ),
  credit_opening: wordsOf(
    { fa: 'ماندهٔ آغاز', en: 'Opening' },
    {
      proposed: {
        fa: 'ماندهٔ آغاز پیشنهاد شده و منتظر تصویب شخص دیگری است.',
        en: 'The opening waits for another person’s approval.',
      },
      approved: {
        fa: 'ماندهٔ آغاز تصویب شده و پرداخت‌های آن در دفتر است.',
        en: 'The opening is approved and its payments are in the books.',
      },
      taking_back: {
        fa: 'برگشت ماندهٔ آغاز پیشنهاد شده و منتظر تصویب شخص دیگری است.',
        en: 'Taking the opening back waits for another person’s approval.',
      },
      taken_back: {
        fa: 'ماندهٔ آغاز برگشته و پرداخت‌های آن به ماندهٔ برش‌ها رفته است.',
        en: 'The opening was taken back and its payments are available again.',
      },
      withdrawn: { fa: 'پیشنهاد ماندهٔ آغاز پس گرفته شده است.', en: 'The proposal was withdrawn.' },
    },
    [
      'propose_opening',
      'approve_opening',
      'withdraw_opening',
      'propose_takeback',
      'approve_takeback',
      'withdraw_takeback',
    ],
  ),
} as const satisfies Readonly<Record<string, CaseWords>>;
