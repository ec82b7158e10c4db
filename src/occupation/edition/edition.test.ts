import { sql } from 'kysely';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { syncTransitions } from '#casework/actions.ts';
import { freshIds } from '#testing/arbitraries.ts';
import { must, ok } from '#kernel/result.ts';
import { readCsv } from '#platform/csv.ts';
import { inTransaction } from '#platform/db.ts';
import { loadCatalogue as loadParties } from '#party/actions.ts';
import { openDesk, type Answer, type Clerk } from '#testing/desk.ts';
import { openHouse } from '#testing/house.ts';
import { problemKind } from '#testing/people.ts';
import { loadCatalogue } from '../actions.ts';
import { occupationPage } from '../contract.ts';
import { loadDemonstration } from '../demonstration/actions.ts';
import { occupationRoutes } from '../routes.ts';
import { caseKinds } from './actions.ts';
import { changesShape, editionList, previewShape, type Edition } from './contract.ts';
import { country } from './queries.ts';

const house = await openHouse();
const desk = await openDesk(house, { rooms: [occupationRoutes(house)] });
let one: Clerk;
let two: Clerk;

beforeAll(async () => {
  await loadParties(house.owner, readCsv);
  await loadCatalogue(house.owner, readCsv);
  await syncTransitions(house.owner, caseKinds);
  one = await desk.as('administrator-one');
  two = await desk.as('administrator-two');
});

const fresh = (): string => must(freshIds(1)[0], 'an id');
const list = (rows: readonly string[]): string => ['عنوان رشته;رسته;تأیید افزون', ...rows].join('\n');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const form = (rows: readonly string[], change: object = {}) => ({
  id: fresh(),
  nameFa: 'فهرست آزمایشی',
  nameEn: null,
  decisionNumber: '۱۲/ستاد',
  inForceFrom: '2024-03-20',
  file: base64(list(rows)),
  ...change,
});
const act = (seenVersion = 1) => ({ id: fresh(), seenVersion });
const editionsOf = async (clerk: Clerk): Promise<Edition[]> =>
  editionList.parse((await clerk.get('/api/occupation-editions')).body).editions;
const titlesNow = async () =>
  occupationPage.parse((await desk.nobody.get('/api/occupations?limit=5000')).body);
const kindOf = (answer: Answer): string => (answer.status < 300 ? 'ok' : problemKind(answer));

const titles = (rows: readonly { readonly titleFa: string }[]) => rows.map(({ titleFa }) => titleFa);
const asServing = (statement: ReturnType<typeof sql>) =>
  inTransaction(house.db, country, async (tx) => {
    await statement.execute(tx);
    return ok();
  });

