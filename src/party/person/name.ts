import { comparable } from '#kernel/persian.ts';

/**
 * Names as they are sorted and as they are searched. Both are written in ASCII, one character a letter: half the
 * bytes of an index, and a plain comparison of bytes sorts them as a Persian reader does, which code points do
 * not («پ» stands after «ی» there).
 */
const alphabet = 'ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی';
const firstLetter = 0x41;

/** Letters that sound alike and are therefore mixed up by who writes down a name by ear. */
const sounds: Readonly<Record<string, string>> = {
  ث: 'س',
  ص: 'س',
  ذ: 'ز',
  ض: 'ز',
  ظ: 'ز',
  ط: 'ت',
  ح: 'ه',
  ق: 'غ',
  ع: 'ا',
};

/** First parts that one writer joins to the next and another does not: «محمدرضا», «محمد رضا». */
const joinedParts = ['محمد', 'علی', 'امیر', 'غلام', 'سید', 'عبد', 'ابو', 'حسین', 'فاطمه', 'شرکت', 'تعاونی'];
const shortestRest = 3;

/** Words of a name are at most this long in an index; nobody types more of one. */
const longestWord = 16;
export const longestKey = 40;

const plain = (text: string): string =>
  comparable(text)
    .toLowerCase()
    .replaceAll('آ', 'ا')
    .replace(/[^\p{L}\p{N} ]/gu, ' ');

const codes: ReadonlyMap<string, string> = new Map([
  ...Array.from(alphabet, (letter, place) => [letter, String.fromCharCode(firstLetter + place)] as const),
  ...Array.from('0123456789abcdefghijklmnopqrstuvwxyz ', (letter) => [letter, letter] as const),
]);

function coded(text: string): string {
  let code = '';
  for (const letter of text) code += codes.get(letter) ?? '';
  return code.replace(/ {2,}/g, ' ').trim();
}

/** A list of a hundred thousand persons has some thousand names: what was made of one is kept. */
function remembering<Made>(make: (text: string) => Made): (text: string) => Made {
  const most = 20_000;
  const kept = new Map<string, Made>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (kept.size >= most) kept.clear();
    kept.set(text, made);
    return made;
  };
}

/** The same sound, the same word: one letter for those that sound alike, a doubled letter once. */
const heard = remembering((word: string): string =>
  coded(word.replace(/[ثصذضظطحقع]/g, (letter) => sounds[letter] ?? letter))
    .replace(/(.)\1+/g, '$1')
    .slice(0, longestWord),
);

const partsOf = remembering((text: string): readonly string[] =>
  plain(text)
    .split(/ +/)
    .filter((word) => word !== ''),
);

export type Named = { readonly firstName: string | null; readonly lastName: string };

/** As `translate` of SQL takes them: the first letters of sort keys that are heard as another one. */
export const mixedLetters = {
  from: coded(Object.keys(sounds).join('')),
  to: coded(Object.values(sounds).join('')),
};

/** By last name, then first name, in the order of the Persian alphabet. */
export const sortKey = ({ firstName, lastName }: Named): string =>
  coded(`${partsOf(lastName).join('')} ${partsOf(firstName ?? '').join('')}`).slice(0, longestKey);

/** The words under which a name is found: each word, each name written in one, and what stands after a joined part. */
export function nameWords({ firstName, lastName }: Named): string[] {
  const found = new Set<string>();
  for (const name of [firstName ?? '', lastName]) {
    const parts = partsOf(name);
    if (parts.length === 2) found.add(heard(parts.join('')));
    for (const part of parts) {
      found.add(heard(part));
      const joined = joinedParts.find((first) => part.startsWith(first));
      if (joined !== undefined && part.length >= joined.length + shortestRest)
        found.add(heard(part.slice(joined.length)));
    }
  }
  found.delete('');
  return [...found];
}

/** The beginnings of words that are asked for; the longest first, because it leaves the fewest to look at. */
export const askedWords = (search: string): string[] =>
  [...new Set(partsOf(search).map(heard))]
    .filter((word) => word !== '')
    .toSorted((a, b) => b.length - a.length)
    .slice(0, 4);

/** Whether two names are one but for how they were heard, written together or mistyped in one letter. */
export function nearlyEqual(a: Named, b: Named): boolean {
  const [one, other] = [a, b].map(({ firstName, lastName }) => [
    heard(partsOf(firstName ?? '').join('')),
    heard(partsOf(lastName).join('')),
  ]);
  if (one === undefined || other === undefined) return false;
  const apart = one.map((name, place) => distance(name, other[place] ?? '', 2));
  return apart.reduce((sum, each) => sum + each, 0) <= 1;
}

/** How many letters must be put in, taken out, changed or swapped with a neighbour; `most` when it is that many. */
export function distance(a: string, b: string, most: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) >= most) return most;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return Math.min(most, last[b.length] ?? most);
}
