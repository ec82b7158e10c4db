import { nationwide } from '#kernel/actor.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import type { AccountSum, AlteredPart, RowName, SealFault, SealPart } from './contract.ts';

const alteredParts: Readonly<Record<AlteredPart, Bilingual>> = {
  content: {
    fa: 'محتوای آن با درهم‌سازی خودش هم نمی‌خواند',
    en: 'its content does not agree with its own hash',
  },
  place: {
    fa: 'محتوا درست است؛ نسخه، شهرستان یا زمان ثبت آن دگرگون شده است',
    en: 'its content is right; a version, a county or the instant of recording was changed',
  },
  row: { fa: 'دست‌کم یکی از ستون‌های آن دگرگون شده است', en: 'at least one of its columns was changed' },
};

const sealParts: Readonly<Record<SealPart, Bilingual>> = {
  number: { fa: 'شمارهٔ مُهر', en: 'its number' },
  position: { fa: 'جایگاه ردیف‌ها', en: 'the positions of its rows' },
  rows: { fa: 'درهم‌سازی ردیف‌ها', en: 'the hash of its rows' },
  previous: { fa: 'پیوند به مُهر پیش از آن', en: 'the head before it' },
  head: { fa: 'سرِ مُهر', en: 'its head' },
  signature: { fa: 'امضا', en: 'its signature' },
  key: { fa: 'کلید امضا', en: 'the key that signed it' },
};

const sums: Readonly<Record<AccountSum, Bilingual>> = {
  debits_posted: { fa: 'بدهکار قطعی', en: 'debits posted' },
  debits_pending: { fa: 'بدهکار معلق', en: 'debits pending' },
  credits_posted: { fa: 'بستانکار قطعی', en: 'credits posted' },
  credits_pending: { fa: 'بستانکار معلق', en: 'credits pending' },
  version: { fa: 'نسخه', en: 'version' },
};

/** The acts of the installation itself are sealed as those of the whole country. */
export const placeOf = (provinceId: number): Bilingual =>
  provinceId === nationwide
    ? { fa: 'سراسر کشور', en: 'the whole country' }
    : { fa: `استان ${provinceId}`, en: `province ${provinceId}` };

const row = ({ table, provinceId, id }: Omit<RowName, 'position'>): Bilingual => ({
  fa: `${table}، ${placeOf(provinceId).fa}، ردیف ${id}`,
  en: `${table}, ${placeOf(provinceId).en}, row ${id}`,
});

/** What `verify` says of a thing that is wrong: which row of which table, and what differs. */
export function wordsOfFault(fault: SealFault): Bilingual {
  switch (fault.kind) {
    case 'RowAltered':
      return {
        fa: `${row(fault.row).fa} (جایگاه ${fault.row.position}) پس از مُهر شدن دگرگون شده است: ${alteredParts[fault.part].fa}.`,
        en: `${row(fault.row).en} (position ${fault.row.position}) was altered after it was sealed: ${alteredParts[fault.part].en}.`,
      };
    case 'RowMissing':
      return {
        fa: `${row(fault.row).fa} (جایگاه ${fault.row.position}) مُهر شده است ولی دیگر نیست.`,
        en: `${row(fault.row).en} (position ${fault.row.position}) was sealed and is no longer there.`,
      };
    case 'RowNotSealed':
      return {
        fa: `${row(fault.row).fa} مُهر نشده است، با آنکه ردیف‌های پس از آن مُهر شده‌اند: بعدها افزوده شده است.`,
        en: `${row(fault.row).en} is not sealed though rows after it are: it was added later.`,
      };
    case 'SealMissing':
      return {
        fa: `ledger.seal، ${placeOf(fault.provinceId).fa}: مُهر شمارهٔ ${fault.number} نیست.`,
        en: `ledger.seal, ${placeOf(fault.provinceId).en}: seal ${fault.number} is missing.`,
      };
    case 'SealAltered':
      return {
        fa: `ledger.seal، ${placeOf(fault.provinceId).fa}، مُهر ${fault.number}: ${sealParts[fault.part].fa} نمی‌خواند.`,
        en: `ledger.seal, ${placeOf(fault.provinceId).en}, seal ${fault.number}: ${sealParts[fault.part].en} does not agree.`,
      };
    case 'HeadDiffers':
      return {
        fa: `ledger.seal، ${placeOf(fault.provinceId).fa}، مُهر ${fault.number}: سرِ آن با آنچه جای دیگری نگه داشته شده یکی نیست.`,
        en: `ledger.seal, ${placeOf(fault.provinceId).en}, seal ${fault.number}: its head is not the one that was kept elsewhere.`,
      };
    case 'BalanceDiffers':
      return {
        fa: `ledger.account، ${placeOf(fault.provinceId).fa}، حساب ${fault.accountId}: ${sums[fault.sum].fa} ${fault.stored} نوشته شده و از جمع جابه‌جایی‌ها ${fault.replayed} به دست می‌آید.`,
        en: `ledger.account, ${placeOf(fault.provinceId).en}, account ${fault.accountId}: ${sums[fault.sum].en} says ${fault.stored}, its transfers add up to ${fault.replayed}.`,
      };
    case 'VersionMissing':
      return {
        fa: `ledger.transfer، ${placeOf(fault.provinceId).fa}: جابه‌جایی نسخهٔ ${fault.version} حساب ${fault.accountId} نیست.`,
        en: `ledger.transfer, ${placeOf(fault.provinceId).en}: the transfer that made version ${fault.version} of account ${fault.accountId} is missing.`,
      };
    case 'BelowZero':
      return {
        fa: `ledger.account، ${placeOf(fault.provinceId).fa}، حساب ${fault.accountId}: در نسخهٔ ${fault.version} به ${fault.left} رسیده است.`,
        en: `ledger.account, ${placeOf(fault.provinceId).en}, account ${fault.accountId}: at version ${fault.version} it stood at ${fault.left}.`,
      };
    case 'AccountMissing':
      return {
        fa: `ledger.account، ${placeOf(fault.provinceId).fa}: حساب ${fault.accountId} نیست، ولی جابه‌جایی دارد.`,
        en: `ledger.account, ${placeOf(fault.provinceId).en}: account ${fault.accountId} is missing but has transfers.`,
      };
  }
}
