import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import type { Decision, Reason, Remark } from './contract.ts';
import { moderate } from './rules.ts';
import { hintWords } from './words.ts';

const remarkShape = z.object({ article: z.string(), comment: z.string() });

/** A line that holds no comment; `line` counts from 1. */
export type LineComplaint = { readonly line: number };

/**
 * `karsaz moderate`: one JSON object `{"article","comment"}` a line of `input`, one JSON object
 * `{"decision","reasons"}` a line of `out`, in the same order. A line that is neither is answered with an object
 * that names it, so that no other line loses its place. Gives back the lines that were none.
 */
export async function printModerated(streams: {
  readonly input: Readable;
  readonly out: Writable;
}): Promise<LineComplaint[]> {
  const complaints: LineComplaint[] = [];
  let line = 0;
  for await (const text of createInterface({ input: streams.input, crlfDelay: Infinity })) {
    line += 1;
    const remark = remarkOf(text);
    if (remark === undefined) complaints.push({ line });
    const answer =
      remark === undefined ? { decision: 'hold', reasons: [], error: 'NotAComment' } : answerOf(remark);
    if (!streams.out.write(`${JSON.stringify(answer)}\n`))
      await new Promise((resolve) => streams.out.once('drain', resolve));
  }
  return complaints;
}

function answerOf(remark: Remark): { decision: Decision; reasons: Reason[] } {
  const { decision, hints } = moderate(remark);
  const points = Array.from(remark.comment);
  const reasons = hints.map(({ rule, start, end }) => {
    const { fa, en } = hintWords[rule](points.slice(start, end).join('').trim());
    return { rule, start, end, message: `${fa} / ${en}` };
  });
  return { decision, reasons };
}

function remarkOf(text: string): Remark | undefined {
  try {
    return remarkShape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
