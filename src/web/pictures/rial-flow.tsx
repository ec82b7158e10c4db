import { useId, type ReactNode } from 'react';
import { exactRials, moneyText, partOfLength, rialsOf, widthOf, type WireRial } from '../format.ts';
import { Icon } from '../kit/icon.tsx';
import { Link } from '../kit/link.tsx';
import { Money } from '../kit/money.tsx';
import { Percent } from '../kit/percent.tsx';
import { useSpeech } from '../language.tsx';

/** A place the money comes to, and where it goes from there. Children that add up to less leave a rest. */
export type FlowNode = {
  readonly id: string;
  readonly label: string;
  readonly amount: WireRial;
  /** The records of this stream. */
  readonly href?: string;
  /** How much of it is paid: fills the node from its beginning. */
  readonly paid?: WireRial;
  /** A locked share: hatched turquoise, with the lock. */
  readonly locked?: boolean;
  readonly children?: readonly FlowNode[];
};

export type RialFlowProps = {
  /** Read out before the numbers. */
  readonly title: string;
  /** The credit line; its children are the counties, theirs the branches. Up to three levels are drawn. */
  readonly line: FlowNode;
};

type Stream = FlowNode & {
  readonly sum: bigint;
  readonly depth: number;
  readonly rest: boolean;
  readonly below: readonly Stream[];
};

/** The tree with its rests: what of a node goes to none of its children is a stream too. */
function streamOf(node: FlowNode, depth: number, restLabel: string): Stream {
  const sum = rialsOf(node.amount);
  const below = (node.children ?? []).map((child) => streamOf(child, depth + 1, restLabel));
  const left = below.reduce((rest, child) => rest - child.sum, sum);
  const rest: Stream = {
    id: `${node.id}/rest`,
    label: restLabel,
    amount: left.toString(),
    sum: left,
    depth: depth + 1,
    rest: true,
    below: [],
  };
  return {
    ...node,
    sum,
    depth,
    rest: false,
    below: below.length > 0 && left > 0n ? [...below, rest] : below,
  };
}

const unitHeight = 300;
const slotLeast = 40;
const leafGap = 6;

type Placed = {
  readonly stream: Stream;
  /** The node's bar. */
  readonly top: number;
  readonly height: number;
  /** Where its stream leaves the parent's bar; null for the line itself. */
  readonly fromTop: number | null;
  readonly fromDepth: number;
};

/** A node's bar is centred on the slots of its children; thickness is money, distance is legibility. */
function place(
  stream: Stream,
  whole: bigint,
  slotTop: number,
): { readonly placed: readonly Placed[]; readonly slot: number } {
  const height = Math.max(1.5, partOfLength(stream.sum, whole, unitHeight));
  if (stream.below.length === 0) {
    const slot = Math.max(height + leafGap, slotLeast);
    const top = slotTop + (slot - height) / 2;
    return { slot, placed: [{ stream, top, height, fromTop: null, fromDepth: stream.depth - 1 }] };
  }
  let used = 0;
  const parts = stream.below.map((child) => {
    const part = place(child, whole, slotTop + used);
    used += part.slot;
    return part;
  });
  const slot = Math.max(used, height + leafGap, slotLeast);
  const top = slotTop + (slot - height) / 2;
  let leaving = top;
  const children = parts.map((part, index) => {
    const child = stream.below[index];
    const fromTop = leaving;
    leaving += partOfLength(child?.sum ?? 0n, whole, unitHeight);
    return part.placed.map((entry) => (entry.stream === child ? { ...entry, fromTop } : entry));
  });
  return {
    slot,
    placed: [{ stream, top, height, fromTop: null, fromDepth: stream.depth - 1 }, ...children.flat()],
  };
}

const depthOf = (stream: Stream): number =>
  stream.below.reduce((deepest, child) => Math.max(deepest, depthOf(child)), stream.depth);

/** Where the bars of each level stand, in thousandths of the width; the rest after the last is for its labels. */
const columnsOf = (levels: number): readonly number[] => (levels < 3 ? [0, 640] : [0, 360, 720]);
const barWidth = 10;

function ribbon(entry: Placed, columns: readonly number[]): string {
  const from = (columns[entry.fromDepth] ?? 0) + barWidth;
  const to = columns[entry.stream.depth] ?? 1000;
  const middle = (from + to) / 2;
  const start = entry.fromTop ?? 0;
  const end = entry.top;
  const below = `${start + entry.height}`;
  return [
    `M${from} ${start}`,
    `C${middle} ${start} ${middle} ${end} ${to} ${end}`,
    `V${end + entry.height}`,
    `C${middle} ${end + entry.height} ${middle} ${below} ${from} ${below}Z`,
  ].join('');
}

const kindOf = ({ locked, rest }: Stream): string => (locked === true ? 'is-locked' : rest ? 'is-rest' : '');

