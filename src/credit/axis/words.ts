import type { Bilingual } from '#kernel/indicator.ts';
import { persianDigits } from '#kernel/persian.ts';
import type { Axis, BeneficiaryKind, Named, NamedPart, PartAxis } from '../contract.ts';

export const axisWords = {
  province: { fa: 'استان', en: 'Province' },
  county: { fa: 'شهرستان', en: 'County' },
  agency: { fa: 'دستگاه اجرایی', en: 'Agency' },
  bank: { fa: 'بانک عامل', en: 'Bank' },
  beneficiary_kind: { fa: 'گونهٔ گیرنده', en: 'Kind of beneficiary' },
  category: { fa: 'رسته', en: 'Category' },
  round: { fa: 'نوبت', en: 'Round' },
} as const satisfies Record<Axis, Bilingual>;

export const beneficiaryWords = {
  person: { fa: 'شخص', en: 'Person' },
  cooperative: { fa: 'تعاونی', en: 'Cooperative' },
  supporter: { fa: 'پشتیبان', en: 'Supporter' },
  enterprise: { fa: 'بنگاه', en: 'Enterprise' },
} as const satisfies Record<BeneficiaryKind, Bilingual>;

/** The parts of a slice together, by the axis on which they stand. */
export const partsWords = {
  county: { fa: 'برش شهرستان‌ها', en: 'Slices of the counties' },
  agency: { fa: 'برش دستگاه‌های اجرایی', en: 'Slices of the agencies' },
  bank: { fa: 'برش بانک‌های عامل', en: 'Slices of the banks' },
  beneficiary_kind: { fa: 'برش گونه‌های گیرنده', en: 'Slices of the kinds of beneficiary' },
  category: { fa: 'برش رسته‌ها', en: 'Slices of the categories' },
  round: { fa: 'برش نوبت‌ها', en: 'Slices of the rounds' },
} as const satisfies Record<PartAxis, Bilingual>;

/** A text out of a record's two columns; the code where a name is missing. */
const named = (fa: string | null, en: string | null, code: string | null): Bilingual => ({
  fa: fa ?? code ?? '—',
  en: en ?? code ?? '—',
});

/** What a part is called among its siblings: by what it bears on their axis. */
export function nameOn(axis: Axis, part: Named): Bilingual {
  switch (axis) {
    case 'province':
    case 'county':
      return named(part.countyFa, part.countyEn, part.countyCode);
    case 'agency':
      return named(part.agencyFa, part.agencyEn, part.agencyKey);
    case 'bank':
      return named(part.bankFa, part.bankEn, part.bankCode);
    case 'category':
      return named(part.categoryFa, part.categoryEn, part.categoryKey);
    case 'beneficiary_kind':
      return part.beneficiaryKind === null ? named(null, null, null) : beneficiaryWords[part.beneficiaryKind];
    case 'round': {
      const round = String(part.roundNumber ?? '—');
      return { fa: `${axisWords.round.fa} ${persianDigits(round)}`, en: `${axisWords.round.en} ${round}` };
    }
  }
}

export const partName = (part: NamedPart): Bilingual => nameOn(part.axis, part);
