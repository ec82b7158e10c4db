import { type Day, isoOf } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { moneyCompared, persianDigits } from '#kernel/persian.ts';
import type { Rial } from '#kernel/rial.ts';
import { openShare } from '../contract.ts';
import type { Group, RuleRefusal, RuleType } from './contract.ts';

const lowestDeciles = (count: number): Bilingual => ({
  fa: count === 1 ? 'پایین‌ترین دهک' : `${persianDigits(String(count))} دهک پایین`,
  en: count === 1 ? 'the lowest decile' : `the ${count} lowest deciles`,
});

const groupWords = {
  cooperative: { fa: 'تعاونی‌ها', en: 'cooperatives' },
  supporter: { fa: 'پشتیبان‌ها', en: 'supporters' },
  person: { fa: 'اشخاص مستقل', en: 'independent persons' },
  enterprise: { fa: 'بنگاه‌ها', en: 'enterprises' },
  target_group: { fa: 'جامعهٔ هدف نهادهای حمایتی', en: 'target groups of the support bodies' },
  rural: { fa: 'روستاییان', en: 'rural applicants' },
  decile_1: lowestDeciles(1),
  decile_2: lowestDeciles(2),
  decile_3: lowestDeciles(3),
  decile_4: lowestDeciles(4),
  decile_5: lowestDeciles(5),
  decile_6: lowestDeciles(6),
  decile_7: lowestDeciles(7),
  decile_8: lowestDeciles(8),
  decile_9: lowestDeciles(9),
} as const satisfies Record<Group, Bilingual>;

export const groupName = (group: string): Bilingual =>
  new Map<string, Bilingual>(Object.entries(groupWords)).get(group) ?? { fa: group, en: group };

/** Who a share is for: «تعاونی‌ها»، «روستاییان، درون سهم تعاونی‌ها»; the open part has no such name. */
export function shareFor(share: string): Bilingual {
  const [last = { fa: share, en: share }, ...around] = share.split('/').map(groupName).toReversed();
  return around.reduce(
    (name, { fa, en }) => ({ fa: `${name.fa}، درون سهم ${fa}`, en: `${name.en}, within the share of ${en}` }),
    last,
  );
}

/** What a share is called: «سهم تعاونی‌ها»، «بخش آزاد». */
export function shareName(share: string): Bilingual {
  if (share === openShare) return { fa: 'بخش آزاد', en: 'the open part' };
  const name = shareFor(share);
  return { fa: `سهم ${name.fa}`, en: `the share of ${name.en}` };
}

const fa = moneyCompared;
const en = (sum: Rial): string => `${sum.toLocaleString('en')} rials`;
const persianDay = (day: Day): string => persianDigits(day.replaceAll('-', '/'));

export const ruleTypeWords = {
  reserve: { fa: 'سهم محفوظ', en: 'Reserve' },
  cap: { fa: 'سقف', en: 'Cap' },
  priority: { fa: 'اولویت', en: 'Priority' },
} as const satisfies Record<RuleType, Bilingual>;

export const ruleActWords = {
  propose_rule: { fa: 'پیشنهاد قاعدهٔ سهم', en: 'Propose the share rule' },
  approve_rule: { fa: 'تصویب قاعدهٔ سهم', en: 'Put the share rule in force' },
  withdraw_rule: { fa: 'پس گرفتن قاعدهٔ سهم', en: 'Withdraw the share rule' },
} as const satisfies Record<string, Bilingual>;

type Refusals = { readonly [Kind in RuleRefusal['kind']]: Extract<RuleRefusal, { kind: Kind }> };

