import type { Bilingual } from '#kernel/indicator.ts';
import type { Omission } from './contract.ts';

export const omissionWords = {
  NoSentence: {
    fa: 'با این شرط‌ها جمله‌ای برای این رقم نداریم؛ برنامه را روشن کنید یا شرط را بردارید.',
    en: 'There is no sentence for the figure under these conditions: name the programme, or take a condition away.',
  },
  NoRecords: {
    fa: 'سندی با این شرط‌ها ثبت نشده است؛ سال یا شهرستان را تغییر دهید.',
    en: 'No record stands under these conditions: change the year or the county.',
  },
  NotSupported: {
    fa: 'جملهٔ این رقم در سنجش تأیید نشد و نوشته نشد.',
    en: 'The check did not support its sentence, so it was not written.',
  },
} as const satisfies Record<Omission, Bilingual>;

export const compositionLabels = {
  composer: { fa: 'نوشتن بیانیه', en: 'Compose a statement' },
  help: {
    fa: 'رقم‌ها را برگزینید؛ جمله‌ها از سندها نوشته می‌شود و هر جمله همان دم سنجیده شده است. متن را ویرایش کنید و سنجش را زنده ببینید.',
    en: 'Choose figures; sentences are written from the records, each checked at once. Edit the text and watch the check.',
  },
  figure: { fa: 'رقم', en: 'Figure' },
  year: { fa: 'سال', en: 'Year' },
  programme: { fa: 'برنامه', en: 'Programme' },
  county: { fa: 'شهرستان', en: 'County' },
  add: { fa: 'افزودن رقم', en: 'Add a figure' },
  remove: { fa: 'برداشتن', en: 'Remove' },
  compose: { fa: 'نوشتن متن', en: 'Write the text' },
  chosen: { fa: 'رقم‌های این بیانیه', en: 'Figures of this statement' },
  none: { fa: 'هنوز رقمی برگزیده نشده است', en: 'No figure is chosen yet' },
  choose: { fa: 'نخست رقمی برگزینید', en: 'Choose a figure first' },
  addFirst: { fa: 'نخست رقمی به فهرست بیفزایید', en: 'Add a figure to the list first' },
  text: { fa: 'متن', en: 'Text' },
  left: { fa: 'نوشته نشد', en: 'Not written' },
  checking: { fa: 'در حال سنجش …', en: 'Checking …' },
} as const satisfies Record<string, Bilingual>;
