import type { ReactNode } from 'react';
import { exactRials, percentOf, percentPoints, rialsOf, widthOf, type WireRial } from '../format.ts';
import { Icon } from '../kit/icon.tsx';
import { Link } from '../kit/link.tsx';
import { Money } from '../kit/money.tsx';
import { Percent } from '../kit/percent.tsx';
import { useSpeech, type Speech } from '../language.tsx';
import type { Word } from '../words.ts';

/** Where the money of one envelope stands, in rials as on the wire; balances, which add up to `amount` (L1). */
export type EnvelopeStanding = {
  readonly amount: WireRial;
  /** The part of what is available that nobody's reserve locks. */
  readonly open: WireRial;
  readonly locked: WireRial;
  readonly reserved: WireRial;
  readonly referred: WireRial;
  readonly contracted: WireRial;
  readonly paid: WireRial;
  readonly repaid: WireRial;
  readonly handedBack?: WireRial;
};

export type EnvelopeStage = Exclude<keyof EnvelopeStanding, 'amount'>;

export type SliceBarProps = {
  /** What envelope it is; read out. */
  readonly title: string;
  readonly standing: EnvelopeStanding;
  /** Percent of the time between notification and deadline that has passed, 0 to 100: the tick. */
  readonly timePassed?: number;
  /** The list behind each stage. */
  readonly hrefs?: Partial<Readonly<Record<EnvelopeStage, string>>>;
  /** Other words than «قفل تعاونی‌ها» for the locked share. */
  readonly lockedLabel?: string;
  /** The bar alone, for a table cell; its text alternative stays. */
  readonly mini?: boolean;
};

/** From what came back to what is still free: what has moved fills the bar from the side where reading begins. */
const order = [
  'repaid',
  'paid',
  'contracted',
  'referred',
  'reserved',
  'locked',
  'open',
  'handedBack',
] as const satisfies readonly EnvelopeStage[];

const stageWord: Readonly<Record<EnvelopeStage, Word>> = {
  repaid: 'stageRepaid',
  paid: 'stagePaid',
  contracted: 'stageContracted',
  referred: 'stageReferred',
  reserved: 'stageReserved',
  locked: 'stageLocked',
  open: 'stageAvailable',
  handedBack: 'stageHandedBack',
};

type Segment = {
  readonly stage: EnvelopeStage;
  readonly label: string;
  readonly sum: bigint;
  readonly href: string | undefined;
};

function segmentsOf(
  { standing, lockedLabel, hrefs }: SliceBarProps,
  word: Speech['word'],
): readonly Segment[] {
  return order.map((stage) => ({
    stage,
    label: stage === 'locked' && lockedLabel !== undefined ? lockedLabel : word(stageWord[stage]),
    sum: rialsOf(standing[stage] ?? '0'),
    href: hrefs?.[stage],
  }));
}

function alternativeOf(props: SliceBarProps, segments: readonly Segment[], speech: Speech): string {
  const { language, word, digits } = speech;
  const parts = segments
    .filter(({ sum }) => sum !== 0n)
    .map(({ label, sum }) => `${label} ${exactRials(sum, language)}`);
  const time =
    props.timePassed === undefined
      ? []
      : [`${word('time')} ${percentOf(digits(props.timePassed), language)}`];
  return `${props.title}. ${[...parts, ...time].join(language === 'fa' ? '، ' : ', ')}`;
}

function Track({
  segments,
  whole,
}: {
  readonly segments: readonly Segment[];
  readonly whole: bigint;
}): ReactNode {
  return (
    <span className="p-bar-track">
      {segments.map(({ stage, sum }) =>
        sum > 0n ? (
          <span key={stage} className={`p-bar-part is-${stage}`} style={{ inlineSize: widthOf(sum, whole) }}>
            {stage === 'locked' ? <Icon name="lock" size={14} /> : null}
          </span>
        ) : null,
      )}
    </span>
  );
}

