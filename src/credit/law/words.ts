import type { Bilingual } from '#kernel/indicator.ts';
import { formWords } from '#party/person/words.ts';
import { beneficiaryWords } from '../words.ts';
import type { AwardBreach, BeneficiaryBreach, CreditBreach, PaperBreach } from './contract.ts';

/** What each law of money says, for the public board. */
export const lawWords: Readonly<Record<CreditBreach['kind'], Bilingual>> = {
  LineNotConserved: {
    fa: 'آنچه به هر خط اعتباری ابلاغ شده، در حساب‌های برش‌های آن است؛ تا آخرین ریال',
    en: 'What was notified to a credit line stands in the accounts of its slices, to the rial',
  },
  PartsNotWhole: {
    fa: 'جمع بخش‌های هر تقسیم برابر مبلغ تقسیم‌شده است',
    en: 'The parts of a division add up to what was divided',
  },
  FunnelWidens: {
    fa: 'ابلاغ از معرفی، معرفی از قرارداد و قرارداد از پرداخت کمتر نیست',
    en: 'Notified is never less than referred, referred than contracted, contracted than paid',
  },
  ReserveNotLocked: {
    fa: 'سهم محفوظ تعاونی‌ها به اندازهٔ قاعدهٔ روز خود قفل است',
    en: 'The reserve of the cooperatives is locked as the rule of its day says',
  },
  HandedBackApart: {
    fa: 'هر نامهٔ کاهش یا بستن، همان مبلغی را برگردانده که نوشته است',
    en: 'Every cut or close has handed back the sum that its letter says',
  },
  ClosedNotEmpty: {
    fa: 'خط بسته‌شده اعتبار آزاد یا رزرو ندارد',
    en: 'A closed line holds nothing available or reserved',
  },
  OverCeiling: {
    fa: 'هیچ تسهیلاتی از سقف روز تصویب خود بیشتر نیست',
    en: 'No award is above the ceiling of its day',
  },
  OverCap: {
    fa: 'هیچ گروهی از سقف سهم خود در برش بیشتر نگرفته است',
    en: 'No group has drawn more than its cap in a slice',
  },
  ReleasedApart: {
    fa: 'آزادسازی سهم محفوظ برابر مصوبهٔ دو نفر است',
    en: 'What was released of a reserve is what two persons decided',
  },
  OpeningApart: {
    fa: 'پرداخت‌های پیش از آغاز در دفتر، همان ردیف‌هایی است که دو نفر با سند تصویب کرده‌اند',
    en: 'Payments from before the beginning are the rows that two persons approved with their source',
  },
  OpenedTwice: {
    fa: 'هیچ خط اعتباری دو ماندهٔ آغاز ندارد',
    en: 'No credit line has two openings in force',
  },
  Unruled: {
    fa: 'هر قاعدهٔ سهم را شخص دیگری تصویب کرده است',
    en: 'Every share rule was approved by another person',
  },
  AwardApart: {
    fa: 'مبلغ هر تسهیلات همان است که برای آن رزرو شده',
    en: 'Each award is of the sum that was reserved for it',
  },
  BeneficiaryApart: {
    fa: 'هر تسهیلات از آنِ کسی است که ثبت اشخاص او را به همان گونه می‌شناسد',
    en: 'Each award is of whom the registry of persons knows to be of its kind',
  },
  ReportApart: {
    fa: 'گزارش‌های پرداخت در پرونده و دفتر یکی است',
    en: 'Reported payments are the same in the case and in the ledger',
  },
  OneEye: {
    fa: 'پیشنهاددهنده و تصویب‌کننده همیشه دو شخص‌اند',
    en: 'Proposer and approver are always two persons',
  },
  PaperApart: {
    fa: 'شماره، روز، مهلت و مبلغ هر نامه و مصوبه همان است که هنگام ثبت مهر شده',
    en: 'Number, day, deadline and sum of each letter and resolution are as they were sealed when recorded',
  },
};

