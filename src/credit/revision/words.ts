import { isoOf } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { groupedDigits, moneyExactly, persianDigits } from '#kernel/persian.ts';
import type { Rial } from '#kernel/rial.ts';
import type { RevisionRefusal } from './contract.ts';

const fa = (sum: Rial): string => `${moneyExactly(sum)} (${groupedDigits(sum)} ریال)`;
const en = (sum: Rial): string => `${sum.toLocaleString('en')} rials`;

export const revisionRefusalWords: {
  readonly [Kind in RevisionRefusal['kind']]: (
    refusal: Extract<RevisionRefusal, { kind: Kind }>,
  ) => Bilingual;
} = {
  CutBelowCommitted: ({ asked, most }) => ({
    fa: `کاهش از آنچه رزرو شده یا نزد بانک است برداشته نمی‌شود و سهم تعاونی‌ها را کمتر از نسبت آن نمی‌کند؛ ${fa(asked)} خواسته شده و بیشترین کاهش ممکن ${fa(most)} است.`,
    en: `A cut takes nothing that is reserved or at the bank, and leaves the cooperatives their share; ${en(asked)} were asked back, and the most that can be is ${en(most)}.`,
  }),
  DeadlineNotLater: ({ deadline, current }) => ({
    fa: `مهلت تازه باید پس از مهلت کنونی (${persianDigits(current.replaceAll('-', '/'))}) باشد و ${persianDigits(deadline.replaceAll('-', '/'))} پس از آن نیست؛ روز دیرتری بنویسید.`,
    en: `The new deadline must lie after the present one, ${isoOf(current)}, and ${isoOf(deadline)} does not; give a later day.`,
  }),
  AwardsNotReferred: ({ reserved }) => ({
    fa: `${fa(reserved)} هنوز رزرو است و به بانک نرفته؛ پیش از بستن خط، هر یک را به بانک معرفی یا آزاد کنید.`,
    en: `${en(reserved)} are still reserved and with no bank; refer or release each award before the line is closed.`,
  }),
};
