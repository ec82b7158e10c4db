/**
 * What a scan belongs to, as a word of `document`: a letter of a line (its own id), the source of its opening
 * (the id of the opening), or the resolution of what was approved (the id of what it approves).
 */
export const scanKinds = ['credit_letter', 'credit_resolution'] as const;
export type ScanKind = (typeof scanKinds)[number];
