import { roleWords } from '#access/words.ts';
import { caseworkRefusalWords } from '#casework/words.ts';
import { englishDay, type Day } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import { personRefusalWords } from '#party/person/words.ts';
import type {
  InquiryAnswer,
  InquiryKind,
  Lapse,
  LicenceRefusal,
  LicenceState,
  RequestAct,
  RequestState,
} from './contract.ts';

const faDay = (day: Day): string => persianDigits(day.replaceAll('-', '/'));

export const requestStateWords = {
  submitted: { fa: 'در انتظار استعلام', en: 'waits for the inquiries' },
  agency_review: { fa: 'در بررسی دستگاه', en: 'with the agency' },
  extra_review: { fa: 'در تأیید افزون', en: 'with the body of the further approval' },
  reviewed: { fa: 'تأیید افزون شد', en: 'further approval given' },
  first_signed: { fa: 'امضای نخست شد', en: 'signed first' },
  issued: { fa: 'مجوز صادر شد', en: 'licence issued' },
  returned: { fa: 'برگشت برای اصلاح', en: 'returned for correction' },
  turned_down: { fa: 'رد شد', en: 'turned down' },
  objected: { fa: 'در اعتراض', en: 'objected to' },
  upheld: { fa: 'رد قطعی', en: 'turned down for good' },
  withdrawn: { fa: 'انصراف', en: 'withdrawn' },
} as const satisfies Record<RequestState, Bilingual>;

export const requestActWords = {
  submit: { fa: 'ثبت درخواست', en: 'submit the request' },
  pass_inquiry: { fa: 'ثبت استعلام', en: 'record the inquiries' },
  send_to_review: { fa: 'فرستادن برای تأیید افزون', en: 'send for the further approval' },
  confirm_review: { fa: 'تأیید افزون', en: 'give the further approval' },
  sign_first: { fa: 'امضای نخست', en: 'sign first' },
  sign_second: { fa: 'امضای دوم و صدور', en: 'sign second and issue' },
  return: { fa: 'برگرداندن برای اصلاح', en: 'return for correction' },
  resubmit: { fa: 'فرستادن دوباره', en: 'send again' },
  refuse: { fa: 'رد درخواست', en: 'turn down' },
  object: { fa: 'اعتراض', en: 'object' },
  reopen: { fa: 'پذیرش اعتراض', en: 'accept the objection' },
  uphold: { fa: 'رد اعتراض', en: 'turn the objection down' },
  withdraw: { fa: 'انصراف', en: 'withdraw' },
  close_unobjected: { fa: 'قطعی شدن رد، بی اعتراض', en: 'make the refusal final, unobjected' },
} as const satisfies Record<RequestAct | 'submit', Bilingual>;

export const licenceStateWords = {
  coming: { fa: 'آغاز نشده', en: 'not begun' },
  valid: { fa: 'معتبر', en: 'valid' },
  near_expiry: { fa: 'نزدیک پایان', en: 'near its end' },
  expired: { fa: 'منقضی', en: 'expired' },
  renewed: { fa: 'تمدیدشده', en: 'renewed' },
  cancelled: { fa: 'لغوشده', en: 'cancelled' },
  annulled: { fa: 'ابطال‌شده', en: 'annulled' },
} as const satisfies Record<LicenceState, Bilingual>;

/** Why a licence holds no longer, with its day and the bar. */
export function lapseWords({ state, on, until }: Lapse): Bilingual {
  if (state === 'expired')
    return {
      fa: `اعتبار مجوز در ${faDay(on)} به پایان رسید.`,
      en: `The licence expired on ${englishDay(on)}.`,
    };
  if (state === 'renewed')
    return {
      fa: `اعتبار مجوز در ${faDay(on)} به پایان رسید و مجوز تازه‌ای جای آن را گرفته است.`,
      en: `The licence expired on ${englishDay(on)} and was renewed by another.`,
    };
  const bar =
    until === null
      ? { fa: '', en: '' }
      : {
          fa: ` دارندهٔ آن از ${faDay(until)} می‌تواند دوباره درخواست بدهد (شرط ۷).`,
          en: ` Its holder may ask again from ${englishDay(until)} (condition 7).`,
        };
  return state === 'annulled'
    ? {
        fa: `مجوز در ${faDay(on)} ابطال شد و دیگر اعتبار ندارد.${bar.fa}`,
        en: `The licence was annulled on ${englishDay(on)} and holds no longer.${bar.en}`,
      }
    : {
        fa: `مجوز در ${faDay(on)} لغو شد و دیگر اعتبار ندارد.${bar.fa}`,
        en: `The licence was cancelled on ${englishDay(on)} and holds no longer.${bar.en}`,
      };
}

