import type { Bilingual } from '#kernel/indicator.ts';
import { itemRefusalWords } from '../item/words.ts';
import type { CommentRule } from '../moderation/contract.ts';
import { hintWords } from '../moderation/words.ts';
import { ratingRefusalWords } from '../rating/words.ts';
import type { CommentRefusal, CommentState, DoubtHint, HintRule, Ruling } from './contract.ts';

export const commentStateWords = {
  held: { fa: 'در انتظار بررسی', en: 'Waits to be looked at' },
  published: { fa: 'منتشرشده', en: 'Published' },
  rejected: { fa: 'پذیرفته نشد', en: 'Not accepted' },
  removed: { fa: 'برداشته شد', en: 'Removed' },
} as const satisfies Record<CommentState, Bilingual>;

export const rulingWords = {
  publish: { fa: 'انتشار', en: 'Publish' },
  reject: { fa: 'نپذیرفتن', en: 'Reject' },
  remove: { fa: 'برداشتن', en: 'Remove' },
} as const satisfies Record<Ruling, Bilingual>;

export const ruleWords = {
  off_topic: { fa: 'بیرون از موضوع', en: 'Off topic' },
  finglish: { fa: 'فینگلیش', en: 'Finglish' },
  advertising: { fa: 'تبلیغ یا بک‌لینک', en: 'Advertising or back-link' },
  insult: { fa: 'توهین', en: 'Insult' },
} as const satisfies Record<CommentRule, Bilingual>;

/** For what a comment is held, in a word. */
export const hintNames = {
  ...ruleWords,
  long_word: { fa: 'واژهٔ بسیار دراز', en: 'Very long word' },
  office_name: { fa: 'نام اداره', en: 'Name of the office' },
} as const satisfies Record<HintRule, Bilingual>;

/** What a moderator is told of a hint, with the place in the text. */
export const keptHintWords = {
  ...hintWords,
  long_word: (place: string) => ({
    fa: `«${place}» بیش از ۶۰ حرفِ بی‌فاصله است؛ ببینید سخنی هست یا صفحه را به هم می‌ریزد.`,
    en: `“${place}” runs over 60 letters without a space: see whether it says anything or only pulls the page apart.`,
  }),
  office_name: () => ({
    fa: 'نام نمایشی از اداره، سمتی در آن یا این سامانه است؛ اگر نویسنده از اداره نیست منتشر نکنید.',
    en: 'The name above it is one of the office, of a post in it or of this programme: publish it only if its author speaks for them.',
  }),
} as const satisfies Record<HintRule, (place: string) => Bilingual>;

const doubtHintWords = {
  off_topic: () => ({
    fa: 'شاید دربارهٔ این رقم نباشد.',
    en: 'It may not be about this figure.',
  }),
  finglish: hintWords.finglish,
  advertising: (place: string) => ({
    fa: `«${place}» نشانی، شماره یا پیشنهاد تبلیغاتی است و در تردید نمی‌آید؛ آن را بردارید.`,
    en: `“${place}” is an address, a number or an offer, which no doubt holds: take it out.`,
  }),
  insult: hintWords.insult,
  long_word: (place: string) => ({
    fa: `«${place}» بیش از ۶۰ حرفِ بی‌فاصله است.`,
    en: `“${place}” runs over 60 letters without a space.`,
  }),
} as const satisfies Record<Exclude<HintRule, 'office_name'>, (place: string) => Bilingual>;

/** Hints of a doubt of a figure in words: to its author where one is clear, and else to whoever answers. */
export const sayDoubtHints = (hints: readonly DoubtHint[]) =>
  hints.map(({ rule, clear, place }) => ({ rule, clear, says: doubtHintWords[rule](place) }));

/** The four rules as they stand above every form. */
export const ruleSentences = {
  off_topic: { fa: 'دیدگاه دربارهٔ همین خبر باشد.', en: 'It is about this item.' },
  finglish: {
    fa: 'فارسی با حروف فارسی نوشته شود، نه فینگلیش.',
    en: 'Persian is written in Persian letters, not in Latin ones.',
  },
  advertising: {
    fa: 'تبلیغ، شماره و بک‌لینک نداشته باشد.',
    en: 'It holds no advertising, number or back-link.',
  },
  insult: { fa: 'به هیچ شخص یا گروهی توهین نکند.', en: 'It insults no person or group.' },
} as const satisfies Record<CommentRule, Bilingual>;

