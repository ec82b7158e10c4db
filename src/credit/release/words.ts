import type { Bilingual } from '#kernel/indicator.ts';
import { moneyCompared } from '#kernel/persian.ts';
import type { Rial } from '#kernel/rial.ts';
import { shareName } from '../share/words.ts';
import type { ReleaseRefusal } from './contract.ts';

const fa = moneyCompared;
const en = (sum: Rial): string => `${sum.toLocaleString('en')} rials`;

type Refusals = { readonly [Kind in ReleaseRefusal['kind']]: Extract<ReleaseRefusal, { kind: Kind }> };

export const releaseRefusalWords: {
  readonly [Kind in ReleaseRefusal['kind']]: (refusal: Refusals[Kind]) => Bilingual;
} = {
  ReleaseMissing: () => ({
    fa: 'این پیشنهاد آزادسازی سهم در محدودهٔ شما پیدا نشد؛ از صفحهٔ قاعده‌های سهم برگزینید.',
    en: 'This release was not found within your scope; choose it from the share rules of its line.',
  }),
  OwnRelease: () => ({
    fa: 'پیشنهاددهنده نمی‌تواند آزادسازی خود را تصویب کند؛ شخص دیگری، مدیرکل یا معاون، باید آن را تصویب کند.',
    en: 'The proposer may not approve the release; another person, the director-general or a deputy, must.',
  }),
  ReleaseTooLarge: ({ share, left, asked }) => ({
    fa: `این برش از ${shareName(share).fa} تنها ${fa(left)} قفل و رزرونشده در خود دارد و ${fa(asked)} خواسته شده است؛ رزروشده و بخش‌های پایین‌تر آزاد نمی‌شود، مبلغ را تا همین اندازه کم کنید.`,
    en: `Of ${shareName(share).en} this slice itself holds only ${en(left)} locked and uncommitted, and ${en(asked)} were asked for; what is committed or handed to its parts is never released, so lower the sum to that.`,
  }),
  NothingLocked: ({ share, held }) => ({
    fa: `این برش از ${shareName(share).fa} چیزی قفل در خود ندارد؛ ${
      held.length === 0
        ? 'برش دیگری را برگزینید.'
        : `یکی از این‌ها را برگزینید: ${held.map((one) => `«${shareName(one).fa}»`).join('، ')}.`
    }`,
    en: `This slice itself holds nothing locked of ${shareName(share).en}; ${
      held.length === 0
        ? 'choose another slice.'
        : `choose one of these: ${held.map((one) => shareName(one).en).join('; ')}.`
    }`,
  }),
};

export const releaseActWords = {
  propose_release: { fa: 'پیشنهاد آزادسازی سهم', en: 'Propose the release' },
  approve_release: { fa: 'تصویب آزادسازی سهم', en: 'Approve the release' },
  withdraw_release: { fa: 'پس گرفتن آزادسازی سهم', en: 'Withdraw the release' },
} as const satisfies Record<string, Bilingual>;

export const releaseTransferWords = {
  release_reserve: { fa: 'آزادسازی سهم محفوظ', en: 'Release of a reserve' },
} as const satisfies Record<string, Bilingual>;

/** Texts of the releases on the page of the share rules. */
export const releaseLabels = {
  title: { fa: 'آزادسازی سهم محفوظ', en: 'Releases of reserves' },
  help: {
    fa: 'تنها با مصوبه و به دست دو نفر، آنچه در یک برش قفل و رزرونشده است به بخش آزاد همان برش می‌رود. رزروشده و بخش‌های پایین‌تر دست نمی‌خورد.',
    en: 'Only under a resolution and by two persons, what one slice itself holds locked and uncommitted goes to its own open part. What is committed, or handed to its parts, stays.',
  },
  none: { fa: 'هنوز سهمی آزاد نشده است', en: 'No reserve was released yet' },
  noneHelp: {
    fa: 'آزادسازی پیشنهادشده و تصویب‌شده با شمارهٔ مصوبه اینجا می‌آید.',
    en: 'Proposed and approved releases appear here with their resolution.',
  },
  reserve: { fa: 'برش و سهم', en: 'Slice and share' },
  mostHint: { fa: 'تا این اندازه آزادشدنی است:', en: 'So much may be released:' },
  amount: { fa: 'مبلغ', en: 'Sum' },
  reason: { fa: 'دلیل', en: 'Reason' },
  missing: { fa: 'این خانه را پر کنید.', en: 'Fill in this field.' },
  short: { fa: 'دلیل را در دست‌کم سه نویسه بنویسید.', en: 'Give the reason in at least three letters.' },
  province: { fa: 'برش‌نخوردهٔ استان', en: 'undivided, of the province' },
  approveHelp: {
    fa: 'با تصویب، این مبلغ همان دم از سهم قفل‌شده به بخش آزاد همین برش می‌رود و هر کس که شرایط را دارد از آن برمی‌دارد.',
    en: 'On approval the sum goes at once from the locked share to the open part of this slice, and whoever qualifies may draw on it.',
  },
  withdrawHelp: {
    fa: 'پیشنهاد بسته می‌شود؛ چیزی آزاد نمی‌شود.',
    en: 'The proposal is closed; nothing is released.',
  },
} as const satisfies Record<string, Bilingual>;