export const inquiryWords = {
  identity: { fa: 'هویت و نشانی', en: 'Identity and address' },
  government_employment: { fa: 'اشتغال در دولت', en: 'Government employment' },
} as const satisfies Record<InquiryKind, Bilingual>;
export const answerWords = {
  clear: { fa: 'بی‌مانع', en: 'clear' },
  conflict: { fa: 'مغایر', en: 'conflict' },
  unknown: { fa: 'نامعلوم', en: 'unknown' },
} as const satisfies Record<InquiryAnswer, Bilingual>;

const notRenewable = {
  other_holder: { fa: 'این مجوز از آنِ شخص دیگری است', en: 'the licence is another person’s' },
  other_occupation: { fa: 'این مجوز برای رشتهٔ دیگری است', en: 'the licence is for another occupation' },
  ended: { fa: 'این مجوز لغو یا ابطال شده است', en: 'the licence was cancelled or annulled' },
  renewed: { fa: 'این مجوز پیش‌تر تمدید شده است', en: 'the licence was renewed already' },
} as const;

export const licenceRefusalWords = {
  RequestMissing: () => ({
    fa: 'چنین درخواستی در محدودهٔ شما نیست. آن را از فهرست درخواست‌ها برگزینید.',
    en: 'There is no such request within your scope. Choose it from the list of requests.',
  }),
  LicenceMissing: () => ({
    fa: 'چنین مجوزی در محدودهٔ شما نیست؛ شماره را بررسی کنید.',
    en: 'There is no such licence within your scope: check the number.',
  }),
  OccupationNotListed: () => ({
    fa: 'این رشته در فهرست برقرار امروز نیست؛ رشتهٔ دیگری از فهرست برگزینید (شرط ۳).',
    en: 'This occupation is not in the list in force today: choose another one from it (condition 3).',
  }),
  OfficeNotThere: ({ agencyFa, agencyEn }) => ({
    fa: `برای این رشته تأیید «${agencyFa}» لازم است و دفتر آن در این استان ثبت نشده است؛ از اداره کل بخواهید دفتر را ثبت کند.`,
    en: `This occupation needs "${agencyEn}", which has no office entered in this province: ask the directorate to enter it.`,
  }),
  HolderIsAnother: () => ({
    fa: 'ادارهٔ شهرستان این کد ملی را با شمارهٔ همراه دیگری، یا بی شماره، ثبت کرده است؛ از آن اداره بخواهید شمارهٔ شما را ثبت کند، سپس دوباره بفرستید.',
    en: 'The county office keeps this national id with another phone, or with none: have it enter your phone, then send again.',
  }),
  NationalIdOfAnother: () => ({
    fa: 'این کد ملی از آنِ صاحب این حساب نیست؛ کد ملی خودتان را بنویسید.',
    en: 'This is not the national id of the holder of this account: give your own.',
  }),
  HolderTooYoung: ({ least, from }) => ({
    fa: `متقاضی مجوز باید ${persianDigits(String(least))} سال تمام داشته باشد (مادهٔ ۷۹ قانون کار؛ برداشت ما)؛ از ${faDay(from)} می‌توان درخواست داد، یا تاریخ تولد را بازبینی کنید.`,
    en: `Who asks for a licence is at least ${least} years old (Labour Act, art. 79; our reading): a request is possible from ${from} (Jalali), or look at the day of birth again.`,
  }),
  PhoneNotAsJoined: () => ({
    fa: 'تلفن همراه: این شخص با شمارهٔ دیگری ثبت‌نام کرده و آن را با کد پیامکی اثبات کرده است؛ شماره‌ای که تنها نوشته شود جای آن را نمی‌گیرد. همان شماره را بنویسید یا این خانه را خالی بگذارید. شماره تنها در ادارهٔ شهرستان، در برگهٔ خود شخص، عوض می‌شود.',
    en: 'Mobile phone: this person registered with another number and proved it by a code; one that is merely typed does not take its place. Write that number or leave the field empty. A number is changed only at the county office, on the person’s own page.',
  }),
  HolderBarred: ({ until }) => ({
    fa: `مجوز پیشین به سبب سوءاستفاده ابطال شده است (شرط ۷)؛ از ${faDay(until)} می‌توان دوباره درخواست داد.`,
    en: `An earlier licence was annulled for abuse (condition 7): a request is possible from ${until} (Jalali).`,
  }),
  LicenceStands: ({ number, renewableFrom }) => ({
    fa: `برای این رشته مجوز معتبر «${persianDigits(number)}» هست؛ از ${faDay(renewableFrom)} می‌توان آن را تمدید کرد.`,
    en: `The valid licence ${number} stands for this occupation: it can be renewed from ${renewableFrom} (Jalali).`,
  }),
  RequestStands: ({ submittedOn }) => ({
    fa: `برای این رشته درخواست دیگری از ${faDay(submittedOn)} در جریان است؛ همان را پیگیری کنید.`,
    en: `Another request for this occupation is under way since ${submittedOn} (Jalali): follow that one.`,
  }),
  NotRenewable: ({ reason }) => ({
    fa: `${notRenewable[reason].fa}؛ درخواست مجوز تازه بدهید.`,
    en: `It cannot be renewed: ${notRenewable[reason].en}. Ask for a new licence.`,
  }),
  RenewalTooEarly: ({ from }) => ({
    fa: `تمدید از ${faDay(from)} شدنی است.`,
    en: `The renewal is possible from ${from} (Jalali).`,
  }),
  InquiryNeeded: () => ({
    fa: 'پاسخ دو استعلام را بنویسید.',
    en: 'Enter the answers of both inquiries.',
  }),
  InquiryUnknown: ({ inquiry }) => ({
    fa: `پاسخ استعلام «${inquiryWords[inquiry].fa}» نرسیده است و نامعلوم به‌جای بی‌مانع گرفته نمی‌شود؛ پس از رسیدن پاسخ دوباره ثبت کنید.`,
    en: `The inquiry "${inquiryWords[inquiry].en}" is not answered, and unknown is never taken for clear: record it when the answer has come.`,
  }),
  InquiryConflict: ({ inquiry, conditionNumber }) => ({
    fa: `استعلام «${inquiryWords[inquiry].fa}» مغایر است؛ درخواست را با شرط ${persianDigits(conditionNumber)} رد کنید، یا برای اصلاح برگردانید.`,
    en: `The inquiry "${inquiryWords[inquiry].en}" conflicts: turn the request down under condition ${conditionNumber}, or return it for correction.`,
  }),
  ConditionNotInForce: () => ({
    fa: 'رد درخواست باید شمارهٔ یکی از شرط‌های منتشرشده و برقرار امروز را بگوید؛ آن را از فهرست شرط‌ها برگزینید.',
    en: 'A refusal cites the number of a published condition in force today: choose it from the list of conditions.',
  }),
  ReviewNeeded: ({ bodyFa, bodyEn }) => ({
    fa: `این رشته ستاره‌دار است؛ پیش از امضای نخست آن را برای تأیید «${bodyFa}» بفرستید (شرط ۵).`,
    en: `This occupation is starred: send it for the approval of "${bodyEn}" before the first signature (condition 5).`,
  }),
  NotStarred: () => ({
    fa: 'این رشته ستاره‌دار نیست و تأیید افزون نمی‌خواهد؛ امضای نخست را بزنید.',
    en: 'This occupation is not starred and needs no further approval: sign it.',
  }),
  OwnRequest: () => ({
    fa: 'درخواست خودتان را نمی‌توانید امضا کنید؛ همکار دیگری امضا کند.',
    en: 'You cannot sign your own request: a colleague signs it.',
  }),
  SecondPersonNeeded: () => ({
    fa: 'امضای نخست این درخواست از شماست؛ امضای دوم با شخص دیگری است.',
    en: 'The first signature is yours: another person signs second.',
  }),
  LicenceEnded: ({ number }) => ({
    fa: `مجوز «${persianDigits(number)}» پیش‌تر لغو یا ابطال شده است.`,
    en: `The licence ${number} was cancelled or annulled already.`,
  }),
  CertificateLapsed: ({ lapse }) => {
    const told = lapseWords(lapse);
    return {
      fa: `${told.fa} گواهی مجوزی که برقرار نیست چاپ نمی‌شود؛ وضعیت آن در «درستی مجوز» پیداست.`,
      en: `${told.en} No certificate is printed of a licence that is not in force: the check by number tells how it stands.`,
    };
  },
  CertificateNotSigned: ({ number }) => ({
    fa: `مجوز «${persianDigits(number)}» از سامانهٔ پیشین گرفته شده و این‌جا امضا نشده است؛ گواهی آن چاپ نمی‌شود.`,
    en: `The licence ${number} was taken over from an earlier register and was not signed here: no certificate is printed of it.`,
  }),
} as const satisfies {
  [Kind in LicenceRefusal['kind']]: (refusal: Extract<LicenceRefusal, { kind: Kind }>) => Bilingual;
};

export const allRefusalWords = {
  ...personRefusalWords,
  ...caseworkRefusalWords({
    states: { ...requestStateWords, standing: licenceStateWords.valid, ...licenceStateWords },
    acts: {
      ...requestActWords,
      cancel: { fa: 'لغو', en: 'cancel' },
      annul: { fa: 'ابطال', en: 'annul' },
    },
    roles: roleWords,
  }),
  ...licenceRefusalWords,
};
