import type { Bilingual } from '#kernel/indicator.ts';
import type { CommentRule } from './contract.ts';

/** What the author of a comment is told: the rule, the place in the text, what to mend. */
export const hintWords = {
  off_topic: () => ({
    fa: 'دیدگاه باید دربارهٔ همین خبر باشد؛ بنویسید سخن شما به کدام بخش آن برمی‌گردد.',
    en: 'A comment is to be about this item: say to which part of it yours refers.',
  }),
  finglish: (place: string) => ({
    fa: `«${place}» فارسی با حروف لاتین است؛ آن را با حروف فارسی بنویسید.`,
    en: `“${place}” is Persian in Latin letters: write it in Persian letters.`,
  }),
  advertising: (place: string) => ({
    fa: `«${place}» نشانی، شماره یا پیشنهاد تبلیغاتی است؛ آن را بردارید تا دیدگاه منتشر شود.`,
    en: `“${place}” is an address, a number or an offer: take it out and the comment can appear.`,
  }),
  insult: (place: string) => ({
    fa: `«${place}» توهین به شخص یا گروه است؛ همان سخن را بدون آن بنویسید.`,
    en: `“${place}” insults a person or a group: say the same without it.`,
  }),
} as const satisfies Record<CommentRule, (place: string) => Bilingual>;
