import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import type {
  FactKind,
  FactSource,
  PersonForm,
  PersonRefusal,
  employments,
  genders,
  settlements,
  supportBodies,
} from './contract.ts';

export const factWords = {
  first_name: { fa: 'نام', en: 'First name' },
  last_name: { fa: 'نام خانوادگی', en: 'Last name' },
  father_name: { fa: 'نام پدر', en: 'Father’s name' },
  born_on: { fa: 'تاریخ تولد', en: 'Day of birth' },
  gender: { fa: 'جنسیت', en: 'Gender' },
  county_code: { fa: 'شهرستان سکونت', en: 'County of residence' },
  settlement: { fa: 'شهر یا روستا', en: 'Town or village' },
  decile: { fa: 'دهک', en: 'Decile' },
  woman_head: { fa: 'زن سرپرست خانوار', en: 'Woman head of household' },
  disability: { fa: 'معلولیت', en: 'Disability' },
  veteran: { fa: 'ایثارگر', en: 'Veteran' },
  employment: { fa: 'وضع اشتغال', en: 'Employment' },
  client_of: { fa: 'زیر پوشش نهاد حمایتی', en: 'Client of a support body' },
  household: { fa: 'شمارهٔ خانوار', en: 'Household number' },
  address: { fa: 'نشانی', en: 'Address' },
  phone: { fa: 'تلفن', en: 'Phone' },
  email: { fa: 'رایانامه', en: 'E-mail address' },
  account: { fa: 'شبا', en: 'Sheba' },
  activity: { fa: 'زمینهٔ کار', en: 'Line of work' },
} as const satisfies Record<FactKind, Bilingual>;

/** What some kinds are called of an enterprise. */
export const legalFactWords: Readonly<Partial<Record<FactKind, Bilingual>>> = {
  last_name: { fa: 'نام بنگاه', en: 'Name' },
  born_on: { fa: 'تاریخ ثبت', en: 'Registered on' },
  county_code: { fa: 'شهرستان محل کار', en: 'County' },
};

export const formWords = {
  natural: { fa: 'شخص حقیقی', en: 'Person' },
  legal: { fa: 'بنگاه', en: 'Enterprise' },
} as const satisfies Record<PersonForm, Bilingual>;

export const sourceWords = {
  declared: { fa: 'اظهار خود شخص', en: 'Told by the person' },
  document: { fa: 'مدرک', en: 'Document' },
  inquiry: { fa: 'استعلام', en: 'Inquiry' },
  visit: { fa: 'بازدید', en: 'Visit' },
  list: { fa: 'فهرست دستگاه', en: 'List of a body' },
  simulated: { fa: 'استعلام شبیه‌سازی‌شده', en: 'Simulated inquiry' },
} as const satisfies Record<FactSource, Bilingual>;

export const genderWords = {
  woman: { fa: 'زن', en: 'Woman' },
  man: { fa: 'مرد', en: 'Man' },
} as const satisfies Record<(typeof genders)[number], Bilingual>;

export const settlementWords = {
  urban: { fa: 'شهر', en: 'Town' },
  rural: { fa: 'روستا', en: 'Village' },
  nomad: { fa: 'عشایر', en: 'Nomads' },
} as const satisfies Record<(typeof settlements)[number], Bilingual>;

export const employmentWords = {
  unemployed: { fa: 'جویای کار', en: 'Looking for work' },
  employed: { fa: 'شاغل', en: 'Employed' },
  self_employed: { fa: 'خویش‌فرما', en: 'Self-employed' },
  insured: { fa: 'بیمه‌پرداز', en: 'Insured' },
  homemaker: { fa: 'خانه‌دار', en: 'Homemaker' },
  student: { fa: 'دانشجو یا محصل', en: 'Student' },
  retired: { fa: 'بازنشسته', en: 'Retired' },
} as const satisfies Record<(typeof employments)[number], Bilingual>;

