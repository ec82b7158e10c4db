import type { Bilingual } from '#kernel/indicator.ts';
import { dayFromIso } from '#kernel/day.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { DocumentRefusal, ErasureBasis, MediaType } from './contract.ts';

const mebibytes = (bytes: number): string => String(Math.floor(bytes / 1_048_576));
const jalali = (iso: string): string => persianDigits(dayFromIso(iso).replaceAll('-', '/'));

export const mediaWords: Readonly<Record<MediaType, Bilingual>> = {
  'application/pdf': { fa: 'PDF', en: 'PDF' },
  'image/jpeg': { fa: 'عکس JPEG', en: 'JPEG picture' },
  'image/png': { fa: 'عکس PNG', en: 'PNG picture' },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    fa: 'کاربرگ xlsx',
    en: 'xlsx sheet',
  },
  'text/csv': { fa: 'جدول CSV', en: 'CSV table' },
};

export const erasureBasisWords: Readonly<Record<ErasureBasis, Bilingual>> = {
  retention_over: { fa: 'پایان مهلت نگهداری', en: 'end of its retention' },
  court_order: { fa: 'دستور مرجع قضایی', en: 'order of a court' },
  subject_request: { fa: 'درخواست صاحب داده', en: 'request of whom it concerns' },
  wrong_file: { fa: 'پیوست نادرست', en: 'attached by mistake' },
};

/** Texts of the pages that list documents. */
export const documentLabels = {
  documents: { fa: 'اسناد', en: 'Documents' },
  none: { fa: 'سندی دربارهٔ این شخص نیست', en: 'No document is about this person' },
  noneHelp: {
    fa: 'سندها در صفحهٔ پرونده پیوست می‌شود و تا آنجا که در دامنهٔ دید شماست اینجا هم می‌آید.',
    en: 'Documents are attached on the page of a case, and stand here too as far as they are within your scope.',
  },
  more: {
    fa: 'سندهای قدیمی‌تر در صفحهٔ هر پرونده است.',
    en: 'Older documents stand on the page of each case.',
  },
  name: { fa: 'سند', en: 'Document' },
  erased: { fa: 'به‌طور قانونی امحا شده است', en: 'Lawfully erased' },
  size: { fa: 'اندازه', en: 'Size' },
  by: { fa: 'پیوست‌کننده', en: 'Attached by' },
  at: { fa: 'روز', en: 'Day' },
  of: { fa: 'پرونده', en: 'Case' },
  open: { fa: 'دیدن پرونده', en: 'Open the case' },
  kilobytes: { fa: 'کیلوبایت', en: 'KB' },
  megabytes: { fa: 'مگابایت', en: 'MB' },
} as const satisfies Record<string, Bilingual>;

/** A size as a person says it: whole kilobytes, from one megabyte on tenths of it; never nothing. */
export function sizeOf(byteCount: number): { readonly value: string; readonly unit: Bilingual } {
  if (byteCount < 1_048_576)
    return { value: String(Math.max(1, Math.ceil(byteCount / 1024))), unit: documentLabels.kilobytes };
  return { value: String(Math.ceil((byteCount * 10) / 1_048_576) / 10), unit: documentLabels.megabytes };
}

