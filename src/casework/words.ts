import { roleWords } from '#access/words.ts';
import { dayFromIso } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { CaseKind } from '#kernel/state.ts';
import { toldAfter, type CaseRefusal, type CaseWords } from './contract.ts';

/** What a room calls the states and acts of its case and the roles; a name that is missing is shown as its code. */
export type CaseNames = {
  readonly states: Readonly<Record<string, Bilingual>>;
  readonly acts: Readonly<Record<string, Bilingual>>;
  readonly roles: Readonly<Record<string, Bilingual>>;
};

type CaseRefusalWords = {
  readonly [Kind in CaseRefusal['kind']]: (refusal: Extract<CaseRefusal, { kind: Kind }>) => Bilingual;
};

const persianDay = (iso: string): string => persianDigits(dayFromIso(iso).replaceAll('-', '/'));

const fa = (names: Readonly<Record<string, Bilingual>>, code: string): string =>
  `«${names[code]?.fa ?? code}»`;

const en = (names: Readonly<Record<string, Bilingual>>, code: string): string =>
  `"${names[code]?.en ?? code}"`;

/** The sentences for what casework refuses, in the words of the room whose case it is. */
export const caseworkRefusalWords = ({ states, acts, roles }: CaseNames): CaseRefusalWords => ({
  CaseMissing: () => ({
    fa: 'چنین پرونده‌ای در محدودهٔ شما نیست. آن را از فهرست پرونده‌ها برگزینید.',
    en: 'There is no such case within your scope. Choose it from the list of cases.',
  }),
  ActUnlawful: ({ act, state, lawfulIn }) =>
    lawfulIn.length === 0
      ? {
          fa: `این پرونده کاری به نام ${fa(acts, act)} ندارد.`,
          en: `This case knows no act ${en(acts, act)}.`,
        }
      : {
          fa: `${fa(acts, act)} در مرحلهٔ ${fa(states, state)} شدنی نیست؛ پرونده باید در مرحلهٔ ${lawfulIn.map((name) => fa(states, name)).join(' یا ')} باشد.`,
          en: `${en(acts, act)} cannot be done while the case is ${en(states, state)}; it must be ${lawfulIn.map((name) => en(states, name)).join(' or ')}.`,
        },
  ActNotYours: ({ act, role, may }) => ({
    fa: `${fa(acts, act)} در اختیار ${fa(roles, role)} نیست؛ ${may.length === 0 ? 'هیچ سمتی آن را انجام نمی‌دهد' : `با ${may.map((name) => fa(roles, name)).join(' یا ')} است`}.`,
    en: `${en(acts, act)} is not for ${en(roles, role)}; it is done by ${may.length === 0 ? 'nobody' : may.map((name) => en(roles, name)).join(' or ')}.`,
  }),
  CaseMovedOn: ({ seen, now, meanwhile = [] }) => {
    const last = meanwhile.at(-1);
    const did = last === undefined ? undefined : { act: last.act, role: last.byRole, state: last.toState };
    return {
      fa: `از وقتی این پرونده را باز کردید کار دیگری روی آن انجام شده است (اکنون ${persianDigits(String(now))} کار دارد و شما ${persianDigits(String(seen))} را دیده‌اید)${did === undefined ? '' : `: ${last?.byName ?? fa(roles, did.role)}، ${fa(acts, did.act)}؛ اکنون ${fa(states, did.state)} است`}؛ چیزی نوشته نشد و آنچه نوشته‌اید سر جایش است. آن را ببینید و اگر هنوز لازم است دوباره انجام دهید.`,
      en: `The case has moved on since you opened it (it has ${now} acts, you saw ${seen})${did === undefined ? '' : `: ${last?.byName ?? en(roles, did.role)}, ${en(acts, did.act)}; it is ${en(states, did.state)} now`}; nothing was written and what you typed is kept. Look at it, and do this again if it is still needed.`,
    };
  },
  ActOfOpener: ({ act }) => ({
    fa: `${fa(acts, act)} تنها با کسی است که پرونده را گشوده است.`,
    en: `${en(acts, act)} is only for the person who opened the case.`,
  }),
  ActNotOfOpener: ({ act }) => ({
    fa: `${fa(acts, act)} با شخص دیگری جز گشایندهٔ پرونده است (اصل دو امضا).`,
    en: `${en(acts, act)} is for another person than the one who opened the case (four eyes).`,
  }),
  ActOfOtherOffice: ({ act }) => ({
    fa: `${fa(acts, act)} با دستگاهی است که پرونده اکنون نزد آن است؛ پرونده اکنون نزد شما نیست.`,
    en: `${en(acts, act)} is for the office with which the case lies now; it does not lie with yours.`,
  }),
  ActReasonMissing: ({ act }) => ({
    fa: `${fa(acts, act)} بی‌دلیل انجام نمی‌شود؛ دلیل را بنویسید، چون به متقاضی گفته می‌شود.`,
    en: `${en(acts, act)} is not done without a reason; write it, for the applicant is told.`,
  }),
  LimitPassed: ({ act, dueOn }) => ({
    fa: `مهلت ${fa(acts, act)} در ${persianDay(dueOn)} به پایان رسیده است.`,
    en: `The time for ${en(acts, act)} ended on ${dueOn}.`,
  }),
  LimitRuns: ({ act, dueOn }) => ({
    fa: `${fa(acts, act)} پس از پایان مهلت انجام می‌شود${dueOn === null ? '' : `؛ مهلت تا ${persianDay(dueOn)} است`}.`,
    en: `${en(acts, act)} is done when the limit has passed${dueOn === null ? '' : `, which runs until ${dueOn}`}.`,
  }),
  ActOtherContent: () => ({
    fa: 'این شناسه پیش‌تر برای کار دیگری به کار رفته است؛ چیزی نوشته نشد. برای کار تازه، برگه را دوباره باز کنید.',
    en: 'This id was used for another act before; nothing was written. Open the form anew for a new one.',
  }),
});

