import type { FastifyBaseLogger } from 'fastify';
import pino from 'pino';

/** Structured lines on standard error: standard output belongs to what a command was asked for. */
export type Log = FastifyBaseLogger;

export function openLog(level: string): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
}
