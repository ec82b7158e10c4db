import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { NoteWords } from '#place/contract.ts';
import type { PartyRefusal, agencyRoles, bankStatuses, programmes } from './contract.ts';

export const partyRefusalWords = {
  BankUnknown: (refusal) => ({
    fa: `بانکی با کد «${refusal.bankCode}» نداریم. کد بانک سه رقم است و در شبا پس از رقم‌های کنترل می‌آید.`,
    en: `There is no bank with the code "${refusal.bankCode}". A bank code has three digits, as in the Sheba.`,
  }),
  BankNotOffered: (refusal) => ({
    fa: `«${refusal.bankNameFa}» دیگر تسهیلات نمی‌پردازد یا بانک پرداخت‌کننده نیست؛ بانک جانشین آن را برگزینید.`,
    en: `${refusal.bankNameEn} no longer lends, or is not a lender: choose the bank that took its place.`,
  }),
  CountyNotInProvince: (refusal) => ({
    fa: `شهرستان با کد «${persianDigits(refusal.countyCode)}» در این استان نیست؛ شهرستانی از همین استان برگزینید.`,
    en: `The county "${refusal.countyCode}" is not in this province: choose one of this province.`,
  }),
  BranchCodeTaken: (refusal) => ({
    fa: `کد شعبهٔ «${refusal.branchCode}» پیش‌تر برای «${refusal.branchNameFa}» ثبت شده است؛ کد را بررسی کنید.`,
    en: `The branch code "${refusal.branchCode}" is already that of ${refusal.branchNameFa}: check the code.`,
  }),
  AgencyUnknown: (refusal) => ({
    fa: `دستگاهی با شناسهٔ «${refusal.agencyKey}» نداریم. فهرست دستگاه‌ها را در ‎/api/agencies ببینید.`,
    en: `There is no agency "${refusal.agencyKey}". See /api/agencies for the list.`,
  }),
  OfficeOpenAlready: (refusal) => ({
    fa: `این دستگاه برای همین محدوده «${refusal.officeNameFa}» را دارد؛ همان را به کار ببرید.`,
    en: `This agency already has the office ${refusal.officeNameFa} for the same area: use that one.`,
  }),
} as const satisfies {
  [Kind in PartyRefusal['kind']]: (refusal: Extract<PartyRefusal, { kind: Kind }>) => Bilingual;
};

export const agencyRoleWords = {
  first_signature: { fa: 'امضای نخست مجوز', en: 'first signature on licences' },
  second_signature: { fa: 'امضای دوم مجوز', en: 'second signature on licences' },
  extra_check: { fa: 'تأیید تکمیلی رشته‌های ستاره‌دار', en: 'further approval of starred occupations' },
  introduces_target_group: { fa: 'معرفی جامعهٔ هدف', en: 'introduces the target group' },
  working_group_chair: { fa: 'رئیس کارگروه', en: 'chairs the working group' },
  working_group_secretary: { fa: 'دبیر کارگروه', en: 'secretary of the working group' },
  working_group_member: { fa: 'عضو یا مدعو کارگروه', en: 'member or guest of the working group' },
  runs_note_18: { fa: 'مسئول تبصرهٔ ۱۸', en: 'runs Note 18' },
} as const satisfies Record<(typeof agencyRoles)[number], Bilingual>;

export const bankStatusWords = {
  open: { fa: 'فعال', en: 'open' },
  central: { fa: 'بانک مرکزی', en: 'central bank' },
  merged: { fa: 'ادغام‌شده', en: 'merged' },
  closed: { fa: 'بسته‌شده', en: 'closed' },
  second_code: { fa: 'کد دوم یک بانک', en: 'second code of a bank' },
} as const satisfies Record<(typeof bankStatuses)[number], Bilingual>;

export const programmeWords = {
  home_jobs: { fa: 'مشاغل خانگی', en: 'home-based jobs' },
  note_18: { fa: 'تبصرهٔ ۱۸', en: 'Note 18' },
  rural: { fa: 'اشتغال روستایی و عشایری', en: 'rural and nomad employment' },
} as const satisfies Record<(typeof programmes)[number], Bilingual>;

export const partyNoteWords: NoteWords = {
  merger_announced: () => ({
    fa: 'ادغام در بانک سپه در ۱۳۹۷ اعلام شد؛ روز پایان ادغام بررسی نشده است.',
    en: 'Its merger into Bank Sepah was announced in 1397; the day it ended was not checked.',
  }),
  resolved_1404: () => ({
    fa: 'فعالیت آن در آبان ۱۴۰۴ پایان یافت و سپرده‌ها به بانک ملی رفت؛ وام‌های پیش از آن معتبرند.',
    en: 'Ended in Aban 1404, its deposits went to Bank Melli; loans of earlier years stand.',
  }),
  closure_not_checked: () => ({
    fa: 'بسته‌شدن آن از دانش عمومی است و بررسی نشده.',
    en: 'Its closure is general knowledge and was not checked.',
  }),
  second_code_in_one_list: () => ({
    fa: 'کد دوم بانک مهر ایران در یک فهرست.',
    en: 'A second code of Mehr Iran Bank in one list.',
  }),
  card_prefix_disputed: () => ({
    fa: 'پیش‌شمارهٔ کارت در سه منبع به سه بانک داده شده است.',
    en: 'Three sources give the card prefix to three banks.',
  }),
  not_checked: () => ({
    fa: 'فقط در یک فهرست آمده و فعالیت کنونی آن بررسی نشده است.',
    en: 'In one list only; whether it works today was not checked.',
  }),
  named_only_mehr: () => ({
    fa: 'خبر فقط «مهر» گفته است؛ مهر ایران خوانده شد.',
    en: 'The item says only “Mehr”; read as Mehr Iran.',
  }),
};
