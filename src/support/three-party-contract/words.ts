import { roleWords } from '#access/words.ts';
import type { CaseWords } from '#casework/contract.ts';
import { caseworkRefusalWords } from '#casework/words.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { allRefusalWords as supportRefusalWords, fa } from '../words.ts';
import type { Contract, ContractAct, ContractRefusal, ContractState, Party } from './contract.ts';

export const contractStateWords = {
  drafted: { fa: 'در انتظار سه امضا', en: 'waits for three signatures' },
  supporter_signed: { fa: 'در انتظار امضای شاغل و دستگاه', en: 'waits for the worker and the agency' },
  worker_signed: { fa: 'در انتظار امضای پشتیبان و دستگاه', en: 'waits for the supporter and the agency' },
  agency_signed: { fa: 'در انتظار امضای پشتیبان و شاغل', en: 'waits for the supporter and the worker' },
  agency_missing: { fa: 'در انتظار امضای دستگاه', en: 'waits for the agency' },
  worker_missing: { fa: 'در انتظار امضای شاغل', en: 'waits for the worker' },
  supporter_missing: { fa: 'در انتظار امضای پشتیبان', en: 'waits for the supporter' },
  in_force: { fa: 'برقرار', en: 'in force' },
  declined: { fa: 'امضا نشد', en: 'a signature was refused' },
  cancelled: { fa: 'لغو پیش‌نویس', en: 'draft cancelled' },
  ended: { fa: 'پایان‌یافته', en: 'ended' },
} as const satisfies Record<ContractState, Bilingual>;

export const contractActWords = {
  draft: { fa: 'پیش‌نویس قرارداد', en: 'draft the contract' },
  sign_supporter: { fa: 'امضای پشتیبان', en: 'signature of the supporter' },
  sign_worker: { fa: 'امضای شاغل خانگی', en: 'signature of the home worker' },
  sign_agency: { fa: 'امضای دستگاه اجرایی', en: 'signature of the agency' },
  decline: { fa: 'خودداری از امضا', en: 'refuse a signature' },
  cancel: { fa: 'لغو پیش‌نویس', en: 'cancel the draft' },
  end: { fa: 'پایان قرارداد', en: 'end the contract' },
} as const satisfies Record<ContractAct | 'draft', Bilingual>;

export const partyWords = {
  supporter: { fa: 'پشتیبان', en: 'Supporter' },
  worker: { fa: 'شاغل خانگی', en: 'Home worker' },
  agency: { fa: 'دستگاه اجرایی', en: 'Agency' },
} as const satisfies Record<Party, Bilingual>;

export const basisWords = {
  licence: { fa: 'مجوز', en: 'licence' },
  request: { fa: 'درخواست مجوز', en: 'request for a licence' },
} as const satisfies Record<Contract['basis'], Bilingual>;

