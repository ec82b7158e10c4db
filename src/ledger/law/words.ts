import type { Bilingual } from '#kernel/indicator.ts';
import type { LedgerBreach } from './contract.ts';

/** What each law of the ledger says, for the public board. */
export const lawWords: Readonly<Record<LedgerBreach['kind'], Bilingual>> = {
  AccountApart: {
    fa: 'هر حساب برابر جمع انتقال‌های خود است',
    en: 'Every account is the sum of its transfers',
  },
  LedgerNotZero: {
    fa: 'جمع همهٔ حساب‌های دفتر صفر است',
    en: 'All accounts of the ledger together come to zero',
  },
};

/** One breach: which record, what is due and what is there. */
export function wordsOfBreach(breach: LedgerBreach): Bilingual {
  const { provinceId, found } = breach;
  switch (breach.kind) {
    case 'AccountApart':
      return {
        fa: `قانون ۱: ledger.account، استان ${provinceId}، حساب ${breach.id}: انتقال‌ها ${breach.due} ریال است و حساب ${found} ریال.`,
        en: `L1: ledger.account, province ${provinceId}, account ${breach.id}: its transfers come to ${breach.due} rials, it holds ${found}.`,
      };
    case 'LedgerNotZero':
      return {
        fa: `قانون ۱: ledger.account، استان ${provinceId}: جمع همهٔ حساب‌ها ${found} ریال است و باید صفر باشد.`,
        en: `L1: ledger.account, province ${provinceId}: all accounts together hold ${found} rials and must hold none.`,
      };
  }
}
