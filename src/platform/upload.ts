import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { invalidForm } from './invalid.ts';
import { type Picture, pictureOf } from './picture.ts';
import { invalidInput, ProblemError } from './problem.ts';

/** What a sent file may be. Its first bytes decide, whatever its name or media type claims. */
export type UploadKind = 'xlsx' | 'csv' | 'pdf' | 'png' | 'jpeg';

export type Upload = {
  /** As the sender named it, without folders; for people only, never a path. */
  readonly fileName: string;
  readonly kind: UploadKind;
  readonly bytes: Buffer;
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
  /** What was found on the way through a picture, from its first to its last byte; its bytes stay as they were sent. */
  readonly picture: Picture | undefined;
  /** The other inputs of the form. */
  readonly fields: Readonly<Record<string, string>>;
};

export type UploadWish = {
  readonly accepts: readonly UploadKind[];
  /** Ten megabytes where nothing is said. */
  readonly mostBytes?: number;
  /** Where a name is cut off; 200 letters where nothing is said. A room that refuses long names asks for more. */
  readonly mostName?: number;
  /** A hundred and fifty million where nothing is said: a plan of 60 × 84 cm, scanned at twice what a printer needs. */
  readonly mostPixels?: number;
  /** Whether a JPEG must end with itself. Cameras write more behind it, and a paper is taken as it was photographed. */
  readonly nothingBehind?: boolean;
};

const megabyte = 1_048_576;
const usualMostBytes = 10 * megabyte;
const usualMostPixels = 150_000_000;

/** Reads the one file of a multipart form, and its other inputs. To be called when the actor is known to be let in. */
export async function readUpload(request: FastifyRequest, wish: UploadWish): Promise<Upload> {
  const { accepts, mostBytes = usualMostBytes, mostName = 200 } = wish;
  if (!request.isMultipart()) throw notMultipart;
  let file: { readonly name: string; readonly bytes: Buffer } | undefined;
  const fields: Record<string, string> = {};
  try {
    for await (const part of request.parts({
      limits: { fileSize: mostBytes, files: 1, fields: 20, fieldSize: 10_000 },
    }))
      if (part.type === 'file') file = { name: nameOf(part, mostName), bytes: await part.toBuffer() };
      else if (part.fieldname === 'idempotency_key') request.formKey = String(part.value);
      else fields[part.fieldname] = String(part.value);
  } catch (error) {
    throw problemOf(error, { accepts, mostBytes });
  }
  if (file === undefined || file.bytes.length === 0) throw fileMissing;
  const kind = kindOf(file.bytes);
  if (kind === undefined || !accepts.includes(kind)) throw otherKind(accepts);
  if (kind === 'pdf' && !isWholePdf(file.bytes)) throw pdfBroken;
  const isPicture = kind === 'png' || kind === 'jpeg';
  const picture = isPicture ? await lookThrough(file.bytes, wish) : undefined;
  const hash = createHash('sha256').update(file.bytes).digest('hex');
  return { fileName: file.name, kind, bytes: file.bytes, hash, fields, picture };
}

async function lookThrough(bytes: Buffer, wish: UploadWish): Promise<Picture> {
  const { mostPixels = usualMostPixels, nothingBehind = false } = wish;
  const found = await pictureOf(bytes, { mostPixels, ofCamera: !nothingBehind });
  if (found.ok) return found.value;
  throw found.refusal.kind === 'ImageTooWide' ? imageTooWide(mostPixels) : imageBroken;
}

/** Whether a PDF names its edition, and ends with the place of its table and its last mark. */
function isWholePdf(bytes: Buffer): boolean {
  const tail = bytes.subarray(-2048).toString('latin1');
  return /^%PDF-[12]\./.test(bytes.toString('latin1', 0, 8)) && /startxref\s+\d+\s+%%EOF/.test(tail);
}

/** The other inputs of the form as their schema has them, or a problem 422 that names each wrong one. */
export function readFields<Shape extends z.ZodType>({ fields }: Upload, shape: Shape): z.infer<Shape> {
  const parsed = shape.safeParse(fields);
  if (parsed.success) return parsed.data;
  throw new ProblemError(invalidInput(422, invalidForm(shape, fields, parsed.error)));
}

const nameOf = ({ filename }: MultipartFile, most: number): string =>
  (filename.split(/[/\\]/).at(-1) ?? '').replace(/\p{Cc}/gu, '').slice(0, most);