export const contractRefusalWords = {
  ContractMissing: () => ({
    fa: 'چنین قراردادی در محدودهٔ شما نیست؛ آن را از فهرست قراردادها برگزینید.',
    en: 'There is no such contract within your scope: choose it from the list.',
  }),
  SupporterNotActive: () => ({
    fa: 'این پشتیبان فعال نیست؛ پس از تأیید یا رفع تعلیق می‌توان با او قرارداد بست.',
    en: 'This supporter is not active: a contract is possible once it is approved, or its suspension lifted.',
  }),
  NothingHeld: () => ({
    fa: 'این شخص مجوز برقرار یا درخواست در جریان مجوز مشاغل خانگی در این رسته و شهرستان ندارد؛ نخست درخواست مجوز ثبت کنید.',
    en: 'This person has neither a licence in force nor a request under way here: enter a request for one first.',
  }),
  WorkerIsSupporter: () => ({
    fa: 'پشتیبان با خود قرارداد نمی‌بندد؛ شاغل خانگی دیگری برگزینید.',
    en: 'A supporter makes no contract with itself: choose another home worker.',
  }),
  ContractStands: ({ draftedOn }) => ({
    fa: `این شخص برای همین رشته از ${fa(draftedOn)} قرارداد سه‌جانبه‌ای دارد؛ نخست آن را پایان دهید یا لغو کنید.`,
    en: `This person has a contract for this occupation since ${draftedOn} (Jalali): end or cancel that one first.`,
  }),
  AgencyOfficeMissing: ({ agencyFa, agencyEn }) => ({
    fa: `دفتر «${agencyFa}» در این استان ثبت نشده است؛ از اداره کل بخواهید آن را ثبت کند.`,
    en: `"${agencyEn}" has no office entered in this province: ask the directorate to enter it.`,
  }),
  NoCapacityThere: () => ({
    fa: 'این پشتیبان امروز در این رسته و شهرستان ظرفیت برقرار ندارد؛ ظرفیت تازه پیشنهاد دهید.',
    en: 'This supporter has no capacity in force here today: propose one.',
  }),
  PlacesFull: ({ jobs, links, opensOn }) => ({
    fa: `همهٔ ${fa(jobs)} جای این ظرفیت پر است (${fa(links)} شاغل پیوسته)؛ ${opensOn === null ? '' : `از ${fa(opensOn)} جایی باز می‌شود، یا `}قراردادی را پایان دهید یا ظرفیت بیشتری پیشنهاد دهید.`,
    en: `All ${jobs} places are taken (${links} home workers are linked): ${opensOn === null ? '' : `a place opens on ${opensOn} (Jalali), or `}end a contract, or propose more places.`,
  }),
  OrdersFull: ({ left, asked }) => ({
    fa: `از سفارش این پشتیبان ${fa(left)} مانده است و ${fa(asked)} خواسته شده؛ سفارش را کم کنید یا ظرفیت بیشتری پیشنهاد دهید.`,
    en: `Orders of ${left} are left, and ${asked} are asked for: lower them, or propose more capacity.`,
  }),
  SignedForAnother: ({ party }) => ({
    fa: `شما امضای «${partyWords[party].fa}» را ثبت کرده‌اید و کسی برای دو طرف امضا نمی‌کند؛ این امضا را همکار دیگری ثبت کند.`,
    en: `You took the signature of the ${partyWords[party].en.toLowerCase()}, and nobody signs for two: a colleague takes this one.`,
  }),
  OtherPartySigns: () => ({
    fa: 'شما خود طرف دیگر این قراردادید؛ این امضا را شخص دیگری ثبت کند.',
    en: 'You are another party of this contract: somebody else takes this signature.',
  }),
} as const satisfies {
  [Kind in ContractRefusal['kind']]: (refusal: Extract<ContractRefusal, { kind: Kind }>) => Bilingual;
};

export const allRefusalWords = {
  ...supportRefusalWords,
  ...caseworkRefusalWords({ states: contractStateWords, acts: contractActWords, roles: roleWords }),
  ...contractRefusalWords,
};

const told = {
  in_force: {
    fa: 'قرارداد سه‌جانبهٔ شما را هر سه طرف امضا کردند و برقرار شد.',
    en: 'All three have signed: your contract is in force.',
  },
  declined: {
    fa: 'یکی از سه طرف قرارداد را امضا نکرد و قرارداد بسته نشد.',
    en: 'One of the three did not sign, and there is no contract.',
  },
  ended: { fa: 'قرارداد سه‌جانبهٔ شما پایان یافت.', en: 'Your three-party contract has ended.' },
} as const satisfies Partial<Record<ContractState, Bilingual>>;

/** What contracts are called in the inbox and in messages. */
export const contractCaseWords = {
  title: { fa: 'قرارداد سه‌جانبه', en: 'Three-party contract' },
  states: Object.fromEntries(
    Object.entries(contractStateWords).map(([state, title]) => [
      state,
      { title, told: Object.entries(told).find(([name]) => name === state)?.[1] ?? title },
    ]),
  ),
  acts: contractActWords,
} as const satisfies CaseWords;