export const supportWords = {
  none: { fa: 'هیچ‌یک', en: 'None' },
  emdad: { fa: 'کمیتهٔ امداد', en: 'Emdad' },
  behzisti: { fa: 'بهزیستی', en: 'Behzisti' },
  alavi: { fa: 'بنیاد علوی', en: 'Alavi' },
  barakat: { fa: 'بنیاد برکت', en: 'Barakat' },
  basij: { fa: 'بسیج', en: 'Basij' },
  martyrs: { fa: 'بنیاد شهید', en: 'Martyrs Foundation' },
} as const satisfies Record<(typeof supportBodies)[number], Bilingual>;

export const yesNoWords = { yes: { fa: 'بله', en: 'Yes' }, no: { fa: 'خیر', en: 'No' } } as const;

/** Why a person was opened to somebody, where a deed says so itself; people write their own reasons. */
export const reachReasonWords: Readonly<Record<string, Bilingual>> = {
  presented: { fa: 'نزد ادارهٔ شهرستان آمد', en: 'came to the county office' },
  merged: { fa: 'پرونده‌اش با این یکی شد', en: 'their record was merged into this one' },
  licence: { fa: 'درخواست مجوز', en: 'request for a licence' },
  demonstration: { fa: 'دادهٔ نمایشی', en: 'demonstration' },
};

/** How the value of a kind must be written, for whom it could not be read. */
export const factForms = {
  first_name: { fa: 'نامی تا ۸۰ حرف', en: 'a name of up to 80 letters' },
  last_name: { fa: 'نامی تا ۱۶۰ حرف', en: 'a name of up to 160 letters' },
  father_name: { fa: 'نامی تا ۸۰ حرف', en: 'a name of up to 80 letters' },
  born_on: { fa: 'روزی درست', en: 'a valid day' },
  gender: { fa: '«زن» یا «مرد»', en: 'woman or man' },
  county_code: { fa: 'شهرستانی از همین استان', en: 'a county of this province' },
  settlement: { fa: '«شهر»، «روستا» یا «عشایر»', en: 'urban, rural or nomad' },
  decile: { fa: 'عددی از ۱ تا ۱۰', en: 'a number from 1 to 10' },
  woman_head: { fa: '«بله» یا «خیر»', en: 'yes or no' },
  disability: { fa: '«بله» یا «خیر»', en: 'yes or no' },
  veteran: { fa: '«بله» یا «خیر»', en: 'yes or no' },
  employment: {
    fa: '«جویای کار»، «شاغل»، «خویش‌فرما»، «بیمه‌پرداز»، «خانه‌دار»، «دانشجو» یا «بازنشسته»',
    en: 'unemployed, employed, self_employed, insured, homemaker, student or retired',
  },
  client_of: {
    fa: '«امداد»، «بهزیستی»، «علوی»، «برکت»، «بسیج»، «بنیاد شهید» یا «هیچ‌یک»',
    en: 'emdad, behzisti, alavi, barakat, basij, martyrs or none',
  },
  household: { fa: 'رقم، تا ۲۰ رقم', en: 'up to 20 digits' },
  address: { fa: 'متنی تا ۵۰۰ حرف', en: 'a text of up to 500 letters' },
  phone: { fa: 'یازده رقم، با صفر آغاز شود', en: 'eleven digits that begin with zero' },
  email: {
    fa: 'نشانی رایانامه با حروف لاتین و یک @، مانند name@example.ir',
    en: 'an address in Latin letters with one @, such as name@example.ir',
  },
  account: { fa: 'شبای درست، IR و ۲۴ رقم', en: 'a valid Sheba, IR and 24 digits' },
  activity: { fa: 'متنی تا ۱۶۰ حرف', en: 'a text of up to 160 letters' },
} as const satisfies Record<FactKind, Bilingual>;

