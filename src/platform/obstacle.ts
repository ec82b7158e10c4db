/**
 * Something outside the program stands in the way (a taken port, a folder that cannot be written, a server
 * that is too old). It is neither a lawful refusal nor a bug: the command line prints both sentences and
 * ends with code 1, without a stack.
 */
export class Obstacle extends Error {
  readonly persian: string;
  constructor(persian: string, english: string) {
    super(english);
    this.name = 'Obstacle';
    this.persian = persian;
  }
}

/** What the operating system said, for the end of an obstacle's sentence. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The code of a system error such as `EACCES`, or of an SQL error such as `40001`. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
