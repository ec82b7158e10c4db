import { toldAfter, type Aftermath, type CaseWords, type StateWords } from '#casework/contract.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { lapseStates, requestStates, type RequestAct, type RequestState } from '../contract.ts';
import { lapseWords, licenceStateWords, requestActWords, requestStateWords } from '../words.ts';

/** Texts of the pages of requests. */
export const requestLabels = {
  licences: { fa: 'مجوزها', en: 'Licences' },
  lead: {
    fa: 'درخواست‌های مجوز مشاغل خانگی، دفتر مجوزهای صادرشده، دیرکرد دستگاه‌ها و شرط‌های صدور.',
    en: 'Requests for licences of home-based jobs, the register of issued ones, lateness of the agencies, and the conditions.',
  },
  ownLead: {
    fa: 'درخواست‌ها و مجوزهای شما. هر درخواست تا دو هفته پاسخ می‌گیرد.',
    en: 'Your requests and licences. Each request is answered within two weeks.',
  },
  ask: { fa: 'درخواست مجوز', en: 'Ask for a licence' },
  askLead: {
    fa: 'سه گام کوتاه. آنچه می‌نویسید در همین دستگاه نگه داشته می‌شود تا اگر اتصال قطع شد از دست نرود.',
    en: 'Three short steps. What you write is kept on this device, so that a lost connection loses nothing.',
  },
  requests: { fa: 'درخواست‌ها', en: 'Requests' },
  register: { fa: 'دفتر مجوزها', en: 'Register' },
  lateness: { fa: 'دیرکرد دستگاه‌ها', en: 'Lateness of agencies' },
  conditions: { fa: 'شرط‌های صدور', en: 'Conditions' },
  occupation: { fa: 'رشته', en: 'Occupation' },
  holder: { fa: 'متقاضی', en: 'Applicant' },
  joinedAs: { fa: 'این شخص با نام دیگری ثبت‌نام کرده است', en: 'This person registered under another name' },
  joinedLead: {
    fa: 'کد ملی یکی است و نام یکی نیست. پیش از ثبت پاسخ استعلام هویت، نام را با کارت ملی بسنجید.',
    en: 'The national id is the same and the name is not. Compare the name with the card before the answer on identity is recorded.',
  },
  owner: { fa: 'دارنده', en: 'Holder' },
  county: { fa: 'شهرستان', en: 'County' },
  agency: { fa: 'دستگاه', en: 'Agency' },
  state: { fa: 'وضعیت', en: 'State' },
  submittedOn: { fa: 'روز درخواست', en: 'Asked on' },
  promisedOn: { fa: 'وعدهٔ پاسخ', en: 'Promised by' },
  late: { fa: 'دیر شده', en: 'late' },
  flagged: { fa: 'بیش از ۱۰ مجوز', en: 'more than ten licences' },
  number: { fa: 'شمارهٔ مجوز', en: 'Number' },
  issuedOn: { fa: 'روز صدور', en: 'Issued on' },
  expiresOn: { fa: 'پایان اعتبار', en: 'Expires on' },
  history: { fa: 'از سامانهٔ پیشین', en: 'from an earlier register' },
  renew: { fa: 'تمدید', en: 'Renew' },
  renewTitle: { fa: 'تمدید مجوز', en: 'Renew a licence' },
  renewFrom: { fa: 'تمدید شدنی است از', en: 'It can be renewed from' },
  renewedHere: { fa: 'مجوزی که تمدید می‌شود', en: 'Licence to renew' },
  certificate: { fa: 'گواهی (PDF)', en: 'Certificate (PDF)' },
  all: { fa: 'همه', en: 'All' },
  year: { fa: 'سال صدور', en: 'Year of issue' },
  search: { fa: 'جست‌وجو', en: 'Search' },
  noRequests: { fa: 'درخواستی نیست', en: 'There is no request' },
  noRequestsHelp: {
    fa: 'درخواست‌های مجوز پس از ثبت این‌جا می‌آیند.',
    en: 'Requests for licences appear here once they are made.',
  },
  noLicences: { fa: 'مجوزی نیست', en: 'There is no licence' },
  noLicencesHelp: {
    fa: 'مجوزها پس از امضای دوم این‌جا می‌آیند.',
    en: 'Licences appear here after their second signature.',
  },
  openCount: { fa: 'در جریان', en: 'Under way' },
  lateCount: { fa: 'دیر شده', en: 'Late' },
  lateShare: { fa: 'سهم دیرکرد', en: 'Share late' },
  condition: { fa: 'شرط', en: 'Condition' },
  tracking: { fa: 'شمارهٔ رهگیری', en: 'Tracking number' },
  text: { fa: 'متن', en: 'Text' },
  inForceFrom: { fa: 'از روز', en: 'In force from' },
  stepOccupation: { fa: 'چه کاری؟', en: 'What work?' },
  stepWho: { fa: 'چه کسی؟', en: 'Who?' },
  stepSend: { fa: 'بررسی و ثبت', en: 'Check and send' },
  searchOccupation: { fa: 'نام کار خود را بنویسید', en: 'Write what you do' },
  searchHint: {
    fa: 'مانند خیاطی، قالی‌بافی، ترشی. املای دیگر هم پیدا می‌شود.',
    en: 'For example tailoring, carpet, pickles. Other spellings are found too.',
  },
  nothingFound: {
    fa: 'رشته‌ای با این نام در فهرست نیست؛ واژهٔ دیگری بنویسید.',
    en: 'The list has no occupation of this name: try another word.',
  },
  chooseFirst: {
    fa: 'نام کار خود را بنویسید و یک رشته از فهرست برگزینید.',
    en: 'Write what you do and choose an occupation from the list.',
  },
  seenBy: { fa: 'درخواست را می‌بیند و امضا می‌کند:', en: 'Sees the request and signs it:' },
  starredNote: {
    fa: 'این رشته ستاره‌دار (★) است و پیش از امضا تأیید افزون می‌خواهد؛ آن را هم می‌بیند:',
    en: 'This occupation is starred (★) and needs a further approval before the signature; it is seen too by:',
  },
  nationalId: { fa: 'کد ملی', en: 'National id' },
  firstName: { fa: 'نام', en: 'First name' },
  lastName: { fa: 'نام خانوادگی', en: 'Last name' },
  bornOn: { fa: 'تاریخ تولد', en: 'Day of birth' },
  phone: { fa: 'تلفن همراه', en: 'Mobile phone' },
  next: { fa: 'گام بعد', en: 'Next' },
  back: { fa: 'گام پیش', en: 'Back' },
  send: { fa: 'ثبت درخواست', en: 'Send the request' },
  toldLead: {
    fa: 'این‌ها در پروندهٔ شما ثبت است و لازم نیست بنویسید. اگر چیزی درست نیست، با کارت ملی به ادارهٔ شهرستان بروید.',
    en: 'This stands in your record, and you need not write it. If something is not right, go to the county office with your card.',
  },
  knownHere: { fa: 'این کد ملی ثبت شده است', en: 'This national id is kept' },
  knownLead: {
    fa: 'خانه‌های خالی را می‌توان از پرونده پر کرد؛ آنچه نوشته‌اید دست نمی‌خورد. آنچه در پرونده هست تنها در برگهٔ خود شخص عوض می‌شود.',
    en: 'Empty fields can be filled from the record; what you typed stays. What the record has is changed only on the person’s own page.',
  },
  fillIn: { fa: 'پر کردن خانه‌های خالی', en: 'Fill the empty fields' },
  needed: { fa: 'این خانه را پر کنید.', en: 'Fill this in.' },
  promise: {
    fa: 'پاسخ تا دو هفته، بدون هزینه و بدون مراجعه.',
    en: 'Answered within two weeks, free, without a visit.',
  },
  request: { fa: 'درخواست مجوز', en: 'Request for a licence' },
  now: { fa: 'اکنون', en: 'Now' },
  reason: { fa: 'توضیح', en: 'Reason' },
  inquiries: { fa: 'پاسخ استعلام‌ها', en: 'Answers of the inquiries' },
  do: { fa: 'انجام', en: 'Do it' },
  cancel: { fa: 'لغو', en: 'Cancel' },
  annul: { fa: 'ابطال', en: 'Annul' },
  ending: { fa: 'پایان‌دادن به مجوز', en: 'End the licence' },
  kind: { fa: 'گونه', en: 'Kind' },
  barNote: {
    fa: 'ابطال دارنده را تا دو سال از مجوز تازه بازمی‌دارد.',
    en: 'An annulment bars the holder for two years.',
  },
} as const satisfies Record<string, Bilingual>;

