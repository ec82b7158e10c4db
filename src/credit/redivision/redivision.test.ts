import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { must, ok } from '#kernel/result.ts';
import { inTransaction, noScope, read } from '#platform/db.ts';
import { problemShape } from '#platform/problem.ts';
import {
  type Name,
  alborz,
  awardOrder,
  byCounties,
  done,
  fardis,
  freshId,
  karaj,
  names,
  openCredits,
  outcome,
} from '#testing/credits.ts';
import { readmeHasDiagram } from '#testing/diagram.ts';
import { openHouse, openWrongdoer } from '#testing/house.ts';
import { permissionsOf } from '#testing/permissions.ts';
import { findBreaches } from '../law/actions.ts';
import { listSlices } from '../queries.ts';
import { versionsShape } from '../version/contract.ts';
import { approveRedivision, dividedSlice, proposeRedivision, withdrawRedivision } from './actions.ts';
import { redivisionAnswerShape, redivisionFormShape } from './contract.ts';
import { redivisionKind } from './rules.ts';

const house = await openHouse();
house.clock.set('2023-12-20T09:00:00Z');
const wrongdoer = await openWrongdoer(house);
const credits = await openCredits(house);
const { openedLine, divided, deed, http, reserve } = credits;
afterAll(http.close);

const scope = { ...noScope, province: alborz };
const slicesOf = (lineId: string) =>
  read(house.db, scope, (tx) => listSlices(tx, { provinceId: alborz, lineId, id: null }));
const breaches = () => read(house.db, scope, (tx) => findBreaches(tx, alborz));

const partsNow = async (sliceId: string) =>
  must(await read(house.db, scope, (tx) => dividedSlice({ tx, provinceId: alborz }, sliceId)), 'a slice')
    .parts;
const amountOf = async (sliceId: string, part: string): Promise<bigint> =>
  must(
    (await partsNow(sliceId)).find(({ id }) => id === part),
    'a part',
  ).amount;

async function dividedLine(amount = 1_000_000_000n) {
  const lineId = await openedLine(amount);
  const root = must((await slicesOf(lineId))[0], 'a root').id;
  await divided(root, byCounties(amount));
  const slices = await slicesOf(lineId);
  const at = (code: string): string =>
    must(
      slices.find(({ countyCode }) => countyCode === code),
      code,
    ).id;
  return { lineId, root, karaj: at(karaj), fardis: at(fardis) };
}

type Line = Awaited<ReturnType<typeof dividedLine>>;

const orderOf = (parts: readonly (readonly [string, bigint, number?])[]) => ({
  id: freshId(),
  reason: 'نیمهٔ سال',
  parts: parts.map(([sliceId, amount, jobTarget = 0]) => ({ sliceId, amount: String(amount), jobTarget })),
});
/** From Karaj to Fardis. */
const shifted = async (line: Line, by: bigint) =>
  orderOf([
    [line.karaj, (await amountOf(line.root, line.karaj)) - by],
    [line.fardis, (await amountOf(line.root, line.fardis)) + by],
  ]);
const approval = (change: Record<string, unknown> = {}) => ({
  id: freshId(),
  resolutionNumber: '۳۱/۷',
  resolutionDay: '2023-12-19',
  seenVersion: 1,
  ...change,
});
const propose = (sliceId: string, order: ReturnType<typeof orderOf>, by: Name = 'deputy') =>
  deed(by, (doing) => proposeRedivision(doing, { sliceId, order }));
const approve = (redivisionId: string, order = approval(), by: Name = 'director') =>
  deed(by, (doing) => approveRedivision(doing, { redivisionId, order }));
const withdraw = (redivisionId: string, by: Name = 'deputy') =>
  deed(by, (doing) =>
    withdrawRedivision(doing, { redivisionId, order: { id: freshId(), seenVersion: 1, reason: 'اشتباه' } }),
  );

