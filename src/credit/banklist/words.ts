import { isoOf, type Day } from '#kernel/day.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { groupedDigits, persianDigits } from '#kernel/persian.ts';
import type { BankListRefusal, ListColumn, RowGroup, RowReason, RowStage } from './contract.ts';

export const bankListNames = {
  states: {
    read: { fa: 'خوانده‌شده', en: 'Read' },
    recorded: { fa: 'ثبت‌شده، در انتظار تأیید', en: 'Recorded, not confirmed' },
    confirmed: { fa: 'تأییدشده', en: 'Confirmed' },
    discarded: { fa: 'کنارگذاشته', en: 'Discarded' },
  },
  acts: {
    upload: { fa: 'بارگذاری فهرست', en: 'Upload the list' },
    record: { fa: 'ثبت ردیف‌های تازه', en: 'Record the new rows' },
    confirm: { fa: 'تأیید با فهرست امضاشدهٔ بانک', en: 'Confirm by the bank’s signed list' },
    discard: { fa: 'کنار گذاشتن فهرست', en: 'Discard the list' },
  },
} as const;

/** The headings of a list; the sheet may have them in either language. */
export const columnWords = {
  stage: { fa: 'مرحله', en: 'Stage' },
  award: { fa: 'شناسهٔ تسهیلات', en: 'Award id' },
  tracking: { fa: 'شمارهٔ پیگیری', en: 'Tracking number' },
  branch: { fa: 'کد شعبه', en: 'Branch code' },
  county: { fa: 'کد شهرستان', en: 'County code' },
  category: { fa: 'کد رسته', en: 'Category code' },
  amount: { fa: 'مبلغ (ریال)', en: 'Amount (rials)' },
  day: { fa: 'روز', en: 'Day' },
} as const satisfies Record<ListColumn, Bilingual>;

export const rowStageWords = {
  referred: { fa: 'معرفی', en: 'Referred' },
  contracted: { fa: 'قرارداد', en: 'Contracted' },
  paid: { fa: 'پرداخت', en: 'Paid' },
} as const satisfies Record<RowStage, Bilingual>;

export const groupWords = {
  new: { fa: 'تازه', en: 'New' },
  known: { fa: 'پیش‌تر ثبت‌شده', en: 'Already known' },
  contradicting: { fa: 'ناسازگار', en: 'Contradicting' },
  bad: { fa: 'نادرست', en: 'Bad' },
} as const satisfies Record<RowGroup, Bilingual>;

/** What is wrong with a cell beyond what its column says: a stage or an id that is none. */
export const cellWords = {
  stage: {
    fa: `«${columnWords.stage.fa}» یکی از «${rowStageWords.referred.fa}»، «${rowStageWords.contracted.fa}» و «${rowStageWords.paid.fa}» است.`,
    en: 'The stage is one of “Referred”, “Contracted” and “Paid”.',
  },
  award: {
    fa: `«${columnWords.award.fa}» شناسهٔ ۳۶ نویسه‌ای تسهیلات است، همان که در فهرست معرفی آمده است.`,
    en: 'The award id has 36 letters, as in the list of referrals.',
  },
  amount: {
    fa: `«${columnWords.amount.fa}» باید بیش از صفر باشد.`,
    en: 'The amount must be more than zero.',
  },
} as const satisfies Partial<Record<ListColumn, Bilingual>>;

const faDay = (day: Day): string => persianDigits(day.replaceAll('-', '/'));
const fa = (sum: bigint): string => `${groupedDigits(sum)} ریال`;
const en = (sum: bigint): string => `${sum.toLocaleString('en')} rials`;
const faCount = (count: number): string => groupedDigits(BigInt(count));

type AwardStates = Readonly<Record<string, Bilingual>>;
const stateOf = (state: string): Bilingual => awardStates[state] ?? { fa: state, en: state };
const awardStates: AwardStates = {
  reserved: { fa: 'رزروشده', en: 'reserved' },
  referred: { fa: 'معرفی‌شده', en: 'referred' },
  contracted: { fa: 'قرارداد بسته', en: 'contracted' },
  part_paid: { fa: 'بخشی پرداخت‌شده', en: 'part paid' },
  paid: { fa: 'پرداخت‌شده', en: 'paid' },
  ended: { fa: 'پایان‌یافته با پرداخت بخشی', en: 'ended with a part payment' },
  released: { fa: 'آزادشده', en: 'released' },
};