function Drawing({
  placed,
  columns,
  height,
}: {
  readonly placed: readonly Placed[];
  readonly columns: readonly number[];
  readonly height: number;
}): ReactNode {
  const hatch = useId();
  const fill = (stream: Stream): { readonly fill?: string } =>
    stream.locked === true ? { fill: `url(#${hatch})` } : {};
  return (
    <svg
      className="p-flow-drawing"
      viewBox={`0 0 1000 ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <defs>
        <pattern id={hatch} width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="9" height="9" className="p-flow-hatch-ground" />
          <rect width="4.5" height="9" className="p-flow-hatch-line" />
        </pattern>
      </defs>
      {placed.map((entry) =>
        entry.fromTop === null ? null : (
          <path
            key={entry.stream.id}
            className={`p-flow-ribbon ${kindOf(entry.stream)}`}
            d={ribbon(entry, columns)}
          />
        ),
      )}
      {placed.map(({ stream, top, height: size }) => (
        <g key={stream.id}>
          <rect
            className={`p-flow-node ${kindOf(stream)}`}
            x={columns[stream.depth]}
            y={top}
            width={barWidth}
            height={size}
            {...fill(stream)}
          />
          {stream.paid === undefined ? null : (
            <rect
              className="p-flow-paid"
              x={columns[stream.depth]}
              y={top}
              width={barWidth}
              height={partOfLength(rialsOf(stream.paid), stream.sum, size)}
            />
          )}
        </g>
      ))}
    </svg>
  );
}

function Name({ stream }: { readonly stream: Stream }): ReactNode {
  return (
    <>
      {stream.locked === true ? <Icon name="lock" size={13} /> : null}
      {stream.href === undefined ? (
        <span>{stream.label}</span>
      ) : (
        <Link href={stream.href}>{stream.label}</Link>
      )}
    </>
  );
}

/** The same streams as rows with bars: the table behind the picture, and the picture itself on a phone. */
function Rows({
  stream,
  whole,
  parent,
}: {
  readonly stream: Stream;
  readonly whole: bigint;
  readonly parent: bigint;
}): ReactNode {
  return (
    <li>
      <div className="p-flow-row">
        <span className="p-flow-name">
          <Name stream={stream} />
        </span>
        <span className="p-flow-sum">
          <Money rials={stream.sum} />{' '}
          <small>{stream.depth === 0 ? null : <Percent part={stream.sum} whole={parent} />}</small>
        </span>
        <span className={`p-flow-bar ${kindOf(stream)}`} style={{ inlineSize: widthOf(stream.sum, whole) }}>
          {stream.paid === undefined ? null : (
            <span style={{ inlineSize: widthOf(rialsOf(stream.paid), stream.sum) }} />
          )}
        </span>
      </div>
      {stream.below.length === 0 ? null : (
        <ul>
          {stream.below.map((child) => (
            <Rows key={child.id} stream={child} whole={whole} parent={stream.sum} />
          ))}
        </ul>
      )}
    </li>
  );
}

const anywhere = (stream: Stream, is: (stream: Stream) => boolean): boolean =>
  is(stream) || stream.below.some((child) => anywhere(child, is));

/** What the fillings mean; only those that are drawn. */
function Key({ root }: { readonly root: Stream }): ReactNode {
  const { word } = useSpeech();
  const paid = anywhere(root, (stream) => stream.paid !== undefined);
  return (
    <p className="p-flow-key">
      {paid ? (
        <>
          <span>
            <span className="p-bar-swatch is-paid" />
            {word('paidPart')}
          </span>
          <span>
            <span className="p-bar-swatch is-unpaid" />
            {word('notPaidPart')}
          </span>
        </>
      ) : null}
      {anywhere(root, (stream) => stream.locked === true) ? (
        <span>
          <span className="p-bar-swatch is-locked" />
          <Icon name="lock" size={13} /> {word('lockedPart')}
        </span>
      ) : null}
      {anywhere(root, (stream) => stream.rest) ? (
        <span>
          <span className="p-bar-swatch is-rest" />
          {word('unsliced')}
        </span>
      ) : null}
    </p>
  );
}

/** The way of a rial: from the line to the counties and their branches, each stream as thick as its money. */
export function RialFlow({ title, line }: RialFlowProps): ReactNode {
  const { word, language } = useSpeech();
  const root = streamOf(line, 0, word('unsliced'));
  const columns = columnsOf(depthOf(root) + 1);
  const { placed, slot } = place(root, root.sum, 0);
  const over = root.below.reduce((left, child) => left - child.sum, root.sum);
  return (
    <figure className="p-flow">
      <figcaption className="visually-hidden">{`${word('flowFrom')}: ${title}. ${exactRials(root.sum, language)}`}</figcaption>
      <div className="p-flow-stage" style={{ blockSize: `${slot}px` }}>
        <Drawing placed={placed} columns={columns} height={slot} />
        {placed.map(({ stream, top, height }) => (
          <span
            key={stream.id}
            className={`p-flow-label ${kindOf(stream)}`}
            title={exactRials(stream.sum, language)}
            style={{
              insetInlineStart: `calc(${((columns[stream.depth] ?? 0) + barWidth) / 10}% + 10px)`,
              insetBlockStart: `${top + height / 2}px`,
              maxInlineSize: `calc(${((columns[stream.depth + 1] ?? 1000) - (columns[stream.depth] ?? 0) - barWidth) / 10}% - 14px)`,
            }}
          >
            <span className="p-flow-name">
              <Name stream={stream} />
            </span>
            <small>{moneyText(stream.sum, language)}</small>
          </span>
        ))}
      </div>
      <Key root={root} />
      <ul className="p-flow-rows">
        <Rows stream={root} whole={root.sum} parent={root.sum} />
      </ul>
      {over < 0n ? (
        <p className="k-sign is-red" role="alert">
          <Icon name="late" size={15} />
          <span>
            {word('doesNotAddUp')} {exactRials(over, language)}
          </span>
        </p>
      ) : null}
    </figure>
  );
}
