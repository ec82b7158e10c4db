/**
 * React Aria speaks 34 languages and Persian is not among them, so a Persian screen reader would hear
 * English. At build time this gives it the Persian sentences below beside its English ones and leaves the
 * other 33 languages out (about 200 kB before compression).
 */
type BuildPlugin = {
  readonly name: string;
  readonly enforce: 'pre';
  readonly load: (id: string) => string | undefined;
};

/** By folder of React Aria's `intl`; what is missing here falls back to its English. Functions as source. */
const persian: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'react-aria-components': { selectPlaceholder: `'برگزینید'`, tableResizer: `'تغییر پهنا'` },
  autocomplete: { collectionLabel: `'پیشنهادها'` },
  breadcrumbs: { breadcrumbs: `'مسیر صفحه'` },
  calendar: {
    previous: `'پیشین'`,
    next: `'پسین'`,
    selectedDateDescription: '(a) => `روز برگزیده: ${a.date}`',
    todayDate: '(a) => `امروز، ${a.date}`',
    todayDateSelected: '(a) => `امروز، ${a.date}، برگزیده`',
    dateSelected: '(a) => `${a.date}، برگزیده`',
    minimumDate: `'نخستین روز ممکن'`,
    maximumDate: `'واپسین روز ممکن'`,
    dateRange: '(a) => `از ${a.startDate} تا ${a.endDate}`',
  },
  combobox: {
    focusAnnouncement: "(a) => `${a.optionText}${a.isSelected ? '، برگزیده' : ''}`",
    countAnnouncement: '(a, f) => `${f.number(a.optionCount)} گزینه`',
    selectedAnnouncement: '(a) => `${a.optionText} برگزیده شد`',
    buttonLabel: `'نمایش پیشنهادها'`,
    listboxLabel: `'پیشنهادها'`,
  },
  datepicker: {
    era: `'دوره'`,
    year: `'سال'`,
    month: `'ماه'`,
    day: `'روز'`,
    hour: `'ساعت'`,
    minute: `'دقیقه'`,
    calendar: `'تقویم'`,
    startDate: `'از روز'`,
    endDate: `'تا روز'`,
    weekday: `'روز هفته'`,
    selectedDateDescription: '(a) => `روز برگزیده: ${a.date}`',
  },
  menu: { longPressMessage: `'برای بازشدن فهرست، کلید دگرساز و پیکان پایین را بزنید'` },
  numberfield: {
    decrease: '(a) => `کاهش ${a.fieldLabel}`',
    increase: '(a) => `افزایش ${a.fieldLabel}`',
    numberField: `'خانه عدد'`,
  },
  overlays: { dismiss: `'بستن'` },
  searchfield: { 'Clear search': `'پاک‌کردن جست‌وجو'` },
  tag: { removeDescription: `'برای برداشتن، کلید حذف را بزنید.'`, removeButtonLabel: `'برداشتن'` },
  toast: { close: `'بستن'`, notifications: '(a, f) => `${f.number(a.count)} پیام`' },
};

const dictionary = /(react-aria(?:-components)?)\/dist\/private\/(?:(\w+)\/)?intlStrings\.mjs$/;

/** The module that stands in for React Aria's dictionary of one folder, or undefined when it is not one. */
export function dictionaryModule(id: string): string | undefined {
  const found = dictionary.exec(id.split('?')[0] ?? id);
  if (found === null) return undefined;
  const [, owner = '', folder] = found;
  const english = folder === undefined ? './intl/en-US.mjs' : `../intl/${folder}/en-US.mjs`;
  const sentences = Object.entries(persian[folder ?? owner] ?? {});
  const fa = sentences.map(([key, source]) => `${JSON.stringify(key)}: ${source}`).join(', ');
  return `import en from '${english}';\nexport default { 'en-US': en, 'fa-IR': { ...en, ${fa} } };\n`;
}

export function persianAria(): BuildPlugin {
  return { name: 'karsaz:persian-aria', enforce: 'pre', load: dictionaryModule };
}
