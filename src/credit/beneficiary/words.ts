export const beneficiaryLabels = {
  awards: { fa: 'تسهیلات مصوب', en: 'Credit awarded' },
  none: { fa: 'برای این شخص تسهیلاتی تصویب نشده است', en: 'Nothing was awarded to this person' },
  noneBody: {
    fa: 'تصویب‌هایی که در دامنهٔ دید شماست اینجا می‌آید.',
    en: 'Awards within your scope appear here.',
  },
  line: { fa: 'خط اعتبار', en: 'Credit line' },
} as const;