const partWords: Readonly<Record<PaperBreach['part'], Bilingual>> = {
  letterNumber: { fa: 'شمارهٔ نامه', en: 'letter number' },
  letterDay: { fa: 'روز نامه', en: 'letter day' },
  resolutionNumber: { fa: 'شمارهٔ مصوبه', en: 'resolution number' },
  day: { fa: 'روز', en: 'day' },
  amount: { fa: 'مبلغ', en: 'sum' },
  deadline: { fa: 'مهلت', en: 'deadline' },
  term: { fa: 'نام ضابطه', en: 'term' },
  value: { fa: 'مقدار', en: 'value' },
  validFrom: { fa: 'روز آغاز', en: 'first day' },
  legalReference: { fa: 'مستند قانونی', en: 'legal reference' },
  statedCount: { fa: 'شمار اعلام‌شدهٔ بانک', en: 'stated count' },
  statedSum: { fa: 'جمع اعلام‌شدهٔ بانک', en: 'stated sum' },
  signedNumber: { fa: 'شمارهٔ فهرست امضاشده', en: 'number of the signed list' },
  signedDay: { fa: 'روز فهرست امضاشده', en: 'day of the signed list' },
  signedCount: { fa: 'شمار فهرست امضاشده', en: 'signed count' },
  signedSum: { fa: 'جمع فهرست امضاشده', en: 'signed sum' },
};

/** What `verify` says of a broken law: which record, what is due and what is there. */
export function wordsOfBreach(breach: CreditBreach): Bilingual {
  const { provinceId, id } = breach;
  switch (breach.kind) {
    case 'LineNotConserved':
      return {
        fa: `قانون ۱: credit.line، استان ${provinceId}، خط ${id}: ابلاغ‌ها ${breach.due} ریال است و حساب‌های برش‌ها ${breach.found} ریال.`,
        en: `L1: credit.line, province ${provinceId}, line ${id}: ${breach.due} rials were notified, its slices hold ${breach.found}.`,
      };
    case 'OverCeiling':
    case 'OverCap':
    case 'AwardApart':
    case 'BeneficiaryApart':
      return wordsOfAward(breach);
    case 'ReserveNotLocked':
      return {
        fa: `قانون ۳: credit.line، استان ${provinceId}، خط ${id}: سهم محفوظ باید ${breach.due} ریال باشد و ${breach.found} ریال است.`,
        en: `L3: credit.line, province ${provinceId}, line ${id}: its reserve must be ${breach.due} rials and is ${breach.found}.`,
      };
    case 'PartsNotWhole':
      return {
        fa: `قانون ۱: credit.slicing، استان ${provinceId}، تقسیم ${id}: ${breach.due} ریال تقسیم شده و جمع بخش‌ها ${breach.found} ریال است.`,
        en: `L1: credit.slicing, province ${provinceId}, division ${id}: ${breach.due} rials were divided, its parts are ${breach.found}.`,
      };
    case 'HandedBackApart':
      return {
        fa: `قانون ۱: credit.revision، استان ${provinceId}، نامهٔ ${id}: باید ${breach.due} ریال برگشته باشد و ${breach.found} ریال برگشته است، یا سهم محفوظ آن دیگر است.`,
        en: `L1: credit.revision, province ${provinceId}, letter ${id}: ${breach.due} rials should have gone back and ${breach.found} did, or another part of the reserve.`,
      };
    case 'ClosedNotEmpty':
      return {
        fa: `قانون ۱: credit.line، استان ${provinceId}، خط بستهٔ ${id}: هنوز ${breach.found} ریال آزاد یا رزرو در آن است.`,
        en: `L1: credit.line, province ${provinceId}, closed line ${id}: it still holds ${breach.found} rials that no bank has.`,
      };
    case 'ReleasedApart':
      return {
        fa: `قانون ۳: credit.release، استان ${provinceId}، آزادسازی ${id}: دو نفر ${breach.due} ریال تصویب کرده‌اند و ${breach.found} ریال از سهم قفل‌شده رفته است، یا از جای دیگری.`,
        en: `L3: credit.release, province ${provinceId}, release ${id}: two persons decided ${breach.due} rials and ${breach.found} left the locked share, or another place.`,
      };
    case 'OpeningApart':
    case 'OpenedTwice':
      return wordsOfOpening(breach);
    case 'Unruled':
      return {
        fa: `قانون ۳: credit.share_rule، استان ${provinceId}، خط ${id}: قاعدهٔ سهمی دارد که شخص دیگری آن را تصویب نکرده یا پس از تصویب دیگر شده است.`,
        en: `L3: credit.share_rule, province ${provinceId}, line ${id}: one of its share rules was put in force by nobody else, or is not as it was approved.`,
      };
    case 'ReportApart':
      return {
        fa: `قانون ۱۱: credit.award، استان ${provinceId}، تسهیلات ${id}: گزارش، تأیید، کنارگذاری و پایان مهلت در پرونده ${breach.due} بار است و در دفتر ${breach.found} بار.`,
        en: `L11: credit.award, province ${provinceId}, award ${id}: its case counts ${breach.due} reports, confirmations, drops and expiries, the ledger ${breach.found}.`,
      };
    case 'FunnelWidens':
      return {
        fa: `قانون ۱۱: credit.line، استان ${provinceId}، خط ${id}: ابلاغ، معرفی، قرارداد و پرداخت آن ${breach.found} ریال است و هیچ یک نباید از پیشین بیشتر باشد.`,
        en: `L11: credit.line, province ${provinceId}, line ${id}: ${breach.found} rials were notified, referred, contracted and paid; none may be more than the one before.`,
      };
    case 'OneEye':
      return {
        fa: `قانون ۶: credit.${breach.of}_${breach.of === 'bank_list' ? 'confirmation' : 'approval'}، استان ${provinceId}، پیشنهاد ${id}: پیشنهاددهنده و تصویب‌کننده دو شخص نیستند، یا با اقدام‌های پرونده نمی‌خوانند.`,
        en: `L6: credit.${breach.of}_${breach.of === 'bank_list' ? 'confirmation' : 'approval'}, province ${provinceId}, proposal ${id}: proposer and approver are not two persons, or not those of its acts.`,
      };
    case 'PaperApart':
      return {
        fa: `قانون ۱۴: credit.${breach.of}، استان ${provinceId}، سند ${id}: ${partWords[breach.part].fa} در اقدام مهرشده «${breach.due}» و در رکورد «${breach.found}» است.`,
        en: `L14: credit.${breach.of}, province ${provinceId}, paper ${id}: its ${partWords[breach.part].en} is ${breach.due} in the sealed act and ${breach.found} in the record.`,
      };
  }
}

