import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import { invitationTopic, type FinderRefusal } from './contract.ts';

export const finderRefusalWords = {
  InvitationOtherContent: () => ({
    fa: 'با همین شناسه گروه دیگری دعوت شده است و این گروه دعوت نشد؛ صفحه را از نو باز کنید و دوباره بفرستید.',
    en: 'Another group was invited under the same id, and this one was not: open the page anew and send it again.',
  }),
  ClusterGone: ({ least }) => ({
    fa: `در این رشته و شهرستان اکنون ${persianDigits(String(least))} دارندهٔ مجوز آزاد نیست؛ خوشهٔ دیگری برگزینید.`,
    en: `There are no ${least} free holders of this occupation in this county now: choose another cluster.`,
  }),
  InvitedAlready: ({ holders }) => ({
    fa: `هر ${persianDigits(String(holders))} نفر این خوشه پیش‌تر دعوت شده‌اند؛ دارندهٔ تازه‌ای که بیاید می‌توان دعوت کرد.`,
    en: `All ${holders} of this cluster were invited already: whoever joins it can be invited.`,
  }),
} as const satisfies {
  [Kind in FinderRefusal['kind']]: (refusal: Extract<FinderRefusal, { kind: Kind }>) => Bilingual;
};

/** What an invitation says; undefined for a message of another kind. */
export function sayInvitation(facts: Readonly<Record<string, string | null>>): Bilingual | undefined {
  const { kind, occupationFa, occupationEn, countyFa, countyEn, holders } = facts;
  if (kind !== invitationTopic) return undefined;
  return {
    fa: `در شهرستان ${countyFa} ${persianDigits(holders ?? '')} نفر مجوز «${occupationFa}» دارند و می‌توانند با هم تعاونی تشکیل دهند. برای همراهی به ادارهٔ تعاون شهرستان بروید.`,
    en: `In ${countyEn} ${holders} people hold a licence for "${occupationEn}" and could form a cooperative together. To take part, go to the county office.`,
  };
}

export const finderLabels = {
  clusters: { fa: 'خوشه‌ها', en: 'Clusters' },
  lead: {
    fa: 'دارندگان مجوز معتبر یک رشته در یک شهرستان که شمارشان به کمترین شمار قانونی می‌رسد و عضو تعاونی همان رشته نیستند.',
    en: 'Holders of valid licences of one occupation in one county who reach the legal minimum and are in no cooperative of it.',
  },
  holders: { fa: 'دارندگان مجوز', en: 'Licence holders' },
  invited: { fa: 'دعوت‌شده', en: 'Invited' },
  invite: { fa: 'فرستادن دعوت', en: 'Send the invitation' },
  allInvited: { fa: 'همهٔ این خوشه دعوت شده‌اند.', en: 'All of this cluster were invited.' },
  shared: {
    fa: 'سهم قفل‌شده میان همهٔ تعاونی‌های شهرستان مشترک است.',
    en: 'The locked share is one for all cooperatives of the county.',
  },
  inviteLead: {
    fa: 'به هر دارنده‌ای که هنوز دعوت نشده است یک پیامک می‌رود.',
    en: 'One message goes to each holder who was not invited yet.',
  },
  form: { fa: 'تشکیل تعاونی', en: 'Form a cooperative' },
  gives: { fa: 'آنچه سهم قفل‌شده می‌دهد', en: 'What the locked share gives' },
  nothing: { fa: 'اکنون هیچ', en: 'nothing now' },
  show: { fa: 'دیدن خوشه', en: 'Look at it' },
  fromCluster: { fa: 'از یک خوشه', en: 'Out of a cluster' },
  gone: { fa: 'این خوشه دیگر نیست', en: 'This cluster is no more' },
  goneHelp: {
    fa: 'دارندگان آزاد این رشته در این شهرستان اکنون به کمترین شمار قانونی نمی‌رسند؛ خوشهٔ دیگری برگزینید یا بنیان‌گذاران را یک‌به‌یک بیفزایید.',
    en: 'The free holders of it are below the legal minimum now: choose another cluster, or add the founders one by one.',
  },
  none: { fa: 'خوشه‌ای به کمترین شمار قانونی نمی‌رسد', en: 'No cluster reaches the legal minimum' },
  noneHelp: {
    fa: 'با صدور مجوزهای تازه، خوشه‌هایی که به حد می‌رسند این‌جا می‌آیند.',
    en: 'As licences are issued, clusters that reach it appear here.',
  },
} as const satisfies Record<string, Bilingual>;