const stateTitles = (states: CaseWords['states']): Record<string, Bilingual> =>
  Object.fromEntries(Object.entries(states).map(([state, { title }]) => [state, title]));

/** The names of a kind for its refusals. */
export const namesOf = ({ states, acts }: CaseWords): CaseNames => ({
  states: stateTitles(states),
  acts,
  roles: {
    ...roleWords,
    clock: { fa: 'سامانه', en: 'the system' },
    citizen: { fa: 'شهروند', en: 'a citizen' },
  },
});

const named = (key: string): Bilingual => ({ fa: key, en: key });

/** The keys of a kind in place of words: a case that nobody gave any is still in the inbox. */
export function wordless(kind: CaseKind): CaseWords {
  return {
    title: named(kind.kind),
    states: Object.fromEntries(
      Object.keys(kind.table).map((state) => [state, { title: named(state), told: named(state) }]),
    ),
    acts: Object.fromEntries([kind.start.act, ...Object.keys(kind.may)].map((act) => [act, named(act)])),
  };
}

export const roleTitle = (role: string): Bilingual =>
  namesOf({ title: { fa: '', en: '' }, states: {}, acts: {} }).roles[role] ?? { fa: role, en: role };

type MessageFacts = Readonly<Record<string, string | null>>;

/** What a message about a case says; undefined where its kind is not known any more. */
export function sayMessage(
  facts: MessageFacts,
  wordsOf: (kind: string) => CaseWords | undefined,
): Bilingual | undefined {
  const { kind, state, dueOn = null, reason = null, number = null } = facts;
  const words = wordsOf(kind ?? '');
  const stood = words?.states[state ?? ''];
  if (words === undefined || stood === undefined) return undefined;
  if (facts['appointment'] != null) return sayAppointment(facts, words.title);
  const told = toldAfter(stood, facts['act']);
  if (dueOn === null)
    return {
      fa: [
        `${words.title.fa}: ${told.fa}`,
        ...(reason === null ? [] : [`دلیل: ${reason}`]),
        ...(number === null ? [] : [`شمارهٔ رهگیری \u2066${persianDigits(number)}\u2069`]),
      ].join('\n'),
      en: [
        `${words.title.en}: ${told.en}`,
        ...(reason === null ? [] : [`Reason: ${reason}`]),
        ...(number === null ? [] : [`Tracking number ${number}`]),
      ].join('\n'),
    };
  return {
    fa: `مهلت «${words.title.fa}» در وضعیت «${stood.title.fa}» در ${persianDigits(dueOn.replaceAll('-', '/'))} گذشت.`,
    en: `The limit of "${words.title.en}" in the state "${stood.title.en}" passed on ${dueOn} (Jalali).`,
  };
}

const toldOfAppointment: Readonly<Record<string, Bilingual>> = {
  set: { fa: 'برای شما نوبت مراجعه گذاشته شد', en: 'You are asked to come' },
  moved: { fa: 'نوبت مراجعهٔ شما تغییر کرد', en: 'Your appointment was changed' },
  cancelled: { fa: 'نوبت مراجعهٔ شما لغو شد', en: 'Your appointment was cancelled' },
  reminder: { fa: 'یادآوری نوبت مراجعه', en: 'A reminder of your appointment' },
};

