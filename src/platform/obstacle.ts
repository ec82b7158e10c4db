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

/** Whether a connection to the database was lost or not to be had: another one, a moment later, may do. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error) ?? '';
  // Of the server: it shuts down, begins, or ended this connection. Of the system: nobody listens, or the line was cut.
  if (/^(?:57P0[1-3]|08\d{3}|ECONNRESET|EPIPE)$/.test(code)) return true;
  if (code === 'ENOENT' || code === 'ECONNREFUSED')
    return error instanceof Error && 'syscall' in error && error.syscall === 'connect';
  return (
    error instanceof Error &&
    /^(?:Connection terminated|Client has encountered a connection error|timeout exceeded when trying)/.test(
      error.message,
    )
  );
}

/** The code of a system error such as `EACCES`, or of an SQL error such as `40001`. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
