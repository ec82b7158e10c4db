import type { Bilingual } from '#kernel/indicator.ts';
import type { EvidenceBreach, LawState } from './contract.ts';

export const lawLabels = {
  board: { fa: 'تابلوی قانون‌ها', en: 'Laws board' },
  boardHelp: {
    fa: 'آنچه در هر لحظه باید درست باشد، پی‌درپی از خود سندها پرسیده می‌شود. سبز یعنی هیچ سندی آن را نمی‌شکند؛ قرمز یعنی سندی هست که می‌شکند و شمار آن پنهان نمی‌ماند.',
    en: 'What must be true at every instant is asked of the records themselves, again and again. Green: no record breaks it. Red: some do, and their number is not hidden.',
  },
  law: { fa: 'قانون', en: 'Law' },
  state: { fa: 'وضع', en: 'State' },
  breaches: { fa: 'سندهای ناسازگار', en: 'Offending records' },
  records: { fa: 'سند', en: 'records' },
  askedAt: { fa: 'آخرین پرسش', en: 'Last asked' },
  since: { fa: 'از', en: 'since' },
  where: { fa: 'در', en: 'in' },
  allHold: { fa: 'همهٔ قانون‌ها برقرار است', en: 'All laws hold' },
  someBroken: { fa: 'قانونی شکسته است', en: 'A law is broken' },
  notYet: {
    fa: 'هنوز پرسیده نشده است؛ نخستین پاسخ تا یک دقیقه پس از روشن‌شدن سامانه می‌آید.',
    en: 'Not asked yet; the first answer comes within a minute of the start.',
  },
  private: {
    fa: 'خود سندها را حسابرس، مدیرکل و معاون می‌بینند؛ این‌جا تنها شمار آن‌هاست، چون سند هر پرونده از آنِ صاحب آن است.',
    en: 'Auditors, the director and the deputies see the records themselves; here is only their number, since a case is its owner’s.',
  },
} as const satisfies Record<string, Bilingual>;

export const lawStateWords: Readonly<Record<LawState, Bilingual>> = {
  holds: { fa: 'برقرار', en: 'Holds' },
  broken: { fa: 'شکسته', en: 'Broken' },
  not_asked: { fa: 'پرسیده نشده', en: 'Not asked' },
};

/** What each law of the room says, for the board. */
export const lawWords: Readonly<Record<EvidenceBreach['kind'], Bilingual>> = {
  PublishedApart: {
    fa: 'هر رقم منتشرشده، در لحظهٔ انتشار خود، برابر سندهای آن است',
    en: 'Every published figure equals its records as of its instant',
  },
  TallyApart: {
    fa: 'هر جمع نگه‌داشته برابر جمع سندهای خود است',
    en: 'Every tally that is kept equals the sum of its records',
  },
};

export function wordsOfBreach(breach: EvidenceBreach): Bilingual {
  const { provinceId, id } = breach;
  switch (breach.kind) {
    case 'PublishedApart':
      return {
        fa: `قانون ۸: evidence.publication، استان ${provinceId}، رقم ${id}: سندهای آن در لحظهٔ انتشار دیگر همان نیست که منتشر شد.`,
        en: `L8: evidence.publication, province ${provinceId}, figure ${id}: its records as of its instant are not what was published.`,
      };
    case 'TallyApart':
      return {
        fa: `قانون ۸: evidence.tally، استان ${provinceId}، ${id}: سندها ${breach.due} است و جمع نگه‌داشته ${breach.found}.`,
        en: `L8: evidence.tally, province ${provinceId}, ${id}: its records come to ${breach.due}, the tally is ${breach.found}.`,
      };
  }
}
