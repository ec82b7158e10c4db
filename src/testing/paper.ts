import { PDFiumLibrary } from '@hyzyla/pdfium';
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { must } from '#kernel/result.ts';
import { picturePath } from './browser.ts';

/** A sheet as it comes out of a printer: red, green, blue and opacity of each point, row by row. */
export type Sheet = { readonly width: number; readonly height: number; readonly pixels: Uint8ClampedArray };

/** Draws the first page of a PDF by PDFium, the hand of Chromium, at about 144 points an inch. */
export async function drawPdf(pdf: Uint8Array): Promise<Sheet> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(pdf);
  try {
    const first = must([...document.pages()][0], 'a page');
    const { width, height, data } = await first.render({ scale: 2, render: 'bitmap' });
    return { width, height, pixels: new Uint8ClampedArray(data) };
  } finally {
    document.destroy();
    library.destroy();
  }
}

/** The letters of the first page, as whoever searches in it finds them. */
export async function readPdf(pdf: Uint8Array): Promise<string> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(pdf);
  try {
    return must([...document.pages()][0], 'a page').getText();
  } finally {
    document.destroy();
    library.destroy();
  }
}

/** Writes it as `<name>.png`, to be looked at, and answers its path. */
export function keepSheet({ width, height, pixels }: Sheet, name: string): string {
  const rows = Buffer.alloc(height * (width * 4 + 1));
  for (let row = 0; row < height; row += 1)
    rows.set(pixels.subarray(row * width * 4, (row + 1) * width * 4), row * (width * 4 + 1) + 1);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const path = picturePath(name);
  const parts = [
    signature,
    part('IHDR', head),
    part('IDAT', deflateSync(rows)),
    part('IEND', Buffer.alloc(0)),
  ];
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

function part(kind: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
