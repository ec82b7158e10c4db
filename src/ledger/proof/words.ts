import type { Bilingual } from '#kernel/indicator.ts';
import type { ProofRefusal } from './contract.ts';

export const proofRefusalWords = {
  TransferMissing: () => ({
    fa: 'چنین انتقالی در محدودهٔ شما نیست. آن را از صورت حساب برگزینید.',
    en: 'There is no such transfer in your scope. Choose it from the statement of an account.',
  }),
} as const satisfies Record<ProofRefusal['kind'], () => Bilingual>;

export const proofWords = {
  title: { fa: 'برهان مُهر یک انتقال', en: 'Proof that a transfer is sealed' },
  lead: {
    fa: 'مرورگر شما همین‌جا از خود ردیف تا امضا را دوباره حساب می‌کند؛ به گفتهٔ سرور بسنده نمی‌شود.',
    en: 'Your browser recomputes everything here, from the row itself to the signature; the word of the server is not taken for it.',
  },
  waiting: { fa: 'این ردیف هنوز مُهر نشده است', en: 'This row is not sealed yet' },
  waitingHelp: {
    fa: 'مُهرها چند ثانیه پس از ثبت زده می‌شوند. کمی بعد دوباره بسنجید.',
    en: 'Seals are made a few seconds after recording. Check again shortly.',
  },
  steps: { fa: 'گام‌های سنجش', en: 'Steps of the check' },
  row: { fa: 'درهم‌سازی ردیف همان است که در مُهر آمده', en: 'The hash of the row is the one in the seal' },
  rows: { fa: 'درهم‌سازی همهٔ ردیف‌های مُهر می‌خواند', en: 'The hash of all rows of the seal agrees' },
  head: { fa: 'سرِ مُهر از محتوایش به دست می‌آید', en: 'The head follows from what the seal says' },
  signature: { fa: 'امضای سر با کلید آن می‌خواند', en: 'The signature of the head agrees with its key' },
  right: { fa: 'درست', en: 'Right' },
  wrong: { fa: 'نادرست', en: 'Wrong' },
  unknown: { fa: 'این مرورگر نمی‌تواند بسنجد', en: 'This browser cannot check it' },
  all: {
    fa: 'این ردیف از زمان مُهر دگرگون نشده است.',
    en: 'This row has not been changed since it was sealed.',
  },
  some: {
    fa: 'آنچه سنجیده شد درست است؛ بقیه را در مرورگری تازه و با نشانی امن (https) بسنجید.',
    en: 'What was checked is right; check the rest in a recent browser under a secure address (https).',
  },
  altered: {
    fa: 'این ردیف یا مُهر آن دگرگون شده است. حسابرس را آگاه کنید.',
    en: 'This row or its seal was altered. Tell an auditor.',
  },
  sealOf: { fa: 'مُهر این ردیف', en: 'The seal of this row' },
  number: { fa: 'شمارهٔ مُهر', en: 'Seal number' },
  position: { fa: 'جایگاه در زنجیره', en: 'Position in the chain' },
  sealedAt: { fa: 'زمان مُهر', en: 'Sealed at' },
  headOf: { fa: 'سرِ مُهر', en: 'Head' },
  content: { fa: 'ردیف چنان که مُهر شده', en: 'The row as it was sealed' },
  column: { fa: 'ستون', en: 'Column' },
  value: { fa: 'مقدار', en: 'Value' },
  board: { fa: 'تابلوی مُهرها', en: 'Board of seals' },
  again: { fa: 'سنجش دوباره', en: 'Check again' },
} as const satisfies Record<string, Bilingual>;
