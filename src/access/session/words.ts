import type { Bilingual } from '#kernel/indicator.ts';

/** The texts of the door that only a demonstration shows. */
export const sampleWords = {
  passwordOfAll: { fa: 'گذرواژهٔ همهٔ کاربران نمونه:', en: 'Password of all sample users:' },
} as const satisfies Record<string, Bilingual>;
