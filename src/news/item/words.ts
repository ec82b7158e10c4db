import type { CaseWords } from '#casework/contract.ts';
import { dayFromIso } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { Category, ItemAct, ItemRefusal, ItemState } from './contract.ts';

export const itemRefusalWords = {
  ItemMissing: () => ({
    fa: 'خبری با این نشانی نیست؛ آن را از فهرست خبرها باز کنید.',
    en: 'There is no item under this address; open it from the list of news.',
  }),
  ItemOwnText: () => ({
    fa: 'این متن را خودتان نوشته‌اید؛ تأیید آن با شخص دیگری است.',
    en: 'You wrote this text yourself: another person approves it.',
  }),
  ItemContradicted: ({ figures }) => ({
    fa: `سندها با این رقم نمی‌خوانند: «${figures.join('»، «')}». آن را درست کنید، یا دلیلی بنویسید که زیر خبر برای همه دیده می‌شود.`,
    en: `The records contradict: “${figures.join('”, “')}”. Put it right, or write a reason that everybody will read under the item.`,
  }),
  ItemErratumMissing: () => ({
    fa: 'متن منتشرشده بی‌توضیح عوض نمی‌شود؛ بنویسید چه چیزی اصلاح شد.',
    en: 'A published text is not changed without a word: say what is put right.',
  }),
  ItemFigureUnknown: ({ figure }) => ({
    fa: `رقمی با نشانی ${figure} منتشر نشده است؛ نخست آن را از صفحهٔ سندها منتشر کنید.`,
    en: `No figure was published under ${figure}; publish it from its page of records first.`,
  }),
  ItemImageUnknown: ({ image }) => ({
    fa: `تصویری با شناسهٔ ${image} به این خبر پیوست نشده است؛ نخست آن را بفرستید.`,
    en: `No picture ${image} belongs to this item; send it first.`,
  }),
  ItemEnglishPartial: () => ({
    fa: 'برای انگلیسی هر سه بخش عنوان، چکیده و متن را بنویسید، یا هیچ‌یک را.',
    en: 'In English write title, summary and text, or none of them.',
  }),
  ItemDayAhead: ({ today }) => ({
    fa: `روز خبر هنوز نرسیده است؛ امروز ${persianDigits(dayFromIso(today).replaceAll('-', '/'))} است. روز خبر را امروز یا پیش از آن بنویسید.`,
    en: `The day of the news has not come; today is ${today}. Write today or an earlier day.`,
  }),
} as const satisfies {
  [Kind in ItemRefusal['kind']]: (refusal: Extract<ItemRefusal, { kind: Kind }>) => Bilingual;
};

/** The case of an item has no applicant: whoever reads a reason is named instead. */
export const itemReasonMissing = ({ act }: { readonly act: string }): Bilingual => {
  const name = Object.entries(itemActWords).find(([key]) => key === act)?.[1] ?? { fa: act, en: act };
  return {
    fa: `«${name.fa}» بی‌دلیل انجام نمی‌شود؛ دلیل را بنویسید. آن را همکاران استان، حسابرسان و وزارت در سابقهٔ خبر می‌خوانند، نه خوانندگان خبر.`,
    en: `“${name.en}” is not done without a reason; write it. Those who work in the province, auditors and the ministry read it in the record of the item; readers of the news do not.`,
  };
};

export const categoryWords = {
  credit: { fa: 'اعتبار و تسهیلات', en: 'Credit and loans' },
  home_jobs: { fa: 'مشاغل خانگی', en: 'Home-based jobs' },
  cooperatives: { fa: 'تعاونی‌ها', en: 'Cooperatives' },
  labour: { fa: 'روابط کار', en: 'Labour relations' },
  announcement: { fa: 'اطلاعیه', en: 'Announcement' },
} as const satisfies Record<Category, Bilingual>;

