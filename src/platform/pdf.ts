import type { FastifyReply } from 'fastify';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { persianDigits } from '#kernel/persian.ts';
import { assert, must } from '#kernel/result.ts';
import { root } from './config.ts';

/**
 * PDFs by Typst in one layout (`pdf.typ`): joined letters, right bidi, Vazirmatn embedded. What is drawn goes in
 * as JSON and never as markup, so no text of a person can become an instruction. The same text gives the same bytes.
 */
export type PdfBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** A text in small letters and an address after it, which runs left to right in either language. */
  | { readonly kind: 'address'; readonly text: string; readonly address: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [label: string, value: string])[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly PdfColumn[];
      readonly rows: readonly (readonly string[])[];
      readonly total?: readonly string[];
    }
  | {
      /** The head of a letter: who writes, to whom, and its number, day and enclosures. */
      readonly kind: 'letter';
      readonly organisation: string;
      readonly to: string;
      readonly marks: readonly (readonly [label: string, value: string])[];
    }
  | {
      /** A text some runs of which are underlined, each with the number of its note. */
      readonly kind: 'marked';
      readonly paragraphs: readonly (readonly PdfRun[])[];
    }
  | { readonly kind: 'signatures'; readonly people: readonly (readonly [office: string, name: string])[] }
  | { readonly kind: 'picture'; readonly svg: string; readonly widthMillimetres: number };

export type PdfTone = 'green' | 'red' | 'amber' | 'blue' | 'grey';

export type PdfRun = {
  readonly text: string;
  /** Null where nothing is marked. */
  readonly tone: PdfTone | null;
  readonly note: string | null;
};

export type PdfColumn = {
  readonly title: string;
  /** Numbers align by their last digit. */
  readonly align?: 'start' | 'end';
  /** Takes what room is left. */
  readonly wide?: boolean;
  /** Runs left to right in either language: numbers of letters, hashes. */
  readonly code?: boolean;
};

/** The newest seal of the province (L14), printed on every page. */
export type PdfSeal = { readonly number: string; readonly head: string };

export type PdfText = {
  readonly language: 'fa' | 'en';
  readonly title: string;
  readonly subtitle?: string;
  /** The day of which the figures speak, as it is to be read. */
  readonly asOf: string;
  /** Null only where nothing was sealed yet; `each` of more than one province, whose seals are apart. */
  readonly seal: PdfSeal | null | 'each';
  readonly landscape?: boolean;
  readonly blocks: readonly PdfBlock[];
};

/** How much of a head is printed: enough to find it among all heads, and `verify` tells it whole. */
const printedHead = 16;

/** Answers with a PDF; of made-up records each page says so. */
export const sendPdf = async (reply: FastifyReply, text: PdfText): Promise<FastifyReply> =>
  reply
    .type('application/pdf')
    .send(writePdf(text, (await reply.server.isDemonstration()) ? 'demonstration' : 'real'));

export function writePdf(text: PdfText, records: 'real' | 'demonstration' = 'real'): Buffer {
  const { compiler, layout } = open();
  const result = compiler.compile({
    mainFileContent: layout,
    inputs: { data: JSON.stringify(drawn(text, records)) },
  });
  if (result.hasError())
    throw new Error(`a PDF was not drawn: ${JSON.stringify(result.takeDiagnostics()?.shortDiagnostics)}`);
  const pdf = compiler.pdf(must(result.result, 'a document without errors is there'));
  // What the compiler remembers of earlier documents is dropped, or it would grow with every PDF.
  compiler.evictCache(4);
  return pdf;
}

type Press = { readonly compiler: NodeCompiler; readonly layout: string };
let press: Press | undefined;

/** One compiler for the process: reading the fonts takes longer than a page. */
function open(): Press {
  const fonts = join(root, 'node_modules', 'vazirmatn', 'fonts', 'ttf');
  press ??= {
    compiler: NodeCompiler.create({
      workspace: join(import.meta.dirname, 'nothing'),
      fontArgs: [
        {
          fontBlobs: ['Regular', 'Bold'].map((weight) =>
            readFileSync(join(fonts, `Vazirmatn-${weight}.ttf`)),
          ),
        },
      ],
    }),
    layout: readFileSync(join(import.meta.dirname, 'pdf.typ'), 'utf8'),
  };
  return press;
}

const furniture = {
  fa: {
    asOf: 'تا روز',
    page: 'صفحهٔ',
    of: 'از',
    demonstration: 'نمایشی: هیچ رقمی در این برگه واقعی نیست',
    notSealed: 'هنوز مُهری زده نشده است.',
    eachSealed: 'بیش از یک استان است: مُهر هر استان روی تختهٔ عمومی مُهرهاست.',
  },
  en: {
    asOf: 'As of',
    page: 'Page',
    of: 'of',
    demonstration: 'Demonstration: no figure on this paper is real',
    notSealed: 'Nothing has been sealed yet.',
    eachSealed: 'Of more than one province: the seal of each stands on the public board of seals.',
  },
} as const;

/** The document as the layout takes it: every field there, so that the layout asks for nothing. */
function drawn(text: PdfText, records: 'real' | 'demonstration'): object {
  const { language, title, subtitle, asOf, seal, landscape = false, blocks } = text;
  const { asOf: asOfLabel, page, of, demonstration } = furniture[language];
  return {
    language,
    title,
    subtitle: subtitle ?? null,
    asOf: `${asOfLabel} ${asOf}`,
    page,
    of,
    landscape,
    demonstration: records === 'demonstration' ? demonstration : null,
    seal: sealLine(seal, language),
    blocks: blocks.map(drawnBlock),
  };
}

function sealLine(seal: PdfText['seal'], language: 'fa' | 'en') {
  if (seal === 'each') return { label: furniture[language].eachSealed, head: null, hint: '' };
  if (seal === null) return { label: furniture[language].notSealed, head: null, hint: '' };
  assert(/^[0-9a-f]{64}$/.test(seal.head), 'a head is the hexadecimal of a hash');
  const head = seal.head.slice(0, printedHead);
  return language === 'fa'
    ? {
        label: `مُهر شمارهٔ ${persianDigits(seal.number)}:`,
        head,
        hint: 'این سرِ مُهر را با تابلوی عمومی مُهرها یا با فرمان karsaz verify --heads بسنجید.',
      }
    : {
        label: `Seal number ${seal.number}:`,
        head,
        hint: 'Compare this head with the public board of seals, or with karsaz verify --heads.',
      };
}

function drawnBlock(block: PdfBlock): object {
  if (block.kind === 'picture') return { kind: 'picture', svg: block.svg, width: block.widthMillimetres };
  if (block.kind !== 'table') return block;
  const { columns, rows, total } = block;
  assert(
    [...rows, total ?? columns].every((row) => row.length === columns.length),
    'a row of a table has a cell for each column',
  );
  return {
    kind: 'table',
    columns: columns.map(({ title, align = 'start', wide = false, code = false }) => ({
      title,
      align,
      wide,
      code,
    })),
    rows,
    total: total ?? null,
  };
}
