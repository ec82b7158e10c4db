import type { Role } from '#kernel/actor.ts';

/** Who writes, publishes and moderates the news of a province. */
export const newsroom = ['editor', 'deputy', 'director'] as const satisfies readonly Role[];

/** Who reads what is not public yet; auditors and the ministry of all provinces. */
export const mayReadDrafts = [...newsroom, 'auditor', 'ministry'] as const satisfies readonly Role[];