/** What each state means for the applicant, in plain words. */
export const plainWords = {
  submitted: {
    fa: 'درخواست شما رسیده است. هویت و اشتغال شما استعلام می‌شود؛ لازم نیست کاری کنید.',
    en: 'Your request has arrived. Your identity and employment are being asked about; you need do nothing.',
  },
  agency_review: {
    fa: 'دستگاه اجرایی درخواست را بررسی می‌کند.',
    en: 'The agency is looking at the request.',
  },
  extra_review: {
    fa: 'این رشته تأیید افزون می‌خواهد و درخواست نزد دستگاه آن تأیید است.',
    en: 'This occupation needs a further approval, and the request lies with that body.',
  },
  reviewed: {
    fa: 'تأیید افزون داده شد؛ امضای نخست مانده است.',
    en: 'The further approval is given; the first signature is next.',
  },
  first_signed: {
    fa: 'دستگاه اجرایی امضا کرد؛ امضای مدیرکل مانده است.',
    en: 'The agency has signed; the director-general’s signature is next.',
  },
  issued: {
    fa: 'مجوز شما صادر شد. گواهی را بگیرید و نگه دارید.',
    en: 'Your licence is issued. Take the certificate and keep it.',
  },
  returned: {
    fa: 'درخواست برای اصلاح برگشته است. توضیح را بخوانید و دوباره بفرستید.',
    en: 'The request came back for correction. Read the reason and send it again.',
  },
  turned_down: {
    fa: 'درخواست رد شد. شرط و دلیل در زیر آمده است؛ می‌توانید اعتراض کنید.',
    en: 'The request was turned down. Condition and reason stand below; you can object.',
  },
  objected: {
    fa: 'اعتراض شما رسیده است و مدیرکل به آن پاسخ می‌دهد.',
    en: 'Your objection has arrived; the director-general answers it.',
  },
  upheld: {
    fa: 'رد درخواست قطعی شد. اگر آنچه سبب رد شد دیگر بر جا نیست، می‌توانید از نو درخواست بدهید.',
    en: 'The refusal is final. If what it was for is no longer so, you can ask anew.',
  },
  withdrawn: { fa: 'از درخواست انصراف دادید.', en: 'The request was withdrawn.' },
} as const satisfies Record<RequestState, Bilingual>;

