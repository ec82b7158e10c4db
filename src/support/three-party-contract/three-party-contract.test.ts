import fc from 'fast-check';
import jsqr from 'jsqr';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { must, ok } from '#kernel/result.ts';
import { transitionsOf, unborn } from '#kernel/state.ts';
import { inTransaction, noScope } from '#platform/db.ts';
import { readmeHasDiagram } from '#testing/diagram.ts';
import { openHouse } from '#testing/house.ts';
import { alborz, freshId, kindOf } from '#testing/licences.ts';
import { drawPdf, keepSheet, readPdf } from '#testing/paper.ts';
import { permissionsOf, wayTo } from '#testing/permissions.ts';
import { capacity, form, openSupporters, signers, threeSignatures } from '#testing/supporters.ts';
import {
  candidateShape,
  contractActs,
  contractShape,
  type ContractAct,
  type ContractState,
} from './contract.ts';
import { contractKind, decideSignature, freePlace } from './rules.ts';

const house = await openHouse();
const support = await openSupporters(house);
const { act, contractPage, desk, drafted, entered, get, page, persons, post, sign, workers } = support;

const supporterOf = async (jobs: number, change: object = {}) =>
  (await entered(['approve'], { capacities: [capacity({ jobs, ...change })] })).id;
const asServing = (statement: ReturnType<typeof sql>, province = alborz) =>
  inTransaction(house.db, { ...noScope, province }, async (tx) => ok((await statement.execute(tx)).rows));
const actNamed = (name: string): ContractAct =>
  must(
    contractActs.find((known) => known === name),
    name,
  );

const stepped = (state: ContractState, name: (typeof threeSignatures)[number]): ContractState => {
  const to: ContractState | 'refused' = contractKind.table[state][name];
  if (to === 'refused') throw new Error(`${name} is no step of ${state}`);
  // The same party twice is no step of the table.
  expect(contractKind.table[to][name]).toBe('refused');
  return to;
};

describe('three signatures', () => {
  test('in any order, and nothing less, bring a contract into force', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...threeSignatures], { minLength: 0 }), (order) => {
        const state = order.reduce<ContractState>(stepped, 'drafted');
        expect(state === 'in_force').toBe(order.length === 3);
      }),
    );
  });

  test('are of three persons: nobody signs for two, no party for another', () => {
    const person = fc.constantFrom('one', 'two', 'three', 'supporter', 'worker');
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('supporter', 'worker', 'agency'), person)), (tried) => {
        const signed: { party: 'supporter' | 'worker' | 'agency'; byPerson: string }[] = [];
        for (const [party, byPerson] of tried) {
          const facts = { party, byPerson, signed, supporterPersonId: 'supporter', workerId: 'worker' };
          const isOther = ['supporter', 'worker'].includes(byPerson) && byPerson !== party;
          const isAgain = signed.some((one) => one.byPerson === byPerson);
          expect(decideSignature(facts).ok).toBe(!isOther && !isAgain);
          if (!isOther && !isAgain) signed.push({ party, byPerson });
        }
      }),
    );
  });

  test('take the lowest place that nobody has', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 12 })), (taken) => {
        const place = freePlace(taken);
        expect(taken).not.toContain(place);
        expect(Array.from({ length: place - 1 }, (_, at) => at + 1).every((one) => taken.includes(one))).toBe(
          true,
        );
      }),
    );
  });
});

