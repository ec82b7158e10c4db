import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, day } from '#kernel/day.ts';
import { persianDigits } from '#kernel/persian.ts';
import { legalIdOf, nationalIdOf } from '#testing/identities.ts';
import { factKinds } from './contract.ts';
import { askedWords, distance, nameWords, nearlyEqual, sortKey } from './name.ts';
import {
  decideFact,
  decideKnown,
  factsInForce,
  readAccount,
  readLegalId,
  readNationalId,
  readEmail,
} from './rules.ts';

const arabicDigits = (text: string): string =>
  text.replace(/\d/g, (digit) => String.fromCharCode(0x0660 + parseInt(digit, 10)));
const scripts = [(text: string) => text, persianDigits, arabicDigits] as const;
const anyScript = fc.constantFrom(...scripts);
const nine = fc.integer({ min: 1, max: 999_999_998 });

describe('a national id', () => {
  test('is read in three scripts, with or without the zeros that a spreadsheet dropped', () => {
    fc.assert(
      fc.property(nine, anyScript, (number, write) => {
        const nationalId = nationalIdOf(number);
        fc.pre(!/^(\d)\1+$/.test(nationalId));
        const short = nationalId.replace(/^0{1,2}/, '');
        expect(readNationalId(write(nationalId))).toBe(nationalId);
        expect(readNationalId(` ${write(short)}\u200c`)).toBe(nationalId);
      }),
    );
  });

  test('with one digit changed or two neighbours swapped is refused', () => {
    fc.assert(
      fc.property(nine, fc.nat({ max: 9 }), fc.integer({ min: 1, max: 9 }), (number, place, step) => {
        const right = nationalIdOf(number);
        const digit = (parseInt(right.charAt(place), 10) + step) % 10;
        const wrong = right.slice(0, place) + digit + right.slice(place + 1);
        // A few changed numbers have the right check digit by chance: those are other valid ids.
        fc.pre(nationalIdOf(parseInt(wrong.slice(0, 9), 10)) !== wrong);
        expect(readNationalId(wrong)).toBeNull();
      }),
    );
  });

  test.each(['', '1234567', '12345678901', '0000000000', '1111111111', 'abcdefghij', '۱۲۳'])(
    '%j is none',
    (text) => expect(readNationalId(text)).toBeNull(),
  );

  test('of an enterprise has eleven digits with a check digit of its own', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 9_999_999 }), anyScript, (number, write) => {
        const legalId = legalIdOf(number);
        expect(readLegalId(write(legalId))).toBe(legalId);
        const wrong = legalId.slice(0, 10) + ((parseInt(legalId.charAt(10), 10) + 1) % 10);
        expect(readLegalId(wrong)).toBeNull();
        expect(readNationalId(legalId)).toBeNull();
      }),
    );
  });
});

test.each([
  [' Zahra.N@Example.IR ', 'Zahra.N@example.ir'],
  ['ali۲۰@example.ir', 'ali20@example.ir'],
  ['a+b@mail.example.co.ir', 'a+b@mail.example.co.ir'],
  ['\u200eali@example.ir\u200f', 'ali@example.ir'],
  ['ali@example', null],
  ['ali example.ir', null],
  ['ali@@example.ir', null],
  ['.ali@example.ir', null],
  ['ali@-example.ir', null],
  ['علی@example.ir', null],
  ['ali@example.ir\r\nBcc: all@example.ir', null],
  [`${'a'.repeat(65)}@example.ir`, null],
  ['', null],
])('the e-mail address %j is %s', (given, read) => expect(readEmail(given)).toBe(read));

test('a Sheba is read with and without IR, and refused when its check digits are wrong', () => {
  expect(readAccount('IR06 2960 0000 0010 0324 2000 01')).toBe('IR062960000000100324200001');
  expect(readAccount('062960000000100324200001')).toBe('IR062960000000100324200001');
  expect(readAccount('IR072960000000100324200001')).toBeNull();
});

const letters = 'ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی'.split('');
const word = fc
  .array(fc.constantFrom(...letters), { minLength: 2, maxLength: 9 })
  .map((each) => each.join(''));
const named = fc.record({
  firstName: fc.oneof(
    word,
    fc.tuple(word, word).map((two) => two.join(' ')),
  ),
  lastName: word,
});