export const itemStateWords = {
  drafted: { fa: 'پیش‌نویس', en: 'Draft' },
  approved: { fa: 'تأییدشده', en: 'Approved' },
  published: { fa: 'منتشرشده', en: 'Published' },
  amended: { fa: 'در دست اصلاح', en: 'Being corrected' },
  corrected: { fa: 'اصلاح‌شده', en: 'Corrected' },
  reamended: { fa: 'باز در دست اصلاح', en: 'Being corrected again' },
  archived: { fa: 'بایگانی‌شده', en: 'Archived' },
  withdrawn: { fa: 'کنارگذاشته', en: 'Withdrawn' },
} as const satisfies Record<ItemState, Bilingual>;

export const itemActWords = {
  write: { fa: 'نوشتن خبر', en: 'Write the item' },
  revise: { fa: 'بازنویسی', en: 'Revise' },
  approve: { fa: 'تأیید متن', en: 'Approve the text' },
  publish: { fa: 'انتشار', en: 'Publish' },
  amend: { fa: 'نوشتن اصلاح', en: 'Write a correction' },
  issue: { fa: 'انتشار اصلاح', en: 'Issue the correction' },
  drop: { fa: 'رها کردن اصلاح', en: 'Drop the correction' },
  archive: { fa: 'بایگانی', en: 'Archive' },
  withdraw: { fa: 'کنار گذاشتن', en: 'Withdraw' },
} as const satisfies Record<ItemAct | 'write', Bilingual>;

const told = (state: ItemState, fa: string, en: string) => ({
  title: itemStateWords[state],
  told: { fa, en },
});

export const itemCaseWords: CaseWords = {
  title: { fa: 'خبر', en: 'News item' },
  states: {
    drafted: told(
      'drafted',
      'پیش‌نویس خبر در انتظار تأیید شخص دیگری است.',
      'The draft waits for another person.',
    ),
    approved: told('approved', 'متن خبر تأیید شده و آمادهٔ انتشار است.', 'The text is approved and ready.'),
    published: told('published', 'خبر منتشر شده است.', 'The item is public.'),
    amended: told('amended', 'اصلاح خبر در انتظار شخص دیگری است.', 'A correction waits for another person.'),
    corrected: told('corrected', 'خبر اصلاح شده است.', 'The item was corrected.'),
    reamended: told('reamended', 'اصلاح تازهٔ خبر در انتظار شخص دیگری است.', 'Another correction waits.'),
    archived: told('archived', 'خبر بایگانی شده است.', 'The item is archived.'),
    withdrawn: told('withdrawn', 'پیش‌نویس خبر کنار گذاشته شده است.', 'The draft was withdrawn.'),
  },
  acts: itemActWords,
};

