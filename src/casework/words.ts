import { dayFromIso } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { CaseRefusal } from './contract.ts';

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
