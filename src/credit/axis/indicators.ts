import type { Dimension } from '#kernel/indicator.ts';
import { type BeneficiaryKind, type Programme, cooperativeShare, openShare } from '../contract.ts';
import { groups } from '../share/contract.ts';

const programmeNames = {
  home_jobs: ['مشاغل خانگی', 'شغل خانگی', 'اشتغال خانگی', 'کسب‌وکار خانگی', 'کسب‌وکارهای خانگی'],
  ministry_bank_mou: ['تفاهم‌نامه وزارت', 'تفاهم‌نامه با بانک', 'تفاهم‌نامه بانک', 'تفاهم‌نامه'],
  rural: [
    'اشتغال روستایی',
    'مشاغل روستایی',
    'تسهیلات روستایی',
    'اعتبار روستایی',
    'اعتبارات روستایی',
    'اشتغال پایدار روستایی',
    'اشتغال روستایی و عشایری',
  ],
  note_18: ['تبصره ۱۸', 'تبصره هجده', 'تبصره هجدهم'],
} as const satisfies Record<Programme, readonly string[]>;

/** Shorter or older names of categories in the press; their full names are those of the catalogue. */
const categoryNames = {
  leather: ['چرم', 'مصنوعات چرمی', 'چرم و مصنوعات چرمی'],
  wood: ['چوب', 'مصنوعات چوبی'],
  ecotourism: ['بوم‌گردی', 'بوم گردشگری', 'گردشگری'],
  livestock: ['دام', 'دامی', 'دامپروری', 'پرورش دام', 'دام و طیور'],
  certified_seedlings: ['نهال', 'پرورش نهال', 'نهال گواهی‌شده'],
  processing: ['صنایع تبدیلی', 'صنایع تبدیلی تکمیلی'],
  content_technology: ['تولید محتوا', 'محتوا', 'فناوری'],
  handicrafts: ['صنایع‌دستی'],
} as const;

const cooperativeNames = ['تعاونی', 'شرکت تعاونی', 'بخش تعاون', 'بخش تعاونی', 'تعاونگر'];

/** How a statement tells apart what this room counts. */
export const dimensions: readonly Dimension[] = [
  {
    id: 'programme',
    column: 'programme',
    carried: true,
    values: Object.entries(programmeNames).map(([value, names]) => ({ value, names })),
  },
  {
    id: 'category',
    column: 'category_key',
    carried: false,
    values: Object.entries(categoryNames).map(([value, names]) => ({ value, names })),
    catalogue: {
      view: 'occupation.read_category',
      key: 'category_key',
      nameFa: 'name_fa',
      nameEn: 'name_en',
    },
  },
  {
    id: 'share',
    column: 'share',
    carried: false,
    values: [{ value: cooperativeShare, names: cooperativeNames }],
    unnamed: [openShare, ...groups.filter((group) => group !== cooperativeShare)],
  },
  {
    id: 'beneficiary_kind',
    column: 'beneficiary_kind',
    carried: false,
    values: [
      { value: 'cooperative', names: cooperativeNames },
      { value: 'enterprise', names: ['بنگاه', 'بنگاه اقتصادی', 'بنگاه تولیدی', 'بنگاه اقتصادی و کارگری'] },
      { value: 'supporter', names: ['پشتیبان', 'متقاضی پشتیبان'] },
    ],
    unnamed: ['person'] satisfies BeneficiaryKind[],
  },
];