function wordsOfAward(breach: AwardBreach | BeneficiaryBreach): Bilingual {
  const { provinceId, id } = breach;
  switch (breach.kind) {
    case 'OverCeiling':
      return {
        fa: `سقف: credit.award، استان ${provinceId}، تسهیلات ${id}: سقف روز تصویب ${breach.due} ریال بود و ${breach.found} ریال تصویب شده است.`,
        en: `L10: credit.award, province ${provinceId}, award ${id}: the ceiling of its day was ${breach.due} rials, ${breach.found} were awarded.`,
      };
    case 'OverCap':
      return {
        fa: `قانون ۳: credit.award، استان ${provinceId}، تسهیلات ${id}: سقف روز تصویب در برش ${breach.due} ریال بود و گروه آن ${breach.found} ریال برداشته است.`,
        en: `L3: credit.award, province ${provinceId}, award ${id}: the cap of its day in its slice was ${breach.due} rials, its group drew ${breach.found}.`,
      };
    case 'BeneficiaryApart':
      return {
        fa: `قانون ۳: credit.award، استان ${provinceId}، تسهیلات ${id}: گیرنده «${beneficiaryWords[breach.due].fa}» است و در ثبت اشخاص ${breach.found === null ? 'نیست' : `«${formWords[breach.found].fa}» است`}.`,
        en: `L3: credit.award, province ${provinceId}, award ${id}: its beneficiary is a ${beneficiaryWords[breach.due].en} and ${breach.found === null ? 'nobody of that id is registered' : `is registered as a ${formWords[breach.found].en}`}.`,
      };
    case 'AwardApart':
      return {
        fa: `قانون ۱: credit.award، استان ${provinceId}، تسهیلات ${id}: ${breach.due} ریال برای آن رزرو شده و در پرونده ${breach.found} ریال است.`,
        en: `L1: credit.award, province ${provinceId}, award ${id}: ${breach.due} rials were reserved for it, its record says ${breach.found}.`,
      };
  }
}

function wordsOfOpening(breach: Extract<CreditBreach, { kind: 'OpeningApart' | 'OpenedTwice' }>): Bilingual {
  const { provinceId, id } = breach;
  return breach.kind === 'OpenedTwice'
    ? {
        fa: `قانون ۱: credit.opening، استان ${provinceId}، خط ${id}: بیش از یک ماندهٔ آغاز در آن برقرار است.`,
        en: `L1: credit.opening, province ${provinceId}, line ${id}: more than one opening of it is in force.`,
      }
    : {
        fa: `قانون ۱: credit.opening، استان ${provinceId}، ماندهٔ آغاز ${id}: ردیف‌های آن ${breach.due} ریال است و جابه‌جایی‌های آن ${breach.found} ریال، یا از برش و بخش دیگری.`,
        en: `L1: credit.opening, province ${provinceId}, opening ${id}: its rows are ${breach.due} rials and its transfers ${breach.found}, or of another slice or share.`,
      };
}