describe('a redivision', () => {
  test('is refused below what is committed, with the least possible sum in both languages (L10)', async () => {
    const line = await dividedLine();
    const award = 70_000_000n;
    done(await reserve(line.karaj, awardOrder(award, 'person', { happenedOn: '2023-12-01' })));
    const order = orderOf([[line.karaj, award - 1n]]);
    const told = await http.post('deputy', { url: `slices/${line.root}/redivisions`, body: order });
    expect(told.status).toBe(409);
    const problem = problemShape.parse(told.body);
    expect(problem).toMatchObject({ kind: 'PartCommitted' });
    expect(`${problem.fa} ${problem.en}`).toMatch(/۷۰٬۰۰۰٬۰۰۰ ریال.*70,000,000 rials/su);
    const nearest = orderOf([[line.karaj, award]]);
    done(await propose(line.root, nearest));
    done(await approve(nearest.id));
    expect(await amountOf(line.root, line.karaj)).toBe(award);
    expect(await breaches()).toEqual([]);
  });

  test('is refused where parts ask for more than there is, are strangers, doubled or unchanged', async () => {
    const line = await dividedLine();
    const other = await dividedLine();
    const now = await amountOf(line.root, line.karaj);
    const told = await propose(line.root, orderOf([[line.karaj, now + 1n]]));
    expect(told.ok ? null : told.refusal).toEqual({ kind: 'GrowthBeyondRest', left: 0n, asked: 1n });
    const kinds = [
      await propose(line.root, orderOf([[other.karaj, 1n]])),
      await propose(
        line.root,
        orderOf([
          [line.karaj, 1n],
          [line.karaj, 2n],
        ]),
      ),
      await propose(line.root, orderOf([[line.karaj, now, 9]])),
      await propose(freshId(), orderOf([[line.karaj, 1n]])),
      await approve(freshId()),
    ].map(outcome);
    expect(kinds).toEqual([
      'PartNotOfSlice',
      'PartNamedTwice',
      'NothingRedivided',
      'SliceMissing',
      'RedivisionMissing',
    ]);
  });

  test('is decided anew at its approval: an award or another deed since refuses it, and nothing moves', async () => {
    const line = await dividedLine();
    const now = await amountOf(line.root, line.karaj);
    const order = orderOf([[line.karaj, 0n]]);
    const later = await shifted(line, 5n);
    done(await propose(line.root, order));
    done(await reserve(line.karaj, awardOrder(1000n, 'person', { happenedOn: '2023-12-01' })));
    const told = await approve(order.id);
    expect(told.ok ? null : told.refusal).toMatchObject({
      kind: 'PartCommitted',
      committed: 1000n,
      asked: 0n,
    });
    expect(await amountOf(line.root, line.karaj)).toBe(now);
    done(await propose(line.root, later));
    const between = await shifted(line, 7n);
    done(await propose(line.root, between));
    done(await approve(between.id));
    expect(outcome(await approve(later.id))).toBe('PartMoved');
    done(await withdraw(later.id));
    expect(outcome(await approve(order.id, approval({ resolutionDay: '2023-12-25' })))).toBe('DayAhead');
    expect(outcome(await approve(order.id, approval({ resolutionDay: '2021-12-25' })))).toBe(
      'DayBeforeLetter',
    );
  });

  test('acts once: the same proposal and approval again change nothing (L5)', async () => {
    const line = await dividedLine();
    const order = await shifted(line, 12_345n);
    const first = approval();
    for (const _ of [1, 2]) done(await propose(line.root, order));
    expect(outcome(await propose(line.root, { ...order, reason: 'دیگر' }))).not.toBe('ok');
    for (const _ of [1, 2]) done(await approve(order.id, first));
    done(await propose(line.root, order));
    expect(String(await amountOf(line.root, line.karaj))).toBe(order.parts[0]?.amount);
  });

  test(
    'is approved once whoever races; of two for one part only one holds',
    { timeout: 60_000 },
    async () => {
      const line = await dividedLine();
      const start = await amountOf(line.root, line.karaj);
      const [one, other] = [await shifted(line, 1000n), await shifted(line, 3000n)];
      for (const order of [one, other]) done(await propose(line.root, order));
      const results = await Promise.all(
        [one, other, one, other].map(({ id }, place) =>
          approve(id, approval(), place < 2 ? 'director' : 'otherDeputy'),
        ),
      );
      const kinds = results.map(outcome);
      expect(kinds.filter((kind) => kind === 'ok')).toHaveLength(1);
      const winner = kinds.indexOf('ok') % 2 === 0 ? 1000n : 3000n;
      expect(await amountOf(line.root, line.karaj)).toBe(start - winner);
      expect(await breaches()).toEqual([]);
    },
  );
});

