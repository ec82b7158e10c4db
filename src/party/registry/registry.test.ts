import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Id, newId } from '#kernel/id.ts';
import { loadCatalogue as loadPlaces } from '#place/actions.ts';
import { readCsv } from '#platform/csv.ts';
import { noScope, read } from '#platform/db.ts';
import { openHouse, openWrongdoer } from '#testing/house.ts';
import { nationalIdOf } from '#testing/identities.ts';
import { type Named, askedWords, longestKey, mixedLetters, nameWords, sortKey } from '../person/name.ts';
import { doubledOrNot, listPersonIds } from './actions.ts';

const house = await openHouse();
await loadPlaces(house.owner, readCsv);
const wrongdoer = await openWrongdoer(house);
const provinceId = 30;

const syllables = [
  'محمد',
  'علی',
  'رضا',
  'طاهره',
  'ذاکری',
  'آبادی',
  'صدّیق',
  'للل',
  'ثنا',
  'زاده',
  'امیر',
  'قره',
  'ئیل',
  'پور',
  'چی',
];
const part = fc
  .array(fc.constantFrom(...syllables), { minLength: 1, maxLength: 2 })
  .map((parts) => parts.join(''));
const words = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '));
const someone = fc.record({ firstName: fc.option(words), lastName: words });

/** As SQL translates a sort key. */
const heardKey = (name: Named): string =>
  Array.from(sortKey(name), (letter) => {
    const at = mixedLetters.from.indexOf(letter);
    return at < 0 ? letter : mixedLetters.to.charAt(at);
  }).join('');

test('every beginning of a word of a name stands in its sort key as it is heard, or the key may have been cut', () => {
  fc.assert(
    fc.property(someone, fc.nat(), (name, length) => {
      const key = heardKey(name);
      for (const word of nameWords(name)) {
        const begun = word.slice(0, 1 + (length % word.length));
        expect(key.length >= longestKey || new RegExp(doubledOrNot(begun)).test(key), `${key} ${begun}`).toBe(
          true,
        );
      }
    }),
    { numRuns: 2_000 },
  );
});

const ask = (search: readonly string[], limit: number): Promise<Id[]> =>
  read(house.db, { ...noScope, province: provinceId }, (tx) =>
    listPersonIds(tx, {
      provinceId,
      filter: { form: 'natural', sort: 'name' },
      countyCode: null,
      isOffice: false,
      search: { by: 'words', words: search },
      after: null,
      limit,
    }),
  );

describe('whom a search by words means', () => {
  test('are those whose names have a word for each beginning: as many as there are, or a page of them', async () => {
    const people = fc
      .sample(someone, { numRuns: 300, seed: 11 })
      .map((name) => ({ ...name, id: newId(Date.now()) }));
    for (const [at, { id, firstName, lastName }] of people.entries()) {
      const key = sortKey({ firstName, lastName });
      await wrongdoer.query(
        `insert into party.person (province_id, person_id, form, identity_hash, national_id, first_name, last_name,
           sort_key, readers, county_code, entered_at)
         values ($1, $2::uuid, 'natural', sha256(($2::uuid)::text::bytea), $6, $3, $4, $5, array['province', '3001'], '3001', now())`,
        [provinceId, id, firstName, lastName, key, nationalIdOf(600_000_000 + at)],
      );
      for (const word of nameWords({ firstName, lastName }))
        await wrongdoer.query(
          `insert into party.name_word (province_id, form, county_code, word, sort_key, person_id, is_home)
           values ($1, 'natural', '3001', $2, $3, $4, true)`,
          [provinceId, word, key, id],
        );
    }
    const question = fc.tuple(
      fc.constantFrom(...people),
      fc.constantFrom(...syllables),
      fc.nat(),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(question, async ([{ firstName, lastName }, other, cut, isOwn]) => {
        const typed = isOwn ? `${lastName} ${firstName ?? ''}` : `${lastName.split(' ')[0] ?? ''} ${other}`;
        const search = askedWords(typed).map((word, at) =>
          at === 0 ? word : word.slice(0, 1 + (cut % word.length)),
        );
        const meant = people
          .filter((name) => search.every((begun) => nameWords(name).some((word) => word.startsWith(begun))))
          .map(({ id }) => id);
        expect((await ask(search, 400)).toSorted()).toEqual(meant.toSorted());
        const few = await ask(search, 3);
        expect(few).toHaveLength(Math.min(3, meant.length));
        for (const id of few) expect(meant).toContain(id);
      }),
      { numRuns: 150 },
    );
  });
});