/** When and where somebody is called to an office, why, and what to bring; or that they need not come. */
function sayAppointment(facts: MessageFacts, title: Bilingual): Bilingual {
  const { appointment, on, time, place, purpose, bring, reason } = facts;
  const told = toldOfAppointment[appointment ?? ''] ?? { fa: '', en: '' };
  const when = {
    fa: `${persianDigits((on ?? '').replaceAll('-', '/'))}، ساعت ${persianDigits(time ?? '')}`,
    en: `${on} (Jalali), ${time}`,
  };
  if (appointment === 'cancelled')
    return {
      fa: `${title.fa}: ${told.fa} (${when.fa}).\nدلیل: ${reason ?? ''}`,
      en: `${title.en}: ${told.en} (${when.en}).\nReason: ${reason ?? ''}`,
    };
  const hasList = bring != null && bring !== '';
  return {
    fa: [
      `${title.fa}: ${told.fa}: ${when.fa}`,
      `نشانی: ${place ?? ''}`,
      `برای: ${purpose ?? ''}`,
      ...(hasList ? [`همراه بیاورید: ${bring}`] : []),
    ].join('\n'),
    en: [
      `${title.en}: ${told.en}: ${when.en}`,
      `Address: ${place ?? ''}`,
      `For: ${purpose ?? ''}`,
      ...(hasList ? [`Bring: ${bring}`] : []),
    ].join('\n'),
  };
}

