import type { MediaType } from './contract.ts';

/** The sheet inside a workbook, and what makes a workbook run code. */
const workbookPart = 'xl/workbook.xml';
const macroPart = 'xl/vbaproject.bin';

const startsWith = (bytes: Uint8Array, signature: readonly number[]): boolean =>
  signature.every((byte, index) => bytes[index] === byte);

const latin = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

/**
 * What a content is, or undefined when it is nothing that is accepted. Signatures, not names: a page of HTML that is
 * called `scan.pdf` is no PDF. Text has no signature, so CSV is told by its name and by holding nothing but text.
 */
export function mediaTypeOf(bytes: Uint8Array, name: string): MediaType | undefined {
  if (latin(bytes.subarray(0, 5)) === '%PDF-') return 'application/pdf';
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]))
    return isWorkbook(namesInZip(bytes))
      ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
      : undefined;
  return extensionOf(name) === 'csv' && isText(bytes) ? 'text/csv' : undefined;
}

const isWorkbook = (names: readonly string[]): boolean =>
  names.includes(workbookPart) && !names.includes(macroPart);

/** The names in a zip's table of contents, in lower case; none where the file was cut short. */
function namesInZip(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOfZip(view);
  if (end === undefined) return [];
  const names: string[] = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02_01_4b_50) return [];
    const nameLength = view.getUint16(at + 28, true);
    names.push(latin(bytes.subarray(at + 46, at + 46 + nameLength)).toLowerCase());
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return names;
}

/** Where the last record of a zip begins; a comment of at most 64 KiB may follow it. */
function endOfZip(view: DataView): number | undefined {
  const least = Math.max(0, view.byteLength - 22 - 0xff_ff);
  for (let at = view.byteLength - 22; at >= least; at -= 1)
    if (view.getUint32(at, true) === 0x06_05_4b_50) return at;
  return undefined;
}

/** No control characters but tab and line ends: so much holds in UTF-8 and in what old Windows writes. */
const isText = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);

export const extensionOf = (name: string): string =>
  /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase() ?? '';

const extensions: Readonly<Record<MediaType, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/png': ['png'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'text/csv': ['csv'],
};

/** Whether a name promises what the content is; a name without an extension promises nothing. */
export const fitsName = (mediaType: MediaType, name: string): boolean => {
  const extension = extensionOf(name);
  return extension === '' || extensions[mediaType].includes(extension);
};

/** What a downloaded file is called: no path, no control characters, and the extension of what it is. */
export function fileNameOf(name: string, mediaType: MediaType): string {
  const plain = name
    .replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
    .replaceAll(/[/\\:*?"<>|]/g, '-')
    .trim()
    .slice(-120);
  const extension = extensions[mediaType][0] ?? '';
  const named = plain === '' ? 'file' : plain;
  return extensionOf(named) === '' ? `${named}.${extension}` : named;
}