export const itemLabels = {
  news: { fa: 'خبرها', en: 'News' },
  newsHelp: {
    fa: 'هر رقم خبر به سند خود می‌رسد؛ آنچه پس از انتشار اصلاح شود با توضیح آن دیده می‌شود.',
    en: 'Each figure leads to its records; what is corrected after publication says so.',
  },
  none: { fa: 'خبری یافت نشد', en: 'No item was found' },
  noneHelp: {
    fa: 'خبرهای منتشرشده این‌جا می‌آید؛ جست‌وجو یا دسته را تغییر دهید.',
    en: 'Published items appear here; change the search or the category.',
  },
  noneYet: { fa: 'هنوز خبری منتشر نشده است', en: 'No news has been published yet' },
  noneYetHelp: {
    fa: 'هر خبری که منتشر شود این‌جا می‌آید.',
    en: 'Whatever is published will appear here.',
  },
  searchLong: {
    fa: 'جست‌وجو بیش از ۱۰۰ نویسه دارد و انجام نشد؛ آن را کوتاه کنید.',
    en: 'The search has more than 100 characters and was not made; shorten it.',
  },
  searchUnreadable: {
    fa: 'در جست‌وجو نویسهٔ خوانایی نیست و انجام نشد؛ واژه‌ای بنویسید.',
    en: 'The search has no readable character and was not made; write a word.',
  },
  search: { fa: 'جست‌وجو در خبرها', en: 'Search the news' },
  find: { fa: 'جست‌وجو', en: 'Search' },
  category: { fa: 'دسته', en: 'Category' },
  allCategories: { fa: 'همهٔ دسته‌ها', en: 'All categories' },
  tag: { fa: 'برچسب', en: 'Tag' },
  tags: { fa: 'برچسب‌ها', en: 'Tags' },
  older: { fa: 'خبرهای پیشین', en: 'Older items' },
  published: { fa: 'انتشار', en: 'Published' },
  day: { fa: 'روز خبر', en: 'Day of the news' },
  address: { fa: 'نشانی این خبر', en: 'Address of this item' },
  changed: { fa: 'آخرین اصلاح', en: 'Last corrected' },
  errata: { fa: 'اصلاحیه‌ها', en: 'Errata' },
  corrected: { fa: 'این خبر پس از انتشار اصلاح شده است.', en: 'This item was corrected after publication.' },
  preview: { fa: 'پیش‌نمایش', en: 'Preview' },
  previewed: {
    fa: 'خبر پس از انتشار چنین دیده می‌شود؛ این متن هنوز منتشر نشده است و این نشانی تنها برای کسانی باز می‌شود که پیش‌نویس را می‌خوانند.',
    en: 'So will the item look once it is published; this text is not public yet, and the address opens only for those who may read drafts.',
  },
  archived: {
    fa: 'این خبر بایگانی شده است و دیگر به‌روز نمی‌شود.',
    en: 'This item is archived and no longer kept up to date.',
  },
  contradicted: {
    fa: 'سندهای سامانه با این رقم‌های خبر نمی‌خوانند:',
    en: 'The records of the system contradict these figures of the item:',
  },
  nonetheless: { fa: 'دلیل انتشار', en: 'Why it is published nonetheless' },
  figures: { fa: 'رقم‌های این خبر', en: 'Figures of this item' },
  findings: { fa: 'سنجش رقم‌ها با سندها', en: 'Figures against the records' },
  related: { fa: 'خبرهای نزدیک', en: 'Related items' },
  inPersian: { fa: 'به فارسی', en: 'in\u{a0}Persian' },
  persianOnly: {
    fa: 'این خبر تنها به فارسی است.',
    en: 'This item is in Persian only.',
  },
  feed: { fa: 'خوراک Atom', en: 'Atom feed' },
  all: { fa: 'همهٔ خبرها', en: 'All news' },
  comment: { fa: 'دیدگاه', en: 'comment' },
  comments: { fa: 'دیدگاه', en: 'comments' },
} as const satisfies Record<string, Bilingual>;

