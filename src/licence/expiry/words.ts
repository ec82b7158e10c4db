import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import { nearExpiry } from './contract.ts';

/** What a holder is told once before the end of a licence; undefined for a message of another kind. */
export function sayExpiry({
  state,
  expiresOn,
}: Readonly<Record<string, string | null>>): Bilingual | undefined {
  if (state !== nearExpiry || expiresOn == null) return undefined;
  return {
    fa: `مجوز مشاغل خانگی شما در ${persianDigits(expiresOn.replaceAll('-', '/'))} به پایان می‌رسد. از امروز می‌توانید آن را در صفحهٔ «مجوزها» تمدید کنید.`,
    en: `Your home-job licence ends on ${expiresOn} (Jalali). From today you can renew it on the page of licences.`,
  };
}
