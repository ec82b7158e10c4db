import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { must, ok, refused, type Result } from '#kernel/result.ts';
import { read, type Tx } from '#platform/db.ts';
import { command } from '#platform/once.ts';
import { answer, languageOf, problemResponses } from '#platform/problem.ts';
import { hashPassword } from '#platform/signin.ts';
import type { Language } from '#platform/site.ts';
import { installation, type AccessHouse } from '../actions.ts';
import { findAccount } from '../user/queries.ts';
import {
  allowCode,
  drawCode,
  joinApplicant,
  keepCode,
  nameOf,
  noteRefusal,
  readApplicant,
  sendCode,
  tryCode,
  type Applicant,
  type JoinDone,
} from './actions.ts';
import {
  codeAnswerShape,
  codeOrderShape,
  joinedShape,
  joinOrderShape,
  joinRefusalStatus,
  type CodeAnswer,
  type CodeOrder,
  type Joined,
  type JoinOrder,
  type JoinRefusal,
} from './contract.ts';
import { codeSeconds, readCode } from './rules.ts';
import { codeMessage, joinRefusalWords } from './words.ts';

/** Open to everybody: an applicant's account is opened, or has a new password, by a code that comes as SMS. */
export const joinRoutes =
  (house: AccessHouse): FastifyPluginAsyncZod =>
  async (app) => {
    const send = senderOf(house, app);

    app.post(
      '/api/access/join-codes',
      {
        schema: {
          summary: 'Send a code to the phone of an applicant; answers alike whether one goes out or not',
          body: codeOrderShape,
          response: { 201: codeAnswerShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const language = languageOf(request);
        const asked = await askCode(house, request, { given: request.body, send, language });
        return answer(reply, asked, joinRefusalStatus, joinRefusalWords, 201);
      },
    );

    app.post(
      '/api/access/applicants',
      {
        schema: {
          summary: 'Open the account of an applicant, or set its new password, by the code',
          body: joinOrderShape,
          response: { 201: joinedShape, ...problemResponses },
        },
      },
      async (request, reply) => {
        const joined = await join(house, request, request.body);
        return answer(reply, joined, joinRefusalStatus, joinRefusalWords, 201);
      },
    );
  };

type Send = (order: Parameters<typeof sendCode>[1]) => void;

/** Sends without being waited for, until the server ends. */
export function senderOf(house: AccessHouse, app: Pick<FastifyInstance, 'addHook'>): Send {
  const sending = new Set<Promise<void>>();
  app.addHook('onClose', async () => {
    await Promise.allSettled(sending);
  });
  return (order) => {
    const sent = sendCode(house, order)
      // Nobody waits for it any more; what a messenger throws may bear secrets.
      .catch(() => house.log.warn({ code: order.codeId }, 'the SMS with a code did not go out'))
      .finally(() => sending.delete(sent));
    sending.add(sent);
  };
}

/** What is kept of a body: keyed hashes, for ten digits without a key are guessed in an hour. */
const keptOf = ({ provinceId, phoneHash }: Applicant) => ({ provinceId, phone: phoneHash.toString('hex') });
const by = ({ identityHash }: Applicant): string => `identity:${identityHash.toString('hex')}`;

/** Step one, from the desk or the counter; the code goes out in the language in which it was asked for. */
export async function askCode(
  house: AccessHouse,
  request: FastifyRequest,
  { given, send, language }: { readonly given: CodeOrder; readonly send: Send; readonly language: Language },
): Promise<Result<CodeAnswer, JoinRefusal>> {
  const applicant = await readApplicant(house, given);
  if (!applicant.ok) return applicant;
  const { value } = applicant;
  const allowed = await allowCode(house, value, request.ip);
  const drawn = drawCode(house);
  const known = await house.findKnownPerson(value);
  const asked = {
    scope: installation,
    route: 'POST /api/access/join-codes',
    by: by(value),
    body: keptOf(value),
  };
  let isGoing = false;
  const kept = await command<Pick<CodeAnswer, 'expiresAt'>, JoinRefusal>(
    house,
    request,
    asked,
    async (tx: Tx) => {
      if (!allowed.ok) return allowed;
      isGoing = await keepCode(house, tx, { applicant: value, drawn, known });
      return ok({ expiresAt: new Date(house.clock.now().getTime() + codeSeconds * 1000).toISOString() });
    },
  );
  if (!kept.ok) return kept;
  if (isGoing)
    send({
      codeId: drawn.codeId,
      to: value.phone,
      text: codeMessage(drawn.digits),
      language,
    });
  const shown = isGoing && (await house.isDemonstration());
  return ok({ ...kept.value, code: shown ? drawn.digits : null });
}

/** Step two: the account is opened, or has its new password. */
export async function join(
  house: AccessHouse,
  request: FastifyRequest,
  given: JoinOrder,
): Promise<Result<Joined, JoinRefusal>> {
  const { code, password, ...order } = given;
  const digits = readCode(code);
  if (digits === null) return refused({ kind: 'CodeUnreadable', field: 'code' });
  const applicant = await readApplicant(house, order);
  if (!applicant.ok) return applicant;
  const { value } = applicant;
  const kept = async (typed: string): Promise<string> =>
    (await house.signIn.keyedHash(typed)).toString('hex');
  const tried = await tryCode(house, value, digits);
  const known = await house.findKnownPerson(value);
  const passwordHash = tried.ok ? await hashPassword(password) : '';
  const asked = {
    scope: installation,
    route: 'POST /api/access/applicants',
    by: by(value),
    // Another password under the same key is another order, and is refused as such.
    body: {
      ...keptOf(value),
      code: await kept(`typed-code:${digits}`),
      password: await kept(`typed:${password}`),
    },
  };
  const done = await command<JoinDone, JoinRefusal>(house, request, asked, async (tx) =>
    tried.ok
      ? joinApplicant(
          { tx, clock: house.clock },
          { applicant: value, codeId: tried.value.codeId, known, name: nameOf(order), passwordHash },
        )
      : tried,
  );
  if (!done.ok) {
    if (!request.replayed) await noteRefusal(house, value.provinceId, done.refusal.kind);
    return done;
  }
  const { userId, outcome } = done.value;
  const account = await read(house.db, installation, (tx) => findAccount(tx, userId));
  return ok({ username: must(account, 'the account that was just opened').username, outcome });
}