const attempt = (statement: ReturnType<typeof sql>) =>
  inTransaction(house.db, scope, async (tx) => {
    await statement.execute(tx);
    return ok();
  });

describe('four eyes (L6) and what is appended (L4)', () => {
  test('hold in the database against the serving role', async () => {
    const line = await dividedLine();
    const order = await shifted(line, 10n);
    done(await propose(line.root, order));
    for (const name of ['deputy', 'deputyAgain'] as const)
      expect(outcome(await approve(order.id, approval(), name))).toBe('OwnRedivision');
    const forge = (approver: Name, proposer: Name) => {
      const [by, from] = [credits.actor(approver), credits.actor(proposer)];
      return attempt(sql`
        insert into credit.redivision_approval (province_id, redivision_id, proposed_by_person,
          approved_by_person, approved_by_user, resolution_number, resolution_day)
        values (${alborz}, ${order.id}, ${from.personId}, ${by.personId}, ${by.userId}, '1', '2023-12-01')
      `);
    };
    await expect(forge('deputyAgain', 'deputy')).rejects.toThrow(/redivision_approval_four_eyes/);
    await expect(forge('deputy', 'director')).rejects.toThrow(/redivision_approval_proposer_fk/);
    for (const table of ['redivision', 'redivision_part', 'redivision_approval'])
      for (const statement of [
        `update credit.${table} set province_id = 30`,
        `delete from credit.${table}`,
        `truncate credit.${table}`,
      ])
        await expect(attempt(sql.raw(statement))).rejects.toThrow(/permission denied/);
  });
});

describe('every act on a redivision', () => {
  const outside: Partial<Record<Name, string>> = {
    lorestanOffice: 'OtherProvince',
    lorestanDirector: 'OtherProvince',
    administrator: 'OtherProvince',
    auditor: 'ReadOnly',
    ministry: 'ReadOnly',
  };

  test('is done by whom and when the table says, and by nobody else', { timeout: 120_000 }, async () => {
    const line = await dividedLine();
    const proposalIn = async (state: string): Promise<string> => {
      const order = await shifted(line, 10n);
      done(await propose(line.root, order, 'otherDeputy'));
      if (state === 'approved') done(await approve(order.id));
      if (state === 'withdrawn') done(await withdraw(order.id, 'otherDeputy'));
      return order.id;
    };
    for (const name of names) {
      for (const { state, act, expected } of permissionsOf(redivisionKind, [credits.actor(name).role])) {
        const seenVersion = state === 'proposed' ? 1 : 2;
        const wanted = outside[name] ?? ('to' in expected ? 'ok' : expected.refusal);
        const told =
          act === 'propose_redivision'
            ? await http.post(name, {
                url: `slices/${line.root}/redivisions`,
                body: await shifted(line, 10n),
              })
            : act === 'approve_redivision'
              ? await http.post(name, {
                  url: `redivisions/${await proposalIn(state)}/approval`,
                  body: approval({ seenVersion }),
                })
              : await http.post(name, {
                  url: `redivisions/${await proposalIn(state)}/withdrawal`,
                  body: { id: freshId(), seenVersion, reason: 'نادرست' },
                });
        const own = name === 'otherDeputy' && act === 'approve_redivision';
        const hidden = ['karajOffice', 'fardisOffice', 'bank', 'agency', 'applicant'].includes(name);
        const unseen = hidden && act === 'propose_redivision';
        const kind = told.status < 300 ? 'ok' : problemShape.parse(told.body).kind;
        expect(`${name} ${state} ${act}: ${kind}`).toBe(
          `${name} ${state} ${act}: ${own ? 'OwnRedivision' : unseen ? 'SliceMissing' : wanted}`,
        );
      }
    }
  });

  test('stands in the README as its table says', () => {
    expect(readmeHasDiagram(new URL('../README.md', import.meta.url), redivisionKind)).toBe(true);
  });
});