/** Why a row is not new, with the nearest change that would make it so. */
export const reasonWords: {
  readonly [Kind in RowReason['kind']]: (reason: Extract<RowReason, { kind: Kind }>) => Bilingual;
} = {
  CellsUnread: () => ({
    fa: 'همهٔ خانه‌های این ردیف خوانده نشد؛ آنها را درست کنید.',
    en: 'Not every cell of the row could be read: mend them.',
  }),
  RowTwice: ({ line }) => ({
    fa: `این ردیف با ردیف ${faCount(line)} همین پرونده یکی است؛ یکی را بردارید.`,
    en: `The row is the same as line ${line} of this file: take one out.`,
  }),
  RowRecorded: () => ({
    fa: 'این ردیف پیش‌تر ثبت شده است و چیزی نمی‌افزاید.',
    en: 'The row was recorded before and adds nothing.',
  }),
  StageReached: ({ state }) => ({
    fa: `این تسهیلات هم‌اکنون «${stateOf(state).fa}» است؛ این ردیف چیزی نمی‌افزاید.`,
    en: `The award is ${stateOf(state).en} already: the row adds nothing.`,
  }),
  OtherContent: ({ amount, happenedOn }) => ({
    fa: `همین ردیف پیش‌تر با ${fa(amount)} در ${faDay(happenedOn)} ثبت شده است؛ از بانک بپرسید کدام درست است و اگر ثبت پیشین نادرست است آن را اصلاح کنید.`,
    en: `The same row was recorded with ${en(amount)} on ${isoOf(happenedOn)}: ask the bank which is right, and correct the record if it is the wrong one.`,
  }),
  AmountDiffers: ({ awarded }) => ({
    fa: `مبلغ تصویب‌شده ${fa(awarded)} است و بانک مبلغ دیگری نوشته است؛ از بانک بپرسید.`,
    en: `${en(awarded)} were awarded and the bank writes another sum: ask the bank.`,
  }),
  AwardReleased: () => ({
    fa: 'اعتبار این تسهیلات آزاد شده است و بانک آن را در جریان می‌داند؛ از بانک بپرسید.',
    en: 'The credit of this award was released, yet the bank lists it: ask the bank.',
  }),
  AwardUnknown: () => ({
    fa: 'چنین تسهیلاتی در این استان نیست؛ شناسه را با فهرست معرفی بسنجید.',
    en: 'There is no such award in the province: compare the id with the list of referrals.',
  }),
  AwardOfOtherLine: () => ({
    fa: 'این تسهیلات از خط اعتباری دیگری است؛ ردیف را در فهرست همان خط بفرستید.',
    en: 'The award is of another credit line: send the row in a list of that line.',
  }),
  BranchUnknown: ({ branchCode }) => ({
    fa: `شعبهٔ «${persianDigits(branchCode)}» برای این بانک ثبت نشده است؛ کد را درست کنید یا شعبه را در «اشخاص» ثبت کنید.`,
    en: `Branch ${branchCode} is not registered for this bank: mend the code or register the branch.`,
  }),
  PlaceMissing: () => ({
    fa: 'این ردیف شناسهٔ تسهیلات ندارد و شمارهٔ پیگیری آن هم شناخته نیست؛ شناسه را بنویسید، یا برای پرداخت بی‌تصویب کد شهرستان را.',
    en: 'The row has no award id and its tracking number is not known: give the id, or for a payment without award the county code.',
  }),
  SliceUnknown: () => ({
    fa: 'در این خط برشی با این شهرستان و رسته که خود بخش نشده باشد نیست؛ کد شهرستان و رسته را درست کنید.',
    en: 'The line has no undivided slice of this county and category: mend the codes.',
  }),
  StageTooEarly: ({ state, needs }) => ({
    fa: `این تسهیلات «${stateOf(state).fa}» است و برای این ردیف باید «${stateOf(needs).fa}» باشد؛ ردیف مرحلهٔ پیشین را هم بیاورید.`,
    en: `The award is ${stateOf(state).en} and must be ${stateOf(needs).en} for this row: bring the row of the earlier stage too.`,
  }),
  ReportWaiting: ({ reported }) => ({
    fa: `گزارش پیشین (${fa(reported)}) هنوز تأیید نشده است؛ پس از تأیید آن این ردیف را بفرستید.`,
    en: `An earlier report (${en(reported)}) is not confirmed yet: send this row once it is.`,
  }),
  DayNotCome: ({ today }) => ({
    fa: `روز این ردیف هنوز نرسیده است (امروز ${faDay(today)})؛ روز را درست کنید.`,
    en: `The day of the row has not come (today is ${isoOf(today)}): mend it.`,
  }),
  DayAfterLetter: ({ letterDay }) => ({
    fa: `روز این ردیف پس از روز نامهٔ بانک (${faDay(letterDay)}) است؛ بانک آنچه را هنوز نشده گزارش نمی‌کند: روز را درست کنید، یا فهرست را با روز درست نامه بفرستید.`,
    en: `The day of the row is after the bank’s letter (${isoOf(letterDay)}), and a bank does not report what is still to come: mend the day, or send the list with the right day of the letter.`,
  }),
  DayBeforeAct: ({ lastDay }) => ({
    fa: `روز این ردیف پیش از کار پیشین این تسهیلات (${faDay(lastDay)}) است؛ روز را درست کنید.`,
    en: `The day of the row is before the last act on the award (${isoOf(lastDay)}): mend it.`,
  }),
};

