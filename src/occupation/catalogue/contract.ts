import type { Bilingual } from '#kernel/indicator.ts';

/** A category, an agency or a province by the key in the address. */
export type Named = { readonly key: string; readonly name: Bilingual };
