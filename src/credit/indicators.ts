import type { Indicator } from '#kernel/indicator.ts';
import { type BeneficiaryKind, cooperativeShare } from './contract.ts';
import { type CountedStage, kindsOfStage } from './transfer/contract.ts';

const view = 'credit.read_movement';

const of = (stage: CountedStage, more: Record<string, readonly string[]> = {}) =>
  ({ view, column: 'amount', where: { stage: [stage], ...more }, kinds: kindsOfStage[stage] }) as const;

const turnover = (stage: CountedStage, more: Record<string, readonly string[]> = {}) =>
  ({ ...of(stage, more), kind: 'sum', tallied: true }) as const;

const beneficiaries = (stage: CountedStage, kinds: readonly BeneficiaryKind[] | null) =>
  ({
    ...of(stage, kinds === null ? {} : { beneficiary_kind: kinds }),
    kind: 'count',
    distinct: 'beneficiary_id',
  }) as const;

const allocationVerbs = [
  'اختصاص',
  'تخصیص',
  'ابلاغ',
  'ابلاغی',
  'مصوب',
  'تصویب',
  'سهمیه',
  'تعلق',
  'در نظر گرفته',
  'منظور شده',
  'برخوردار',
  'سهم',
];
const referralVerbs = ['معرفی', 'معرفی شده', 'ارجاع', 'معرفی به بانک'];
const contractVerbs = ['عقد قرارداد', 'قرارداد', 'قرارداد بسته', 'منعقد'];
const paymentVerbs = [
  'پرداخت',
  'پرداختی',
  'واریز',
  'به متقاضی رسید',
  'به متقاضیان رسید',
  'به متقاضیان رسیده',
  'اعطا',
  'اعطایی',
  'دریافت',
  'دریافتی',
  'وام گرفت',
  'وام گرفته',
  'وام گرفتند',
  'تسهیلات گرفت',
  'تسهیلات گرفته',
  'تسهیلات گرفتند',
  'از تسهیلات بهره‌مند',
  'تسهیلات بهره‌مند',
];

/** Whoever receives, counted once however many awards they have. */
const receivers = ['نفر', 'متقاضی', 'نفر متقاضی', 'گیرنده', 'وام گیرنده', 'فرد'];
/** What is awarded: one receiver may have several. */
const awardNouns = ['طرح', 'فقره', 'پرونده', 'فقره تسهیلات', 'فقره وام', 'طرح اشتغال', 'طرح شغلی'];

const awards = (stage: CountedStage) => ({ ...of(stage), kind: 'count', distinct: 'award_id' }) as const;

const common = { version: 1, needs: {}, progress: [] } as const;
const compared = { ...common, compared: true } as const;
const byProgramme = ['programme'] as const;
const byProgrammeAndReceiver = ['programme', 'beneficiary_kind'] as const;

