import { afterAll, describe, expect, test } from 'vitest';
import { must } from '#kernel/result.ts';
import { problemShape } from '#platform/problem.ts';
import { type Name, done, names, openCredits } from '#testing/credits.ts';
import { readmeHasDiagram } from '#testing/diagram.ts';
import { openHouse } from '#testing/house.ts';
import {
  firstOf,
  openOpenings,
  openingApproval,
  openingOrder,
  openingReason,
  paid,
} from '#testing/openings.ts';
import { permissionsOf } from '#testing/permissions.ts';
import { axisWords } from '../axis/words.ts';
import { sheetAnswerShape } from './contract.ts';
import { openingKind } from './rules.ts';

const house = await openHouse();
const credits = await openCredits(house);
const { dividedLine, propose, approve, withdraw, proposeBack, approveBack } = openOpenings(credits);
const { http } = credits;
afterAll(http.close);

const fill = (template: string, change: (cells: string[], at: number) => string[]): Uint8Array =>
  new TextEncoder().encode(
    template
      .trim()
      .split('\r\n')
      .map((row, at) => (at === 0 ? row : change(row.split(','), at).join(',')))
      .join('\r\n'),
  );

describe('the sheet', () => {
  const fields = {};
  const send = (by: Name, lineId: string, bytes: Uint8Array, name = 'opening.csv') =>
    http.upload(by, { url: `lines/${lineId}/opening-sheet`, name, bytes: new Uint8Array(bytes), fields });
  test('comes with the slices of the line in it and goes back filled in, in either language and format', async () => {
    const line = await dividedLine();
    for (const language of ['fa', 'en']) {
      const template = await http.file(
        'deputy',
        `lines/${line.lineId}/opening-template?format=csv&language=${language}`,
      );
      // round, share, paid, loans, jobs, left
      const filled = fill(template.toString('utf8'), (cells, at) =>
        at > 2
          ? cells
          : [cells[0] ?? '', cells[1] ?? '', '1٬0', '2', '', cells[5] ?? ''].map((one) =>
              one.replace('٬', ''),
            ),
      );
      const { rows } = sheetAnswerShape.parse((await send('deputy', line.lineId, filled)).body);
      expect(
        rows.map(({ sliceId, amount, loans, jobs, faults }) => [sliceId, amount, loans, jobs, faults]),
      ).toEqual([
        [firstOf(line), '10', 2, null, []],
        [firstOf(line), '10', 2, null, []],
      ]);
      expect(new Set(rows.map(({ share }) => share))).toEqual(new Set(['open', 'cooperative']));
    }
    const book = await http.file('deputy', `lines/${line.lineId}/opening-template`);
    const empty = await send('deputy', line.lineId, book, 'opening.xlsx');
    expect(sheetAnswerShape.parse(empty.body).rows).toEqual([]);
  });

  test('tells of each row what is wrong with it, and the file of errors is mended and sent again', async () => {
    const line = await dividedLine();
    const sheet = [
      'مرحله,بخش,پرداخت‌شده (ریال),شمار وام,شمار شغل',
      `${axisWords.round.fa} ۱,بخش آزاد,301,2,1`,
      '9,بخش آزاد,5,2,1',
      '2,روستاییان,5,2,1',
      '2,open,پنج,2,1',
      '2,open,20,0,1',
      '2,سهم تعاونی‌ها,50,1,',
    ].join('\n');
    const heading = (
      await http.file('deputy', `lines/${line.lineId}/opening-template?format=csv&language=fa`)
    )
      .toString('utf8')
      .split('\r\n')[0];
    const titles = (heading ?? '').split(',').slice(0, 5).join(',');
    const bytes = new TextEncoder().encode(sheet.replace(/^.*/, titles));
    const { rows } = sheetAnswerShape.parse((await send('director', line.lineId, bytes)).body);
    const wrong = rows.filter(({ faults }) => faults.length > 0);
    expect(wrong.map(({ line: at }) => at)).toEqual([2, 3, 4, 5, 6]);
    expect(wrong.map(({ faults }) => faults[0]?.en ?? '').join()).toMatch(
      /lower it to 300 rials.*undivided slice.*the open part.*whole.*number of loans/i,
    );
    const form = new FormData();
    form.append('file', new Blob([bytes]), 'opening.csv');
    const errors = await http.uploadFor('deputy', `lines/${line.lineId}/opening-sheet/errors`, form);
    const again = await send('deputy', line.lineId, errors, 'errors.xlsx');
    expect(sheetAnswerShape.parse(again.body).rows.map(({ faults }) => faults.length > 0)).toEqual(
      Array.from({ length: 5 }, () => true),
    );
  });
});

