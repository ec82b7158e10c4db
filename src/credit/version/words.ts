import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { DivisionState, VersionDeed, VersionRefusal } from './contract.ts';

export const versionRefusalWords = {
  VersionMissing: ({ number, last }: VersionRefusal): Bilingual => ({
    fa: `این برش نسخهٔ ${persianDigits(String(number))} ندارد؛ شمارهٔ نسخه از ۰ (پیش از برش) تا ${persianDigits(String(last))} است.`,
    en: `This slice has no version ${number}; versions run from 0 (before the division) to ${last}.`,
  }),
};

export const deedWords: Readonly<Record<VersionDeed, Bilingual>> = {
  division: { fa: 'برش', en: 'Division' },
  redivision: { fa: 'اصلاح برش', en: 'Redivision' },
  reallocation: { fa: 'جابه‌جایی', en: 'Transfer' },
  cut: { fa: 'کاهش اعتبار', en: 'Cut' },
  release: { fa: 'آزادسازی سهم', en: 'Release of a reserve' },
  other: { fa: 'تغییر دیگر', en: 'Another change' },
};

export const divisionStateWords: Readonly<Record<DivisionState, Bilingual>> = {
  none: { fa: 'برش‌نخورده', en: 'Not divided' },
  divided: { fa: 'تصویب‌شده', en: 'Approved' },
  topped_up: { fa: 'افزوده', en: 'Topped up' },
  redivided: { fa: 'اصلاح‌شده', en: 'Redivided' },
  reallocated: { fa: 'جابه‌جاشده', en: 'Reallocated' },
  cut: { fa: 'کاسته', en: 'Cut' },
  closed: { fa: 'بسته با خط', en: 'Closed with its line' },
};

export const versionLabels = {
  title: { fa: 'نسخه‌های برش', en: 'Versions of the division' },
  lead: {
    fa: 'هر برش، افزایش، اصلاح، جابه‌جایی، کاهش و آزادسازی یک نسخه است. دو نسخه را برگزینید تا کنار هم سنجیده شوند.',
    en: 'Each division, top-up, redivision, transfer, cut and release is a version. Choose two to compare them side by side.',
  },
  versions: { fa: 'نسخه‌ها', en: 'Versions' },
  version: { fa: 'نسخه', en: 'Version' },
  number: { fa: 'شماره', en: 'Number' },
  beforeAll: { fa: 'پیش از برش', en: 'Before the division' },
  deed: { fa: 'با چه کاری', en: 'Made by' },
  document: { fa: 'مصوبه یا نامه', en: 'Resolution or letter' },
  together: { fa: 'جمع بخش‌ها', en: 'All parts' },
  compare: { fa: 'سنجش دو نسخه', en: 'Two versions compared' },
  from: { fa: 'از نسخهٔ', en: 'From version' },
  to: { fa: 'تا نسخهٔ', en: 'To version' },
  part: { fa: 'بخش', en: 'Part' },
  before: { fa: 'پیش', en: 'Before' },
  after: { fa: 'پس', en: 'After' },
  change: { fa: 'تغییر', en: 'Change' },
  percent: { fa: 'درصد تغییر', en: 'Change, percent' },
  movedTo: { fa: 'به', en: 'to' },
  lockedChange: { fa: 'قفل‌شده', en: 'Locked' },
  jobsChange: { fa: 'هدف شغل', en: 'Job target' },
  lockedBefore: { fa: 'قفل‌شده، پیش', en: 'Locked before' },
  lockedAfter: { fa: 'قفل‌شده، پس', en: 'Locked after' },
  jobsBefore: { fa: 'هدف شغل، پیش', en: 'Job target before' },
  jobsAfter: { fa: 'هدف شغل، پس', en: 'Job target after' },
  fresh: { fa: 'تازه', en: 'new' },
  find: { fa: 'جست‌وجوی بخش', en: 'Find a part' },
  noneFound: { fa: 'بخشی به این نام نیست', en: 'No part of that name' },
  none: { fa: 'این برش هنوز بخش نشده است', en: 'This slice is not divided yet' },
  noneHelp: {
    fa: 'نخستین نسخه با نخستین برش مصوب پدید می‌آید.',
    en: 'The first version comes with the first approved division.',
  },
  sheet: { fa: 'سنجش دو نسخهٔ برش', en: 'Two versions of a division compared' },
  xlsx: { fa: 'صفحهٔ گسترده', en: 'Spreadsheet' },
} as const satisfies Record<string, Bilingual>;