export const wordsOfReason = (reason: RowReason): Bilingual => {
  const kind: RowReason['kind'] = reason.kind;
  return Reflect.apply(reasonWords[kind], undefined, [reason]);
};

type BankListWords = {
  readonly [Kind in BankListRefusal['kind']]: (
    refusal: Extract<BankListRefusal, { kind: Kind }>,
  ) => Bilingual;
};

export const bankListRefusalWords: BankListWords = {
  ListMissing: () => ({
    fa: 'چنین فهرستی در محدودهٔ شما نیست؛ آن را از «فهرست‌های بانک» برگزینید.',
    en: 'There is no such list within your scope: choose it from the lists of the banks.',
  }),
  BankUnknown: ({ bankCode }) => ({
    fa: `بانکی با کد «${bankCode}» شناخته نیست؛ بانک را از فهرست برگزینید.`,
    en: `No bank has the code ${bankCode}: choose the bank from the list.`,
  }),
  MendedListDiffers: () => ({
    fa: 'فهرست اصلاح‌شده باید از همان بانک و همان خط اعتباری باشد.',
    en: 'A mended list is of the same bank and credit line.',
  }),
  MendedListClosed: () => ({
    fa: 'فهرستی که این فهرست اصلاح آن است تأیید یا کنار گذاشته شده و دیگر چیزی با آن تأیید نمی‌شود؛ ردیف‌های درست‌شده را در فهرست تازه‌ای بفرستید.',
    en: 'The list that this one mends is confirmed or discarded, and confirms nothing more: send the mended rows as a new list.',
  }),
  StatedTotalDiffers: ({ count, sum, unread, statedCount, statedSum }) => ({
    fa: `بانک ${faCount(statedCount)} ردیف به جمع ${fa(statedSum)} اعلام کرده و در پرونده ${faCount(count)} ردیف به جمع ${fa(sum)} است${unread > 0 ? `؛ مبلغ ${faCount(unread)} ردیف خوانده نشد` : ''}. چیزی ثبت نشد؛ این فهرست را کنار بگذارید، پرونده یا جمع اعلامی را درست کنید و دوباره بفرستید.`,
    en: `The bank states ${statedCount} rows of ${en(statedSum)}; the file has ${count} of ${en(sum)}${unread > 0 ? ` and ${unread} without a readable sum` : ''}. Nothing was recorded: discard this list, mend the file or the stated total and send it again.`,
  }),
  ListStatedOtherwise: ({ statedCount, statedSum }) => ({
    fa: `همین پرونده پیش‌تر با ${faCount(statedCount)} ردیف به جمع ${fa(statedSum)} آمده است؛ اگر آن جمع نادرست بود، نخست آن فهرست را کنار بگذارید و دوباره بفرستید.`,
    en: `This file came before with ${statedCount} rows of ${en(statedSum)} stated; if that total was wrong, discard that list first and send it again.`,
  }),
  PreviewMovedOn: ({ count, sum }) => ({
    fa: `از وقتی پیش‌نمایش را دیدید وضعیت دگرگون شده است: اکنون ${faCount(count)} ردیف تازه به جمع ${fa(sum)} است. چیزی ثبت نشد؛ پیش‌نمایش را تازه کنید.`,
    en: `Things have moved since the preview: ${count} rows of ${en(sum)} are new now. Nothing was recorded: reload the preview.`,
  }),
  SignedTotalDiffers: ({ count, sum, signedCount, signedSum }) => ({
    fa: `فهرست امضاشده ${faCount(signedCount)} پرداخت به جمع ${fa(signedSum)} دارد و آنچه گزارش شده ${faCount(count)} پرداخت به جمع ${fa(sum)} است. چیزی تأیید نشد؛ ردیف‌های نادرست را اصلاح و ثبت کنید یا از بانک بپرسید.`,
    en: `The signed list has ${signedCount} payments of ${en(signedSum)}; ${count} of ${en(sum)} were reported. Nothing was confirmed: mend and record the bad rows, or ask the bank.`,
  }),
  SignedBeforePayment: ({ lastDay }) => ({
    fa: `فهرست امضاشده نمی‌تواند پیش از آخرین پرداخت آن (${faDay(lastDay)}) امضا شده باشد؛ روز امضا را درست کنید. چیزی تأیید نشد.`,
    en: `The signed list cannot be older than its last payment (${isoOf(lastDay)}): mend the day of signing. Nothing was confirmed.`,
  }),
  OwnList: () => ({
    fa: 'کسی که فهرست را بارگذاری یا ثبت کرده آن را تأیید نمی‌کند؛ مدیرکل یا معاون دیگری باید تأیید کند.',
    en: 'Whoever uploaded or recorded a list does not confirm it: another person, the director-general or a deputy, must.',
  }),
  NothingNew: () => ({
    fa: 'هیچ ردیف تازه‌ای برای ثبت نیست؛ این فهرست را کنار بگذارید، و اگر ردیف نادرستی دارد آن را درست کنید و دوباره بفرستید.',
    en: 'No row of the list is new: discard it; if it has bad rows, mend them and send it again.',
  }),
  NotTheFirstList: () => ({
    fa: 'این فهرست اصلاح فهرست دیگری است و با همان تأیید می‌شود؛ فهرست نخست را باز کنید.',
    en: 'This list mends another one and is confirmed with it: open the first list.',
  }),
};

