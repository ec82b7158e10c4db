/**
 * Cuts a text with marked figures into paragraphs and runs. Offsets are Unicode code points, as the figure
 * reader gives them; JavaScript counts UTF-16 units, so the text is cut as an array of code points.
 */
export type Span = { readonly id: string; readonly start: number; readonly end: number };

export type Run<Mark extends Span> = {
  readonly at: number;
  readonly text: string;
  readonly mark: Mark | null;
};

export type Paragraph<Mark extends Span> = {
  readonly at: number;
  readonly runs: readonly Run<Mark>[];
  readonly marks: readonly Mark[];
};

/** Marks in their order; of two that overlap the one that begins first (the longer at a tie) keeps its place. */
function apart<Mark extends Span>(marks: readonly Mark[], length: number): readonly Mark[] {
  const inOrder = marks
    .filter(({ start, end }) => start >= 0 && start < end && end <= length)
    .toSorted((a, b) => a.start - b.start || b.end - a.end);
  const kept: Mark[] = [];
  let reached = 0;
  for (const mark of inOrder) {
    if (mark.start < reached) continue;
    kept.push(mark);
    reached = mark.end;
  }
  return kept;
}

function runsOf<Mark extends Span>(
  points: readonly string[],
  from: number,
  until: number,
  marks: readonly Mark[],
): readonly Run<Mark>[] {
  const runs: Run<Mark>[] = [];
  const add = (start: number, end: number, mark: Mark | null): void => {
    if (start < end) runs.push({ at: start, text: points.slice(start, end).join(''), mark });
  };
  let reached = from;
  for (const mark of marks) {
    // A mark that runs over a line break is drawn up to the break.
    const end = Math.min(mark.end, until);
    add(reached, mark.start, null);
    add(mark.start, end, mark);
    reached = end;
  }
  add(reached, until, null);
  return runs;
}

/** The paragraphs of a text that are not empty, each with its runs and the marks that begin in it. */
export function paragraphsOf<Mark extends Span>(
  text: string,
  marks: readonly Mark[],
): readonly Paragraph<Mark>[] {
  const points = Array.from(text);
  const placed = apart(marks, points.length);
  const paragraphs: Paragraph<Mark>[] = [];
  let from = 0;
  for (let at = 0; at <= points.length; at += 1) {
    if (at < points.length && points[at] !== '\n') continue;
    const start = from;
    const own = placed.filter((mark) => mark.start >= start && mark.start < at);
    if (points.slice(start, at).some((point) => point.trim() !== '')) {
      paragraphs.push({ at: start, marks: own, runs: runsOf(points, start, at, own) });
    }
    from = at + 1;
  }
  return paragraphs;
}

/** A note of the margin: the height at which its mark stands, and its own, in pixels. */
export type NoteBox = { readonly wished: number; readonly height: number };

export const noteGap = 12;

/**
 * The tops of notes in the order of their marks: each at its mark's height or right below the note before it.
 * The chosen note comes to stand at its mark, and the ones before it make room upwards.
 */
export function noteTops(notes: readonly NoteBox[], chosen: number): number[] {
  const tops: number[] = [];
  let free = 0;
  for (const { wished, height } of notes) {
    const top = Math.max(wished, free);
    tops.push(top);
    free = top + height + noteGap;
  }
  const note = notes[chosen];
  const placed = tops[chosen];
  if (note === undefined || placed === undefined || placed <= note.wished) return tops;
  let floor = note.wished;
  tops[chosen] = floor;
  for (let at = chosen - 1; at >= 0; at -= 1) {
    floor = Math.min(tops[at] ?? 0, floor - noteGap - (notes[at]?.height ?? 0));
    tops[at] = floor;
  }
  const shift = Math.max(0, -(tops[0] ?? 0));
  for (let at = 0; at <= chosen; at += 1) tops[at] = (tops[at] ?? 0) + shift;
  free = (tops[chosen] ?? 0) + note.height + noteGap;
  for (const [at, { wished, height }] of notes.entries()) {
    if (at <= chosen) continue;
    tops[at] = Math.max(wished, free);
    free = (tops[at] ?? 0) + height + noteGap;
  }
  return tops;
}
