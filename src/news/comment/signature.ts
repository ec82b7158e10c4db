import { collapse, collapsed, fold, phrasesIn, tokensOf } from '../moderation/folding.ts';

/** Whether a name above a comment is one by which the office, a post of it or this programme speaks. */

const listOf = (text: string): string[] =>
  text
    .trim()
    .split(/\s*\n\s*/)
    .map(collapsed);

/** Found as whole words: inside another word they are somebody's own name («وزیری»، «مدیری»). */
const posts = listOf(`
  مدیر
  مدیریت
  معاون
  معاونت
  وزیر
  رئیس
  رییس
  ریاست
  سرپرست
  مسئول
  مسئولین
  مسئولان
  مسوول
  سخنگو
  سخنگوی
  بازرس
  بازرسی
  حراست
  اداره
  اداره ی
  ادارات
  دبیرخانه
  بخشدار
  بخشداری
  شهردار
  شهرداری
  دولت
  حکومت
  دادستان
  دادستانی
  سامانه
  ادمین
  گرداننده
  ویراستار
  پشتیبان
  admin
  administrator
  administration
  moderator
  manager
  director
  directorate
  deputy
  minister
  ministry
  governor
  government
  office
  official
  officer
  editor
  staff
  support
  helpdesk
  system
  webmaster
  edare
  edareh
  modir
  modirkol
  moaven
  ostandar
  ostandari
  farmandar
  farmandari
  vezarat
  poshtibani
`);

/** Found wherever they stand: no name of a person holds them. */
const offices = listOf(`
  مدیر کل
  مدیرکل
  مدیر سایت
  مدیر سامانه
  اداره کل
  اداره تعاون
  اداره کار
  تعاون کار
  کار و رفاه
  رفاه اجتماعی
  تعاون استان
  معاون استان
  معاون مدیر
  فرماندار
  استاندار
  وزارت
  پشتیبانی
  کارساز
  روابط عمومی
  رئیس جمهور
  رئیس اداره
  رییس اداره
  karsaz
  kaarsaz
  administrator
  edarekol
  edareyekol
  modirekol
`);

/** Digits and signs that stand for letters in a Latin name: «adm1n». */
const written: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const spelt = (name: string): string =>
  /[a-z]/i.test(name) ? name.replace(/[01345@$!]/g, (sign) => written[sign] ?? sign) : name;

/** However it is spelt: with spaces or half-spaces, Arabic letters, letters drawn out or of other alphabets. */
export function namesOffice(penName: string): boolean {
  const tokens = tokensOf(collapse(fold(spelt(penName))));
  const joined = tokens.map(({ word }) => word).join('');
  return phrasesIn(tokens, posts).length > 0 || offices.some((office) => joined.includes(office));
}