/** How a refusal became final: somebody who objected is not told that no objection came. */
const finalBy = {
  uphold: {
    fa: 'اعتراض شما بررسی شد و پذیرفته نشد؛ رد درخواست قطعی است. تا آنچه سبب رد شد بر جاست، درخواست تازه هم رد می‌شود.',
    en: 'Your objection was looked at and not accepted: the refusal is final. While what it was for is still so, a new request is turned down too.',
  },
  close_unobjected: {
    fa: 'در مهلت اعتراضی نرسید و رد درخواست قطعی شد. اگر آنچه سبب رد شد دیگر بر جا نیست، می‌توانید از نو درخواست بدهید.',
    en: 'No objection came in its time, and the refusal is final. If what it was for is no longer so, you can ask anew.',
  },
} as const satisfies Partial<Record<RequestAct, Bilingual>>;

/** What the state of a request means for the applicant, after the act that led into it. */
export const plainAfter = (state: RequestState, act: string | undefined): Bilingual =>
  toldAfter({ ...stateOf(state), title: requestStateWords[state] }, act);

const stateOf = (state: RequestState) =>
  state === 'upheld' ? { told: plainWords[state], after: finalBy } : { told: plainWords[state] };

const standing = licenceStateWords.valid;

/** What the kinds of case of this room are called in the inbox and in messages. */
export const licenceCaseWords = {
  licence_request: {
    title: requestLabels.request,
    states: Object.fromEntries(
      requestStates.map((state) => [state, { title: requestStateWords[state], ...stateOf(state) }]),
    ),
    acts: requestActWords,
    facts: { condition: requestLabels.condition },
    aftermath: afterwards,
  },
  licence: {
    title: requestLabels.register,
    states: {
      standing: { title: standing, told: standing },
      cancelled: { title: licenceStateWords.cancelled, told: licenceStateWords.cancelled },
      annulled: { title: licenceStateWords.annulled, told: licenceStateWords.annulled },
    },
    acts: {
      issue: { fa: 'صدور', en: 'Issue' },
      cancel: requestLabels.cancel,
      annul: requestLabels.annul,
    },
    aftermath: afterwards,
  },
} as const satisfies Record<string, CaseWords>;

function afterwards({ state, on, until }: Aftermath): StateWords {
  const known = lapseStates.find((one) => one === state) ?? 'expired';
  return { title: licenceStateWords[known], told: lapseWords({ state: known, on, until }) };
}
