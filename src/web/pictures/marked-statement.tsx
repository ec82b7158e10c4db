import {
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { Icon, type IconName } from '../kit/icon.tsx';
import { Link } from '../kit/link.tsx';
import { useSpeech } from '../language.tsx';
import type { Word } from '../words.ts';
import { noteTops, paragraphsOf, type Paragraph } from './marked-text.ts';

export type Verdict = 'supported' | 'contradicted' | 'ambiguous' | 'promise' | 'no_record' | 'not_a_claim';

export type StatementMark = {
  readonly id: string;
  /** Unicode code points into `text`, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly verdict: Verdict;
  /** After the verdict's word: «۱۲٫۵ میلیارد تومان ابلاغ‌شده». */
  readonly heading?: string;
  /** Why, in one or two sentences; phrasing content only, it stands in a paragraph. */
  readonly reason: ReactNode;
  readonly records?: readonly { readonly href: string; readonly label: string }[];
  /** Buttons of the page, e.g. «اصلاح متن». */
  readonly actions?: ReactNode;
};

export type MarkedStatementProps = {
  readonly text: string;
  readonly marks: readonly StatementMark[];
  /** The chosen mark when the page holds the choice. */
  readonly chosen?: string | null;
  readonly onChoose?: (id: string) => void;
};

export const verdictLook: Readonly<Record<Verdict, { readonly word: Word; readonly icon: IconName }>> = {
  supported: { word: 'verdictSupported', icon: 'supported' },
  contradicted: { word: 'verdictContradicted', icon: 'contradicted' },
  ambiguous: { word: 'verdictAmbiguous', icon: 'ambiguous' },
  promise: { word: 'verdictPromise', icon: 'promise' },
  no_record: { word: 'verdictNoRecord', icon: 'noRecord' },
  not_a_claim: { word: 'verdictNotAClaim', icon: 'notAClaim' },
};

const verdictOrder: readonly Verdict[] = [
  'supported',
  'contradicted',
  'ambiguous',
  'promise',
  'no_record',
  'not_a_claim',
];

/** How many of each: «۴ تأیید · ۱ نادرست». Above the statement, and in print. */
export function VerdictCount({
  marks,
}: {
  readonly marks: readonly Pick<StatementMark, 'verdict'>[];
}): ReactNode {
  const { word, digits } = useSpeech();
  return (
    <ul className="p-verdicts" aria-label={word('verdicts')}>
      {verdictOrder.map((verdict) => {
        const count = marks.filter((mark) => mark.verdict === verdict).length;
        const { word: name, icon } = verdictLook[verdict];
        return count === 0 ? null : (
          <li key={verdict} className={`p-verdict is-${verdict}`}>
            <Icon name={icon} size={15} />
            <b>{digits(count)}</b> {word(name)}
          </li>
        );
      })}
    </ul>
  );
}

type NoteTops = Readonly<Record<string, number>>;
type Margin = { readonly tops: NoteTops; readonly height: number };

/** Measures marks and notes of the drawn statement; `chosen` comes to stand beside its mark. */
function measured(article: HTMLElement, chosen: string | null): Margin {
  const origin = article.getBoundingClientRect().top;
  const notes = [...article.querySelectorAll<HTMLElement>('[data-note]')];
  const boxes = notes.map((note) => {
    const mark = article.querySelector(`[data-mark="${CSS.escape(note.dataset['note'] ?? '')}"]`);
    const top = mark?.getClientRects()[0]?.top ?? origin;
    return { wished: Math.round(top - origin), height: note.offsetHeight };
  });
  const tops = noteTops(
    boxes,
    notes.findIndex((note) => note.dataset['note'] === chosen),
  );
  const last = (tops.at(-1) ?? 0) + (boxes.at(-1)?.height ?? 0);
  return {
    height: last,
    tops: Object.fromEntries(notes.map((note, at) => [note.dataset['note'] ?? '', tops[at] ?? 0])),
  };
}

/**
 * Where each note stands in the margin; measured after drawing and again when the statement or a note, which
 * may unfold its records, changes its size.
 */
function useMargin(
  box: RefObject<HTMLElement | null>,
  chosen: string | null,
  marks: readonly StatementMark[],
): Margin {
  const [margin, setMargin] = useState<Margin>({ tops: {}, height: 0 });
  useLayoutEffect(() => {
    const article = box.current;
    if (article === null) return undefined;
    const measure = (): void => {
      const next = measured(article, chosen);
      setMargin((now) => (now.height === next.height && sameTops(now.tops, next.tops) ? now : next));
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(article);
    for (const { id } of marks) {
      const note = article.querySelector(`[data-note="${CSS.escape(id)}"]`);
      if (note !== null) watcher.observe(note);
    }
    return () => watcher.disconnect();
  }, [box, chosen, marks]);
  return margin;
}

const sameTops = (a: NoteTops, b: NoteTops): boolean =>
  Object.keys(a).length === Object.keys(b).length && Object.entries(b).every(([id, top]) => a[id] === top);

function Note({
  mark,
  chosen,
  top,
  onChoose,
}: {
  readonly mark: StatementMark;
  readonly chosen: boolean;
  readonly top: number | undefined;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const { word } = useSpeech();
  const { word: name, icon } = verdictLook[mark.verdict];
  return (
    <li
      id={`note-${mark.id}`}
      data-note={mark.id}
      className={`p-note is-${mark.verdict}${chosen ? ' is-chosen' : ''}`}
      style={top === undefined ? undefined : { insetBlockStart: `${top}px` }}
    >
      <button type="button" className="p-note-head" aria-pressed={chosen} onClick={() => onChoose(mark.id)}>
        <Icon name={icon} size={16} />
        <span>
          <b>{word(name)}</b>
          {mark.heading === undefined ? null : <> · {mark.heading}</>}
        </span>
      </button>
      <p>
        {mark.reason}
        {(mark.records ?? []).map((record) => (
          <Link key={record.href} href={record.href} className="k-chain">
            <Icon name="chain" size={13} />
            {record.label}
          </Link>
        ))}
      </p>
      {mark.actions === undefined ? null : <div className="k-row no-print">{mark.actions}</div>}
    </li>
  );
}

function MarkedRun({
  mark,
  text,
  chosen,
  onChoose,
}: {
  readonly mark: StatementMark;
  readonly text: string;
  readonly chosen: boolean;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const { word } = useSpeech();
  const { word: name, icon } = verdictLook[mark.verdict];
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    onChoose(mark.id);
  };
  // A mark runs over the end of a line, which a <button> cannot: hence the role on an inline element.
  return (
    <span
      className={`p-mark is-${mark.verdict}${chosen ? ' is-chosen' : ''}`}
      data-mark={mark.id}
      role="button"
      tabIndex={0}
      aria-pressed={chosen}
      {...(mark.verdict === 'not_a_claim' && !chosen ? {} : { 'aria-describedby': `note-${mark.id}` })}
      onClick={() => onChoose(mark.id)}
      onKeyDown={press}
    >
      {text}
      <span className="p-mark-sign">
        {'\u2060'}
        <Icon name={icon} size={13} />
        <span className="visually-hidden"> ({word(name)})</span>
      </span>
    </span>
  );
}

function StatementParagraph({
  paragraph,
  chosen,
  tops,
  onChoose,
}: {
  readonly paragraph: Paragraph<StatementMark>;
  readonly chosen: string | null;
  readonly tops: NoteTops;
  readonly onChoose: (id: string) => void;
}): ReactNode {
  const noted = paragraph.marks.filter((mark) => mark.verdict !== 'not_a_claim' || mark.id === chosen);
  return (
    <div className="p-paragraph">
      <p dir="auto">
        {paragraph.runs.map((run) =>
          run.mark === null ? (
            <span key={run.at}>{run.text}</span>
          ) : (
            <MarkedRun
              key={run.at}
              mark={run.mark}
              text={run.text}
              chosen={chosen === run.mark.id}
              onChoose={onChoose}
            />
          ),
        )}
      </p>
      {noted.length === 0 ? null : (
        <ol className="p-notes">
          {noted.map((mark) => (
            <Note
              key={mark.id}
              mark={mark}
              chosen={chosen === mark.id}
              top={tops[mark.id]}
              onChoose={onChoose}
            />
          ))}
        </ol>
      )}
    </div>
  );
}

/**
 * A press statement with its figures underlined by verdict, each with its sign, and the reasons in the margin
 * at the same height (below the paragraph on a phone and in print). Choosing a figure shows its reason, and
 * the other way round. Figures that make no claim are underlined thinly; their note shows when chosen.
 */
export function MarkedStatement({ text, marks, chosen, onChoose }: MarkedStatementProps): ReactNode {
  const [own, setOwn] = useState<string | null>(null);
  const box = useRef<HTMLElement>(null);
  const now = chosen === undefined ? own : chosen;
  const { tops, height } = useMargin(box, now, marks);
  const choose = (id: string): void => {
    setOwn(id);
    onChoose?.(id);
  };
  // On a phone the reason stands below the paragraph, perhaps out of sight.
  useEffect(() => {
    if (now !== null) document.getElementById(`note-${now}`)?.scrollIntoView({ block: 'nearest' });
  }, [now]);
  return (
    <article className="p-statement" ref={box} style={{ ['--notes' as string]: `${height}px` }}>
      {paragraphsOf(text, marks).map((paragraph) => (
        <StatementParagraph
          key={paragraph.at}
          paragraph={paragraph}
          chosen={now}
          tops={tops}
          onChoose={choose}
        />
      ))}
    </article>
  );
}
