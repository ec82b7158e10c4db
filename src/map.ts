import type { Bilingual } from '#kernel/indicator.ts';

/** A room of the house. Only a built room is a folder under `src/`; the others keep their place in the order. */
export type Room = {
  /** The folder and the schema in the database. */
  readonly name: string;
  readonly title: Bilingual;
  /** What the room holds, in one line. */
  readonly holds: string;
  readonly built: boolean;
};

/**
 * The rooms in building order: a room may use only rooms that stand before it (ARCHITECTURE.md, "The rooms").
 * `npm run new:room NAME` adds the folder of a planned room and marks it built here.
 */
export const rooms: readonly Room[] = [
  {
    name: 'place',
    title: { fa: 'مکان', en: 'Places' },
    holds: 'provinces, counties, districts and their yearly indicators, each with source and date',
    built: true,
  },
  {
    name: 'access',
    title: { fa: 'دسترسی', en: 'Access' },
    holds: 'users, roles, scopes, sessions, and who may approve what',
    built: true,
  },
  {
    name: 'party',
    title: { fa: 'اشخاص', en: 'Parties' },
    holds: 'persons, households and enterprises; agencies, banks and their branches',
    built: true,
  },
  {
    name: 'ledger',
    title: { fa: 'دفتر', en: 'Ledger' },
    holds: 'accounts and transfers; it knows nothing of loans',
    built: true,
  },
  {
    name: 'document',
    title: { fa: 'اسناد', en: 'Documents' },
    holds: 'files attached to anything, their hashes, how long they are kept',
    built: true,
  },
  {
    name: 'casework',
    title: { fa: 'پرونده', en: 'Casework' },
    holds: 'acts, state tables, deadlines and the timeline of every case',
    built: true,
  },
  {
    name: 'meeting',
    title: { fa: 'کارگروه', en: 'Working groups' },
    holds: 'groups, sessions, minutes, resolutions and what became of them',
    built: false,
  },
  {
    name: 'agreement',
    title: { fa: 'تفاهم‌نامه', en: 'Agreements' },
    holds: 'programmes and memoranda: parties, commitments, targets',
    built: false,
  },
  {
    name: 'occupation',
    title: { fa: 'رشته', en: 'Occupations' },
    holds: 'occupational categories and the dated catalogue of occupations',
    built: true,
  },
  {
    name: 'credit',
    title: { fa: 'اعتبار', en: 'Credit' },
    holds: 'credit lines, the tree of slices, share rules, the formula',
    built: true,
  },
  {
    name: 'licence',
    title: { fa: 'مجوز', en: 'Licences' },
    holds: 'home-job licences: two signatures, validity, renewal, public check',
    built: true,
  },
  {
    name: 'cooperative',
    title: { fa: 'تعاونی', en: 'Cooperatives' },
    holds: 'formation, members, capital, states, the finder',
    built: true,
  },
  {
    name: 'support',
    title: { fa: 'پشتیبان', en: 'Supporters' },
    holds: 'supporters, drivers, the home workers tied to them, three-party contracts',
    built: true,
  },
  {
    name: 'application',
    title: { fa: 'درخواست', en: 'Applications' },
    holds: 'the request for a loan up to its approval, its rank and its explanation',
    built: false,
  },
  {
    name: 'loan',
    title: { fa: 'تسهیلات', en: 'Loans' },
    holds: 'award, referral, bank files, contract, tranches, instalments',
    built: false,
  },
  {
    name: 'monitoring',
    title: { fa: 'پایش', en: 'Monitoring' },
    holds: 'visits, jobs promised and real, deviations, recall',
    built: false,
  },
  {
    name: 'basket',
    title: { fa: 'سبد', en: 'Food baskets' },
    holds: 'stages, entitlements and their collection; visits to families, guest houses',
    built: false,
  },
  {
    name: 'dispute',
    title: { fa: 'حل اختلاف', en: 'Labour disputes' },
    holds: 'petition, boards, hearing, settlement, verdict; consultations',
    built: false,
  },
  {
    name: 'inspection',
    title: { fa: 'بازرسی', en: 'Inspection' },
    holds: 'workshops, inspections, work accidents',
    built: false,
  },
  {
    name: 'association',
    title: { fa: 'تشکل', en: 'Labour organisations' },
    holds: 'labour organisations and how long each is valid',
    built: false,
  },
  {
    name: 'handover',
    title: { fa: 'واگذاری', en: 'Handing over' },
    holds: 'idle centres, permits, investors and their deadlines; housing units',
    built: false,
  },
  {
    name: 'placement',
    title: { fa: 'کاریابی', en: 'Job placement' },
    holds: 'placement agencies with their permits; seekers, vacancies and referrals are to come',
    built: true,
  },
  {
    name: 'evidence',
    title: { fa: 'شواهد', en: 'Evidence' },
    holds: 'indicators and their values, the statement reader and its check',
    built: true,
  },
  {
    name: 'news',
    title: { fa: 'خبر', en: 'News' },
    holds: 'items, rating, comments and their moderation, public pages',
    built: true,
  },
];