/** Texts of the inbox and of the page of a case. */
export const caseLabels = {
  inbox: { fa: 'کارتابل', en: 'Inbox' },
  cases: { fa: 'پرونده‌ها', en: 'Cases' },
  case: { fa: 'پرونده', en: 'Case' },
  mine: { fa: 'در دست من', en: 'In my hands' },
  role: { fa: 'نوبت من', en: 'My turn' },
  open: { fa: 'همهٔ کارهای باز', en: 'All open' },
  late: { fa: 'دیرکرده', en: 'Late' },
  all: { fa: 'همهٔ پرونده‌ها', en: 'All cases' },
  search: { fa: 'شمارهٔ رهگیری، کد ملی یا نام', en: 'Tracking number, national id or name' },
  searchLabel: { fa: 'جست‌وجو', en: 'Search' },
  kind: { fa: 'نوع', en: 'Kind' },
  state: { fa: 'وضعیت', en: 'State' },
  anyKind: { fa: 'همهٔ نوع‌ها', en: 'Every kind' },
  anyState: { fa: 'همهٔ وضعیت‌ها', en: 'Every state' },
  number: { fa: 'شمارهٔ رهگیری', en: 'Tracking number' },
  subject: { fa: 'صاحب پرونده', en: 'whom the case is about' },
  subjectColumn: { fa: 'دربارهٔ', en: 'About' },
  county: { fa: 'شهرستان', en: 'County' },
  provinceMatter: { fa: 'استان', en: 'The province' },
  deadline: { fa: 'مهلت', en: 'Deadline' },
  noDeadline: { fa: 'بی‌مهلت', en: 'None' },
  moved: { fa: 'آخرین کار', en: 'Last act' },
  opened: { fa: 'گشوده در', en: 'Opened' },
  holder: { fa: 'در دست', en: 'In the hands of' },
  you: { fa: 'شما', en: 'you' },
  me: { fa: 'من', en: 'me' },
  nobody: { fa: 'هیچ‌کس', en: 'Nobody' },
  narrow: {
    fa: 'کسان بسیاری با این نام هستند و همه دیده نشده‌اند؛ نام را کامل‌تر بنویسید یا کد ملی بدهید.',
    en: 'Many people have this name and not all were looked at; type more of it, or a national id.',
  },
  emptyTitle: { fa: 'کاری در این فهرست نیست', en: 'Nothing in this list' },
  emptyBody: {
    fa: 'پرونده‌ای که نوبت شما برسد همین‌جا می‌آید، آنچه مهلتش نزدیک‌تر است بالاتر.',
    en: 'A case whose turn is yours appears here, what is due soonest first.',
  },
  emptySearchTitle: { fa: 'پرونده‌ای پیدا نشد', en: 'No case was found' },
  emptySearchBody: {
    fa: 'شماره یا نام را بررسی کنید؛ تنها پرونده‌های محدودهٔ شما جست‌وجو می‌شود.',
    en: 'Check the number or the name; only cases within your scope are looked through.',
  },
  chosen: { fa: 'برگزیده', en: 'chosen' },
  bulkAct: { fa: 'کار یکجا', en: 'Act on all' },
  bulkDo: { fa: 'انجام روی برگزیده‌ها', en: 'Do it on the chosen' },
  bulkNone: {
    fa: 'کار یکجایی برای سمت شما روی این نوع نیست.',
    en: 'Your role has no act for many of this kind.',
  },
  bulkOneKind: { fa: 'پرونده‌هایی از یک نوع برگزینید.', en: 'Choose cases of one kind.' },
  bulkDone: { fa: 'انجام شد', en: 'done' },
  bulkRefused: { fa: 'انجام نشد', en: 'not done' },
  clear: { fa: 'برداشتن برگزیده‌ها', en: 'Choose none' },
  choose: { fa: 'برگزیدن', en: 'Choose' },
  views: { fa: 'نماهای من', en: 'My views' },
  viewName: { fa: 'نام نما', en: 'Name of the view' },
  saveView: { fa: 'نگه‌داشتن این پالایه‌ها', en: 'Keep these filters' },
  dropView: { fa: 'حذف نما', en: 'Drop the view' },
  keys: {
    fa: 'کلیدها: j و k پایین و بالا، Enter باز کردن، x برگزیدن',
    en: 'Keys: j and k down and up, Enter opens, x chooses',
  },
  province: { fa: 'استان', en: 'Province' },
  reason: { fa: 'دلیل', en: 'Reason' },
  reasonHint: { fa: 'به صاحب پرونده گفته می‌شود.', en: 'Whom the case is about is told.' },
  doIt: { fa: 'انجام', en: 'Do it' },
  cancel: { fa: 'انصراف', en: 'Cancel' },
  elsewhere: { fa: 'در صفحهٔ خودش', en: 'On its own page' },
  ownPage: { fa: 'صفحهٔ این پرونده', en: 'The page of this case' },
  take: { fa: 'به دست می‌گیرم', en: 'I take it' },
  giveBack: { fa: 'بازپس می‌دهم', en: 'I give it back' },
  waitsFor: { fa: 'نوبت', en: 'Waits for' },
  status: { fa: 'وضعیت به زبان ساده', en: 'Status in plain words' },
  letter: { fa: 'نامهٔ وضعیت', en: 'Letter of status' },
  letterHint: { fa: 'آنچه صاحب پرونده می‌خواند', en: 'What the subject of the case reads' },
  notes: { fa: 'یادداشت‌های اداری', en: 'Notes among officers' },
  noNotes: { fa: 'یادداشتی نیست.', en: 'No notes.' },
  newNote: { fa: 'یادداشت تازه', en: 'New note' },
  newNoteHint: { fa: 'صاحب پرونده آن را نمی‌بیند.', en: 'Whom the case is about does not see it.' },
  addNote: { fa: 'افزودن یادداشت', en: 'Add the note' },
  erased: { fa: 'به‌طور قانونی امحا شده است.', en: 'Lawfully erased.' },
  messages: { fa: 'پیام‌ها', en: 'Messages' },
  noMessages: { fa: 'پیامی فرستاده نشده است.', en: 'No message was sent.' },
  wouldBe: { fa: 'نمایشی: به بیرون فرستاده نشد', en: 'Shown only: not sent out' },
  to: { fa: 'به', en: 'to' },
  ofPerson: { fa: 'پرونده‌ها', en: 'Cases' },
  noCasesOfPerson: { fa: 'پرونده‌ای دربارهٔ این شخص نیست', en: 'No case is about this person' },
  noCasesOfPersonHelp: {
    fa: 'پرونده‌های باز و بستهٔ این شخص، تا آنجا که در دامنهٔ دید شماست، اینجا می‌آید.',
    en: 'Open and closed cases about this person stand here, as far as they are within your scope.',
  },
  moreOfPerson: {
    fa: 'پرونده‌های قدیمی‌تر را با جست‌وجوی کد ملی در کارتابل ببینید.',
    en: 'Older cases are found in the inbox by the national id.',
  },
  documents: { fa: 'اسناد', en: 'Documents' },
  noDocuments: { fa: 'سندی پیوست نشده است.', en: 'No document is attached.' },
  attach: { fa: 'پیوست سند', en: 'Attach a document' },
  attachHint: {
    fa: 'PDF، عکس، xlsx یا CSV تا ۱۰ مگابایت؛ عکس دوربین پیش از فرستادن کوچک می‌شود.',
    en: 'PDF, picture, xlsx or CSV up to 10 MB; a picture of the camera is made smaller first.',
  },
  download: { fa: 'دریافت', en: 'Download' },
  facts: { fa: 'مشخصات', en: 'Facts' },
  basis: { fa: 'مبنای مهلت', en: 'Basis of the deadline' },
  foreseen: {
    fa: 'تعطیلات این سال هنوز اعلام نشده و ممکن است تغییر کند.',
    en: 'Holidays of that year are not known yet; it may move.',
  },
  closed: { fa: 'بسته', en: 'Closed' },
  daysLeft: { fa: 'روز کاری مانده', en: 'working days left' },
  more: { fa: '+', en: '+' },
} as const satisfies Record<string, Bilingual>;
