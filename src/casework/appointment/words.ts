import { dayFromIso } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { AppointmentEntry, AppointmentRefusal } from './contract.ts';
import { roleTitle } from '../words.ts';

const persianDay = (iso: string): string => persianDigits(dayFromIso(iso).replaceAll('-', '/'));
const englishDay = (iso: string): string => `${iso} (${dayFromIso(iso)} Jalali)`;

export const entryWords = {
  set: { fa: 'گذاشته شد', en: 'Set' },
  moved: { fa: 'تغییر کرد', en: 'Moved' },
  asked: { fa: 'زمان دیگری خواست', en: 'Another time asked for' },
  cancelled: { fa: 'لغو شد', en: 'Cancelled' },
  came: { fa: 'آمد', en: 'Came' },
  absent: { fa: 'نیامد', en: 'Did not come' },
} as const satisfies Record<AppointmentEntry, Bilingual>;

export const entryTones = {
  set: 'info',
  moved: 'info',
  asked: 'amber',
  cancelled: 'quiet',
  came: 'green',
  absent: 'red',
} as const satisfies Record<AppointmentEntry, string>;

export const appointmentRefusalWords = {
  CaseMissing: () => ({
    fa: 'چنین پرونده‌ای در محدودهٔ شما نیست. آن را از کارتابل برگزینید.',
    en: 'There is no such case within your scope. Choose it from the inbox.',
  }),
  AppointmentMissing: () => ({
    fa: 'نوبت: چنین نوبتی آخرین نوبت این پرونده نیست؛ صفحهٔ پرونده را تازه کنید.',
    en: 'Appointment: this is not the latest one of this case; load the page of the case anew.',
  }),
  AppointmentNotYours: ({ may }) => ({
    fa: `سمت: نوبت مراجعه را کسانی می‌گذارند که پرونده در نوبت آن‌هاست، و معاون و مدیرکل؛ اکنون: ${may.map((role) => roleTitle(role).fa).join('، ')}.`,
    en: `Role: appointments are set by those for whom the case waits, the deputy and the director; now: ${may.map((role) => roleTitle(role).en).join(', ')}.`,
  }),
  AppointmentOfOtherOffice: () => ({
    fa: 'دستگاه: نوبت مراجعه را دستگاهی می‌گذارد که پرونده نزد آن است؛ پرونده اکنون نزد شما نیست.',
    en: 'Office: appointments are set by the office with which the case lies; it does not lie with yours now.',
  }),
  NobodyToCall: () => ({
    fa: 'پرونده: این پرونده دربارهٔ شخصی نیست و کسی را نمی‌توان به آن فراخواند.',
    en: 'Case: this case is about nobody who could be called.',
  }),
  CaseIsClosed: () => ({
    fa: 'پرونده: این پرونده بسته است و برای پروندهٔ بسته نوبت گذاشته یا جابه‌جا نمی‌شود؛ اگر کار تازه‌ای هست پروندهٔ تازه باز کنید.',
    en: 'Case: it is closed, and for a closed case no appointment is set or moved; open a new case for something new.',
  }),
  AppointmentOpen: ({ on, time }) => ({
    fa: `پرونده: هر پرونده در هر زمان یک نوبت باز دارد و این پرونده برای ${persianDay(on)} ساعت ${persianDigits(time)} دارد؛ آن را جابه‌جا یا لغو کنید.`,
    en: `Case: it has at most one open appointment, and has one on ${englishDay(on)} at ${time}; move or cancel that one.`,
  }),
  AppointmentPast: ({ field, first }) =>
    field === 'on'
      ? {
          fa: `روز: نوبت برای روز گذشته گذاشته نمی‌شود؛ نخستین روز ممکن ${persianDay(first)} است.`,
          en: `Day: nobody is called for a day that has passed; the first possible one is ${englishDay(first)}.`,
        }
      : {
          fa: `ساعت: این ساعتِ امروز گذشته است؛ ساعت دیرتری بنویسید یا روز دیگری برگزینید.`,
          en: 'Hour: this hour of today has passed; choose a later one or another day.',
        },
  AppointmentFar: ({ last }) => ({
    fa: `روز: نوبت تا یک سال پیش رو گذاشته می‌شود، تا ${persianDay(last)}.`,
    en: `Day: appointments are set within a year, until ${englishDay(last)}.`,
  }),
  OfficeClosed: ({ holidays, next }) => ({
    fa: `روز: اداره در این روز تعطیل است (${holidays.length === 0 ? 'تعطیلی هفتگی' : holidays.map((name) => `«${name}»`).join('، ')})؛ نوبت در روز کاری گذاشته می‌شود. روز کاری بعدی ${persianDay(next)} است.`,
    en: `Day: offices are closed on it (${holidays.length === 0 ? 'weekend' : `official holiday ${holidays.map((name) => `«${name}»`).join(', ')}`}); appointments are on working days. The next one is ${englishDay(next)}.`,
  }),
  OutsideHours: ({ from, until }) => ({
    fa: `ساعت: نوبت در ساعت کار اداره آغاز می‌شود، از ${persianDigits(from)} تا پیش از ${persianDigits(until)}.`,
    en: `Hour: an appointment begins within office hours, from ${from} and before ${until}.`,
  }),
  AppointmentEnded: ({ standing }) => ({
    fa: `نوبت: این نوبت پایان یافته است («${entryWords[standing].fa}»)؛ در صورت نیاز نوبت تازه بگذارید.`,
    en: `Appointment: it has ended ("${entryWords[standing].en}"); set a new one if it is needed.`,
  }),
  AppointmentMovedOn: () => ({
    fa: 'نسخهٔ دیده‌شده: این نوبت از وقتی آن را دیدید تغییر کرده است و چیزی نوشته نشد؛ آن را ببینید و اگر هنوز لازم است دوباره انجام دهید.',
    en: 'Version seen: the appointment has changed since you saw it and nothing was written; look at it, and do this again if it is still needed.',
  }),
  AppointmentNotBegun: ({ on, time }) => ({
    fa: `سرانجام: آمدن یا نیامدن از ساعت نوبت به بعد ثبت می‌شود، ${persianDay(on)} ساعت ${persianDigits(time)}.`,
    en: `Outcome: whether somebody came is recorded from the hour on, ${englishDay(on)} at ${time}.`,
  }),
  CancelReasonMissing: () => ({
    fa: 'دلیل: نوبت بی‌دلیل لغو نمی‌شود؛ دلیل را بنویسید، چون به صاحب پرونده گفته می‌شود.',
    en: 'Reason: an appointment is not cancelled without one; write it, for whom the case is about is told.',
  }),
  WishAfterHour: () => ({
    fa: 'نوبت: زمان دیگر را پیش از ساعت نوبت می‌توان خواست و آن ساعت گذشته است؛ با اداره تماس بگیرید.',
    en: 'Appointment: another time is asked for before the hour, which has passed; get in touch with the office.',
  }),
  WishedAlready: () => ({
    fa: 'نوبت: برای هر نوبت یک بار می‌توان زمان دیگری خواست و شما خواسته‌اید؛ پاسخ اداره به شما پیام می‌شود.',
    en: 'Appointment: another time is asked for once in each, and you have; the office answers by a message.',
  }),
  WishNotYours: () => ({
    fa: 'سمت: زمان دیگر را کسی می‌خواهد که به اداره فراخوانده شده است؛ اداره خودش نوبت را جابه‌جا می‌کند.',
    en: 'Role: another time is asked for by the one who is called; an office moves the appointment itself.',
  }),
  EntryOtherContent: () => ({
    fa: 'شناسهٔ ثبت: این شناسه پیش‌تر برای چیز دیگری به کار رفته است و چیزی نوشته نشد؛ برگه را دوباره باز کنید.',
    en: 'Entry id: it was used for something else before and nothing was written; open the form anew.',
  }),
} as const satisfies {
  [Kind in AppointmentRefusal['kind']]: (refusal: Extract<AppointmentRefusal, { kind: Kind }>) => Bilingual;
};

