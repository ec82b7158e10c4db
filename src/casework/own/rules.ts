import type { OwnPromise } from './contract.ts';

/**
 * What a limit means for whom the case is about. Where they may object it is their time to object, though the case
 * waits for them too: nobody asks them to.
 */
export function promiseOf({
  mayObject,
  turn,
  late,
}: {
  readonly mayObject: boolean;
  readonly turn: boolean;
  readonly late: boolean;
}): OwnPromise {
  if (mayObject) return late ? 'objection_ended' : 'objection';
  if (turn) return late ? 'turn_late' : 'turn';
  return late ? 'answer_late' : 'answer';
}