function kindOf(bytes: Buffer): UploadKind | undefined {
  const start = bytes.subarray(0, 8).toString('latin1');
  if (start.startsWith('%PDF-')) return 'pdf';
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (start.startsWith('PK\x03\x04')) return bytes.includes('xl/workbook') ? 'xlsx' : undefined;
  const isUtf16 = start.startsWith('\xff\xfe');
  return isUtf16 || !bytes.subarray(0, 65_536).includes(0) ? 'csv' : undefined;
}

function problemOf(error: unknown, wish: Required<Pick<UploadWish, 'accepts' | 'mostBytes'>>): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'FST_REQ_FILE_TOO_LARGE') return fileTooLarge(wish);
  if (code === 'FST_FILES_LIMIT') return severalFiles;
  if (typeof code === 'string' && code.startsWith('FST_')) return notMultipart;
  return error instanceof Error && error.message.startsWith('Unexpected end') ? uploadBroken : error;
}

const problem = (status: number, kind: string, words: { fa: string; en: string }): ProblemError =>
  new ProblemError({ status, kind, field: 'file', rule: 'upload', words });

const notMultipart = problem(415, 'NotMultipart', {
  fa: 'پرونده باید به صورت فرم چندبخشی (multipart/form-data) فرستاده شود.',
  en: 'Send the file as a multipart form (multipart/form-data).',
});
const uploadBroken = problem(400, 'UploadBroken', {
  fa: 'فرستادن پرونده ناتمام ماند و چیزی ثبت نشد؛ دوباره بفرستید.',
  en: 'The upload did not arrive whole and nothing was saved; send it again.',
});
const fileMissing = problem(422, 'FileMissing', {
  fa: 'پرونده‌ای فرستاده نشده یا خالی است؛ پرونده را برگزینید و دوباره بفرستید.',
  en: 'No file was sent, or an empty one: choose the file and send it again.',
});
const severalFiles = problem(422, 'SeveralFiles', {
  fa: 'هر بار تنها یک پرونده بفرستید.',
  en: 'Send one file at a time.',
});
const fileTooLarge = ({ accepts, mostBytes }: Pick<Required<UploadWish>, 'accepts' | 'mostBytes'>) => {
  const most = Math.floor(mostBytes / megabyte);
  const mostFa = new Intl.NumberFormat('fa-IR').format(most);
  // A list or a letter can be divided, a picture only made smaller.
  const isPicture = accepts.every((kind) => kind === 'png' || kind === 'jpeg');
  return problem(
    413,
    'FileTooLarge',
    isPicture
      ? {
          fa: `تصویر بیش از ${mostFa} مگابایت است؛ آن را کوچک‌تر کنید.`,
          en: `The picture has more than ${most} megabytes: make it smaller.`,
        }
      : {
          fa: `پرونده بیش از ${mostFa} مگابایت است؛ آن را به چند پرونده بخش کنید.`,
          en: `The file has more than ${most} megabytes: divide it into several.`,
        },
  );
};
const otherKind = (accepts: readonly UploadKind[]): ProblemError =>
  problem(415, 'OtherKindOfFile', {
    fa: `محتوای این پرونده پذیرفته نیست؛ آنچه پذیرفته است: ${accepts.join('، ')}.`,
    en: `The content of this file is not accepted; accepted are: ${accepts.join(', ')}.`,
  });
const imageBroken = problem(415, 'ImageBroken', {
  fa: 'این پرونده ناتمام رسیده یا تصویر JPEG یا PNG نیست، هر نامی که داشته باشد؛ تصویر را دوباره بفرستید.',
  en: 'The file was cut off on its way or is no JPEG or PNG picture, whatever its name; send the picture again.',
});
const imageTooWide = (mostPixels: number): ProblemError => {
  const most = Math.floor(mostPixels / 1_000_000);
  return problem(422, 'ImageTooWide', {
    fa: `این تصویر بیش از ${new Intl.NumberFormat('fa-IR').format(most)} میلیون نقطه دارد؛ آن را کوچک‌تر ذخیره کنید و بفرستید.`,
    en: `The picture has more than ${most} million pixels; save it smaller and send it.`,
  });
};
const pdfBroken = problem(415, 'PdfBroken', {
  fa: 'این پرونده ناتمام رسیده یا PDF نیست، هر نامی که داشته باشد؛ آن را دوباره بفرستید.',
  en: 'The file was cut off on its way or is no PDF, whatever its name; send it again.',
});