const stateNames: Readonly<Record<string, Bilingual>> = commentStateWords;
const rulingNames: Readonly<Record<string, Bilingual>> = rulingWords;

export const commentRefusalWords = {
  ItemMissing: itemRefusalWords.ItemMissing,
  ItemClosed: ratingRefusalWords.ItemClosed,
  CommentMissing: () => ({
    fa: 'دیدگاهی با این کد نیست؛ کد را با آنچه هنگام فرستادن گرفتید مقایسه کنید.',
    en: 'There is no comment under this code; compare it with the one you were given.',
  }),
  CommentSentBefore: () => ({
    fa: 'این فرم پیش‌تر با متن دیگری فرستاده شده است؛ خبر را از نو باز کنید و دیدگاه تازه را آن‌جا بنویسید.',
    en: 'This form was already sent with another text; open the item anew and write the new comment there.',
  }),
  CommentMovedOn: ({ state }) => ({
    fa: `کسی پیش از شما دربارهٔ این دیدگاه تصمیم گرفت: ${stateNames[state]?.fa ?? state}. صفحه را تازه کنید.`,
    en: `Somebody decided on the comment before you: ${stateNames[state]?.en ?? state}. Reload the page.`,
  }),
  RulingUnlawful: ({ state, ruling }) => ({
    fa: `دیدگاهی که «${stateNames[state]?.fa ?? state}» است «${rulingNames[ruling]?.fa ?? ruling}» نمی‌پذیرد.`,
    en: `A comment in the state “${stateNames[state]?.en ?? state}” does not take “${rulingNames[ruling]?.en ?? ruling}”.`,
  }),
  RulingRuleMissing: () => ({
    fa: 'بگویید کدام‌یک از چهار قاعده رعایت نشده است؛ نویسنده آن را می‌بیند.',
    en: 'Say which of the four rules was broken; its author reads it.',
  }),
} as const satisfies {
  [Kind in CommentRefusal['kind']]: (refusal: Extract<CommentRefusal, { kind: Kind }>) => Bilingual;
};

export const commentLabels = {
  comments: { fa: 'دیدگاه‌ها', en: 'Comments' },
  comment: { fa: 'دیدگاه', en: 'Comment' },
  none: { fa: 'هنوز دیدگاهی منتشر نشده است.', en: 'No comment is published yet.' },
  write: { fa: 'دیدگاه شما', en: 'Your comment' },
  penName: { fa: 'نام نمایشی (اختیاری)', en: 'Name to show (optional)' },
  anonymous: { fa: 'بی‌نام', en: 'Anonymous' },
  send: { fa: 'فرستادن دیدگاه', en: 'Send the comment' },
  fourRules: { fa: 'چهار قاعدهٔ دیدگاه', en: 'Four rules of comments' },
  looked: {
    fa: 'هر دیدگاه پیش از انتشار دیده می‌شود. پس از فرستادن کدی می‌گیرید که با آن سرنوشتش را می‌بینید.',
    en: 'Each comment is looked at before it appears. You are given a code by which you can follow it.',
  },
  atOnce: {
    fa: 'دیدگاهی که نشانهٔ تخلف نداشته باشد بی‌درنگ منتشر می‌شود و هر دیدگاه دیگر پس از بررسی. پس از فرستادن کدی می‌گیرید که با آن سرنوشتش را می‌بینید.',
    en: 'A comment without any hint of a breach appears at once, any other after it was looked at. You are given a code by which you can follow it.',
  },
  typed: { fa: 'نوشتهٔ شما', en: 'What you wrote' },
  older: { fa: 'دیدگاه‌های پیشین', en: 'Earlier comments' },
  closed: {
    fa: 'این خبر بایگانی شده است و دیدگاه تازه نمی‌گیرد.',
    en: 'This item is archived and takes no more comments.',
  },
  repair: {
    fa: 'این دیدگاه هنوز ثبت نشده است. جاهای نشان‌دار را درست کنید و دوباره بفرستید؛ چیزی از نوشتهٔ شما کم نشده است.',
    en: 'The comment is not kept yet. Mend the marked places and send it again; nothing you wrote is lost.',
  },
  wrong: { fa: 'فرم کامل نیست', en: 'The form is not complete' },
  again: {
    fa: 'این فرم پیش‌تر با متن دیگری فرستاده شده بود؛ متن شما این‌جاست، دوباره بفرستید.',
    en: 'The form was sent before with another text; yours is here, send it again.',
  },
  pen: { fa: 'نام نمایشی', en: 'Name to show' },
  follow: { fa: 'پیگیری دیدگاه', en: 'Follow a comment' },
  followHelp: {
    fa: 'کدی را که هنگام فرستادن گرفتید بنویسید.',
    en: 'Type the code that you were given when you sent it.',
  },
  code: { fa: 'کد پیگیری', en: 'Code' },
  keep: {
    fa: 'دیدگاه شما رسید. این کد یا نشانی همین صفحه را نگه دارید.',
    en: 'Your comment arrived. Keep this code, or the address of this page.',
  },
  look: { fa: 'دیدن', en: 'Look' },
  state: { fa: 'وضعیت', en: 'State' },
  sentAt: { fa: 'فرستاده‌شده', en: 'Sent' },
  under: { fa: 'زیر خبر', en: 'Under the item' },
  history: { fa: 'آنچه بر این دیدگاه گذشت', en: 'What became of it' },
  byRules: { fa: 'بی‌نشانهٔ تخلف، به تنظیم سامانه', en: 'without any hint, by the setting' },
  byPerson: { fa: 'به تصمیم بررسی‌کننده', en: 'by a moderator' },
  waitsYet: { fa: 'هنوز کسی آن را ندیده است.', en: 'Nobody has looked at it yet.' },
} as const satisfies Record<string, Bilingual>;

