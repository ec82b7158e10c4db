import type { Bilingual } from '#kernel/indicator.ts';
import type { WorkplaceNames, WorkplacesAt } from './contract.ts';

const named =
  (fa: string, en: string) =>
  (of: Bilingual): { readonly nameFa: string; readonly nameEn: string } => ({
    nameFa: `${of.fa} ${fa}`,
    nameEn: `${en} ${of.en}`,
  });
/** The provinces of the two press statements. */
export const demonstrationPlaces: readonly WorkplacesAt[] = [
  { provinceId: 30, countyCode: '3001', budgetYear: 1402, name: named('البرز', 'Alborz') },
  { provinceId: 15, countyCode: '1503', budgetYear: 1393, name: named('لرستان', 'Lorestan') },
];
export const workplaces: WorkplaceNames = {
  branch: { fa: 'شعبهٔ نمونهٔ', en: 'sample branch' },
  industry: { fa: 'ادارهٔ نمونهٔ صمت', en: 'sample office' },
  province: {
    agriculture: { fa: 'سازمان نمونهٔ جهاد کشاورزی', en: 'sample agriculture office' },
    heritage: { fa: 'اداره کل نمونهٔ میراث فرهنگی', en: 'sample heritage office' },
    culture: { fa: 'اداره کل نمونهٔ ارشاد', en: 'sample culture office' },
    health: { fa: 'معاونت نمونهٔ بهداشت', en: 'sample health office' },
    veterinary: { fa: 'اداره کل نمونهٔ دامپزشکی', en: 'sample veterinary office' },
  },
};