export const personRefusalWords = {
  PersonMissing: () => ({
    fa: 'چنین شخصی در دامنهٔ دید شما نیست. اگر نزد شما آمده است، با کد ملی و نام او «شخص تازه» بسازید.',
    en: 'There is no such person in your scope. If they stand before you, enter them with their id and name.',
  }),
  NationalIdWrong: () => ({
    fa: 'رقم کنترل کد ملی درست نیست؛ ده رقم را از روی کارت ملی دوباره بنویسید.',
    en: 'The check digit of the national id does not agree: type the ten digits of the card again.',
  }),
  LegalIdWrong: () => ({
    fa: 'شناسهٔ ملی بنگاه درست نیست؛ یازده رقم دارد و رقم آخر آن کنترل است.',
    en: 'The id of the enterprise is not right: it has eleven digits, the last of which is a check digit.',
  }),
  FirstNameNeeded: () => ({
    fa: 'نام شخص را هم بنویسید؛ فقط بنگاه تنها یک نام دارد.',
    en: 'Give the first name too: only an enterprise has one name.',
  }),
  PersonKnown: () => ({
    fa: 'این شخص پیش‌تر ثبت شده است؛ برگهٔ او را باز کنید و آنچه تازه است همان‌جا بیفزایید.',
    en: 'This person is entered already: open their page and add what is new there.',
  }),
  PersonNotAsKept: () => ({
    fa: 'این کد ملی در استان ثبت شده است، اما نام یا تاریخ تولد با آن نمی‌خواند. هر دو را با کارت ملی بسنجید؛ اگر درست است از اداره کل بخواهید ببیند.',
    en: 'The id is kept in the province, but name or birth day does not agree. Compare both with the card; if they are right, ask the directorate to look.',
  }),
  PersonErased: () => ({
    fa: 'اطلاعات این شخص به حکم قانون پاک شده است و چیزی به آن افزوده نمی‌شود.',
    en: 'The facts of this person were lawfully erased; nothing is added to them.',
  }),
  PersonMerged: () => ({
    fa: 'این پرونده با پروندهٔ دیگری یکی شده است؛ کار را در همان ادامه دهید یا یکی‌شدن را برگردانید.',
    en: 'This record was merged into another: go on there, or take the merge back.',
  }),
  FactNotOfForm: ({ factKind }) => ({
    fa: `«${factWords[factKind].fa}» برای این نوع شخص ثبت نمی‌شود.`,
    en: `"${factWords[factKind].en}" is not kept of this form of person.`,
  }),
  FactUnreadable: ({ factKind }) => ({
    fa: `«${factWords[factKind].fa}» خوانده نشد؛ باید چنین باشد: ${factForms[factKind].fa}.`,
    en: `"${factWords[factKind].en}" cannot be read; it must be ${factForms[factKind].en}.`,
  }),
  FactOtherContent: () => ({
    fa: 'با همین شناسه اطلاع دیگری ثبت شده است و این یکی ثبت نشد؛ صفحه را از نو باز کنید و دوباره بنویسید.',
    en: 'Another fact stands under the same id, and this one was not recorded: open the page anew and write it again.',
  }),
  FactInFuture: () => ({
    fa: 'این روز هنوز نرسیده است؛ روزی تا امروز بنویسید.',
    en: 'That day has not come: give a day up to today.',
  }),
  FactBeforeBirth: ({ field, bornOn }) => ({
    fa: `«${field === 'sinceOn' ? 'از روز' : 'روز استعلام'}» پیش از تاریخ تولد این شخص (${persianDigits(bornOn.replaceAll('-', '/'))}) است؛ روزی از آن به بعد بنویسید.`,
    en: `"${field === 'sinceOn' ? 'Since' : 'Day of the inquiry'}" is before the person was born (${bornOn}, Jalali): give a day from then on.`,
  }),
  BirthTooEarly: () => ({
    fa: '«تاریخ تولد یا ثبت» پیش از سال ۱۲۷۹ خورشیدی است؛ روز را بازبینی کنید.',
    en: 'The day of birth or registration is before 1279 (Jalali): look at the day again.',
  }),
  CountyElsewhere: ({ countyCode }) => ({
    fa: 'این شهرستان از این استان، یا در دامنهٔ دید شما، نیست؛ شهرستان دیگری برگزینید.',
    en: `The county "${countyCode}" is not of this province, or not in your scope: choose another.`,
  }),
  ReachNeedsOne: () => ({
    fa: 'یک شهرستان یا یک دستگاه یا شعبه را برگزینید، نه هر دو.',
    en: 'Choose either a county or an office, not both.',
  }),
  OfficeUnknown: () => ({
    fa: 'چنین دستگاه یا شعبه‌ای در این استان نیست.',
    en: 'There is no such office or branch in this province.',
  }),
} as const satisfies {
  [Kind in PersonRefusal['kind']]: (refusal: Extract<PersonRefusal, { kind: Kind }>) => Bilingual;
};