describe('an edition of the list', () => {
  test('says of a wrong file row by row what is wrong, and refuses it whole', async () => {
    const rows = [
      'قالی‌بافی;صنایع دستی;',
      ';پوشاک;',
      'سفالگری;کوزه;',
      'قالی بافی;صنایع دستی;',
      'نمد;پوشاک;نانوا',
    ];
    const preview = await one.post('/api/occupation-editions/preview', form(rows));
    const { faults, changes } = previewShape.parse(preview.body);
    expect(changes).toBeNull();
    expect(faults.map(({ row, column, kind }) => [row, column, kind])).toEqual([
      [3, 'title', 'needed'],
      [4, 'category', 'CategoryNotKnown'],
      [5, 'title', 'TitleTwice'],
      [6, 'extraCheck', 'BodyNotKnown'],
    ]);
    expect(kindOf(await one.post('/api/occupation-editions', form(rows)))).toBe('EditionFileWrong');
    const headless = form([], { file: base64('الف,ب\nج,د') });
    expect(kindOf(await one.post('/api/occupation-editions/preview', headless))).toBe('ColumnMissing');
    expect(kindOf(await one.post('/api/occupation-editions', form([])))).toBe('SheetEmpty');
    expect(await editionsOf(one)).toEqual([]);
  });

  test('holds only when a second person has published it, from its day on', async () => {
    const first = form(['قالی‌بافی;صنایع دستی;', 'پرورش پروانه;تولیدات دامی;', 'چاپ دستی;پوشاک;بهداشت']);
    expect(kindOf(await one.post('/api/occupation-editions', first))).toBe('ok');
    expect(kindOf(await one.post('/api/occupation-editions', first))).toBe('ok');
    expect(await editionsOf(desk.nobody)).toEqual([]);
    expect((await titlesNow()).total).toBe(81);
    const publish = `/api/occupation-editions/${first.id}/publication`;
    expect(kindOf(await one.post(publish, act()))).toBe('EditionNeedsSecondPerson');
    expect(kindOf(await (await desk.as('director-alborz')).post(publish, act()))).toBe('RoleMayNot');
    const order = act();
    expect(kindOf(await two.post(publish, order))).toBe('ok');
    expect(kindOf(await two.post(publish, order))).toBe('ok');
    const page = await titlesNow();
    expect(page.editionId).toBe(first.id);
    expect(page.items.map(({ titleFa, starred, extraCheck }) => [titleFa, starred, extraCheck])).toEqual([
      ['پرورش پروانه', true, 'veterinary'],
      ['چاپ دستی', true, 'health'],
      ['قالی‌بافی', false, null],
    ]);
    const sameDay = form(['نمدمالی;صنایع دستی;']);
    await one.post('/api/occupation-editions', sameDay);
    expect(kindOf(await two.post(`/api/occupation-editions/${sameDay.id}/publication`, act()))).toBe(
      'EditionOfDayStands',
    );
    // Nor one of an earlier day: the list of a past day would come to be another.
    const earlier = form(['نمدمالی;صنایع دستی;'], { inForceFrom: '2000-03-21' });
    await one.post('/api/occupation-editions', earlier);
    expect(kindOf(await two.post(`/api/occupation-editions/${earlier.id}/publication`, act()))).toBe(
      'EditionOfDayStands',
    );
    expect(kindOf(await one.post(`/api/occupation-editions/${sameDay.id}/withdrawal`, act()))).toBe('ok');
    expect(kindOf(await two.post(`/api/occupation-editions/${sameDay.id}/publication`, act(2)))).toBe(
      'ActUnlawful',
    );
  });

  test('is compared with another one: added, removed, renamed, recategorised', async () => {
    const first = (await titlesNow()).editionId;
    const carpet = (await titlesNow()).items.find(({ titleFa }) => titleFa === 'قالی‌بافی');
    const text = [
      'کد,عنوان,رسته',
      `${carpet?.occupationId},فرش‌بافی,صنایع دستی`,
      ',چاپ دستی,چوب و مصنوعات چوبی',
      ',کاشی‌کاری,صنایع دستی',
    ].join('\n');
    const next = form([], { file: base64(text), inForceFrom: '2024-06-20' });
    const preview = await one.post('/api/occupation-editions/preview', { ...next });
    const added = await one.post('/api/occupation-editions', next);
    expect(kindOf(added)).toBe('ok');
    const changes = changesShape.parse(
      (await one.get(`/api/occupation-editions/${next.id}/changes?since=${first}`)).body,
    );
    expect(titles(changes.added)).toEqual(['کاشی‌کاری']);
    expect(titles(changes.removed)).toEqual(['پرورش پروانه']);
    expect(changes.renamed.map(({ from, to }) => [from, to])).toEqual([['قالی‌بافی', 'فرش‌بافی']]);
    expect(changes.recategorised.map(({ from, to }) => [from, to])).toEqual([['clothing', 'wood']]);
    expect(changes.starred.map(({ from, to }) => [from, to])).toEqual([['health', '']]);
    expect(previewShape.parse(preview.body).changes?.renamed).toEqual(changes.renamed);
    const hidden = `/api/occupation-editions/${next.id}/changes?since=${first}`;
    expect(kindOf(await desk.nobody.get(hidden))).toBe('EditionMissing');
    expect(kindOf(await desk.nobody.get(`/api/occupations?edition=${next.id}`))).toBe('EditionMissing');
  });

  test('gives one new occupation one id, however many lists are entered at once', async () => {
    const forms = Array.from({ length: 6 }, (_, index) => form([`رشته تازه ${index};چوب و مصنوعات چوبی;`]));
    const answers = await Promise.all(forms.map((sent) => one.post('/api/occupation-editions', sent)));
    expect(answers.map(kindOf)).toEqual(forms.map(() => 'ok'));
    const { rows } = await sql<{ many: string }>`
      select count(distinct occupation_id) || '/' || count(*) as many from occupation.occupation
      where title_fa like 'رشته تازه%'
    `.execute(house.owner);
    expect(rows[0]?.many).toBe('6/6');
  });

  test('cannot be published by its proposer in the database either, nor changed', async () => {
    const sent = form(['چرم‌دوزی تازه;چرم و مصنوعات چرمی;'], { inForceFrom: '2025-01-01' });
    await one.post('/api/occupation-editions', sent);
    await expect(
      asServing(sql`
        insert into occupation.edition_publication (
          province_id, edition_id, in_force_from, proposed_by_person, published_by_person, published_by_user,
          published_at
        )
        select province_id, edition_id, in_force_from, proposed_by_person, proposed_by_person, proposed_by_user, now()
        from occupation.edition where edition_id = ${sent.id}
      `),
    ).rejects.toThrow(/edition_publication_four_eyes/);
    for (const table of ['edition', 'edition_entry', 'edition_publication', 'occupation_opening']) {
      const name = sql.table(`occupation.${table}`);
      for (const statement of [
        sql`update ${name} set province_id = province_id`,
        sql`delete from ${name}`,
        sql`truncate ${name}`,
      ])
        await expect(asServing(statement)).rejects.toThrow(/permission denied/);
    }
  });

  test('of one occupation a province says more than of its category', async () => {
    const director = await desk.as('director-alborz');
    const item = must((await titlesNow()).items[0], 'an occupation');
    const word = { budgetYear: 1404, open: false, inForceFrom: '2025-03-21', reasonFa: 'سهمیه پر است' };
    const category = { ...word, open: true, categoryKey: item.categoryKey };
    expect(kindOf(await director.post('/api/loan-openings', category))).toBe('ok');
    const occupation = { ...word, occupationId: item.occupationId };
    expect(kindOf(await director.post('/api/occupation-openings', occupation))).toBe('ok');
    expect(kindOf(await director.post('/api/occupation-openings', { ...occupation, open: true }))).toBe(
      'OpeningDecidedThatDay',
    );
    expect(
      kindOf(await director.post('/api/occupation-openings', { ...occupation, occupationId: 30_000 })),
    ).toBe('OccupationUnknown');
    expect(
      kindOf(await (await desk.as('county-office-alborz')).post('/api/occupation-openings', occupation)),
    ).toBe('RoleMayNot');
    const asked = '/api/occupations?province=alborz&budgetYear=1404&on=2025-04-01&limit=5000';
    const wordOf = async (name: string) =>
      occupationPage
        .parse((await (await desk.as(name)).get(asked)).body)
        .items.find(({ occupationId }) => occupationId === item.occupationId)?.loan;
    expect(await wordOf('director-alborz')).toMatchObject({ open: false, ofCategory: false });
    expect(await wordOf('director-lorestan')).toBeNull();
  });
});

describe('the demonstration', () => {
  test('has the lists of 320, 521 and 655 occupations, the last of them in force, and one that waits', async () => {
    const other = await openHouse();
    const there = await openDesk(other, { rooms: [occupationRoutes(other)] });
    await loadParties(other.owner, readCsv);
    await loadCatalogue(other.owner, readCsv);
    await syncTransitions(other.owner, caseKinds);
    const plan: unknown = JSON.parse(readFileSync('data/demonstration/occupation.json', 'utf8'));
    await loadDemonstration(other.db, plan, readCsv('demonstration/occupations.csv'));
    const seen = await editionsOf(await there.as('administrator-two'));
    expect(seen.map(({ occupations, published }) => [occupations, published])).toEqual([
      [686, false],
      [655, true],
      [521, true],
      [320, true],
    ]);
    expect(seen.map(({ inForce }) => inForce)).toEqual([false, true, false, false]);
    const page = occupationPage.parse((await there.nobody.get('/api/occupations?limit=5000')).body);
    expect(page.items.filter(({ titleKind }) => titleKind !== 'demonstration')).toHaveLength(80);
  });
});