/** Texts of the pages. */
export const contractLabels = {
  contracts: { fa: 'قراردادهای سه‌جانبه', en: 'Three-party contracts' },
  contract: { fa: 'قرارداد سه‌جانبه', en: 'Three-party contract' },
  draft: { fa: 'قرارداد تازه', en: 'New contract' },
  number: { fa: 'شماره', en: 'Number' },
  notKept: { fa: 'در دفتر نیست', en: 'not in the register' },
  supporter: { fa: 'پشتیبان', en: 'Supporter' },
  worker: { fa: 'شاغل خانگی', en: 'Home worker' },
  workers: { fa: 'قراردادها و شاغلان خانگی', en: 'Contracts and home workers' },
  agency: { fa: 'دستگاه اجرایی', en: 'Agency' },
  occupation: { fa: 'رشته', en: 'Occupation' },
  county: { fa: 'شهرستان', en: 'County' },
  basis: { fa: 'پایه', en: 'Basis' },
  holdsUntil: { fa: 'اعتبار مجوز تا', en: 'Licence until' },
  lapsed: { fa: 'مجوز برقرار نیست', en: 'the licence is not in force' },
  orders: { fa: 'سفارش', en: 'Orders' },
  state: { fa: 'وضعیت', en: 'State' },
  draftedOn: { fa: 'روز پیش‌نویس', en: 'Drafted on' },
  linkedOn: { fa: 'برقرار از', en: 'In force from' },
  endedOn: { fa: 'پایان', en: 'Ended on' },
  signatures: { fa: 'امضاها', en: 'Signatures' },
  signedBy: { fa: 'ثبت‌کننده', en: 'Taken by' },
  signedAt: { fa: 'زمان', en: 'When' },
  notSigned: { fa: 'امضا نشده', en: 'not signed' },
  counter: {
    fa: 'آن‌که پای میز امضا می‌کند پیش کارشناس امضا می‌کند؛ هر امضا را کس دیگری ثبت می‌کند.',
    en: 'Who signs at a counter signs before an officer; each signature is taken by another person.',
  },
  place: { fa: 'ظرفیت', en: 'Capacity' },
  search: { fa: 'جست‌وجوی نام یا شماره', en: 'Search by name or number' },
  searchWorker: { fa: 'جست‌وجوی شاغل خانگی', en: 'Search home workers' },
  all: { fa: 'همه', en: 'All' },
  noCandidates: {
    fa: 'دارندهٔ مجوز یا درخواستی که در این رسته و شهرستان به کسی پیوسته نباشد پیدا نشد.',
    en: 'Nobody who holds or asks for a licence here is without a supporter.',
  },
  chosen: { fa: 'برگزیده', en: 'Chosen' },
  needed: { fa: 'این خانه را پر کنید.', en: 'Fill this in.' },
  reason: { fa: 'دلیل', en: 'Reason' },
  pdf: { fa: 'نسخهٔ چاپی (PDF)', en: 'Printed copy (PDF)' },
  noContracts: { fa: 'قراردادی نیست', en: 'There is no contract' },
  noContractsHelp: {
    fa: 'در صفحهٔ پشتیبان فعال، قرارداد تازه را پیش‌نویس کنید.',
    en: 'Draft one on the page of an active supporter.',
  },
  noSupport: { fa: 'پشتیبانی ندارد', en: 'No supporter' },
  noSupportHelp: {
    fa: 'این شخص به پشتیبانی پیوسته نیست و خود پشتیبان نیست.',
    en: 'This person is linked to no supporter, and is none.',
  },
  ownFile: { fa: 'پروندهٔ پشتیبانی', en: 'File as a supporter' },
  support: { fa: 'پشتیبان و قرارداد سه‌جانبه', en: 'Supporter and three-party contract' },
} as const satisfies Record<string, Bilingual>;

/** Texts on the contract itself, which is printed in Persian. */
export const printedWords = {
  title: { fa: 'قرارداد سه‌جانبهٔ پشتیبانی مشاغل خانگی', en: 'Three-party contract of a home-based job' },
  province: { fa: 'استان', en: 'Province' },
  notInForce: {
    fa: 'این نسخه برقرار نیست: تا هر سه طرف امضا نکنند قراردادی بسته نشده است.',
    en: 'Not in force: there is no contract until all three have signed.',
  },
  one: {
    fa: 'پشتیبان به شاغل خانگی سفارش می‌دهد و او را در زنجیرهٔ کار، از مواد و آموزش تا بسته‌بندی و فروش، پشتیبانی می‌کند.',
    en: 'The supporter gives orders and backs the home worker along the chain, from material and training to sale.',
  },
  two: {
    fa: 'شاغل خانگی سفارش را در محل سکونت و در رشتهٔ مجوز خود انجام می‌دهد.',
    en: 'The home worker does them at home, in the occupation of the licence.',
  },
  three: {
    fa: 'دستگاه اجرایی بر اجرای این قرارداد نظارت می‌کند.',
    en: 'The agency watches over it.',
  },
  how: {
    fa: 'متن این رمزینه با کلید همین سامانه امضا شده است؛ آن را در «سنجش امضای رمزینه» بسنجید. شناسهٔ کلید:',
    en: 'The text of this code is signed with the key of this installation. Id of the key:',
  },
  address: { fa: 'نشانی صفحهٔ «سنجش امضای رمزینه»:', en: 'Address of the check:' },
} as const satisfies Record<string, Bilingual>;