export const personLabels = {
  pickHint: { fa: 'بخشی از نام، یا کد و شناسهٔ ملی', en: 'a part of the name, or the national id' },
  pickNobody: {
    fa: 'کسی با این نام یا کد در محدودهٔ شما نیست؛ نخست او را در «اشخاص و بنگاه‌ها» ثبت کنید.',
    en: 'Nobody of that name or id is within your scope: enter them among the persons and enterprises first.',
  },
  persons: { fa: 'اشخاص و بنگاه‌ها', en: 'Persons and enterprises' },
  naturals: { fa: 'اشخاص', en: 'Persons' },
  enterprises: { fa: 'بنگاه‌ها', en: 'Enterprises' },
  form: { fa: 'نوع شخص', en: 'Form' },
  lead: {
    fa: 'هر شخص در استان یک بار ثبت می‌شود و هر آنچه دربارهٔ او می‌دانیم روز و منبع دارد. تنها کسانی را می‌بینید که در دامنهٔ شما هستند.',
    en: 'Each person is kept once in a province, and what is known of them has a day and a source. You see those in your scope.',
  },
  officeLead: {
    fa: 'اشخاصی که اداره کل به دستگاه یا شعبهٔ شما سپرده است.',
    en: 'The persons whom the directorate handed over to your office or branch.',
  },
  none: { fa: 'کسی پیدا نشد', en: 'Nobody was found' },
  noneBody: {
    fa: 'نام را کوتاه‌تر بنویسید یا صافی‌ها را بردارید. کسی که هنوز ثبت نشده است با «شخص تازه» ثبت می‌شود.',
    en: 'Type less of the name or take filters away. Whoever is not entered yet is entered by “New person”.',
  },
  noneOfOffice: {
    fa: 'هنوز کسی به دستگاه یا شعبهٔ شما سپرده نشده است؛ پس از ارجاع هر پرونده، متقاضی اینجا می‌آید.',
    en: 'Nobody was handed over to your office yet; once a case is referred to you, its applicant appears here.',
  },
  search: { fa: 'جست‌وجو', en: 'Search' },
  searchHint: { fa: 'نام، کد ملی یا تلفن', en: 'Name, id or phone' },
  every: { fa: 'همه', en: 'All' },
  upTo: { fa: 'تا دهک', en: 'up to' },
  order: { fa: 'ترتیب', en: 'Order' },
  byName: { fa: 'به نام', en: 'By name' },
  newestFirst: { fa: 'تازه‌ترین‌ها', en: 'Newest first' },
  province: { fa: 'استان', en: 'Province' },
  views: { fa: 'نماهای من', en: 'My views' },
  saveView: { fa: 'نگه‌داشتن این نما', en: 'Keep this view' },
  viewName: { fa: 'نام نما', en: 'Name of the view' },
  viewNameMissing: { fa: 'نامی برای نما بنویسید.', en: 'Give the view a name.' },
  save: { fa: 'نگه‌داشتن', en: 'Keep' },
  name: { fa: 'نام', en: 'Name' },
  enterpriseName: { fa: 'نام بنگاه', en: 'Name' },
  nationalId: { fa: 'کد ملی', en: 'National id' },
  legalId: { fa: 'شناسهٔ ملی', en: 'National id' },
  registeredOn: { fa: 'تاریخ ثبت', en: 'Registered on' },
  situation: { fa: 'وضع', en: 'Situation' },
  lists: { fa: 'ورود فهرست', en: 'Take a list in' },
  duplicates: { fa: 'تکراری‌های محتمل', en: 'Likely duplicates' },
  newPerson: { fa: 'شخص تازه', en: 'New person' },
  newEnterprise: { fa: 'بنگاه تازه', en: 'New enterprise' },
  enter: { fa: 'ثبت شخص', en: 'Enter the person' },
  enterHint: {
    fa: 'اگر این شخص پیش‌تر ثبت شده باشد، با همین کد ملی، نام و تاریخ تولد به پروندهٔ او می‌رسید.',
    en: 'If this person is entered already, the id with name and birth day leads to the record.',
  },
  nameMissing: { fa: 'نام را بنویسید.', en: 'Give the name.' },
  countyMissing: { fa: 'شهرستان را برگزینید.', en: 'Choose the county.' },
  phoneWrong: {
    fa: 'تلفن یازده رقم دارد و با صفر آغاز می‌شود.',
    en: 'A phone has eleven digits and begins with zero.',
  },
  erased: { fa: 'اطلاعات پاک شده', en: 'Facts erased' },
  nameless: { fa: 'بی‌نام', en: 'Without a name' },
  erasedBecause: { fa: 'به حکم قانون پاک شد', en: 'Lawfully erased' },
  mergedInto: { fa: 'این پرونده با پروندهٔ دیگری یکی شده است', en: 'This record was merged into another' },
  openOther: { fa: 'رفتن به آن پرونده', en: 'Go to that record' },
  inForce: { fa: 'آنچه اکنون معتبر است', en: 'In force now' },
  history: { fa: 'همهٔ اطلاعات به ترتیب روز', en: 'Every fact by its day' },
  kind: { fa: 'اطلاع', en: 'Fact' },
  value: { fa: 'مقدار', en: 'Value' },
  since: { fa: 'از روز', en: 'Since' },
  source: { fa: 'منبع', en: 'Source' },
  inquiredOn: { fa: 'روز استعلام', en: 'Day of inquiry' },
  recordedAt: { fa: 'ثبت در', en: 'Recorded at' },
  state: { fa: 'وضع', en: 'State' },
  current: { fa: 'معتبر', en: 'in force' },
  earlier: { fa: 'پیشین', en: 'earlier' },
  emptied: { fa: 'پاک شده', en: 'erased' },
  addFact: { fa: 'اطلاع تازه', en: 'New fact' },
  addFactLead: {
    fa: 'چیزی از پیش پاک نمی‌شود؛ اطلاع تازه از روزی که می‌نویسید جای پیشین را می‌گیرد.',
    en: 'Nothing earlier is taken away: the new fact takes its place from the day you give.',
  },
  record: { fa: 'ثبت اطلاع', en: 'Record the fact' },
  valueMissing: { fa: 'مقدار را بنویسید.', en: 'Give the value.' },
  household: { fa: 'هم‌خانوارها', en: 'Same household' },
  noHousehold: {
    fa: 'کس دیگری با این شمارهٔ خانوار در دامنهٔ شما نیست.',
    en: 'Nobody else of this household is in your scope.',
  },
  merged: { fa: 'پرونده‌های یکی‌شده', en: 'Merged records' },
  otherProvinces: {
    fa: 'همین شخص در استان‌های دیگر هم ثبت است؛ شمار آن‌ها',
    en: 'The same person is kept in other provinces too; so many',
  },
  reaches: { fa: 'چه کسانی می‌بینند', en: 'Who may see' },
  reachLead: {
    fa: 'اداره کل، شهرستان سکونت، و هر که این شخص به او سپرده شده است.',
    en: 'The directorate, the county of residence, and whoever this person was handed over to.',
  },
  reach: { fa: 'سپردن به شهرستان یا دستگاه', en: 'Hand over' },
  reachTo: { fa: 'به', en: 'To' },
  reason: { fa: 'دلیل', en: 'Reason' },
  reasonMissing: { fa: 'دلیل را بنویسید.', en: 'Give the reason.' },
  erase: { fa: 'حذف قانونی اطلاعات', en: 'Erase lawfully' },
  eraseLead: {
    fa: 'نام، کد ملی و همهٔ اطلاعات این شخص پاک می‌شود و برنمی‌گردد. خود اقدام، با نامه و نام شما، می‌ماند.',
    en: 'Name, id and every fact go and do not come back. The act itself stays, with the letter and your name.',
  },
  reference: { fa: 'شمارهٔ نامه', en: 'Number of the letter' },
  eraseNow: { fa: 'پاک کن', en: 'Erase' },
} as const;
