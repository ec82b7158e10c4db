/**
 * What a scan belongs to, as a word of `document`: a letter of a line (its own id), or the resolution of an
 * approved division or transfer (the id of what it approves).
 */
export const scanKinds = ['credit_letter', 'credit_resolution'] as const;
export type ScanKind = (typeof scanKinds)[number];