export const progressWords: Readonly<Record<string, Bilingual>> = {
  lock: { fa: 'خواندن تسهیلات', en: 'Reading the awards' },
  judge: { fa: 'سنجش ردیف‌ها', en: 'Judging the rows' },
  acts: { fa: 'ثبت کار در پرونده‌ها', en: 'Recording the acts' },
  transfers: { fa: 'ثبت در دفتر', en: 'Posting to the ledger' },
  entries: { fa: 'نگه‌داری ردیف‌ها', en: 'Keeping the rows' },
};

export const bankListLabels = {
  lists: { fa: 'فهرست‌های بانک', en: 'Bank lists' },
  listsHelp: {
    fa: 'آنچه بانک از معرفی، قرارداد و پرداخت بازمی‌گوید. گزارش با ثبت فهرست می‌آید و پرداخت تنها با فهرست امضاشدهٔ بانک تأیید می‌شود.',
    en: 'What a bank tells of referrals, contracts and payments. A report comes with the list; only the bank’s signed list confirms a payment.',
  },
  noLists: { fa: 'هنوز فهرستی بارگذاری نشده است', en: 'No list was uploaded yet' },
  noListsHelp: {
    fa: 'فهرست معرفی را برای بانک بفرستید؛ همان را با ستون‌های پرشده اینجا بارگذاری کنید.',
    en: 'Send the bank the list of referrals; upload here what it sends back with its columns filled in.',
  },
  upload: { fa: 'بارگذاری فهرست بانک', en: 'Upload a bank’s list' },
  file: { fa: 'پروندهٔ فهرست (‎.xlsx یا ‎.csv)', en: 'File of the list (.xlsx or .csv)' },
  fileHelp: {
    fa: 'سرستون‌ها: مرحله، شناسهٔ تسهیلات، شمارهٔ پیگیری، کد شعبه، مبلغ (ریال) و روز؛ برای پرداخت بی‌تصویب کد شهرستان و رسته.',
    en: 'Headings: Stage, Award id, Tracking number, Branch code, Amount (rials), Day; for a payment without award the county and category codes.',
  },
  line: { fa: 'خط اعتباری', en: 'Credit line' },
  bank: { fa: 'بانک', en: 'Bank' },
  mends: { fa: 'اصلاح‌شدهٔ', en: 'Mends' },
  firstList: { fa: 'نخستین فهرست', en: 'The first list' },
  letterNumber: { fa: 'شمارهٔ نامهٔ بانک', en: 'Number of the bank’s letter' },
  letterDay: { fa: 'روز نامهٔ بانک', en: 'Day of the bank’s letter' },
  statedCount: { fa: 'شمار ردیف به گفتهٔ بانک', en: 'Rows stated by the bank' },
  statedSum: { fa: 'جمع به گفتهٔ بانک (ریال)', en: 'Sum stated by the bank (rials)' },
  send: { fa: 'خواندن فهرست', en: 'Read the list' },
  sending: { fa: 'در حال خواندن پرونده…', en: 'Reading the file…' },
  fileName: { fa: 'پرونده', en: 'File' },
  state: { fa: 'وضعیت', en: 'State' },
  uploadedBy: { fa: 'بارگذاری', en: 'Uploaded by' },
  control: { fa: 'جمع کنترل', en: 'Control total' },
  controlAgrees: {
    fa: 'شمار و جمع پرونده با گفتهٔ بانک یکی است.',
    en: 'Count and sum of the file agree with what the bank states.',
  },
  controlDiffers: {
    fa: 'شمار یا جمع پرونده با گفتهٔ بانک یکی نیست؛ تا یکی نشود چیزی ثبت نمی‌شود.',
    en: 'Count or sum of the file differ from what the bank states: nothing is recorded until they agree.',
  },
  inFile: { fa: 'در پرونده', en: 'In the file' },
  unread: { fa: 'مبلغ خوانده نشد', en: 'without a readable sum' },
  stated: { fa: 'به گفتهٔ بانک', en: 'Stated by the bank' },
  rows: { fa: 'ردیف', en: 'rows' },
  record: { fa: 'ثبت ردیف‌های تازه', en: 'Record the new rows' },
  confirm: { fa: 'تأیید با فهرست امضاشده', en: 'Confirm by the signed list' },
  discard: { fa: 'کنار گذاشتن', en: 'Discard' },
  errorFile: { fa: 'پروندهٔ خطاها', en: 'File of errors' },
  errorFileHelp: {
    fa: 'ردیف‌های نادرست و ناسازگار با ستون دلیل؛ درست کنید و به‌جای فهرست تازه با «اصلاح این فهرست» بفرستید.',
    en: 'Bad and contradicting rows with a column of reasons: mend them and send them with “Mend this list”.',
  },
  mend: { fa: 'اصلاح این فهرست', en: 'Mend this list' },
  mending: { fa: 'اصلاح فهرست', en: 'Mends a list' },
  beyond: { fa: 'بیش از برش', en: 'Beyond the slices' },
  beyondOfNew: { fa: 'از ردیف‌های تازه، بیش از برش', en: 'Of the new rows, beyond the slices' },
  reported: { fa: 'گزارش‌شده', en: 'Reported' },
  reportedHelp: {
    fa: 'با فهرست‌های اصلاحی؛ فهرست امضاشده باید با همین برابر باشد.',
    en: 'With the lists that mend this one: the signed list must equal it.',
  },
  confirmed: { fa: 'تأییدشده', en: 'Confirmed' },
  signedNumber: { fa: 'شمارهٔ فهرست امضاشده', en: 'Number of the signed list' },
  signedDay: { fa: 'روز فهرست امضاشده', en: 'Day of the signed list' },
  signedCount: { fa: 'شمار پرداخت‌ها', en: 'Number of payments' },
  signedSum: { fa: 'جمع پرداخت‌ها (ریال)', en: 'Sum of the payments (rials)' },
  rowLine: { fa: 'ردیف', en: 'Line' },
  reason: { fa: 'دلیل', en: 'Reason' },
  noRows: { fa: 'در این گروه ردیفی نیست', en: 'No row in this group' },
  noRowsHelp: { fa: 'گروه دیگری را برگزینید.', en: 'Choose another group.' },
  sameFile: {
    fa: 'این پرونده پیش‌تر بارگذاری شده بود؛ همان فهرست باز شد.',
    en: 'This file was uploaded before: its list was opened.',
  },
  referrals: { fa: 'فهرست معرفی برای بانک', en: 'List of referrals for the bank' },
  numberMissing: { fa: 'شماره را بنویسید.', en: 'Give the number.' },
  fileMissing: { fa: 'پرونده را برگزینید.', en: 'Choose the file.' },
  wholeMissing: { fa: 'عدد درست بنویسید.', en: 'Give a whole number.' },
  recorded: { fa: 'ثبت شد.', en: 'Recorded.' },
} as const satisfies Record<string, Bilingual>;
