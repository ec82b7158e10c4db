import type { Bilingual } from '#kernel/indicator.ts';
import type { Line } from '../contract.ts';
import { creditNames, potWords, programmeWords } from '../words.ts';

/** What of a line is searched, as its row says it. */
export function wordsOfLine(line: Line): readonly Bilingual[] {
  const state = new Map<string, Bilingual>(Object.entries(creditNames.states)).get(line.state);
  return [
    programmeWords[line.programme],
    { fa: String(line.budgetYear), en: String(line.budgetYear) },
    { fa: line.note, en: line.note },
    potWords[line.pot],
    ...(state === undefined ? [] : [state]),
  ];
}

export const funnelLabels = {
  allocated: { fa: 'اعتبار', en: 'Credit' },
  open: { fa: 'آزاد', en: 'Available' },
  locked: { fa: 'قفل مانده', en: 'Still locked' },
  reserved: { fa: 'رزرو', en: 'Reserved' },
  atBank: { fa: 'نزد بانک', en: 'At the bank' },
  paid: { fa: 'پرداخت', en: 'Paid' },
  handedBack: { fa: 'عودت', en: 'Handed back' },
  cut: { fa: 'پس از کاهش', en: 'after a cut of' },
  notAwarded: { fa: 'هنوز تصویب نشده', en: 'Not awarded yet' },
  ofWhichLocked: { fa: 'از آن قفل تعاونی‌ها', en: 'of it locked for cooperatives' },
  absorption: { fa: 'جذب و زمان', en: 'Absorbed, time' },
  absorptionCsv: { fa: 'جذب', en: 'Absorption' },
  behind: { fa: 'عقب از زمان', en: 'behind time' },
  search: { fa: 'جست‌وجو', en: 'Search' },
  allStates: { fa: 'همهٔ وضعیت‌ها', en: 'All states' },
  state: { fa: 'وضعیت', en: 'State' },
  none: { fa: 'خطی با این شرط‌ها نیست', en: 'No line fits' },
  noneHelp: {
    fa: 'شرط‌ها را کم کنید یا واژهٔ دیگری بجویید.',
    en: 'Lift a condition, or search for another word.',
  },
  deadline: { fa: 'مهلت', en: 'Deadline' },
  addsUp: {
    fa: 'مانده‌ها در هر سطر و در جمع، تا ریال برابر اعتبارند: آزاد + قفل + رزرو + نزد بانک + پرداخت + عودت.',
    en: 'In each row and in the sum the balances add up to the credit, to the rial: available + locked + reserved + at the bank + paid + handed back.',
  },
} as const satisfies Record<string, Bilingual>;
