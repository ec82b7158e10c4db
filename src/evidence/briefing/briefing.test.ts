import { describe, expect, test } from 'vitest';
import { catalogue } from '#app.ts';
import { must } from '#kernel/result.ts';
import { type Name, freshId } from '#testing/credits.ts';
import { kindOf, serveEvidence } from '#testing/evidence.ts';
import { openHouse } from '#testing/house.ts';
import { drawPdf, keepSheet } from '#testing/paper.ts';
import { dice, playProvince, takeBack } from '#testing/statements.ts';
import { checkShape, recordsPageShape } from '../contract.ts';
import { type Briefing, briefingShape, mostFigures } from './contract.ts';
import { briefingText } from './public.ts';

const house = await openHouse();
const province = await playProvince(house, dice(1_409));
const { get, send } = await serveEvidence(house, province.credits);

const path = '/api/provinces/alborz/briefing';
const briefing = async (by: Name, query: string): Promise<Briefing> =>
  briefingShape.parse((await get(by, `${path}?${query}`)).json());
const figureOf = ({ figures }: Briefing, id: string) =>
  must(
    figures.find(({ indicator }) => indicator === id),
    id,
  );

describe('a briefing sheet', () => {
  test('tells each figure as its list adds up, beside the year before (L8)', async () => {
    const { figures } = await briefing('director', 'year=1402&programme=home_jobs');
    expect(figures.length).toBeGreaterThan(4);
    for (const { indicator, value, unit, records } of figures) {
      const url = records.replace('/desk/evidence/records/', '/api/values/');
      const page = recordsPageShape.parse((await get('director', url)).json());
      if (unit === 'percent') continue;
      expect(page.value, indicator).toBe(value);
    }
    const paid = figureOf(await briefing('director', 'year=1402'), 'credit.paid');
    const before = figureOf(await briefing('director', 'year=1401'), 'credit.paid');
    expect(paid.base).toEqual({ year: 1401, value: before.value });
  });

  test('says a figure as the check supports it, and of no sum that it is another stage', async () => {
    const sheet = await briefing('director', 'year=1402&programme=home_jobs');
    const allocated = figureOf(sheet, 'credit.allocated');
    const text = must(allocated.sentence ?? undefined, 'a sentence');
    const url = '/api/provinces/alborz/statement-check';
    const checked = await send('director', { url, body: { text, published: null } });
    const verdicts = checkShape.parse(checked.json()).figures.map(({ verdict }) => verdict);
    expect(verdicts.filter((one) => one !== 'not_a_claim')).toEqual(['supported']);
    const paid = figureOf(sheet, 'credit.paid');
    const stages = allocated.cautions.flatMap((one) => (one.kind === 'OtherStage' ? one.stages : []));
    expect(stages).toContainEqual({ title: paid.title, value: paid.value });
    expect(figureOf(sheet, 'credit.paid_percent').cautions.map(({ kind }) => kind)).toContain('ShareOf');
    expect(figureOf(sheet, 'credit.paid_receivers').cautions.map(({ kind }) => kind)).toContain(
      'CountedOnce',
    );
  });

  test('of a year that is not over says until when, and of a first year speaks of no growth', async () => {
    house.clock.set('2023-12-05T08:30:00Z');
    const open = await briefing('director', 'year=1402');
    expect(open.until).toBe('2023-12-05');
    expect(figureOf(open, 'credit.paid').cautions).toContainEqual({
      kind: 'YearNotOver',
      until: '2023-12-05',
    });
    house.clock.set('2024-09-05T08:30:00Z');
    const first = figureOf(await briefing('director', 'year=1401'), 'credit.allocated');
    expect([first.base, first.change]).toEqual([null, null]);
    expect(first.cautions).toContainEqual({ kind: 'NoBase', year: 1400 });
  });

  test('names the address under which a figure was published, and that it has moved', async () => {
    const asked = 'year=1402&figures=credit.paid';
    expect(figureOf(await briefing('director', asked), 'credit.paid').published).toBeNull();
    const id = freshId();
    const published = await send('editor', {
      url: '/api/provinces/alborz/publications',
      body: { id, indicator: 'credit.paid', year: 1402, sentence: null },
    });
    expect(published.statusCode, published.body).toBeLessThan(300);
    const stands = figureOf(await briefing('director', asked), 'credit.paid');
    expect(stands.published).toBe(`/f/${id}`);
    expect(stands.cautions.map(({ kind }) => kind)).not.toContain('Moved');
    await takeBack(house, province, 'person');
    const moved = figureOf(await briefing('director', asked), 'credit.paid');
    if (moved.value !== stands.value)
      expect(moved.cautions).toContainEqual({ kind: 'Moved', published: stands.value });
    expect(moved.value).not.toBe(stands.value);
  });

  test('holds what is asked for, and names what has no records', async () => {
    const sheet = await briefing('director', 'year=1402&figures=licence.issued,credit.paid,credit.paid');
    expect(sheet.figures.map(({ indicator }) => indicator)).toEqual(['credit.paid']);
    expect(sheet.silent.map(({ indicator }) => indicator)).toEqual(['licence.issued']);
  });

  test('is the same on paper', async () => {
    const sheet = await briefing('director', 'year=1402&programme=home_jobs');
    const printed = { briefing: sheet, seal: null, today: '2024-09-05', origin: 'http://karsaz.test' };
    const text = JSON.stringify(briefingText({ ...printed, language: 'fa' }));
    for (const { sentence } of sheet.figures) if (sentence !== null) expect(text).toContain(sentence);
    const pdf = await get('director', `${path}/export?year=1402&programme=home_jobs`);
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect((await get('director', `${path}/export?year=1402&format=pdf`)).statusCode).toBe(200);
    const other = await get('director', `${path}/export?year=1402&format=csv`);
    expect([other.statusCode, other.json()]).toMatchObject([
      422,
      { kind: 'FormatUnknown', field: 'format', rule: 'one_of' },
    ]);
    keepSheet(await drawPdf(pdf.rawPayload), 'briefing');
  });

  test('is of the reader’s own place, of figures and programmes that there are, and of one page', async () => {
    const refusals = async (by: Name, query: string) => {
      const answer = await get(by, `${path}?${query}`);
      return [answer.statusCode, kindOf(answer)];
    };
    const county = await briefing('karajOffice', 'year=1402&county=3001');
    expect(county.figures.length).toBeGreaterThan(2);
    expect(await refusals('karajOffice', 'year=1402')).toEqual([403, 'OutsideYourScope']);
    expect(await refusals('karajOffice', 'year=1402&county=3006')).toEqual([403, 'OutsideYourScope']);
    expect(await refusals('director', 'year=1402&county=9999')).toEqual([422, 'CountyMissing']);
    expect(await refusals('director', 'year=1402&figures=credit.nothing')).toEqual([422, 'FigureUnknown']);
    expect(await refusals('director', 'year=1402&county=3001&figures=credit.allocated')).toEqual([
      422,
      'FigureUnknown',
    ]);
    expect(await refusals('director', 'year=1402&programme=nothing')).toEqual([422, 'ProgrammeUnknown']);
    const many = catalogue.indicators.slice(0, mostFigures + 1).map(({ id }) => id);
    expect(await refusals('director', `year=1402&figures=${many.join(',')}`)).toEqual([
      422,
      'TooManyFigures',
    ]);
    expect((await get('', `${path}?year=1402`)).statusCode).toBe(401);
  });
});