export const ruleRefusalWords: {
  readonly [Kind in RuleRefusal['kind']]: (refusal: Refusals[Kind]) => Bilingual;
} = {
  RuleMissing: () => ({
    fa: 'این قاعدهٔ پیشنهادی در محدودهٔ شما پیدا نشد؛ از صفحهٔ خط اعتباری برگزینید.',
    en: 'This proposed rule was not found within your scope; choose it from the page of its line.',
  }),
  OwnRule: () => ({
    fa: 'پیشنهاددهنده نمی‌تواند قاعدهٔ خود را تصویب کند؛ شخص دیگری، مدیرکل یا معاون، باید آن را تصویب کند.',
    en: 'The proposer may not put the rule in force; another person, the director-general or a deputy, must.',
  }),
  RuleBackdated: ({ validFrom, earliest }) => ({
    fa: `قاعدهٔ سهم رو به گذشته و از همین امروز آغاز نمی‌شود و ${persianDay(validFrom)} چنین است؛ نخستین روز درست ${persianDay(earliest)} است.`,
    en: `A share rule begins neither in the past nor today, and ${isoOf(validFrom)} would; the first day that will do is ${isoOf(earliest)}.`,
  }),
  RuleTwice: ({ share, validFrom }) => ({
    fa: `برای ${shareName(share).fa} از ${persianDay(validFrom)} قاعده‌ای از همین گونه هست؛ روز دیگری را بنویسید.`,
    en: `There is a rule of this type for ${shareName(share).en} from ${isoOf(validFrom)}; give another day.`,
  }),
  GroupTwice: ({ share }) => ({
    fa: `در ${shareName(share).fa} یک گروه دو بار آمده است؛ یکی را بردارید.`,
    en: `One group stands twice in ${shareName(share).en}; remove one of them.`,
  }),
  RuleNotAFraction: ({ numerator, denominator }) => ({
    fa: `${persianDigits(`${numerator} از ${denominator}`)} بیش از همه است؛ صورت را تا مخرج کم کنید.`,
    en: `A part of ${numerator} in ${denominator} is more than the whole; lower the numerator to the denominator.`,
  }),
  LastDayMisplaced: ({ ruleType, validFrom }) =>
    ruleType === 'priority'
      ? {
          fa: `اولویت روز پایان می‌خواهد، از ${persianDay(validFrom)} به بعد؛ آخرین روز آن را بنویسید.`,
          en: `A priority needs a last day, ${isoOf(validFrom)} or later; give it.`,
        }
      : {
          fa: `«${ruleTypeWords[ruleType].fa}» روز پایان ندارد و با قاعدهٔ بعدی تمام می‌شود؛ روز پایان را پاک کنید.`,
          en: `“${ruleTypeWords[ruleType].en}” has no last day, since the next rule ends it; clear the last day.`,
        },
  ReserveAroundMissing: ({ share, around }) => ({
    fa: `${shareName(share).fa} درون ${shareName(around).fa} می‌نشیند و چنین سهمی در آن روز برقرار نیست؛ نخست سهم بیرونی را تصویب کنید.`,
    en: `Nothing locks ${shareName(around).en} on that day, in which ${shareName(share).en} would stand; put the outer reserve in force first.`,
  }),
  ReservesPastWhole: ({ share, left }) => ({
    fa: `سهم‌های محفوظ یک سطح با هم از همه بیشتر می‌شوند؛ برای ${shareName(share).fa} تا ${persianDigits(percentOf(left))} درصد جا هست.`,
    en: `The reserves of one level would be more than the whole; ${percentOf(left)} percent are left for ${shareName(share).en}.`,
  }),
  CapReached: ({ share, cap, drawn, left, asked, legalReference }) => ({
    fa: `سقف «${shareFor(share).fa}» در این برش ${fa(cap)} است (${persianDigits(legalReference)}) و ${fa(drawn)} آن برداشته شده؛ ${fa(asked)} خواسته شده است، مبلغ را تا ${fa(left)} کم کنید.`,
    en: `The cap of ${shareFor(share).en} in this slice is ${en(cap)} (${legalReference}) and ${en(drawn)} of it are drawn; ${en(asked)} were asked for, lower the sum to ${en(left)}.`,
  }),
  KeptForPriority: ({ share, kept, left, asked, firstDay, legalReference }) => ({
    fa: `${fa(kept)} از بخش آزاد این برش برای «${shareFor(share).fa}» نگه داشته شده است (${persianDigits(legalReference)})؛ ${fa(asked)} خواسته شده و برای دیگران ${fa(left)} مانده است. مبلغ را تا همین اندازه کم کنید یا از ${persianDay(firstDay)} رزرو کنید.`,
    en: `In the open part of this slice ${en(kept)} are kept for ${shareFor(share).en} (${legalReference}); ${en(asked)} were asked for and ${en(left)} are left for others. Lower the sum to that, or reserve from ${isoOf(firstDay)} on.`,
  }),
};

/** Hundredths of a percent as percent. */
const percentOf = (hundredths: number): string => String(hundredths / 100);