/** Texts of the desk. */
export const deskLabels = {
  write: { fa: 'نوشتن خبر', en: 'Write an item' },
  item: { fa: 'خبر', en: 'Item' },
  title: { fa: 'عنوان', en: 'Title' },
  state: { fa: 'وضعیت', en: 'State' },
  moved: { fa: 'آخرین کار', en: 'Last act' },
  day: { fa: 'روز خبر', en: 'Day of the news' },
  summary: { fa: 'چکیده', en: 'Summary' },
  text: { fa: 'متن', en: 'Text' },
  textHint: {
    fa: 'بند تازه با یک خط خالی، تیتر با «## »، فهرست با «- ». رقم و تصویر را با دکمه‌های زیر بیفزایید.',
    en: 'An empty line begins a paragraph, “## ” a heading, “- ” a list. Add figures and pictures by the buttons below.',
  },
  tagsHint: { fa: 'با ویرگول جدا کنید', en: 'apart by commas' },
  english: { fa: 'انگلیسی (اختیاری؛ هر سه یا هیچ‌یک)', en: 'English (optional: all three or none)' },
  titleEn: { fa: 'عنوان انگلیسی', en: 'English title' },
  summaryEn: { fa: 'چکیدهٔ انگلیسی', en: 'English summary' },
  textEn: { fa: 'متن انگلیسی', en: 'English text' },
  erratum: { fa: 'چه چیزی اصلاح شد؟', en: 'What is put right?' },
  erratumHint: { fa: 'بالای خبر برای همه دیده می‌شود.', en: 'Everybody reads it above the item.' },
  save: { fa: 'نگه‌داشتن متن', en: 'Keep the text' },
  saveAmendment: { fa: 'نگه‌داشتن اصلاح', en: 'Keep the correction' },
  keepFirst: {
    fa: 'متن را تغییر داده‌اید؛ نخست آن را نگه دارید.',
    en: 'You have changed the text: keep it first.',
  },
  saved: { fa: 'متن نگه داشته شد', en: 'The text is kept' },
  check: { fa: 'سنجش رقم‌ها هنگام نوشتن', en: 'Figures checked while you write' },
  checkNone: { fa: 'رقمی در متن نیست.', en: 'There is no figure in the text.' },
  checkHelp: {
    fa: 'عنوان، چکیده، متن، شرح تصویرها و برچسب‌ها با هم سنجیده می‌شود. رقم نادرست بی‌دلیل امضاشده منتشر نمی‌شود.',
    en: 'Title, summary, text, descriptions of pictures and tags are checked together. A contradicted figure is not published without a signed reason.',
  },
  checkEnglish: {
    fa: 'انگلیسی با سند سنجیده نمی‌شود: رقم‌های آن باید در متن فارسی یا در رقم‌های پیوندشده باشد.',
    en: 'English is not held against records: its figures must stand in the Persian text or be what it leads to.',
  },
  checkEnglishNone: {
    fa: 'همهٔ رقم‌های انگلیسی در متن فارسی یا در رقم‌های پیوندشده هست.',
    en: 'Every figure of the English stands in the Persian text or is what it leads to.',
  },
  insert: { fa: 'افزودن رقم با نشانی دائمی', en: 'Insert a figure with its address' },
  reason: { fa: 'دلیل', en: 'Reason' },
  reasonHint: {
    fa: 'برای انتشار با رقمی که سندها با آن نمی‌خوانند (زیر خبر دیده می‌شود)، یا برای بایگانی (همکاران استان، حسابرسان و وزارت می‌خوانند).',
    en: 'To publish though the records contradict a figure (shown under the item), or to archive (read by those who work in the province, auditors and the ministry).',
  },
  preview: { fa: 'پیش‌نمایش', en: 'Preview' },
  public: { fa: 'صفحهٔ همگانی', en: 'Public page' },
  pictures: { fa: 'تصویرها', en: 'Pictures' },
  altFa: { fa: 'شرح تصویر', en: 'Description of the picture' },
  altEn: { fa: 'شرح انگلیسی', en: 'English description' },
  altFirst: {
    fa: 'نخست شرح تصویر را به هر دو زبان بنویسید.',
    en: 'First describe the picture in both languages.',
  },
  send: { fa: 'فرستادن تصویر', en: 'Send a picture' },
  place: { fa: 'گذاشتن در متن', en: 'Place in the text' },
  pictureHint: {
    fa: 'JPEG یا PNG تا ۲ مگابایت؛ عکس بزرگ پیش از فرستادن کوچک می‌شود.',
    en: 'JPEG or PNG up to 2 megabytes; a large photograph is made smaller before it is sent.',
  },
  pictureLater: {
    fa: 'پس از نخستین نگه‌داشتن متن می‌توانید تصویر بیفزایید.',
    en: 'Pictures can be added once the text was kept.',
  },
  province: { fa: 'استان', en: 'Province' },
  allStates: { fa: 'همهٔ وضعیت‌ها', en: 'All states' },
  noneDesk: { fa: 'هنوز خبری نوشته نشده است', en: 'No item was written yet' },
  noneDeskHelp: { fa: 'خبر تازه را با «نوشتن خبر» آغاز کنید.', en: 'Begin with “Write an item”.' },
} as const satisfies Record<string, Bilingual>;

/** Whose signature stands under a text: persons in office with their article, the bureau without one. */
export const signedWords = (role: string, name: Bilingual): Bilingual => ({
  fa: `با امضای ${name.fa}`,
  en: role === 'editor' ? `signed by ${name.en}` : `signed by the ${name.en}`,
});