/** The figures that the room answers for (M1, M2, M12; press patterns 3, 5, 6, 10, 14, 17, 19, 28, 29). */
export const indicators: readonly Indicator[] = [
  {
    ...compared,
    id: 'credit.allocated',
    title: { fa: 'اعتبار ابلاغ‌شده', en: 'credit notified' },
    definition: {
      fa: 'جمع ابلاغ‌های خطوط اعتباری استان در سال بودجه',
      en: 'sum of the notifications of the credit lines of the province in the budget year',
    },
    unit: 'rial',
    measure: turnover('allocated'),
    year: 'budget_year',
    place: 'province',
    verbs: allocationVerbs,
    nouns: [],
    sentence: 'در سال {year} {value} اعتبار {programme} به استان {province} اختصاص یافت.',
    narrowedBy: ['programme', 'share'],
  },
  {
    ...compared,
    id: 'credit.sliced',
    title: { fa: 'سهم شهرستان از اعتبار', en: 'county share of the credit' },
    definition: {
      fa: 'جمع اعتباری که به شهرستان برش خورده است',
      en: 'sum of the credit sliced to the county',
    },
    unit: 'rial',
    measure: turnover('sliced', { axis: ['county'] }),
    year: 'budget_year',
    place: 'county',
    verbs: [...allocationVerbs, 'برش'],
    nouns: [],
    sentence: 'سهم شهرستان {county} از اعتبار {programme} در سال {year} {value} است.',
    narrowedBy: ['programme', 'share'],
  },
  {
    ...common,
    id: 'credit.payable',
    title: { fa: 'اعتبار قابل پرداخت در رسته‌ها', en: 'credit payable in categories' },
    definition: {
      fa: 'جمع برش رسته‌هایی که در سال بودجه برای تسهیلات باز هستند',
      en: 'sum of the slices of the categories that are open for loans in the budget year',
    },
    unit: 'rial',
    // Not tallied: a category may be closed later, and its slices are then not payable any more.
    measure: {
      kind: 'sum',
      view,
      column: 'amount',
      where: { stage: ['sliced'], axis: ['category'], category_loans: ['open'] },
    },
    year: 'budget_year',
    place: 'either',
    verbs: ['قابلیت پرداخت', 'قابل پرداخت'],
    nouns: [],
    sentence: 'در سال {year} {value} از اعتبار {programme} در رسته‌های شغلی در {where} قابل پرداخت است.',
    narrowedBy: ['programme', 'category'],
  },
  {
    ...common,
    id: 'credit.cooperative_reserve_percent',
    title: { fa: 'سهم قفل‌شدهٔ تعاونی‌ها', en: 'locked share of the cooperatives' },
    definition: {
      fa: 'اعتبار قفل‌شده برای تعاونی‌ها به اعتبار ابلاغ‌شده',
      en: 'credit locked for cooperatives over credit notified',
    },
    unit: 'percent',
    measure: { kind: 'ratio', numerator: 'credit.cooperative_reserve', denominator: 'credit.allocated' },
    year: 'budget_year',
    place: 'province',
    verbs: [...allocationVerbs, 'اولویت', 'قفل', 'کنار گذاشته', 'محفوظ'],
    nouns: [],
    sentence: 'در سال {year} {value} از اعتبار {programme} استان {province} برای {share}‌ها قفل شده است.',
    narrowedBy: ['programme', 'share'],
    needs: { share: [cooperativeShare] },
  },
  {
    ...common,
    id: 'credit.cooperative_reserve',
    title: { fa: 'اعتبار قفل‌شده برای تعاونی‌ها', en: 'credit locked for cooperatives' },
    definition: {
      fa: 'بخشی از ابلاغ‌ها که در حساب قفل تعاونی‌ها نشسته است',
      en: 'the part of the notifications posted to the locked account of the cooperatives',
    },
    unit: 'rial',
    measure: turnover('allocated', { share: [cooperativeShare] }),
    year: 'budget_year',
    place: 'province',
    verbs: ['اولویت', 'قفل', 'کنار گذاشته', 'محفوظ'],
    nouns: [],
    sentence: 'از اعتبار {programme} استان {province} در سال {year} {value} برای {share}‌ها کنار گذاشته شد.',
    narrowedBy: ['programme', 'share'],
    needs: { share: [cooperativeShare] },
  },
  {
    ...common,
    id: 'credit.cooperative_paid',
    title: { fa: 'پرداخت به تعاونی‌ها', en: 'paid to cooperatives' },
    definition: {
      fa: 'پرداخت تأییدشده به تعاونی‌ها از اعتبار سال بودجه',
      en: 'confirmed payments to cooperatives out of the credit of the budget year',
    },
    unit: 'rial',
    measure: turnover('paid', { beneficiary_kind: ['cooperative'] }),
    year: 'budget_year',
    place: 'either',
    // «پرداخت … به تعاونی‌ها» is said by `credit.paid`, narrowed; this one is the part of a ratio.
    verbs: [],
    nouns: [],
    narrowedBy: byProgramme,
  },
  {
    ...common,
    id: 'credit.cooperative_paid_percent',
    title: { fa: 'سهم پرداخت‌شده به تعاونی‌ها از اعتبار', en: 'paid to cooperatives over credit notified' },
    definition: {
      fa: 'پرداخت تأییدشده به تعاونی‌ها به اعتبار ابلاغ‌شدهٔ همان سال بودجه',
      en: 'confirmed payments to cooperatives over credit notified, of the same budget year',
    },
    unit: 'percent',
    measure: { kind: 'ratio', numerator: 'credit.cooperative_paid', denominator: 'credit.allocated' },
    year: 'budget_year',
    place: 'province',
    verbs: paymentVerbs,
    nouns: [],
    sentence:
      'در سال {year} {value} از اعتبار {programme} استان {province} به {beneficiary_kind}‌ها پرداخت شده است.',
    narrowedBy: ['programme', 'beneficiary_kind'],
    needs: { beneficiary_kind: ['cooperative'] },
    progress: ['credit.cooperative_reserve', 'credit.cooperative_paid'],
  },
  {
    ...compared,
    id: 'credit.referred',
    title: { fa: 'معرفی به بانک', en: 'referred to banks' },
    definition: {
      fa: 'گردش معرفی به بانک منهای برگشت‌ها',
      en: 'turnover of referrals to banks less reversals',
    },
    unit: 'rial',
    measure: turnover('referred'),
    year: 'happened',
    place: 'either',
    verbs: referralVerbs,
    nouns: [],
    sentence:
      'در سال {year} {value} تسهیلات {programme}{ به |beneficiary_kind|‌ها} در {where} به بانک معرفی شد.',
    narrowedBy: byProgrammeAndReceiver,
  },
  {
    ...compared,
    id: 'credit.contracted',
    title: { fa: 'عقد قرارداد', en: 'contracted' },
    definition: {
      fa: 'گردش قراردادهای بانکی منهای برگشت‌ها',
      en: 'turnover of bank contracts less reversals',
    },
    unit: 'rial',
    measure: turnover('contracted'),
    year: 'happened',
    place: 'either',
    verbs: contractVerbs,
    nouns: [],
    sentence:
      'در سال {year} {value} قرارداد تسهیلات {programme}{ به |beneficiary_kind|‌ها} در {where} منعقد شد.',
    narrowedBy: byProgrammeAndReceiver,
  },
  {
    ...compared,
    id: 'credit.paid',
    title: { fa: 'پرداخت تأییدشده', en: 'confirmed payments' },
    definition: {
      fa: 'گردش پرداخت‌هایی که در فهرست بانک تأیید شده است، منهای برگشت‌ها',
      en: 'turnover of the payments confirmed in the list of the bank, less reversals',
    },
    unit: 'rial',
    measure: turnover('paid'),
    year: 'happened',
    place: 'either',
    verbs: [...paymentVerbs, 'جذب'],
    nouns: [],
    sentence: 'در سال {year} {value} تسهیلات {programme}{ به |beneficiary_kind|‌ها} در {where} پرداخت شد.',
    narrowedBy: byProgrammeAndReceiver,
    progress: ['credit.allocated', 'credit.paid'],
  },
  {
    ...compared,
    id: 'credit.paid_percent',
    title: { fa: 'جذب اعتبار', en: 'absorption' },
    definition: {
      fa: 'پرداخت تأییدشده به اعتبار ابلاغ‌شدهٔ همان سال بودجه',
      en: 'confirmed payments over credit notified, of the same budget year',
    },
    unit: 'percent',
    measure: { kind: 'ratio', numerator: 'credit.paid', denominator: 'credit.allocated' },
    year: 'budget_year',
    place: 'province',
    verbs: ['جذب', 'تحقق', 'محقق', ...paymentVerbs],
    nouns: [],
    sentence: 'در استان {province} در سال {year} {value} از اعتبار {programme} جذب شده است.',
    narrowedBy: byProgramme,
  },
  {
    ...common,
    id: 'credit.paid_enterprises',
    title: { fa: 'بنگاه‌های دریافت‌کنندهٔ تسهیلات', en: 'enterprises financed' },
    definition: {
      fa: 'شمار بنگاه‌هایی که پرداخت تأییدشده دارند، هر بنگاه یک بار',
      en: 'number of enterprises with confirmed payments, each counted once',
    },
    unit: 'count',
    measure: beneficiaries('paid', ['enterprise']),
    year: 'happened',
    place: 'either',
    verbs: paymentVerbs,
    nouns: ['بنگاه', 'بنگاه اقتصادی', 'بنگاه تولیدی'],
    sentence: 'در سال {year} به {value} بنگاه از محل {programme} در {where} تسهیلات پرداخت شد.',
    narrowedBy: byProgrammeAndReceiver,
  },
  {
    ...common,
    id: 'credit.paid_cooperatives',
    title: { fa: 'تعاونی‌های دریافت‌کنندهٔ تسهیلات', en: 'cooperatives financed' },
    definition: {
      fa: 'شمار تعاونی‌هایی که پرداخت تأییدشده دارند، هر تعاونی یک بار',
      en: 'number of cooperatives with confirmed payments, each counted once',
    },
    unit: 'count',
    measure: beneficiaries('paid', ['cooperative']),
    year: 'happened',
    place: 'either',
    verbs: paymentVerbs,
    nouns: ['تعاونی', 'شرکت تعاونی'],
    sentence: 'در سال {year} به {value} تعاونی از محل {programme} در {where} تسهیلات پرداخت شد.',
    narrowedBy: byProgrammeAndReceiver,
  },
  {
    ...compared,
    id: 'credit.paid_receivers',
    title: { fa: 'دریافت‌کنندگان تسهیلات', en: 'receivers of loans' },
    definition: {
      fa: 'شمار گیرندگان پرداخت تأییدشده، هر گیرنده یک بار',
      en: 'number of receivers with confirmed payments, each counted once',
    },
    unit: 'count',
    measure: beneficiaries('paid', null),
    year: 'happened',
    place: 'either',
    verbs: paymentVerbs,
    nouns: receivers,
    sentence: 'در سال {year} به {value} متقاضی {programme} در {where} تسهیلات پرداخت شد.',
    narrowedBy: byProgrammeAndReceiver,
  },
  {
    ...common,
    id: 'credit.referred_receivers',
    title: { fa: 'معرفی‌شدگان به بانک', en: 'referred to banks, receivers' },
    definition: {
      fa: 'شمار معرفی‌شدگان به بانک، هر یک یک بار، منهای برگشت‌ها',
      en: 'number of those referred to banks, each counted once, less reversals',
    },
    unit: 'count',
    measure: beneficiaries('referred', null),
    year: 'happened',
    place: 'either',
    verbs: referralVerbs,
    nouns: receivers,
    sentence: 'در سال {year} {value} متقاضی {programme} در {where} به بانک معرفی شدند.',
    narrowedBy: byProgrammeAndReceiver,
  },
  {
    ...common,
    id: 'credit.paid_awards',
    title: { fa: 'طرح‌های پرداخت‌شده', en: 'awards paid' },
    definition: {
      fa: 'شمار تصویب‌های وام که پرداخت تأییدشده دارند، هر تصویب یک بار',
      en: 'number of awards with confirmed payments, each counted once',
    },
    unit: 'count',
    measure: awards('paid'),
    year: 'happened',
    place: 'either',
    verbs: paymentVerbs,
    nouns: awardNouns,
    sentence: 'در سال {year} برای {value} طرح {programme} در {where} تسهیلات پرداخت شد.',
    narrowedBy: byProgrammeAndReceiver,
  },
  {
    ...common,
    id: 'credit.referred_awards',
    title: { fa: 'طرح‌های معرفی‌شده به بانک', en: 'awards referred to banks' },
    definition: {
      fa: 'شمار تصویب‌های وام که به بانک معرفی شده‌اند، منهای برگشت‌ها',
      en: 'number of awards referred to banks, less reversals',
    },
    unit: 'count',
    measure: awards('referred'),
    year: 'happened',
    place: 'either',
    verbs: referralVerbs,
    nouns: awardNouns,
    sentence: 'در سال {year} {value} طرح {programme} در {where} به بانک معرفی شد.',
    narrowedBy: byProgrammeAndReceiver,
  },
  {
    ...common,
    id: 'credit.contracted_awards',
    title: { fa: 'قراردادهای بسته‌شده', en: 'contracts signed' },
    definition: {
      fa: 'شمار تصویب‌های وام که قرارداد بانکی دارند، منهای برگشت‌ها',
      en: 'number of awards with a bank contract, less reversals',
    },
    unit: 'count',
    measure: awards('contracted'),
    year: 'happened',
    place: 'either',
    verbs: contractVerbs,
    nouns: [...awardNouns, 'قرارداد', 'فقره قرارداد'],
    sentence: 'در سال {year} برای {value} طرح {programme} در {where} عقد قرارداد شد.',
    narrowedBy: byProgrammeAndReceiver,
  },
];
