import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import { openShare } from '../contract.ts';
import type { Group } from './contract.ts';

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

const groupName = (group: string): Bilingual =>
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