export const appointmentLabels = {
  appointment: { fa: 'نوبت مراجعه', en: 'Appointment' },
  appointments: { fa: 'نوبت‌های مراجعه', en: 'Appointments' },
  lead: {
    fa: 'کسانی که به اداره فراخوانده شده‌اند، آنچه زودتر است بالاتر؛ نوبت‌های لغوشده این‌جا نیستند.',
    en: 'Those who are called to the office, the soonest first; cancelled appointments are left out.',
  },
  none: { fa: 'نوبتی گذاشته نشده است.', en: 'No appointment is set.' },
  set: { fa: 'گذاشتن نوبت', en: 'Set an appointment' },
  setAgain: { fa: 'نوبت تازه', en: 'A new appointment' },
  move: { fa: 'جابه‌جایی', en: 'Move' },
  cancel: { fa: 'لغو نوبت', en: 'Cancel it' },
  came: { fa: 'آمد', en: 'Came' },
  absent: { fa: 'نیامد', en: 'Did not come' },
  ask: { fa: 'زمان دیگری می‌خواهم', en: 'I need another time' },
  askHint: {
    fa: 'یک بار در هر نوبت. تا اداره زمان تازه‌ای پیام نکرده است، همین نوبت برقرار است.',
    en: 'Once for each appointment. Until the office sends a new time, this one stands.',
  },
  send: { fa: 'فرستادن درخواست', en: 'Send the request' },
  wished: {
    fa: 'زمان دیگری خواسته شده است؛ تا اداره جابه‌جا نکند همین نوبت برقرار است.',
    en: 'Another time is asked for; until the office moves it, this appointment stands.',
  },
  asksTime: { fa: 'زمان دیگری می‌خواهد', en: 'Asks for another time' },
  on: { fa: 'روز', en: 'Day' },
  time: { fa: 'ساعت', en: 'Hour' },
  place: { fa: 'نشانی', en: 'Address' },
  placeHint: { fa: 'خیابان، شماره، طبقه و اتاق', en: 'Street, number, floor and room' },
  purpose: { fa: 'برای چه', en: 'What for' },
  bring: { fa: 'همراه بیاورد', en: 'To bring' },
  reason: { fa: 'دلیل', en: 'Reason' },
  reasonTold: { fa: 'به صاحب پرونده گفته می‌شود.', en: 'Whom the case is about is told.' },
  told: {
    fa: 'با پیامک به صاحب پرونده گفته می‌شود و روز کاری پیش از نوبت یادآوری می‌شود.',
    en: 'Whom the case is about is told by SMS, and reminded on the working day before.',
  },
  save: { fa: 'ثبت', en: 'Record' },
  back: { fa: 'انصراف', en: 'Back' },
  calendarFile: { fa: 'افزودن به تقویم گوشی', en: 'Add to the calendar of a phone' },
  history: { fa: 'آنچه گذشت', en: 'What happened' },
  who: { fa: 'چه کسی', en: 'Who' },
  case: { fa: 'پرونده', en: 'Case' },
  standing: { fa: 'وضعیت', en: 'State' },
  day: { fa: 'تنها این روز', en: 'Only this day' },
  dayHint: { fa: 'خالی: از امروز به بعد', en: 'Empty: from today on' },
  dayHintAsking: { fa: 'خالی: همهٔ روزها، گذشته و آینده', en: 'Empty: every day, past and to come' },
  everyDay: { fa: 'همهٔ روزها', en: 'Every day' },
  dayPassed: { fa: 'زمان نوبت گذشته است', en: 'the appointment has passed' },
  coming: { fa: 'از امروز به بعد', en: 'From today on' },
  emptyTitle: { fa: 'نوبتی نیست', en: 'No appointment' },
  emptyBody: {
    fa: 'نوبت را از صفحهٔ پرونده می‌گذارید.',
    en: 'Appointments are set on the page of a case.',
  },
  shown: { fa: 'کدام نوبت‌ها', en: 'Which ones' },
  all: { fa: 'همه', en: 'All' },
  asking: { fa: 'آن‌ها که زمان دیگری می‌خواهند', en: 'Those who ask for another time' },
  noneAskTitle: { fa: 'کسی زمان دیگری نخواسته است', en: 'Nobody asks for another time' },
  noneAskBody: {
    fa: 'هر که زمان دیگری بخواهد تا جابه‌جا شدن یا پایان نوبتش این‌جا می‌ماند، اگرچه روز آن بگذرد؛ پروندهٔ بسته این‌جا نمی‌آید.',
    en: 'Whoever asks for another time stays here until the appointment is moved or ended, also when its day passes; a closed case is left out.',
  },
} as const satisfies Record<string, Bilingual>;

/** What a calendar on a phone shows of an appointment. */
export const calendarWords = (
  title: Bilingual,
  { purpose, bring }: { readonly purpose: string; readonly bring: string },
): Readonly<Record<'summary' | 'description', Bilingual>> => ({
  summary: {
    fa: `${appointmentLabels.appointment.fa}: ${title.fa}`,
    en: `${appointmentLabels.appointment.en}: ${title.en}`,
  },
  description: {
    fa: bring === '' ? purpose : `${purpose}\n${appointmentLabels.bring.fa}: ${bring}`,
    en: bring === '' ? purpose : `${purpose}\n${appointmentLabels.bring.en}: ${bring}`,
  },
});