async function openingIn(state: string): Promise<string> {
  const line = await dividedLine();
  const given = openingOrder([paid(firstOf(line), 10n)]);
  done(await propose(line.lineId, given, 'otherDeputy'));
  if (state === 'withdrawn') done(await withdraw(given.id));
  if (state === 'withdrawn' || state === 'proposed') return given.id;
  done(await approve(given.id));
  if (state === 'approved') return given.id;
  done(await proposeBack(given.id, openingReason(2), 'otherDeputy'));
  if (state === 'taken_back') done(await approveBack(given.id));
  return given.id;
}

describe('every act on an opening', () => {
  const outside: Partial<Record<Name, string>> = {
    lorestanOffice: 'OtherProvince',
    lorestanDirector: 'OtherProvince',
    administrator: 'OtherProvince',
    auditor: 'ReadOnly',
    ministry: 'ReadOnly',
  };
  const versions: Readonly<Record<string, number>> = {
    proposed: 1,
    withdrawn: 2,
    approved: 2,
    taking_back: 3,
    taken_back: 4,
  };
  const urls: Readonly<Record<string, string>> = {
    approve_opening: 'approval',
    withdraw_opening: 'withdrawal',
    propose_takeback: 'takeback',
    approve_takeback: 'takeback/approval',
    withdraw_takeback: 'takeback/withdrawal',
  };

  test('is done by whom and when the table says, and by nobody else', { timeout: 180_000 }, async () => {
    const shared = new Map<string, string>();
    const forProposals = await dividedLine();
    for (const name of names)
      for (const { state, act, expected } of permissionsOf(openingKind, [credits.actor(name).role])) {
        const seenVersion = must(versions[state] ?? 1, 'a version');
        const wanted = outside[name] ?? ('to' in expected ? 'ok' : expected.refusal);
        const make = async (): Promise<string> => {
          // Those who are refused share a case: nothing of it changes.
          const made = (wanted === 'ok' ? undefined : shared.get(state)) ?? (await openingIn(state));
          if (wanted !== 'ok') shared.set(state, made);
          return made;
        };
        const isProposal = act === 'propose_opening';
        const line = isProposal && wanted === 'ok' ? await dividedLine() : forProposals;
        const url = isProposal ? `lines/${line.lineId}/openings` : `openings/${await make()}/${urls[act]}`;
        const body = isProposal
          ? openingOrder([paid(firstOf(line), 10n)])
          : act.startsWith('approve')
            ? openingApproval({ seenVersion })
            : openingReason(seenVersion);
        const told = await http.post(name, { url, body });
        const own = name === 'otherDeputy' && wanted === 'ok' && act.startsWith('approve');
        const kind = told.status < 300 ? 'ok' : problemShape.parse(told.body).kind;
        const due = own ? (act === 'approve_opening' ? 'OwnOpening' : 'OwnTakeback') : wanted;
        // Who proposed is told so in whatever state it stands.
        if (name === 'otherDeputy' && act.startsWith('approve')) expect(kind).toMatch(/^(Own|ActUnlawful)/);
        else expect(`${name} ${state} ${act}: ${kind}`).toBe(`${name} ${state} ${act}: ${due}`);
      }
  });

  test('the pages: the province sees them, a county office its own slices alone, another province nothing', async () => {
    const line = await dividedLine();
    const given = openingOrder([paid(firstOf(line), 10n)]);
    done(await propose(line.lineId, given));
    for (const url of [`lines/${line.lineId}/openings`, `openings/${given.id}`]) {
      expect((await http.get('auditor', url)).status).toBe(200);
      expect((await http.get('lorestanDirector', url)).status).toBe(403);
      expect((await http.get('karajOffice', url)).status).toBe(404);
    }
    const sheet = { name: 'x.csv', bytes: new Uint8Array(Buffer.from('x')), fields: {} };
    expect(
      (await http.upload('karajOffice', { ...sheet, url: `lines/${line.lineId}/opening-sheet` })).status,
    ).toBe(404);
    expect(
      (await http.upload('lorestanDirector', { ...sheet, url: `lines/${line.lineId}/opening-sheet` })).status,
    ).toBe(403);
    const template = `lines/${line.lineId}/opening-template`;
    expect((await http.file('karajOffice', template)).toString('utf8')).toContain('LineMissing');
    expect((await http.file('lorestanDirector', template)).toString('utf8')).toContain('OtherProvince');
  });

  test('stands in the README as its table says', () => {
    expect(readmeHasDiagram(new URL('../README.md', import.meta.url), openingKind)).toBe(true);
  });
});
