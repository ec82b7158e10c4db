import { describe, expect, it } from 'vitest';
import { drawPdf, keepSheet, readPdf } from '#testing/paper.ts';
import { writePdf, type PdfText } from './pdf.ts';

const head = '0123456789abcdef'.repeat(4);
const letter: PdfText = {
  language: 'fa',
  title: 'ابلاغ سهمیهٔ شهرستان ساوجبلاغ',
  asOf: '۵ آذر ۱۴۰۵',
  seal: { number: '12', head },
  blocks: [
    { kind: 'text', text: 'سهم شما ۱۲۳ ریال است.' },
    {
      kind: 'table',
      columns: [
        { title: 'رسته', wide: true },
        { title: 'مبلغ', align: 'end' },
      ],
      rows: [['پوشاک', '۱۲۳']],
      total: ['جمع', '۱۲۳'],
    },
  ],
};

/** What the glyphs of a PDF stand for, as its ToUnicode tables say. */
function lettersOf(pdf: Buffer): Set<string> {
  const letters = new Set<string>();
  for (const [, units = ''] of pdf.toString('latin1').matchAll(/<[0-9a-fA-F]{4}> <((?:[0-9a-fA-F]{4})+)>/g))
    for (const unit of units.match(/.{4}/g) ?? []) letters.add(String.fromCharCode(parseInt(unit, 16)));
  return letters;
}

const fontsOf = (pdf: Buffer): string[] => [
  ...new Set(
    [...pdf.toString('latin1').matchAll(/\/BaseFont\s*\/\w{6}\+([\w-]+)/g)].map(([, font]) => font ?? ''),
  ),
];

describe('a PDF', () => {
  it.each(['fa', 'en'] as const)('embeds Vazirmatn and nothing else (%s)', (language) => {
    const pdf = writePdf({ ...letter, language });
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    expect(fontsOf(pdf).toSorted()).toEqual(['Vazirmatn-Bold', 'Vazirmatn-Regular']);
    expect(pdf.toString('latin1')).toContain('/FontFile2');
  });

  it('has a glyph for every letter of its text', () => {
    const letters = lettersOf(writePdf(letter));
    for (const one of 'سهمشابلغریوجکنت۱۲۳') expect(letters, one).toContain(one);
  });

  it('gives the same bytes for the same text', () => {
    expect(writePdf(letter).equals(writePdf(letter))).toBe(true);
  });

  it('prints the head in force on the page: another seal is another page', () => {
    const other = writePdf({ ...letter, seal: { number: '13', head } });
    expect(writePdf(letter).equals(other)).toBe(false);
    for (const digit of '0123456789abcdef') expect(lettersOf(other)).toContain(digit);
    expect(() => writePdf({ ...letter, seal: { number: '1', head: 'short' } })).toThrow('hexadecimal');
  });

  it('says of made-up records on each page that they are', () => {
    const real = writePdf(letter);
    const marked = writePdf(letter, 'demonstration');
    expect(marked.equals(real)).toBe(false);
    expect(lettersOf(real)).not.toContain('چ');
    expect(lettersOf(marked)).toContain('چ');
  });

  it('says it many times over the page, so that a code takes no word from all of them', async () => {
    const dark =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>';
    const signed: PdfText = {
      ...letter,
      blocks: [
        { kind: 'picture', svg: dark, widthMillimetres: 48 },
        {
          kind: 'signatures',
          people: [
            ['امضای نخست: دستگاه اجرایی', 'کارشناس نمونه'],
            ['امضای دوم: اداره کل', 'مدیرکل نمونه'],
          ],
        },
      ],
    };
    const marked = writePdf(signed, 'demonstration');
    expect((await readPdf(marked)).match(/نمایشی|یشیامن/g)?.length).toBeGreaterThan(8);
    keepSheet(await drawPdf(marked), 'pdf-demonstration');
  });

  it('takes no text for markup', () => {
    const markup = '#panic("x") $1/0$ *a* @b <c> \\ #read("/etc/passwd") [';
    const pdf = writePdf({
      ...letter,
      language: 'en',
      title: markup,
      blocks: [{ kind: 'text', text: markup }],
    });
    const letters = lettersOf(pdf);
    for (const sign of '#$*@<\\[') expect(letters, sign).toContain(sign);
  });

  it('refuses a row that has not a cell for each column', () => {
    const table = { kind: 'table', columns: [{ title: 'a' }], rows: [['a', 'b']] } as const;
    expect(() => writePdf({ ...letter, blocks: [table] })).toThrow('a cell for each column');
  });

  it('draws 200 rows over several pages in well under a second', () => {
    const rows = Array.from({ length: 200 }, () => ['پوشاک', '۱۲۳']);
    const start = performance.now();
    const pdf = writePdf({
      ...letter,
      blocks: [
        {
          kind: 'table',
          columns: [
            { title: 'رسته', wide: true },
            { title: 'مبلغ', align: 'end' },
          ],
          rows,
        },
      ],
    });
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(3);
  });
});