describe('what is read', () => {
  test('the form and the proposal: the province sees them, a county office not', async () => {
    const line = await dividedLine();
    const form = redivisionFormShape.parse(
      (await http.get('auditor', `slices/${line.root}/redivision-form`)).body,
    );
    expect([form.rest, form.parts.every(({ committed }) => committed === '0')]).toEqual(['0', true]);
    const order = await shifted(line, 4n);
    done(await propose(line.root, order));
    const page = redivisionAnswerShape.parse((await http.get('deputy', `redivisions/${order.id}`)).body);
    expect(page.choices.find(({ act }) => act === 'approve_redivision')?.lawful).toBe(false);
    for (const path of [`slices/${line.root}/redivision-form`, `redivisions/${order.id}`])
      expect((await http.get('karajOffice', path)).status).toBe(404);
    expect((await http.get('lorestanDirector', `redivisions/${order.id}`)).status).toBe(403);
  });

  test(
    'every version is derived; two are compared and their sums add up (L8)',
    { timeout: 60_000 },
    async () => {
      const line = await dividedLine(1_000_000_000n);
      const versions = async (query = '', by: Name = 'auditor') =>
        versionsShape.parse((await http.get(by, `slices/${line.root}/versions${query}`)).body);
      const first = await versions();
      expect([first.state, first.from, first.to, first.versions.map((version) => version.deed)]).toEqual([
        'divided',
        0,
        1,
        ['division'],
      ]);
      const before = await partsNow(line.root);
      const order = await shifted(line, 40_000_001n);
      done(await propose(line.root, order));
      expect((await versions()).to).toBe(1);
      done(await approve(order.id));
      const second = await versions();
      expect(second.versions.at(-1)).toMatchObject({
        number: 2,
        deed: 'redivision',
        deedId: order.id,
        documentNumber: '31/7',
        proposedBy: 'deputy',
        approvedBy: 'director',
        amount: '1000000000',
      });
      expect([second.state, second.from, second.to]).toEqual(['redivided', 1, 2]);
      const after = await partsNow(line.root);
      for (const part of second.parts) {
        const [was, is] = [before, after].map((parts) =>
          must(
            parts.find(({ id }) => id === part.sliceId),
            'a part',
          ),
        );
        expect([part.before.amount, part.after.amount]).toEqual([
          was?.amount.toString(),
          is?.amount.toString(),
        ]);
        const locked = is?.free.get('cooperative') ?? 0n;
        expect([part.after.locked, part.after.jobTarget]).toEqual([locked.toString(), is?.jobTarget]);
      }
      const sum = (side: 'before' | 'after', of: 'amount' | 'locked') =>
        second.parts.reduce((all, part) => all + BigInt(part[side][of]), 0n).toString();
      for (const side of ['before', 'after'] as const)
        expect([sum(side, 'amount'), sum(side, 'locked')]).toEqual([
          second.totals[side].amount,
          second.totals[side].locked,
        ]);
      expect(second.totals.before.locked).toBe(second.totals.after.locked);
      expect((await versions('?from=0&to=2')).totals.before.amount).toBe('0');
      expect(
        problemShape.parse((await http.get('auditor', `slices/${line.root}/versions?to=3`)).body).kind,
      ).toBe('VersionMissing');
      expect((await http.get('karajOffice', `slices/${line.root}/versions`)).status).toBe(404);
      expect((await http.get('karajOffice', `slices/${line.root}/versions/export`)).status).toBe(404);
      const sheet = await http.file('auditor', `slices/${line.root}/versions/export?format=csv&language=en`);
      for (const part of second.parts)
        expect(sheet.toString()).toContain(`,${part.before.amount},${part.after.amount},`);
    },
  );
});

test('verify names a redivision whose approver is not who acted (L6)', async () => {
  const line = await dividedLine();
  const order = await shifted(line, 1_000n);
  done(await propose(line.root, order));
  done(await approve(order.id));
  const setApprover = (person: string) =>
    wrongdoer.query(
      `update credit.redivision_approval set approved_by_person = ${person} where redivision_id = $1`,
      [order.id],
    );
  await setApprover('gen_random_uuid()');
  expect((await breaches()).map(({ kind, id }) => [kind, id])).toEqual([['OneEye', order.id]]);
  await setApprover(`(select by_person from casework.act where case_id = $1 and act = 'approve_redivision')`);
  expect(await breaches()).toEqual([]);
});
