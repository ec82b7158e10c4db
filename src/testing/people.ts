import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { madeUserShape, sessionShape, type NewGrant } from '#access/contract.ts';
import { installation } from '#access/actions.ts';
import { read } from '#platform/db.ts';
import { problemShape, type Problem } from '#platform/problem.ts';
import { signInAs, type Answer, type Clerk, type TestDesk } from './desk.ts';
import type { House } from './house.ts';

/** The password of everybody who is made here. */
export const newPassword = 'a-long-new-password';

export const grantOf = (asked: Partial<NewGrant> = {}): NewGrant => ({
  role: 'editor',
  provinceId: 30,
  countyCode: null,
  officeId: null,
  startsOn: null,
  endsOn: null,
  ...asked,
});

let count = 0;

/** A national id with its right check digit that no other person of the test file has. */
export function nationalId(): string {
  count += 1;
  const digits = String(100_000_000 + count);
  let sum = 0;
  for (let place = 0; place < 9; place += 1) sum += parseInt(digits.charAt(place), 10) * (10 - place);
  return `${digits}${sum % 11 < 2 ? sum % 11 : 11 - (sum % 11)}`;
}

export const newUser = (asked: Partial<NewGrant> = {}) => ({
  username: `user-${randomUUID().slice(0, 8)}`,
  name: 'کاربر آزمایشی',
  nationalId: nationalId(),
  grant: grantOf(asked),
});

export const problemOf = (answer: Answer): Problem => problemShape.parse(answer.body);
export const problemKind = (answer: Answer): string => problemOf(answer).kind;
export const tokenIn = (path: string): string => path.split('/').at(-1) ?? '';

export const grantPath = (
  of: { readonly userId: string; readonly provinceId: number; readonly grantId: string | undefined },
  deed: 'approval' | 'end',
): string => `/api/access/users/${of.userId}/grants/${of.provinceId}/${of.grantId}/${deed}`;

export async function sessionOf(clerk: Clerk) {
  return sessionShape.parse((await clerk.get('/api/session')).body);
}

/** Made by the clerk `by`; throws with the answer when that is refused. */
export async function makeUser(by: Clerk, user = newUser()) {
  const answer = await by.post('/api/access/users', user);
  if (answer.status !== 201) throw new Error(`not made: ${JSON.stringify(answer.body)}`);
  return { ...madeUserShape.parse(answer.body), given: user };
}

export const setPassword = (desk: TestDesk, path: string, password: string = newPassword): Promise<Answer> =>
  desk.nobody.post('/api/access/passwords', { token: tokenIn(path), password });

/** A user with a password, signed in. A powerful role still waits for its approval. */
export async function makeClerk(desk: TestDesk, by: Clerk, user = newUser()) {
  const { user: made, link } = await makeUser(by, user);
  await setPassword(desk, link.path);
  return { ...made, clerk: await signInAs(desk.app, made.username, newPassword) };
}

/** Somebody with a powerful role: proposed by one administrator and approved by the other. */
export async function makePowerful(
  desk: TestDesk,
  { one, two, user }: { readonly one: Clerk; readonly two: Clerk; readonly user: ReturnType<typeof newUser> },
) {
  const powerful = await makeClerk(desk, one, user);
  const grantId = powerful.grants[0]?.grantId;
  const provinceId = user.grant.provinceId ?? -1;
  z.object({ status: z.literal(200) }).parse(
    await two.post(grantPath({ userId: powerful.userId, provinceId, grantId }, 'approval')),
  );
  return powerful;
}

type Who = { readonly user: string; readonly person: string };

/** Holder and proposer of a grant, and somebody else. */
export async function peopleOf(
  house: House,
  another: Clerk,
  userId: string,
  grantId: string,
): Promise<{ holder: Who; proposer: Who; other: Who }> {
  const { rows } = await read(house.db, installation, (tx) =>
    sql<{ user: string; person: string; proposer_user: string; proposer_person: string }>`
      select user_id as user, person_id as person, proposer_user_id as proposer_user,
        proposer_person_id as proposer_person
      from access.role_grant where user_id = ${userId} and grant_id = ${grantId}
    `.execute(tx),
  );
  const row = z
    .object({ user: z.string(), person: z.string(), proposer_user: z.string(), proposer_person: z.string() })
    .parse(rows[0]);
  const other = (await sessionOf(another)).actor;
  return {
    holder: { user: row.user, person: row.person },
    proposer: { user: row.proposer_user, person: row.proposer_person },
    other: { user: other?.userId ?? '', person: other?.personId ?? '' },
  };
}