describe('a three-party contract', () => {
  test('links a home worker once all three have signed, takes a place, and gives it back at its end', async () => {
    const supporterId = await supporterOf(2);
    const [worker] = await workers(1);
    const { id } = await drafted({ supporterId, worker }, ['sign_agency', 'sign_supporter']);
    expect((await page(supporterId)).supporter.links).toBe(0);
    expect((await contractPage(id)).contract).toMatchObject({ state: 'worker_missing', linkedOn: null });
    expect(kindOf(await sign('deputy', id, 'sign_worker'))).toBe('ok');
    const { contract, signatures } = await contractPage(id, 'agency');
    expect(contract).toMatchObject({
      state: 'in_force',
      linkedOn: '2024-09-05',
      number: expect.stringMatching(/^30-1403-\d{5}$/),
      workerName: 'زهرا نمونه‌پور',
      supporterName: expect.stringContaining('تعاونی'),
    });
    expect(new Set(signatures.map(({ by }) => by)).size).toBe(3);
    expect((await page(supporterId)).stands).toMatchObject([{ jobs: 2, links: 1, free: 1, promised: '10' }]);
    expect(kindOf(await act('director', supporterId, 'end'))).toBe('LinksStand');
    expect(kindOf(await sign('director', id, 'end'))).toBe('ok');
    expect((await page(supporterId)).stands).toMatchObject([{ links: 0, free: 2, promised: '0' }]);
    expect((await contractPage(id)).contract).toMatchObject({ state: 'ended', endedOn: '2024-09-05' });
    expect(kindOf(await act('director', supporterId, 'end'))).toBe('ok');
  });

  test('is signed by nobody for two, and the button says so', async () => {
    const supporterId = await supporterOf(2);
    const [worker] = await workers(1);
    const { id } = await drafted({ supporterId, worker }, ['sign_supporter']);
    const own = (await contractPage(id, 'county-office')).choices.find((one) => one.act === 'sign_worker');
    expect(own).toMatchObject({ lawful: false, because: { fa: expect.stringContaining('دو طرف') } });
    expect(kindOf(await sign('county-office', id, 'sign_worker'))).toBe('SignedForAnother');
    expect(kindOf(await sign('agency', id, 'sign_worker'))).toBe('ActNotYours');
  });

  test('is refused where its state, its worker or the capacity stands against it', async () => {
    const waiting = (await entered()).id;
    const supporterId = await supporterOf(3, { orders: '15' });
    const [one, two, three] = await workers(3);
    const [lapsed] = await workers(1, { issuedOn: '1400-03-01' });
    const [elsewhere] = await workers(1, { countyCode: '3002' });
    const [nobody] = await persons(1);
    const ask = async (worker: object | undefined, change: object = {}, who = 'county-office') =>
      kindOf(
        await post(who, 'support-contracts', {
          id: freshId(),
          supporterId,
          orders: '10',
          ...worker,
          ...change,
        }),
      );
    expect(await ask(one, { supporterId: freshId() })).toBe('SupporterMissing');
    expect(await ask(one, { supporterId: waiting })).toBe('SupporterNotActive');
    expect(await ask(one, { workerId: nobody })).toBe('NothingHeld');
    expect(await ask(lapsed)).toBe('NothingHeld');
    expect(await ask(elsewhere)).toBe('NothingHeld');
    expect(await ask(elsewhere, {}, 'deputy')).toBe('NoCapacityThere');
    expect(await ask(one, { orders: '16' })).toBe('OrdersFull');
    expect(await ask(one)).toBe('ok');
    expect(await ask(one)).toBe('ContractStands');
    await drafted({ supporterId, worker: two }, threeSignatures);
    expect(await ask(three)).toBe('OrdersFull');
    expect(await ask(three, { orders: '5' })).toBe('ok');
    expect(await ask(three, {}, 'director')).toBe('ActNotYours');
  });

  test('of a supporter with itself is none', async () => {
    const [self] = await workers(1);
    const own = form(must(self, 'a worker').workerId, { capacities: [capacity()] });
    expect(kindOf(await post('county-office', 'supporters', own))).toBe('ok');
    expect(kindOf(await act('director', own.id, 'approve'))).toBe('ok');
    const sent = { id: freshId(), supporterId: own.id, ...self, orders: '1' };
    expect(kindOf(await post('county-office', 'support-contracts', sent))).toBe('WorkerIsSupporter');
  });

  test('waits for a supporter that is not suspended, and for a place that opens', async () => {
    const supporterId = await supporterOf(1);
    const [one, two] = await workers(2);
    const last = await drafted({ supporterId, worker: one }, ['sign_agency', 'sign_supporter']);
    const late = await drafted({ supporterId, worker: two }, ['sign_agency', 'sign_supporter']);
    expect(kindOf(await act('director', supporterId, 'suspend'))).toBe('ok');
    expect(kindOf(await sign('deputy', last.id, 'sign_worker'))).toBe('SupporterNotActive');
    expect(kindOf(await act('director', supporterId, 'resume'))).toBe('ok');
    expect(kindOf(await sign('deputy', last.id, 'sign_worker'))).toBe('ok');
    const full = await sign('deputy', late.id, 'sign_worker');
    expect(kindOf(full)).toBe('PlacesFull');
    expect(Object(full.body).fa).toContain('قراردادی را پایان دهید');
    const [button] = (await contractPage(late.id, 'deputy')).choices.filter(
      (one_) => one_.act === 'sign_worker',
    );
    expect(button?.lawful).toBe(false);
    const more = { capacities: [capacity({ jobs: 2, fromOn: '2024-09-20' })] };
    expect(kindOf(await act('county-office', supporterId, 'propose_capacity', more))).toBe('ok');
    // A change that waits takes nothing from what is in force, and gives nothing yet.
    expect(Object((await sign('deputy', late.id, 'sign_worker')).body).fa).not.toContain('۱۴۰۳/۰۶/۳۰');
    expect(kindOf(await act('director', supporterId, 'accept_capacity'))).toBe('ok');
    expect(Object((await sign('deputy', late.id, 'sign_worker')).body).fa).toContain('۱۴۰۳/۰۶/۳۰');
    house.clock.set('2024-09-20T08:00:00.000Z');
    expect(kindOf(await sign('deputy', late.id, 'sign_worker'))).toBe('ok');
    const less = { capacities: [capacity({ jobs: 1, fromOn: '2024-09-21' })] };
    expect(kindOf(await act('county-office', supporterId, 'propose_capacity', less))).toBe(
      'CapacityBelowLinks',
    );
    house.clock.set('2024-09-05T08:00:00.000Z');
  });

  test('finds no place that a lower capacity takes away later, and none is approved below what was linked meanwhile', async () => {
    const supporterId = await supporterOf(3, { orders: '100' });
    const [one, two, three] = await workers(3);
    await drafted({ supporterId, worker: one }, threeSignatures);
    const proposal = { capacities: [capacity({ jobs: 1, orders: '100', fromOn: '2024-09-20' })] };
    expect(kindOf(await act('county-office', supporterId, 'propose_capacity', proposal))).toBe('ok');
    await drafted({ supporterId, worker: two }, threeSignatures);
    expect(kindOf(await act('director', supporterId, 'accept_capacity'))).toBe('CapacityBelowLinks');
    expect(kindOf(await act('director', supporterId, 'reject_capacity'))).toBe('ok');
    const orders = { capacities: [capacity({ jobs: 3, orders: '19' })] };
    expect(kindOf(await act('county-office', supporterId, 'propose_capacity', orders))).toBe(
      'OrdersBelowPromised',
    );
    const two_ = { capacities: [capacity({ jobs: 2, orders: '100', fromOn: '2024-09-20' })] };
    expect(kindOf(await act('county-office', supporterId, 'propose_capacity', two_))).toBe('ok');
    expect(kindOf(await act('director', supporterId, 'accept_capacity'))).toBe('ok');
    const sent = { id: freshId(), supporterId, ...three, orders: '1' };
    expect(kindOf(await post('county-office', 'support-contracts', sent))).toBe('PlacesFull');
  });

  test('raced by many for the last places: as many as there are get one, the others a clear refusal', async () => {
    const supporterId = await supporterOf(3);
    const racing = await workers(7);
    const contracts: string[] = [];
    for (const worker of racing)
      contracts.push((await drafted({ supporterId, worker }, ['sign_agency', 'sign_supporter'])).id);
    const raced = await Promise.all(
      contracts.map((id) => sign('deputy', id, 'sign_worker', { seenVersion: 3 })),
    );
    expect(raced.map(kindOf).toSorted()).toEqual([
      ...Array.from({ length: 4 }, () => 'PlacesFull'),
      ...Array.from({ length: 3 }, () => 'ok'),
    ]);
    const places = sql`
      select place_number as place from support.link where supporter_id = ${supporterId} and ended_on is null
      order by 1
    `;
    expect(await asServing(places)).toEqual(ok([{ place: 1 }, { place: 2 }, { place: 3 }]));
  }, 60_000);

  test('of one worker drafted twice at once stands once, and an act sent often acts once', async () => {
    const supporters = [await supporterOf(2), await supporterOf(2)];
    const [worker] = await workers(1);
    const drafts = await Promise.all(
      supporters.map((supporterId) =>
        post('county-office', 'support-contracts', { id: freshId(), supporterId, ...worker, orders: '1' }),
      ),
    );
    expect(drafts.map(kindOf).toSorted()).toEqual(['ContractStands', 'ok']);
    const [other] = await workers(1);
    const { id, sent } = await drafted({ supporterId: must(supporters[0], 'one'), worker: other });
    expect(kindOf(await post('county-office', 'support-contracts', sent))).toBe('ok');
    const order = { id: freshId(), act: 'sign_agency', seenVersion: 1 };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post('agency', `support-contracts/${id}/acts`, order)),
    );
    expect(new Set(answers.map(kindOf))).toEqual(new Set(['ok']));
    const late = { ...order, id: freshId(), act: 'decline', reason: 'دیر' };
    expect(kindOf(await post('agency', `support-contracts/${id}/acts`, late))).toBe('CaseMovedOn');
  });

  test('is printed, with a code once it is in force', async () => {
    const supporterId = await supporterOf(1);
    const [worker] = await workers(1);
    const { id } = await drafted({ supporterId, worker }, threeSignatures);
    const pdf = await desk.app.inject({
      url: `/api/provinces/alborz/support-contracts/${id}/contract.pdf`,
      headers: { cookie: (await desk.as('agency-alborz')).cookie },
    });
    expect(pdf.headers['content-type']).toBe('application/pdf');
    const sheet = await drawPdf(pdf.rawPayload);
    keepSheet(sheet, 'contract');
    const code = must(jsqr(sheet.pixels, sheet.width, sheet.height), 'a code that scans');
    const text = Buffer.from(code.binaryData).toString('utf8');
    expect(text).toMatch(
      /^KARSAZ-CONTRACT1\|30-1403-\d{5}\|تعاونی نمونه \d+\|زهرا نمونه‌پور\|خیاطی\|کرج\|2024-09-05\|[\w-]{86}$/,
    );
    expect(await readPdf(pdf.rawPayload)).toContain('verify/licences:80/localhost://http');
    const verified = async (payload: string) =>
      (await desk.app.inject({ url: `/licences/verify?code=${encodeURIComponent(payload)}` })).body;
    const genuine = await verified(text);
    for (const word of ['امضا درست است', 'زهرا نمونه‌پور', '۱۴۰۳/۰۶/۱۵', 'note green'])
      expect(genuine).toContain(word);
    expect(await verified(text.replace('زهرا', 'زهره'))).toContain('امضا نادرست است');
    expect(await verified('KARSAZ-CONTRACT1|x')).toContain('این متن رمزینهٔ گواهی یا قرارداد نیست');
    expect(kindOf(await sign('director', id, 'end'))).toBe('ok');
    expect(await verified(text)).toContain('پایان‌یافته');
  });

  test('is seen by its county, its agency and those above; by nobody else', async () => {
    const supporterId = await supporterOf(4);
    const [worker, free] = await workers(2);
    const { id } = await drafted({ supporterId, worker });
    for (const who of ['director', 'deputy', 'county-office', 'agency']) {
      const { items } = Object(
        (await get(who, `support-contracts?search=${encodeURIComponent('زهرا')}`)).body,
      );
      expect(
        contractShape
          .array()
          .parse(items)
          .map(({ contractId }) => contractId),
      ).toContain(id);
    }
    for (const who of ['bank', 'applicant', 'editor'])
      expect(kindOf(await get(who, `support-contracts/${id}`))).toBe('RoleMayNot');
    expect(kindOf(await get('agriculture', `support-contracts/${id}`))).toBe('ContractMissing');
    expect(kindOf(await sign('agriculture', id, 'sign_agency', { seenVersion: 1 }))).toBe('ContractMissing');
    const path = `supporters/${supporterId}/candidates?category=clothing&county=3001`;
    const found = candidateShape.array().parse(Object((await get('county-office', path)).body).items);
    const ids = found.map(({ personId }) => personId);
    expect([ids.includes(must(free, 'one').workerId), ids.includes(must(worker, 'one').workerId)]).toEqual([
      true,
      false,
    ]);
    expect(kindOf(await get('county-office', path.replace(supporterId, freshId())))).toBe('SupporterMissing');
    const panel = await get('county-office', `persons/${must(worker, 'one').workerId}/support`);
    expect(Object(panel.body).contracts).toHaveLength(1);
  });

  test('lies with an office of its agency, and is not drafted where there is none', async () => {
    const supporterId = await supporterOf(1, { categoryKey: 'handicrafts' });
    const [personId] = await persons(1);
    const basisId = await support.holding(must(personId, 'one'), {
      categoryKey: 'handicrafts',
      agencyKey: 'heritage',
    });
    const sent = { id: freshId(), supporterId, workerId: personId, basisId, orders: '1' };
    expect(kindOf(await post('county-office', 'support-contracts', sent))).toBe('AgencyOfficeMissing');
  });
});

