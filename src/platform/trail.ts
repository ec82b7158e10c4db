import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Tx } from './db.ts';

/** What a command came to. */
export type Deed = {
  readonly provinceId: number;
  /** The kind of its refusal; null when it was done. */
  readonly refusal: string | null;
};

/** Who keeps the trail, a room; the floor tells it what a room cannot see of the others. */
export type Trail = {
  /** In the transaction of the command itself, so that neither stands without the other. */
  readonly tellDeed: (tx: Tx, request: FastifyRequest, deed: Deed) => Promise<void>;
  /** After the answer has been sent: nobody waits for it. */
  readonly tellAnswer: (request: FastifyRequest, reply: FastifyReply) => void;
  /** Writes down what is still waiting, for whoever reads the trail now. */
  readonly settle: () => Promise<void>;
  /** The last thing before the server ends. */
  readonly close: () => Promise<void>;
};

declare module 'fastify' {
  interface FastifyInstance {
    trail: Trail | null;
  }
  interface FastifyRequest {
    /** A command has told of itself already, or repeats what was told. */
    told: boolean;
  }
}
