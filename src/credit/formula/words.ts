import type { Bilingual } from '#kernel/indicator.ts';
import { moneyCompared, persianDigits } from '#kernel/persian.ts';
import type { Rial } from '#kernel/rial.ts';
import type { FormulaRefusalFacts } from '../contract.ts';

const fa = moneyCompared;
const en = (sum: Rial): string => `${sum.toLocaleString('en')} rials`;

/** The indicators of `place` by which counties are usually weighed; the form offers these. */
export const formulaIndicators = {
  population: { fa: 'جمعیت', en: 'Population' },
  population_rural: { fa: 'جمعیت روستایی', en: 'Rural population' },
  unemployed_15plus: { fa: 'بیکاران ۱۵ سال به بالا', en: 'Unemployed aged 15 and over' },
  active_15plus: { fa: 'جمعیت فعال ۱۵ سال به بالا', en: 'Active population aged 15 and over' },
} as const satisfies Record<string, Bilingual>;

/** The commonest ways in which a formula cannot be followed; the others are told by their rule. */
export function formulaWords(formula: FormulaRefusalFacts): Bilingual {
  const by = formula.by === undefined ? null : formula.by;
  switch (formula.kind) {
    case 'ValueMissing': {
      const indicators = new Map<string, Bilingual>(Object.entries(formulaIndicators));
      const lacking = (formula.missing ?? []).map(({ countyCode, indicator, nameFa, nameEn }) => ({
        fa: `${nameFa ?? countyCode} (${indicators.get(indicator)?.fa ?? indicator})`,
        en: `${nameEn ?? countyCode} (${indicators.get(indicator)?.en ?? indicator})`,
      }));
      return {
        fa: `برای این شهرستان‌ها مقدار شاخص نداریم: ${persianDigits(lacking.map((one) => one.fa).join('، '))}. با دلیل «صفر» بگیرید یا شاخص یا سال دیگری برگزینید.`,
        en: `There is no value for ${lacking.map((one) => one.en).join(', ')}. Count it as zero with a reason, or choose another indicator or year.`,
      };
    }
    case 'FloorsAboveAmount':
      return {
        fa: `جمع کف شهرستان‌ها از مبلغ برش بیشتر است${by === null ? '' : `؛ ${fa(by)} از کف‌ها بکاهید یا بر مبلغ بیفزایید`}.`,
        en: `The floors add up to more than the amount${by === null ? '' : `; lower them, or raise the amount, by ${en(by)}`}.`,
      };
    case 'CapsBelowAmount':
      return {
        fa: `جمع سقف شهرستان‌ها از مبلغ برش کمتر است${by === null ? '' : `؛ ${fa(by)} بر سقف‌ها بیفزایید یا از مبلغ بکاهید`}.`,
        en: `The caps add up to less than the amount${by === null ? '' : `; raise them, or lower the amount, by ${en(by)}`}.`,
      };
    case 'NoWeight':
      return { fa: 'دست‌کم یک شاخص باید وزن داشته باشد.', en: 'At least one indicator needs a weight.' };
    default:
      return {
        fa: `فرمول با این ورودی‌ها اجرا نمی‌شود (${formula.kind})${by === null ? '' : `؛ کمترین تغییر لازم ${fa(by)} است`}.`,
        en: `The formula cannot be run on this input (${formula.kind})${by === null ? '' : `; the least change is ${en(by)}`}.`,
      };
  }
}