describe('who may do what, in each state', () => {
  const userOf: Readonly<Record<string, string>> = {
    director: 'director',
    deputy: 'deputy-two',
    county_office: 'county-office',
    agency: 'agency',
    bank: 'bank',
    applicant: 'applicant',
  };
  const permissions = permissionsOf(contractKind, Object.keys(userOf));

  test('every state is reached, and the README shows them', () => {
    expect([...new Set(transitionsOf(contractKind).map(({ to }) => to))].sort()).toEqual(
      Object.keys(contractKind.table).sort(),
    );
    expect(readmeHasDiagram(new URL('../README.md', import.meta.url), contractKind)).toBe(true);
  });

  test('nobody but a county office and a deputy drafts', async () => {
    const supporterId = await supporterOf(9);
    for (const { role, expected } of permissions.filter(({ state }) => state === unborn)) {
      const [worker] = await workers(1);
      const sent = { id: freshId(), supporterId, ...worker, orders: '1' };
      const answer = await post(must(userOf[role], role), 'support-contracts', sent);
      expect([role, kindOf(answer)]).toEqual([role, 'refusal' in expected ? expected.refusal : 'ok']);
    }
  });

  test.each(Object.keys(contractKind.table))(
    '%s',
    async (state) => {
      const supporterId = await supporterOf(30);
      const acts = must(wayTo(contractKind, state), state)
        .slice(1)
        .map((step) => actNamed(step.act));
      const open = async () => {
        const [worker] = await workers(1);
        return (await drafted({ supporterId, worker }, acts)).id;
      };
      const id = await open();
      const seenVersion = (await contractPage(id)).contract.version;
      for (const { act: name, role, expected } of permissions.filter((one) => one.state === state)) {
        if (!('refusal' in expected)) continue;
        const answer = await sign(must(userOf[role], role), id, actNamed(name), { seenVersion });
        expect([name, role, kindOf(answer)]).toEqual([name, role, expected.refusal]);
      }
      expect((await contractPage(id)).contract).toMatchObject({ state, version: seenVersion });
      for (const { act: name, role, expected } of permissions.filter((one) => one.state === state)) {
        if (!('to' in expected)) continue;
        const own = await open();
        const who = must(userOf[role], role);
        const done = await sign(who, own, actNamed(name));
        // What is lawful for the role is not for the person who signed for another already.
        const signedBefore = acts.some((one) => one.startsWith('sign_') && signers[one] === who);
        const isAgain = name.startsWith('sign_') && signedBefore;
        expect([name, role, kindOf(done)]).toEqual([name, role, isAgain ? 'SignedForAnother' : 'ok']);
        expect((await contractPage(own)).contract.state).toBe(isAgain ? state : expected.to);
      }
    },
    60_000,
  );
});

