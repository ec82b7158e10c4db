import type { Hint, Remark } from './contract.ts';
import { type Field, contentOf, setOf, termsIn } from './field.ts';
import { type Token, collapse, fold, placeOf, stemOf } from './folding.ts';

/**
 * Whether a comment speaks of the item it stands under: what it shares with the item, its words and its fields, is
 * weighed against what it says of other fields. A comment of which no field is known is taken to be about its item.
 */
export function strays({ article, comment }: Remark, isHinted: boolean): Hint[] {
  const folded = collapse(fold(comment));
  const words = contentOf(folded);
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) return [];
  const matter = matterOf(article);
  const found = spokenOf(words, matter);
  if (found.apart < least || found.apart <= found.shared) return [];
  if (isHinted && (found.shared > 0 || found.foreign === 0 || found.apart < weights.foreign)) return [];
  const clear =
    found.certain >= 3 && found.shared === 0 && !words.some(({ word }) => office.has(stemOf(word)));
  return [{ rule: 'off_topic', ...placeOf(folded, first.from, last.to), clear }];
}

type Matter = { readonly told: ReadonlySet<string>; readonly fields: ReadonlySet<Field> };

/** What the last items speak of: many comments come under one item, and its words are the same for all of them. */
const matters = new Map<string, Matter>();
const mostMatters = 50;

function matterOf(article: string): Matter {
  const known = matters.get(article);
  if (known !== undefined) return known;
  const words = contentOf(collapse(fold(article)));
  const told = new Set(words.map(({ word }) => stemOf(word)));
  const matter = { told, fields: fieldsTold(words) };
  if (matters.size >= mostMatters) matters.clear();
  matters.set(article, matter);
  return matter;
}

/** The fields of which an item says two things at least, or one where it is short. */
function fieldsTold(words: readonly Token[]): ReadonlySet<Field> {
  const enough = words.length < 25 ? 1 : 2;
  const said = new Map<Field, Set<string>>();
  for (const { field, term } of termsIn(words)) said.set(field, (said.get(field) ?? new Set()).add(term));
  return new Set([...said].filter(([, terms]) => terms.size >= enough).map(([field]) => field));
}

export type Spoken = {
  readonly shared: number;
  readonly apart: number;
  /** The most that is said of one field that is not ours. */
  readonly foreign: number;
  /** The same of one that is far from the item, and of which one thing at least is plainly said. */
  readonly certain: number;
};

/** The fields of which an item speaks, by name. */
export const fieldsUnder = (article: string): readonly string[] =>
  [...matterOf(article).fields].map(({ name }) => name).sort();

/** The same figures for whoever weighs them otherwise. */
export const spokenUnder = ({ article, comment }: Remark): Spoken =>
  spokenOf(contentOf(collapse(fold(comment))), matterOf(article));

/** How much of a comment belongs to its item, and how much to other fields. */
function spokenOf(words: readonly Token[], { told, fields: own }: Matter): Spoken {
  const shared = new Map<number, number>();
  words.forEach(({ word }, at) => {
    const stem = stemOf(word);
    if (told.has(stem) && !common.has(stem))
      raise(shared, at, office.has(stem) ? weights.office : weights.told);
  });
  const terms = termsIn(words);
  for (const { field, from, count } of terms)
    if (own.has(field)) for (let at = from; at < from + count; at += 1) raise(shared, at, weights.own);
  const apart = new Map<number, number>();
  const foreign = new Map<Field, number>();
  const certain = new Set<Field>();
  for (const { field, faint, from, count } of terms) {
    if (own.has(field) || isWhole(shared, from, count)) continue;
    const weight = field.ours ? weights.ours : weights.foreign;
    raise(
      apart,
      from,
      (isNear(field, own) ? weights.near : faint ? weights.faint : weight) * Math.min(count, 2),
    );
    if (field.ours) continue;
    foreign.set(field, (foreign.get(field) ?? 0) + 1);
    if (!faint && !isNear(field, own)) certain.add(field);
  }
  return {
    shared: sumOf(shared),
    apart: sumOf(apart),
    foreign: Math.max(0, ...foreign.values()),
    certain: Math.max(0, ...[...certain].map((field) => foreign.get(field) ?? 0)),
  };
}

const least = 2;
// One word of a foreign field outweighs one that the item shares with every other.
const weights = { office: 1, told: 2, own: 3, ours: 2, foreign: 4, faint: 2, near: 1 } as const;

const sumOf = (places: ReadonlyMap<number, number>): number =>
  [...places.values()].reduce((sum, one) => sum + one, 0);

function raise(places: Map<number, number>, at: number, weight: number): void {
  places.set(at, Math.max(places.get(at) ?? 0, weight));
}

const isWhole = (places: ReadonlyMap<number, number>, from: number, count: number): boolean =>
  Array.from({ length: count }, (_, at) => from + at).every((at) => places.has(at));

// Fields that lie so near each other that who speaks of one under an item about another has not strayed.
const regions = [
  'wage dispute unemployed safety insured factory intern court',
  'credit home village lodging able council factory fair licence',
  'training intern agency able home licence school',
  'cooperative housing fair factory village',
  'ration pension able insured unemployed health market',
  'agency council intern unemployed factory',
  'ration wage market',
  'safety health',
  'village weather',
  'lodging travel transit',
  'housing homes city supply',
  'fair travel transit city',
  'sport athletics football',
  'licence papers',
].map((names) => new Set(names.split(' ')));

const isNear = ({ name }: Field, own: ReadonlySet<Field>): boolean =>
  regions.some((region) => region.has(name) && [...own].some((one) => region.has(one.name)));

// Words of any item and of any comment: they neither bind a comment to its item nor part it from it.
const common = setOf(`
سلام درود ممنون متشکرم تشکر سپاس خسته نباشید مرسی خدا قوت دست درد عالی خوب خوبی بد بهتر بدتر جالب مفید آفرین احسنت موفق پیروز پایدار انشالله امیدوارم امیدواریم کاش کاشکی دم گرم
فایل فرم سامانه لینک آیین‌نامه دستورالعمل قانون بخشنامه آدرس نشانی پیامک ساعت صفحه عکس
خبر مطلب متن اطلاع اطلاعات اطلاع‌رسانی توضیح توضیحات سوال پرسش جواب پاسخ نظر دیدگاه مشکل مشکلات مردم کشور استان شهر شهرستان منطقه جامعه دولت مسئول مسئولان مسئولین مسوولین مدیر مدیران مدیرکل رئیس اداره کارمند وزیر وزارت آقا آقای خانم جناب عزیز گرامی محترم
کار کارها چیز جا راه حرف وعده عمل دروغ راست حق واقعیت وضع وضعیت شرایط زندگی خانه خانواده بچه جوان جوانان پیگیری رسیدگی رایگان اجرا انجام نتیجه کمک حمایت نفر کسی عده همه‌ آدم دنیا سایت شماره تلفن زنگ تماس زمان وقت تاریخ
`);

// Whoever names the office, its forms or its system speaks of the programme in some way: a person looks.
const office = setOf(`
اداره اداره‌کل مدیرکل سامانه درگاه ثبت‌نام مدارک پرونده کارشناس درخواست متقاضی شغل اشتغال کارگر کارفرما بیمه وام مجوز استخدام OTP پیامک
`);
