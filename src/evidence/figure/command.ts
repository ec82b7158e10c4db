import { readFile } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { type Result, ok, refused } from '#kernel/result.ts';
import type { Figure } from './figure.ts';
import { readFigures } from './reader.ts';

/** One figure as `karsaz figures` prints it: numbers are plain decimal strings, null where absent. */
export type FigureRecord = {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly value: string;
  readonly upper: string | null;
  readonly value_rial: string | null;
  readonly kind: Figure['kind'];
  readonly unit: string | null;
  readonly approx: Figure['approx'];
  readonly noun: string | null;
  readonly change: Figure['change'];
  readonly date: string | null;
  readonly is_quantity: boolean;
};

const recordOf = (figure: Figure): FigureRecord => ({
  start: figure.start,
  end: figure.end,
  text: figure.text,
  value: figure.value,
  upper: figure.upper,
  value_rial: figure.valueRial,
  kind: figure.kind,
  unit: figure.unit,
  approx: figure.approx,
  noun: figure.noun,
  change: figure.change,
  date: figure.date,
  is_quantity: figure.isQuantity,
});

/** Every figure of a text, as records; `start` and `end` count Unicode code points of the text. */
export const figuresOfText = (text: string): FigureRecord[] => readFigures(text).map(recordOf);

export type FileRefusal = { readonly kind: 'FileUnreadable'; readonly path: string; readonly reason: string };

/**
 * `karsaz figures FILE`: one JSON record per figure of the UTF-8 file, a line each. A byte order mark counts
 * as the code point that it is. Ends quietly when the reader of `out` has gone.
 */
export async function printFiguresOfFile(file: {
  path: string;
  out: Writable;
}): Promise<Result<undefined, FileRefusal>> {
  let text: string;
  try {
    text = await readFile(file.path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return refused({ kind: 'FileUnreadable', path: file.path, reason });
  }
  const sink = sinkOf(file.out);
  for (const record of figuresOfText(text)) {
    if (!(await sink(`${JSON.stringify(record)}\n`))) break;
  }
  return ok();
}

/**
 * `karsaz figures --lines`: one text per line of `input`, one JSON array of its figures per line of `out`, in
 * the same order; an empty line gives `[]`. A carriage return before the line feed and a byte order mark at
 * the head of the stream belong to no text. Ends quietly when the reader of `out` has gone.
 */
export async function printFiguresOfLines(streams: { input: Readable; out: Writable }): Promise<void> {
  const sink = sinkOf(streams.out);
  for await (const line of linesOf(streams.input)) {
    if (!(await sink(`${JSON.stringify(figuresOfText(line))}\n`))) return;
  }
}

/** The lines of a UTF-8 stream. Pieces of a long line are joined once, so that no line costs its square. */
async function* linesOf(input: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  let pieces: string[] = [];
  const finished = (): string => {
    const line = pieces.join('');
    pieces = [];
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  };
  for await (const chunk of input) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    let from = 0;
    for (let feed = text.indexOf('\n'); feed !== -1; feed = text.indexOf('\n', from)) {
      pieces.push(text.slice(from, feed));
      from = feed + 1;
      yield finished();
    }
    if (from < text.length) pieces.push(text.slice(from));
  }
  pieces.push(decoder.decode());
  const last = finished();
  // Text after the last line feed is a line; nothing after it is none.
  if (last !== '') yield last;
}

/** Writes and waits until there is room; false once the other end has closed. */
function sinkOf(out: Writable): (text: string) => Promise<boolean> {
  let closed = false;
  let failure: Error | undefined;
  let wake: (() => void) | undefined;
  const settle = (): void => {
    wake?.();
    wake = undefined;
  };
  out.on('error', (error: Error & { code?: string }) => {
    closed = true;
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') failure = error;
    settle();
  });
  out.on('close', () => {
    closed = true;
    settle();
  });
  out.on('drain', settle);
  return async (text) => {
    if (!closed && !out.write(text)) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (closed) settle();
      });
    }
    if (failure !== undefined) throw failure;
    return !closed;
  };
}