/** Texts of the page of a line's share rules. */
export const ruleLabels = {
  title: { fa: 'قاعده‌های سهم', en: 'Share rules' },
  lead: {
    fa: 'سهم محفوظ در حسابی جدا قفل می‌شود؛ سقف بیشترین برداشت یک گروه است؛ اولویت بخشی از پول آزاد را تا روزی نگه می‌دارد. هر قاعده را یک نفر پیشنهاد و دیگری با مصوبه برقرار می‌کند.',
    en: 'A reserve is locked in an account of its own; a cap is the most a group may draw; a priority keeps part of the open money until a day. One person proposes each rule, another puts it in force under a resolution.',
  },
  locks: { fa: 'آنچه اکنون قفل است', en: 'What is locked now' },
  locksNone: { fa: 'اکنون سهمی قفل نیست', en: 'Nothing is locked now' },
  locksNoneHelp: {
    fa: 'سهم محفوظ از نخستین ابلاغ پس از برقراری قاعده قفل می‌شود.',
    en: 'A reserve locks its part of each letter that comes after the rule is in force.',
  },
  lockedInAll: { fa: 'در همهٔ مرحله‌ها', en: 'In every stage' },
  lockedFree: { fa: 'رزرونشده', en: 'Not yet reserved' },
  history: { fa: 'قاعده‌ها و تاریخچهٔ آن‌ها', en: 'Rules and their history' },
  none: { fa: 'این خط هنوز قاعدهٔ سهمی ندارد', en: 'This line has no share rule yet' },
  noneHelp: {
    fa: 'پول خط بی‌قاعده همه آزاد است و هر کس که شرایط را دارد از آن برمی‌دارد.',
    en: 'Without a rule all of the line is open, and whoever qualifies may draw on it.',
  },
  waiting: { fa: 'در انتظار تصویب', en: 'Waiting for approval' },
  type: { fa: 'گونه', en: 'Type' },
  forWhom: { fa: 'برای', en: 'For' },
  around: { fa: 'درون سهم', en: 'Within the share' },
  noAround: { fa: 'درون هیچ سهمی نیست', en: 'Within no other share' },
  part: { fa: 'کسر', en: 'Fraction' },
  of: { fa: 'از', en: 'in' },
  numerator: { fa: 'صورت', en: 'Numerator' },
  denominator: { fa: 'مخرج', en: 'Denominator' },
  from: { fa: 'از روز', en: 'From' },
  lastDay: { fa: 'تا پایان روز', en: 'Last day' },
  reference: { fa: 'مستند قانونی', en: 'Legal reference' },
  proposedBy: { fa: 'پیشنهاددهنده', en: 'Proposed by' },
  approvedBy: { fa: 'تصویب‌کننده', en: 'Approved by' },
  resolution: { fa: 'مصوبه', en: 'Resolution' },
  withDraft: { fa: 'همراه خط', en: 'with the line' },
  state: { fa: 'وضعیت', en: 'State' },
  inForce: { fa: 'برقرار', en: 'in force' },
  later: { fa: 'هنوز آغاز نشده', en: 'not begun yet' },
  past: { fa: 'گذشته', en: 'past' },
  propose: { fa: 'پیشنهاد قاعده', en: 'Propose a rule' },
  approve: { fa: 'تصویب', en: 'Approve' },
  withdraw: { fa: 'پس گرفتن', en: 'Withdraw' },
  proposeHelp: {
    fa: 'قاعدهٔ تازه جای قاعدهٔ پیشین همان گونه و همان گروه را از روز خود می‌گیرد و گذشته را تغییر نمی‌دهد.',
    en: 'A new rule follows that of the same type and group from its day on; the past stays as it was.',
  },
  approveHelp: {
    fa: 'قاعده از روز خود برقرار می‌شود. سهم محفوظ ابلاغ‌های پس از آن روز را قفل می‌کند؛ آنچه پیش‌تر قفل شده همان می‌ماند.',
    en: 'The rule holds from its day on. A reserve locks its part of the letters after that day; what is locked already stays.',
  },
  withdrawHelp: {
    fa: 'پیشنهاد بسته می‌شود و قاعده‌ای برقرار نمی‌شود.',
    en: 'The proposal is closed; no rule comes into force.',
  },
  missing: { fa: 'این خانه را پر کنید.', en: 'Fill in this field.' },
} as const satisfies Record<string, Bilingual>;