describe('in the database itself', () => {
  test('no contract is in force without three signatures of three persons, whatever statement is sent', async () => {
    const supporterId = await supporterOf(2);
    const [one, two] = await workers(2);
    const { id } = await drafted({ supporterId, worker: one }, threeSignatures);
    const other = await drafted({ supporterId, worker: two }, ['sign_supporter', 'sign_agency']);
    const linked = (change: string) => sql`
      insert into support.link
      select (jsonb_populate_record(null::support.link, to_jsonb(link) || ${JSON.stringify({
        link_id: freshId(),
        contract_id: other.id,
        worker_id: must(two, 'two').workerId,
        place_number: 2,
      })}::jsonb || ${sql.raw(change)})).*
      from support.link where contract_id = ${id}
    `;
    await expect(asServing(linked(`'{}'::jsonb`))).rejects.toThrow(/link_worker_signed/);
    await expect(asServing(linked(`'{"second_party": "agency"}'::jsonb`))).rejects.toThrow(
      /link_three_parties/,
    );
    await expect(asServing(linked(`'{"place_number": 3}'::jsonb`))).rejects.toThrow(/link_place_in_capacity/);
    await expect(asServing(linked(`'{"place_number": 1}'::jsonb`))).rejects.toThrow(/link_place_once/);
    await expect(asServing(linked(`'{"capacity_jobs": 9}'::jsonb`))).rejects.toThrow(/link_capacity_fk/);
    const same = linked(`jsonb_build_object('worker_id', worker_id, 'contract_id', contract_id)`);
    await expect(asServing(same)).rejects.toThrow(/link_contract_once|link_worker_once/);
    const signed = (change: string) => sql`
      insert into support.signature
      select (jsonb_populate_record(null::support.signature, to_jsonb(signature) || ${JSON.stringify({
        signature_id: freshId(),
        party: 'worker',
      })}::jsonb || ${sql.raw(change)})).*
      from support.signature where contract_id = ${other.id} and party = 'agency'
    `;
    await expect(asServing(signed(`'{}'::jsonb`))).rejects.toThrow(/signature_nobody_for_two/);
    const by = `jsonb_build_object('signed_by_person', supporter_person_id)`;
    await expect(asServing(signed(by))).rejects.toThrow(/signature_not_for_the_other/);
  });

  test('a signature is never changed, and of a link only its ending is written', async () => {
    for (const statement of [
      sql`update support.signature set party = party`,
      sql`delete from support.signature`,
      sql`update support.link set place_number = 1`,
      sql`delete from support.link`,
      sql`truncate support.link`,
      sql`delete from support.contract`,
    ])
      await expect(asServing(statement)).rejects.toThrow(/permission denied/);
    await expect(asServing(sql`update support.link set ended_on = null`)).rejects.toThrow(
      /row-level security/,
    );
  });

  test('another province sees nothing of it', async () => {
    for (const table of ['contract', 'signature', 'link', 'numbering'])
      expect(await asServing(sql`select 1 from ${sql.table(`support.${table}`)}`, 15)).toEqual(ok([]));
  });
});
