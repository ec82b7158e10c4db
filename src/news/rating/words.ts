import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import { itemRefusalWords } from '../item/words.ts';
import type { RatingRefusal } from './contract.ts';

export const ratingRefusalWords = {
  ItemMissing: itemRefusalWords.ItemMissing,
  ItemClosed: () => ({
    fa: 'این خبر بایگانی شده است و دیگر امتیاز و دیدگاه نمی‌گیرد.',
    en: 'This item is archived and takes no more stars or comments.',
  }),
  RatingForged: () => ({
    fa: 'نشان خواننده (کوکی) را ما نساخته‌ایم و امتیاز ثبت نشد. نشان نادرست برداشته شد؛ دوباره امتیاز دهید.',
    en: 'The cookie was not made by us and the stars were not counted. It has been removed; please rate again.',
  }),
  RatingNetworkFull: ({ most }) => ({
    fa: `امروز از این شبکه ${persianDigits(String(most))} امتیاز به این خبر رسیده است و امتیاز تازه‌ای پذیرفته نمی‌شود؛ فردا دوباره بکوشید.`,
    en: `Today ${most} ratings of this item came from this network, and no more are taken; try again tomorrow.`,
  }),
} as const satisfies {
  [Kind in RatingRefusal['kind']]: (refusal: Extract<RatingRefusal, { kind: Kind }>) => Bilingual;
};

export const ratingLabels = {
  rating: { fa: 'امتیاز خوانندگان', en: 'Rating by readers' },
  outOf: { fa: 'از ۵', en: 'out of 5' },
  vote: { fa: 'رأی', en: 'vote' },
  votes: { fa: 'رأی', en: 'votes' },
  none: { fa: 'هنوز کسی امتیاز نداده است.', en: 'Nobody has rated it yet.' },
  yours: { fa: 'امتیاز شما', en: 'Your rating' },
  star: { fa: 'ستاره', en: 'star' },
  stars: { fa: 'ستاره', en: 'stars' },
  send: { fa: 'ثبت امتیاز', en: 'Rate' },
  back: { fa: 'بازگشت به خبر:', en: 'Back to the item:' },
  otherStars: {
    fa: 'این فرم پیش‌تر با ستارهٔ دیگری فرستاده شده و شما را از کوکی نمی‌شناسیم؛ امتیاز تازه را از همین‌جا بفرستید.',
    en: 'The form was sent before with other stars, and no cookie tells us that it was you; send the new stars from here.',
  },
  thanks: {
    fa: 'امتیاز شما ثبت شد؛ هر زمان بخواهید آن را عوض کنید.',
    en: 'Your rating was kept; you may change it at any time.',
  },
  privacy: {
    fa: 'نام و نشانی شما نگه داشته نمی‌شود؛ تنها یک کوکی امضاشده برای آن‌که هر خواننده یک رأی داشته باشد.',
    en: 'Neither name nor address is kept: only a signed cookie, so that each reader has one vote.',
  },
} as const satisfies Record<string, Bilingual>;
