import type { ReactNode } from 'react';
import { useSpeech } from '../language.tsx';
import { DayText } from './day.tsx';
import { Icon, type IconName } from './icon.tsx';
import { Link } from './link.tsx';

export type Qualifier = 'exact' | 'about' | 'at_least' | 'at_most';

const qualifierWord = { exact: 'exactly', about: 'about', at_least: 'atLeast', at_most: 'atMost' } as const;

export type FigureProps = {
  readonly label: string;
  /** `<Money>`, `<Digits>` or `<Percent>`; or text already in the page's digits. */
  readonly value: ReactNode;
  /** The unit beside the number when the number does not carry it: «نفر», «واحد». */
  readonly unit?: string;
  readonly qualifier?: Qualifier;
  /** ISO day at whose end the figure stood. */
  readonly asOf?: string;
  /** The list behind the figure (L8): drawn as the chain sign. */
  readonly href?: string;
  /** A small line below: share, rank, exact rial. */
  readonly detail?: ReactNode;
  readonly tone?: 'plain' | 'locked' | 'green' | 'amber' | 'red';
  readonly icon?: IconName;
};

/** A number one may quote: with its unit, how exact it is, its day and the way to its records. */
export function Figure(props: FigureProps): ReactNode {
  const { label, value, unit, qualifier, asOf, href, detail, tone = 'plain', icon } = props;
  const { word } = useSpeech();
  const sign = icon ?? (tone === 'locked' ? 'lock' : undefined);
  return (
    <div className={`k-figure is-${tone}`}>
      <span className="k-figure-label">
        {sign === undefined ? null : <Icon name={sign} size={14} />}
        {label}
      </span>
      <strong className="k-figure-value">
        {qualifier === undefined || qualifier === 'exact' ? null : (
          <small className="k-figure-qualifier">{word(qualifierWord[qualifier])} </small>
        )}
        {value}
        {unit === undefined ? null : <small> {unit}</small>}
      </strong>
      {detail === undefined ? null : <span className="k-figure-detail">{detail}</span>}
      {asOf === undefined && href === undefined ? null : (
        <span className="k-figure-foot">
          {asOf === undefined ? null : (
            <span>
              {word('asOf')} <DayText iso={asOf} />
            </span>
          )}
          {href === undefined ? null : (
            <Link href={href} className="k-chain">
              <Icon name="chain" size={14} />
              {word('records')}
            </Link>
          )}
        </span>
      )}
    </div>
  );
}

/** Figures side by side; on a phone two by two. */
export function Figures({ children }: { readonly children: ReactNode }): ReactNode {
  return <div className="k-figures">{children}</div>;
}
