import type { Bilingual } from '#kernel/indicator.ts';

/** Texts of how fast branches pay. */
export const branchLabels = {
  title: { fa: 'پرداخت شعبه‌ها', en: 'How branches pay' },
  branch: { fa: 'شعبه', en: 'Branch' },
  contracted: { fa: 'قرارداد', en: 'Contracted' },
  paid: { fa: 'پرداخت‌شده', en: 'Paid' },
  waits: { fa: 'در انتظار پرداخت', en: 'Waits to be paid' },
  perWeek: { fa: 'پرداخت هفتگی', en: 'Paid a week' },
  unpaid: { fa: 'پرداخت‌نشده در پایان مهلت', en: 'Unpaid at the deadline' },
  none: {
    fa: 'هنوز فهرست بانکی برای این خط ثبت نشده است',
    en: 'No list of a bank is recorded for this line yet',
  },
  noneHint: {
    fa: 'شعبهٔ هر تسهیلات از آخرین فهرست بانک شناخته می‌شود.',
    en: 'The branch of an award is known by the last list of the bank that names it.',
  },
  note: {
    fa: 'شعبهٔ هر تسهیلات آن است که در آخرین فهرست بانک آمده؛ آنچه در هیچ فهرستی نیست اینجا شمرده نشده است.',
    en: 'An award is at the branch of the last list that names it; what is in no list is not counted here.',
  },
} as const satisfies Record<string, Bilingual>;