describe('a name', () => {
  test('is found by any beginning of any of its words, in any order', () => {
    fc.assert(
      fc.property(named, fc.nat({ max: 99 }), (name, chance) => {
        const words = nameWords(name);
        const parts = `${name.lastName} ${name.firstName}`.split(' ');
        for (const part of parts) {
          const begun = part.slice(0, 1 + (chance % part.length));
          for (const asked of askedWords(begun))
            expect(words.some((one) => one.startsWith(asked))).toBe(true);
        }
      }),
    );
  });

  test('sorts as the Persian alphabet does', () => {
    const names = ['یوسفی', 'پورمحمد', 'اکبری', 'چراغی', 'گودرزی', 'بهرامی', 'کریمی', 'ژاله'];
    const sorted = names.toSorted((a, b) =>
      sortKey({ firstName: 'علی', lastName: a }) < sortKey({ firstName: 'علی', lastName: b }) ? -1 : 1,
    );
    expect(sorted).toEqual(['اکبری', 'بهرامی', 'پورمحمد', 'چراغی', 'ژاله', 'کریمی', 'گودرزی', 'یوسفی']);
  });

  test.each([
    ['طاهره صادقی', 'تاهره سادقی'],
    ['محمدرضا احمدی', 'رضا'],
    ['محمد رضا احمدی', 'محمدرضا'],
    ['علي كريمي', 'علی کریمی'],
    ['آرزو ذاکری', 'ارزو زاکری'],
    ['زهرا مؤمنی', 'مومنی'],
  ])('«%s» is found by «%s»', (name, search) => {
    const parts = name.split(' ');
    const words = nameWords({ firstName: parts.slice(0, -1).join(' '), lastName: parts.at(-1) ?? '' });
    for (const asked of askedWords(search)) expect(words.some((one) => one.startsWith(asked))).toBe(true);
  });

  test('is nearly equal to itself with one letter wrong, and to no other', () => {
    const name = { firstName: 'محمد رضا', lastName: 'حسینی‌نژاد' };
    expect(nearlyEqual(name, { firstName: 'محمدرضا', lastName: 'حسینی نژاد' })).toBe(true);
    expect(nearlyEqual(name, { firstName: 'محمدرضا', lastName: 'حسنی نژاد' })).toBe(true);
    expect(nearlyEqual(name, { firstName: 'محمد', lastName: 'حسینی نژاد' })).toBe(false);
    expect(nearlyEqual(name, { firstName: 'محمدرضا', lastName: 'حیدری' })).toBe(false);
  });

  test('is as far from another as the other from it', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(distance(a, b, 9)).toBe(distance(b, a, 9));
        expect(distance(a, a, 9)).toBe(0);
        expect(distance(a, `${a}x`, 9)).toBe(1);
      }),
    );
  });
});

describe('facts', () => {
  const first = day('1400-01-01');
  const fact = fc.record({
    kind: fc.constantFrom('decile' as const, 'phone' as const),
    value: fc.string({ minLength: 1, maxLength: 3 }),
    sinceOn: fc.nat({ max: 30 }).map((days) => addDays(first, days)),
  });

  test('in force on a day are the last that had begun, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 20 }), fc.nat({ max: 40 }), (drawn, days) => {
        const facts = drawn.map((one, at) => ({ ...one, factId: String(at).padStart(4, '0') }));
        const on = addDays(first, days);
        const found = factsInForce(facts, on);
        for (const kind of ['decile', 'phone'] as const) {
          const begun = facts.filter((one) => one.kind === kind && one.sinceOn <= on);
          const latest = begun.toSorted((a, b) =>
            `${a.sinceOn}${a.factId}` < `${b.sinceOn}${b.factId}` ? 1 : -1,
          )[0];
          expect(found.get(kind)).toEqual(latest);
          expect(factsInForce(facts.toReversed(), on).get(kind)).toEqual(latest);
        }
      }),
    );
  });

  test.each(scripts)('of a decile is read in the digits of each script', (inScript) => {
    const on = day('1403-06-15');
    const dated = { sinceOn: on, inquiredOn: null, bornOn: null, today: on };
    const told = { form: 'natural', kind: 'decile', ...dated } as const;
    for (const value of ['1', '7', '10'])
      expect(decideFact({ ...told, value: inScript(value) })).toEqual({ ok: true, value });
    expect(decideFact({ ...told, value: inScript('11') }).ok).toBe(false);
  });

  test('of the future, of the wrong form or of no value are refused, each by its name', () => {
    const today = day('1403-06-15');
    const told = {
      form: 'natural',
      kind: 'decile',
      value: '3',
      sinceOn: today,
      inquiredOn: null,
      bornOn: null,
      today,
    } as const;
    expect(decideFact(told)).toEqual({ ok: true, value: '3' });
    expect(decideFact({ ...told, value: '11' })).toMatchObject({ refusal: { kind: 'FactUnreadable' } });
    expect(decideFact({ ...told, sinceOn: addDays(today, 1) })).toMatchObject({
      refusal: { kind: 'FactInFuture', field: 'sinceOn' },
    });
    const born = addDays(today, -100);
    const early = addDays(born, -1);
    for (const field of ['sinceOn', 'inquiredOn'] as const)
      expect(decideFact({ ...told, bornOn: born, [field]: early })).toMatchObject({
        refusal: { kind: 'FactBeforeBirth', field, bornOn: born },
      });
    expect(decideFact({ ...told, bornOn: born, sinceOn: born })).toMatchObject({ ok: true });
    expect(decideFact({ ...told, kind: 'born_on', value: '1900-03-20' })).toMatchObject({
      refusal: { kind: 'BirthTooEarly', field: 'value' },
    });
    expect(decideFact({ ...told, form: 'legal' })).toMatchObject({ refusal: { kind: 'FactNotOfForm' } });
    expect(decideFact({ ...told, inquiredOn: addDays(today, 1) })).toMatchObject({
      refusal: { kind: 'FactInFuture', field: 'inquiredOn' },
    });
    fc.assert(
      fc.property(fc.constantFrom(...factKinds), fc.string({ maxLength: 30 }), (kind, value) => {
        const decided = decideFact({ ...told, kind, value });
        // What is accepted is in its one writing: read again, it is the same.
        if (decided.ok) expect(decideFact({ ...told, kind, value: decided.value })).toEqual(decided);
      }),
    );
  });

  test('let in to a record whoever knows name and birth day, and nobody else', () => {
    const kept = { firstName: 'مریم', lastName: 'صادقی', bornOn: day('1360-02-03') };
    expect(decideKnown(kept, { ...kept, lastName: 'سادقی' }).ok).toBe(true);
    expect(decideKnown(kept, { ...kept, bornOn: day('1361-02-03') }).ok).toBe(false);
    expect(decideKnown(kept, { ...kept, bornOn: null }).ok).toBe(false);
    expect(decideKnown(kept, { ...kept, lastName: 'کریمی' }).ok).toBe(false);
  });
});