/** Texts of the queue on the desk. */
export const queueLabels = {
  queue: { fa: 'بررسی دیدگاه‌ها', en: 'Moderation' },
  lead: {
    fa: 'دیدگاه‌ها به ترتیب رسیدن. نشانه‌ها را سامانه گذاشته است؛ تصمیم با شماست و نویسنده آن را با کد خود می‌بیند.',
    en: 'Comments in the order in which they came. The marks are the system’s; the decision is yours, and its author reads it.',
  },
  keys: {
    fa: 'کلیدها: j یا «ت» بعدی، k یا «ن» پیشین، p یا «ح» انتشار، ۱ تا ۴ نپذیرفتن به قاعدهٔ همان شماره',
    en: 'Keys: j next, k previous, p publish, 1 to 4 reject by the rule of that number',
  },
  chosenFirst: {
    fa: 'دیدگاه نخست برگزیده شد؛ آن را بخوانید و همان کلید را دوباره بزنید.',
    en: 'The first comment is chosen: read it and press the key again.',
  },
  narrow: { fa: 'پالایه‌ها و جست‌وجو', en: 'Filters and search' },
  search: { fa: 'متن، نام نمایشی یا کد پیگیری', en: 'Text, name shown or code' },
  find: { fa: 'جست‌وجو', en: 'Search' },
  item: { fa: 'خبر', en: 'Item' },
  everyItem: { fa: 'همهٔ خبرها', en: 'All items' },
  rule: { fa: 'قاعده', en: 'Rule' },
  everyRule: { fa: 'همهٔ دیدگاه‌ها', en: 'All comments' },
  waiting: { fa: 'در انتظار', en: 'Waiting' },
  returned: {
    fa: 'بازگردانده به نویسنده در ۲۴ ساعت گذشته',
    en: 'Given back to their authors in the last 24 hours',
  },
  none: { fa: 'دیدگاهی این‌جا نیست', en: 'No comment is here' },
  noneHelp: {
    fa: 'دیدگاه‌هایی که خوانندگان زیر خبرها بنویسند این‌جا می‌آیند.',
    en: 'Comments that readers write under the news appear here.',
  },
  noneFound: {
    fa: 'جست‌وجو را کوتاه‌تر کنید، یا وضعیت، خبر و قاعدهٔ دیگری برگزینید.',
    en: 'Search for less, or choose another state, item or rule.',
  },
  noHint: { fa: 'بی‌نشانه', en: 'No hint' },
  note: { fa: 'توضیح برای نویسنده', en: 'Word to the author' },
  atOnce: { fa: 'دیدگاه‌های بی‌نشانه بی‌درنگ منتشر می‌شوند.', en: 'Comments without any hint appear at once.' },
  afterLook: {
    fa: 'هیچ دیدگاهی پیش از دیده‌شدن منتشر نمی‌شود.',
    en: 'No comment appears before it was looked at.',
  },
  turnOn: { fa: 'انتشار بی‌درنگِ بی‌نشانه‌ها', en: 'Publish those without hints at once' },
  turnOff: { fa: 'همه پس از بررسی', en: 'All after a look' },
} as const satisfies Record<string, Bilingual>;