export const documentRefusalWords = {
  DocumentMissing: () => ({
    fa: 'چنین سندی در محدودهٔ شما نیست. آن را از فهرست سندها برگزینید.',
    en: 'There is no such document within your scope. Choose it from the list.',
  }),
  SubjectMissing: () => ({
    fa: 'آنچه سند به آن پیوست می‌شود در محدودهٔ شما نیست. صفحه را از فهرست خودش باز کنید.',
    en: 'What the document is attached to is not within your scope. Open its page from its list.',
  }),
  AttachNotYours: () => ({
    fa: 'پیوست سند در اینجا در اختیار سمت شما نیست؛ از ادارهٔ رسیدگی‌کننده بخواهید آن را پیوست کند.',
    en: 'Attaching documents here is not for your role; ask the office that handles it.',
  }),
  FileEmpty: () => ({
    fa: 'این پرونده خالی است؛ پروندهٔ دیگری برگزینید.',
    en: 'The file is empty; choose another one.',
  }),
  FileNameEmpty: () => ({
    fa: 'نام این پرونده نوشتهٔ دیدنی ندارد؛ نامی به آن بدهید و دوباره بفرستید.',
    en: 'The name of the file has no visible sign; give it a name and send it again.',
  }),
  FileNameTooLong: ({ most, given }) => ({
    fa: `نام این پرونده ${persianDigits(String(given))} نویسه دارد و بیش از ${persianDigits(String(most))} نویسه پذیرفته نیست؛ نام را کوتاه کنید و دوباره بفرستید.`,
    en: `The name of the file has ${given} signs, and no more than ${most} are taken; shorten it and send it again.`,
  }),
  FileTooLarge: ({ mostBytes }) => ({
    fa: `این پرونده بزرگ‌تر از ${persianDigits(mebibytes(mostBytes))} مگابایت است؛ با کیفیت کمتر اسکن کنید یا آن را چند بخش کنید.`,
    en: `The file is larger than ${mebibytes(mostBytes)} MB; scan it at a lower quality or send it in parts.`,
  }),
  MediaUnknown: () => ({
    fa: 'این پرونده PDF، عکس JPEG یا PNG، کاربرگ xlsx بی‌ماکرو یا جدول CSV نیست؛ آن را به یکی از این‌ها تبدیل کنید.',
    en: 'The file is no PDF, JPEG, PNG, xlsx sheet without macros or CSV table; convert it to one of these.',
  }),
  MediaOtherThanNamed: ({ extension, found }) => ({
    fa: `نام این پرونده «.${extension}» است ولی محتوای آن ${mediaWords[found].fa} است؛ نام را درست کنید و دوباره بفرستید.`,
    en: `The file is named ".${extension}" but its content is a ${mediaWords[found].en}; mend the name and send it again.`,
  }),
  RetentionUnknown: ({ retention }) => ({
    fa: `ردهٔ نگهداری «${retention}» نداریم؛ یکی از رده‌های فهرست را برگزینید.`,
    en: `There is no retention class "${retention}"; choose one of the list.`,
  }),
  DocumentOtherContent: () => ({
    fa: 'این شناسه پیش‌تر برای سند دیگری به کار رفته است؛ چیزی ثبت نشد. پرونده را دوباره برگزینید.',
    en: 'This id was used for another document before; nothing was saved. Choose the file again.',
  }),
  ContentErased: ({ erasedOn }) => ({
    fa: `محتوای این سند در ${jalali(erasedOn)} به‌طور قانونی امحا شده است؛ تنها اثر انگشت آن مانده است.`,
    en: `The content of this document was lawfully erased on ${erasedOn}; only its hash is left.`,
  }),
  RetentionRuns: ({ keptUntil }) => ({
    fa:
      keptUntil === null
        ? 'این سند ماندگار است؛ امحای آن تنها با دستور مرجع قضایی یا مبنای دیگری شدنی است.'
        : `مهلت نگهداری این سند تا ${jalali(keptUntil)} است؛ پیش از آن مبنای دیگری برای امحا لازم است.`,
    en:
      keptUntil === null
        ? 'This document is kept for ever; it is erased only under another basis, such as the order of a court.'
        : `This document is kept until ${keptUntil}; before that its erasure needs another basis.`,
  }),
  OwnFile: () => ({
    fa: 'کسی که سند را پیوست کرده است آن را امحا نمی‌کند؛ امحا با شخص دیگری است.',
    en: 'Whoever attached a document does not erase it; another person has to.',
  }),
} as const satisfies {
  [Kind in DocumentRefusal['kind']]: (refusal: Extract<DocumentRefusal, { kind: Kind }>) => Bilingual;
};
