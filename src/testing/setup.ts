import type { TestProject } from 'vitest/node';
import { openTrial, type Trial } from './trial.ts';

declare module 'vitest' {
  // An interface, because vitest is extended by merging into it.
  interface ProvidedContext {
    house: Pick<Trial, 'socketFolder' | 'complaint'>;
  }
}

/** Runs once for a run of vitest, before the first test file; what it gives back runs after the last. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { socketFolder, complaint, close } = await openTrial();
  project.provide('house', { socketFolder, complaint });
  return close;
}
