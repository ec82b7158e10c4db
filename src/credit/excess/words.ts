import type { Bilingual } from '#kernel/indicator.ts';
import { groupedDigits } from '#kernel/persian.ts';
import type { ExcessRefusal } from './contract.ts';

const fa = (sum: bigint): string => `${groupedDigits(sum)} ریال`;
const en = (sum: bigint): string => `${sum.toLocaleString('en')} rials`;

type ExcessWords = {
  readonly [Kind in ExcessRefusal['kind']]: (refusal: Extract<ExcessRefusal, { kind: Kind }>) => Bilingual;
};

export const excessRefusalWords: ExcessWords = {
  ExcessMissing: () => ({
    fa: 'چنین مازادی در محدودهٔ شما نیست؛ آن را از فهرست «بیش از برش» برگزینید.',
    en: 'There is no such excess within your scope: choose it from the list “Beyond slice”.',
  }),
  ExcessTooSmall: ({ left, asked }) => ({
    fa: `بانک ${fa(left)} تأییدشدهٔ بیش از برش دارد و ${fa(asked)} خواسته‌اید؛ تا همان اندازه می‌توان گرفت.`,
    en: `${en(left)} are confirmed beyond the slice and ${en(asked)} were asked for: at most that can be taken in.`,
  }),
  RoomTooSmall: ({ left, asked }) => ({
    fa: `برش اکنون برای ${fa(left)} جا دارد و ${fa(asked)} خواسته‌اید؛ نخست برش را با ابلاغ تازه یا جابه‌جایی اعتبار بزرگ کنید.`,
    en: `The slice has room for ${en(left)} now and ${en(asked)} were asked for: first enlarge it by a top-up or a reallocation.`,
  }),
};

export const excessLabels = {
  title: { fa: 'بیش از برش', en: 'Beyond slice' },
  help: {
    fa: 'آنچه بانک بیش از برش خود گزارش کرده است: واقعیتی ثبت‌شده، بیرون از جمع اعتبار، تا روزی که ابلاغ تازه یا جابه‌جایی اعتبار آن را در خود بگیرد.',
    en: 'What a bank reported beyond its slice: a recorded fact outside the sum of the credit, until a top-up or a reallocation takes it in.',
  },
  none: { fa: 'هیچ بانکی بیش از برش خود گزارش نکرده است', en: 'No bank reported beyond its slice' },
  noneHelp: {
    fa: 'اگر فهرست بانکی از برش بگذرد، اینجا سرخ دیده می‌شود.',
    en: 'If a bank’s list passes a slice, it appears here in red.',
  },
  bank: { fa: 'بانک', en: 'Bank' },
  slice: { fa: 'برش', en: 'Slice' },
  province: { fa: 'استان', en: 'Province' },
  confirmed: { fa: 'تأییدشده', en: 'Confirmed' },
  reported: { fa: 'گزارش‌شده، تأییدنشده', en: 'Reported, not confirmed' },
  room: { fa: 'جای برش', en: 'Room in the slice' },
  takeIn: { fa: 'گرفتن در برش', en: 'Take in' },
  amount: { fa: 'مبلغ', en: 'Sum' },
  resolutionNumber: { fa: 'شمارهٔ مصوبه', en: 'Resolution number' },
  resolutionDay: { fa: 'روز مصوبه', en: 'Day of the resolution' },
  done: { fa: 'در برش گرفته شد.', en: 'Taken in.' },
} as const satisfies Record<string, Bilingual>;
