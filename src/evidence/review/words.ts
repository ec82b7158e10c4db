import type { Bilingual } from '#kernel/indicator.ts';
import { unitLabels } from '../statement/words.ts';
import type { Decision, ReviewRefusal } from './contract.ts';

export const decisionWords = {
  accepted: { fa: 'پذیرفته', en: 'Accepted' },
  corrected: { fa: 'اصلاح‌شده', en: 'Corrected' },
  rejected: { fa: 'نپذیرفته', en: 'Rejected' },
} as const satisfies Record<Decision, Bilingual>;

export const reviewRefusalWords = {
  FigureMissing: () => ({
    fa: 'در این جای متن رقمی نیست؛ متن پس از سنجش تغییر کرده است، دوباره بسنجید.',
    en: 'No figure stands at this place: the text has changed since it was checked, so check it again.',
  }),
  ReasonMissing: ({ decision }: { readonly decision: Decision }) => ({
    fa: `تصمیم «${decisionWords[decision].fa}» دلیل می‌خواهد؛ در یک جمله بنویسید چرا.`,
    en: `The decision “${decisionWords[decision].en}” needs a reason: say why in a sentence.`,
  }),
  BindingMissing: () => ({
    fa: 'برای اصلاح بگویید رقم از کدام شاخص و کدام سال است.',
    en: 'To correct it, say of which indicator and year the figure speaks.',
  }),
  BindingUncalled: () => ({
    fa: 'شاخص دیگر تنها با تصمیم «اصلاح» نوشته می‌شود؛ آن را بردارید یا «اصلاح» را برگزینید.',
    en: 'Another indicator belongs to a correction: leave it out, or choose “Correct”.',
  }),
  OtherUnit: ({ unit }: { readonly unit: 'rial' | 'percent' | 'count' }) => ({
    fa: `واحد آن شاخص «${unitLabels[unit].fa}» است و واحد این رقم نیست؛ شاخصی با همان واحد برگزینید.`,
    en: `That indicator is in ${unitLabels[unit].en}, and this figure is not: choose one of its unit.`,
  }),
  ReviewOtherContent: () => ({
    fa: 'این شناسه پیش‌تر برای تصمیم دیگری به کار رفته است؛ صفحه را تازه کنید و دوباره بفرستید.',
    en: 'The id was used for another decision; reload the page and send it again.',
  }),
} as const satisfies { [Kind in ReviewRefusal['kind']]: (refusal: never) => Bilingual };

export const reviewLabels = {
  review: { fa: 'بازبینی', en: 'Review' },
  reviews: { fa: 'بازبینی‌های این رقم', en: 'Reviews of this figure' },
  accept: { fa: 'پذیرفتن داوری', en: 'Accept the verdict' },
  correct: { fa: 'اصلاح شاخص', en: 'Correct the indicator' },
  reject: { fa: 'نپذیرفتن داوری', en: 'Reject the verdict' },
  reason: { fa: 'دلیل', en: 'Reason' },
  reasonHint: {
    fa: 'بار دیگر که این جمله سنجیده شود، همراه نام شما نشان داده می‌شود.',
    en: 'Shown with your name whenever this sentence is checked again.',
  },
  keep: { fa: 'ثبت تصمیم', en: 'Record the decision' },
  cancel: { fa: 'انصراف', en: 'Cancel' },
  indicator: { fa: 'شاخص درست', en: 'Right indicator' },
  year: { fa: 'سال', en: 'Year' },
  county: { fa: 'شهرستان', en: 'County' },
  programme: { fa: 'برنامه', en: 'Programme' },
  allProgrammes: { fa: 'همهٔ برنامه‌ها', en: 'All programmes' },
  means: { fa: 'منظور:', en: 'Means:' },
  inRecords: { fa: 'در سندها', en: 'in the records' },
  noValue: { fa: 'بی‌سند', en: 'no record' },
  verdictThen: { fa: 'داوری آن زمان:', en: 'Verdict then:' },
  sameText: { fa: 'همین متن', en: 'this text' },
  samePhrase: { fa: 'همین جمله در متنی دیگر', en: 'the same sentence in another text' },
  savePdf: { fa: 'متن با حاشیه، PDF', en: 'Annotated text, PDF' },
  making: { fa: 'PDF ساخته می‌شود…', en: 'Making the PDF…' },
  annotated: { fa: 'سنجش بیانیه', en: 'Checked statement' },
  text: { fa: 'متن', en: 'Text' },
  notes: { fa: 'حاشیه', en: 'Notes' },
  number: { fa: 'شماره', en: 'No.' },
  figure: { fa: 'رقم', en: 'Figure' },
  verdict: { fa: 'داوری', en: 'Verdict' },
  why: { fa: 'دلیل و بازبینی', en: 'Reason and review' },
  province: { fa: 'استان', en: 'Province' },
  published: { fa: 'روز انتشار', en: 'Published on' },
  undated: { fa: 'بی‌تاریخ', en: 'undated' },
  count: { fa: 'داوری‌ها', en: 'Verdicts' },
} as const satisfies Record<string, Bilingual>;
