import type { Hint } from './contract.ts';
import { type Folded, fold } from './folding.ts';
import { offers } from './offer.ts';
import { advertised, numbers } from './telephone.ts';

/**
 * Links, handles, telephone numbers and offers, also disguised: «t . me / x», «نقطه کام», digits of any script, digits
 * in words. Addresses of the state («mojavez.ir», «mcls.gov.ir») are what people are sent to by the news itself.
 */
export function adverts(comment: string): Hint[] {
  const folded = fold(comment);
  const found = [...addresses(folded), ...handles(folded), ...numbers(folded), ...offers(folded)];
  // A bare address may be where somebody was sent to; with anything else of an offer it is one.
  return found.length > 1
    ? found.map((one) => ({ ...one, clear: one.clear || isLink(comment, one) }))
    : found;
}

const endings =
  'com|ir|net|org|info|shop|xyz|me|io|co|site|online|biz|link|top|app|store|vip|club|live|fun|cc|ly|website|blog|pro|click|work|page|dev|us|tv';
const dot = String.raw`(?:\s?[.。․·⚫●•∙◦]\s?|\s?[[({<]\s?(?:\.|dot|دات|نقطه)\s?[\])}>]\s?|\s(?:dot|دات|نقطه)\s)`;
const spokenEnding = '(?:ای ار|ایار|ار|کام|کوم|نت|اورگ|ام ای|امی)';
const link = new RegExp(
  [
    String.raw`h\s?[tx]{2}ps?\s?:\s?/\s?/\s?\S+`,
    String.raw`\bw\s?w\s?w${dot}[a-z0-9-]+\S*`,
    String.raw`(?<![\p{L}\p{N}])[a-z0-9](?:\s[a-z0-9])*\s?\.\s?(?:i\sr|c\so\sm|o\sr\sg|n\se\st)(?![a-z])`,
    String.raw`(?<![\p{L}\p{N}@._-])[a-z0-9][a-z0-9-]*(?:${dot}[a-z0-9-]+)*${dot}(?:${endings})(?![a-z])(?:\s?/\s?[\w./?=&%+-]*)?`,
    String.raw`[\p{L}0-9-]+(?:\s?(?:دات|نقطه)\s?|\.)${spokenEnding}(?!\p{L})`,
    String.raw`\bt\s?\.\s?me\b\S*|\btme\s?/?\s?[a-z]\w*`,
  ].join('|'),
  'gu',
);
// Portals of ministries, funds and public banks, which the news itself sends people to.
const ofTheState =
  /(?:^|[./\s])(?:[a-z0-9-]+\.)*(?:(?:gov|ac|sch|co\.gov)\.ir|(?:mojavez|tamin|behzisti|emdad|cbi|leader|portaltvto|irantvto|ssaa|post|adliran|mporg|jobportal|sanjesh|intamedia|karafariniomid|kari24|bmi|bsi|bki|bank-maskan|ttbank|postbank|bankmellat|rb24|banksepah|edbi|ilenc|rrk|qavanin|dotic|epolice|codal|sajam|samanese|irancode|e-?namad|enamad|icccoop|sabtasnad|ssar|cspf|roostaa|yaraneh10|refah-hemayat|irica|ntsw|isipo|inso|iscs)\.(?:ir|com|org))\b/;

const addresses = (folded: Folded): Hint[] =>
  [...folded.text.matchAll(link)]
    .filter(([found]) => !ofTheState.test(found.replace(/\s/g, '')))
    .map((found) =>
      advertised(folded, {
        ...spanOf(found),
        clear: !domainOnly.test(found[0]) || !complained.test(folded.text),
      }),
    );

const domainOnly = /^[a-z0-9.-]+$/;
// Who asks about an address, or tells what befell them there, does not send others to it.
const complained =
  /(?:نمی|نشد|نکرد|نبود|نیست|نداره|ندارد|قطع|ارور|خطا|error|چرا|[؟?]|کند|هنگ|گیر کرد|نوشته|زده|گفت|کلاه|تقلب|قلابی|جعلی|فیشینگ|سامانه|درگاه|سایت رسمی|خراب|مشکل|بسته|کجا|چطور|ثبت ?نام)/u;
const isLink = (comment: string, { start, end }: Hint): boolean =>
  /[.]/.test(Array.from(comment).slice(start, end).join(''));

const spanOf = (match: RegExpExecArray): { from: number; to: number } => ({
  from: match.index,
  to: match.index + match[0].length,
});

const handle = new RegExp(
  [
    String.raw`(?<![\w.])@\s?[a-z][\w.]{2,}`,
    String.raw`[\w.-]+@[\w-]+(?:\.[\w-]+)+`,
    String.raw`(?<![\w.])[a-z][a-z0-9]*(?:_[a-z0-9]+)+`,
  ].join('|'),
  'gu',
);
const network =
  /(?:ایدی|بیو|پیج|پیجم|اینستا|اینستاگرام|تلگرام|تله\s?گرام|تلگ\S{0,3}رام|واتساپ|واتس\s?اپ|روبیکا|ایتا|سروش|ربات|کانال|کانالم|پیام\s?رسان|پی\s?وی|telegram|insta\w*|whatsapp|channel|page|bot|\bid\b)/u;
const named = /(?<![\w.@])[a-z][a-z0-9]*(?:\s?[._-]\s?[a-z0-9]+)+|(?<=[:=؛]\s{0,2})[a-z][a-z0-9]{3,}/gu;

/** Names that only a network has, and names beside which a network is named. */
const handles = (folded: Folded): Hint[] =>
  [
    ...folded.text.matchAll(handle),
    ...[...folded.text.matchAll(named)].filter(({ index, 0: found }) =>
      network.test(folded.text.slice(Math.max(0, index - 45), index + found.length + 20)),
    ),
  ]
    .filter(([found]) => !ofTheState.test(found.replace('@', '.').replace(/\s/g, '')))
    .map((found) => advertised(folded, { ...spanOf(found), clear: true }));
