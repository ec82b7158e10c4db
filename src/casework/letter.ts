import { type Day, englishDay } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { CaseKind } from '#kernel/state.ts';
import type { Deadline } from './contract.ts';

export type LetterFacts = {
  readonly kind: CaseKind;
  readonly title: Bilingual;
  /** What the state means for the applicant. */
  readonly told: Bilingual;
  readonly state: string;
  readonly number: string;
  /** Of the act that led here, when it has one. */
  readonly reason: string | null;
  readonly since: Day;
  readonly deadline: Deadline | null;
};

const persianDay = (day: Day): string => persianDigits(day.replaceAll('-', '/'));

/**
 * The status of a case in plain words for whom it is about: what it is, why, until when, and what can be done
 * against it. Every kind has one, because it is made of the words and the table that every kind declares.
 */
export function letterOf(facts: LetterFacts): Bilingual {
  const { kind, title, told, state, number, reason, since, deadline } = facts;
  const { objection } = kind.parts ?? {};
  const wait = kind.waits?.[state] ?? undefined;
  const mayObject = objection !== undefined && kind.table[state]?.[objection] !== 'refused';
  const yours = wait?.on.includes('applicant') ?? false;
  const basis = wait?.limit?.basis;
  const fa = [
    `${title.fa}، شمارهٔ رهگیری \u2066${persianDigits(number)}\u2069`,
    `از ${persianDay(since)}: ${told.fa}`,
    ...(reason === null ? [] : [`دلیل: ${reason}`]),
  ];
  const en = [
    `${title.en}, tracking number ${number}`,
    `Since ${englishDay(since)}: ${told.en}`,
    ...(reason === null ? [] : [`Reason: ${reason}`]),
  ];
  if (deadline !== null) {
    const { dueOn, late } = deadline;
    if (mayObject && !late) {
      fa.push(`تا ${persianDay(dueOn)} می‌توانید اعتراض کنید (${basis?.fa ?? ''}).`);
      en.push(`You may object until ${englishDay(dueOn)} (${basis?.en ?? ''}).`);
    } else if (mayObject) {
      fa.push(`مهلت اعتراض در ${persianDay(dueOn)} به پایان رسید.`);
      en.push(`The time to object ended on ${englishDay(dueOn)}.`);
    } else {
      fa.push(
        yours
          ? `تا ${persianDay(dueOn)} منتظر شما هستیم (${basis?.fa ?? ''}).`
          : `پاسخ تا ${persianDay(dueOn)} داده می‌شود (${basis?.fa ?? ''})${late ? '؛ این مهلت گذشته است' : ''}.`,
      );
      en.push(
        yours
          ? `We wait for you until ${englishDay(dueOn)} (${basis?.en ?? ''}).`
          : `An answer is due by ${englishDay(dueOn)} (${basis?.en ?? ''})${late ? ', which has passed' : ''}.`,
      );
    }
  }
  return { fa: fa.join('\n'), en: en.join('\n') };
}
