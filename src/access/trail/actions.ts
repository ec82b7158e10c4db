import type { FastifyReply, FastifyRequest } from 'fastify';
import { nationwide, type Actor } from '#kernel/actor.ts';
import { newId } from '#kernel/id.ts';
import { ok } from '#kernel/result.ts';
import type { Clock } from '#platform/clock.ts';
import { inTransaction, type Database } from '#platform/db.ts';
import type { Log } from '#platform/log.ts';
import { reasonOf } from '#platform/obstacle.ts';
import { actingOf } from '#platform/session.ts';
import type { Trail } from '#platform/trail.ts';
import { installation, recordEvent } from '../actions.ts';
import type { Told } from './contract.ts';
import { insertTold } from './queries.ts';
import { isDeedTold, outcomeOf, partOf, recordsOf } from './rules.ts';

/** A killed process loses the reads and refusals of this time at most; deeds stand with their commands. */
const writeEvery = 1_000;
/** What waits while the database is away; beyond it only the number of what was lost is kept. */
const mostWaiting = 5_000;

type Desk = { readonly db: Database; readonly clock: Clock; readonly log: Log };

/**
 * Keeps the trail of all requests. Deeds are told in their own transactions. Reads and refusals are told after the
 * answer was sent, gathered and written once a second by one statement, so that no request waits for them.
 */
export function keepTrail(desk: Desk): Trail {
  const box = new TrailBox(desk);
  const timer = setInterval(() => void box.write(), writeEvery);
  timer.unref();
  return {
    tellDeed: async (tx, request, { provinceId, refusal }) => {
      const route = routeOf(request);
      if (isDeedTold(route, refusal)) return;
      // Who enters by a one-time address is nobody yet; what they do notes itself.
      const by = await actingOf(request).catch(() => null);
      if (by === null) return;
      const key = request.headers['idempotency-key'] ?? request.formKey;
      const told = {
        ...toldBy(desk.clock, request, by),
        outcome: refusal === null ? ('did' as const) : ('refused' as const),
        place: null,
        home: provinceId,
        facts: {
          ...(refusal === null ? {} : { kind: refusal }),
          ...(key === undefined ? {} : { key: String(key) }),
        },
      };
      await insertTold(tx, [told]);
    },
    tellAnswer: (request, reply) => void box.take(request, reply),
    settle: () => box.write(),
    close: () => {
      clearInterval(timer);
      return box.write();
    },
  };
}

const routeOf = (request: FastifyRequest): string => `${request.method} ${request.routeOptions.url ?? ''}`;

const toldBy = (clock: Clock, request: FastifyRequest, { userId, personId, role, scope }: Actor) => {
  const at = clock.now();
  return {
    eventId: newId(at.getTime()),
    at,
    by: { userId, personId, role },
    route: routeOf(request),
    status: null,
    place: partOf('province', request.params, request.query) ?? partOf('slug', request.params),
    home: scope.province === 'all' ? nationwide : scope.province,
    recordIds: recordsOf(request.params, request.query, request.body),
  };
};

/** The interface, and the counter at which an applicant reads of their own; other pages are for everybody. */
const isOfSomebody = /^\/(?:api|(?:en\/)?apply)\//;

class TrailBox {
  private readonly desk: Desk;
  private waiting: Told[] = [];
  private lost = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(desk: Desk) {
    this.desk = desk;
  }

  async take(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { url } = request.routeOptions;
    // Whoever was not asked for their name read what is for everybody.
    if (request.told || request.knownActor === undefined || url === undefined) return;
    const outcome = outcomeOf(url, reply.statusCode);
    if (outcome === null || !isOfSomebody.test(url)) return;
    const by = await request.knownActor.catch(() => null);
    if (by === null) return;
    const kind = request.problemKind;
    this.waiting.push({
      ...toldBy(this.desk.clock, request, by),
      outcome,
      status: reply.statusCode,
      facts: kind === null ? {} : { kind },
    });
    this.thinOut();
  }

  /** Writes what waits, after what is being written already. */
  write(): Promise<void> {
    this.writing = this.writing.then(() => this.writeOnce());
    return this.writing;
  }

  private async writeOnce(): Promise<void> {
    const { waiting, lost } = this;
    const { db, clock, log } = this.desk;
    if (waiting.length === 0 && lost === 0) return;
    this.waiting = [];
    this.lost = 0;
    try {
      await inTransaction<undefined, never>(db, installation, async (tx) => {
        if (waiting.length > 0) await insertTold(tx, waiting);
        if (lost > 0) await recordEvent(tx, clock, lostEvent(lost));
        return ok();
      });
    } catch (error) {
      log.warn({ error: reasonOf(error), waiting: waiting.length }, 'the trail could not be written');
      this.waiting = [...waiting, ...this.waiting];
      this.lost += lost;
      this.thinOut();
    }
  }

  private thinOut(): void {
    const beyond = this.waiting.length - mostWaiting;
    if (beyond <= 0) return;
    this.waiting.splice(0, beyond);
    this.lost += beyond;
  }
}

const lostEvent = (count: number) => ({
  provinceId: nationwide,
  event: 'access.trail_lost' as const,
  by: null,
  subject: null,
  subjectId: null,
  facts: { count },
});