/** Absorption against time in one line: how far the money is, how far the year is, and the difference in words. */
function Pace({
  absorbed,
  timePassed,
}: {
  readonly absorbed: bigint;
  readonly timePassed: number;
}): ReactNode {
  const { word, digits, language } = useSpeech();
  const ahead = absorbed - BigInt(timePassed);
  const size = ahead < 0n ? -ahead : ahead;
  // Ten points are about a month of the year: less is not worth a colour.
  const tone = ahead >= 0n ? 'green' : size > 10n ? 'amber' : 'quiet';
  const words =
    ahead === 0n ? word('withTime') : `${digits(size)} ${word(ahead < 0n ? 'behindTime' : 'aheadOfTime')}`;
  return (
    <p className="p-bar-pace">
      <span>
        {word('absorbed')} <b>{percentOf(digits(absorbed), language)}</b>
      </span>
      <span>
        {word('time')} <b>{percentOf(digits(timePassed), language)}</b>
      </span>
      <span className={`k-sign is-${tone}`}>
        <Icon name={tone === 'amber' ? 'late' : tone === 'green' ? 'onTime' : 'time'} size={14} />
        <span>{words}</span>
      </span>
    </p>
  );
}

/** The key of the picture and the table behind it at once: every stage with its sum, its share and its list. */
function Legend({
  segments,
  whole,
}: {
  readonly segments: readonly Segment[];
  readonly whole: bigint;
}): ReactNode {
  const { word } = useSpeech();
  return (
    <table className="p-bar-key">
      <caption className="visually-hidden">{word('numbersBehind')}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{word('stage')}</th>
          <th scope="col">{word('amount')}</th>
          <th scope="col">{word('share')}</th>
        </tr>
      </thead>
      <tbody>
        {segments
          .filter(({ stage, sum }) => sum !== 0n || stage !== 'handedBack')
          .map(({ stage, label, sum, href }) => (
            <tr key={stage} className={sum === 0n ? 'is-zero' : undefined}>
              <th scope="row">
                <span className={`p-bar-swatch is-${stage}`} />
                {stage === 'locked' ? <Icon name="lock" size={13} /> : null}
                {href === undefined ? label : <Link href={href}>{label}</Link>}
              </th>
              <td>
                <Money rials={sum} />
              </td>
              <td>
                <Percent part={sum} whole={whole} />
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

/**
 * One envelope at one glance: how much was repaid, paid, contracted, is with the bank, reserved, locked and
 * open, and where time stands. It draws what it is given: parts that do not add up are told in red.
 */
export function SliceBar(props: SliceBarProps): ReactNode {
  const speech = useSpeech();
  const { language, word } = speech;
  const segments = segmentsOf(props, word);
  const whole = rialsOf(props.standing.amount);
  const missing = segments.reduce((left, { sum }) => left - sum, whole);
  const absorbed = percentPoints(rialsOf(props.standing.paid) + rialsOf(props.standing.repaid), whole);
  const { timePassed, mini = false } = props;
  const bar = (
    <div
      className={`p-bar${mini ? ' is-mini' : ''}`}
      role="img"
      aria-label={alternativeOf(props, segments, speech)}
    >
      <Track segments={segments} whole={whole} />
      {timePassed === undefined ? null : (
        <span className="p-bar-tick" style={{ insetInlineStart: `${timePassed}%` }}>
          {mini ? null : <span className={timePassed > 50 ? 'is-before' : undefined}>{word('time')}</span>}
        </span>
      )}
    </div>
  );
  if (mini) return bar;
  return (
    <figure className="p-slice">
      {timePassed === undefined ? null : <Pace absorbed={absorbed} timePassed={timePassed} />}
      {bar}
      {missing === 0n ? null : (
        <p className="k-sign is-red" role="alert">
          <Icon name="late" size={15} />
          <span>
            {word('doesNotAddUp')} {exactRials(missing, language)}
          </span>
        </p>
      )}
      <Legend segments={segments} whole={whole} />
    </figure>
  );
}
