import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Popover } from 'react-aria-components/Popover';
import { Bidi } from '../kit/digits.tsx';
import { DayText } from '../kit/day.tsx';
import { Facts, type Fact } from '../kit/facts.tsx';
import { Figure, type FigureProps } from '../kit/figure.tsx';
import { Icon } from '../kit/icon.tsx';
import { Link } from '../kit/link.tsx';
import { Notice } from '../kit/notice.tsx';
import { useSpeech } from '../language.tsx';

export type FigureMoment = { readonly on: string; readonly value: ReactNode };

export type FigureAddress = {
  /** What is counted and what is not, in one or two sentences. */
  readonly definition: string;
  /** What it is measured against: «از ابلاغ ۱۲٫۵ میلیارد تومان». */
  readonly base?: ReactNode;
  /** Against the period before. */
  readonly change?: ReactNode;
  /** The records behind it, and how many they are. */
  readonly list?: { readonly href: string; readonly label: string };
  /** How it stood before, newest first; days ISO. */
  readonly history?: readonly FigureMoment[];
  /** What was published wrong, and what is right. */
  readonly erratum?: { readonly on: string; readonly text: string; readonly href?: string };
  /** The address that never changes, as it is printed beside the figure. */
  readonly address?: string;
};

export type FigureWithAddressProps = Omit<FigureProps, 'href' | 'asOf'> & {
  readonly asOf?: string;
  readonly of: FigureAddress;
};

function AddressFacts({ of }: { readonly of: FigureAddress }): ReactNode {
  const { word } = useSpeech();
  const facts: readonly Fact[] = [
    { label: word('definition'), value: of.definition },
    ...(of.base === undefined ? [] : [{ label: word('base'), value: of.base }]),
    ...(of.change === undefined ? [] : [{ label: word('change'), value: of.change }]),
    ...(of.list === undefined
      ? []
      : [{ label: word('list'), value: <Link href={of.list.href}>{of.list.label}</Link> }]),
    ...(of.history === undefined || of.history.length === 0
      ? []
      : [
          {
            label: word('history'),
            value: (
              <ul className="p-address-history">
                {of.history.map((moment) => (
                  <li key={moment.on}>
                    <DayText iso={moment.on} />
                    <span>{moment.value}</span>
                  </li>
                ))}
              </ul>
            ),
          },
        ]),
    ...(of.address === undefined
      ? []
      : [{ label: word('permanentAddress'), value: <Bidi code>{of.address}</Bidi> }]),
  ];
  return <Facts facts={facts} />;
}

/** A figure that says where it comes from: the chain opens definition, base, change, list, history and erratum. */
export function FigureWithAddress({ of, asOf, ...figure }: FigureWithAddressProps): ReactNode {
  const { word } = useSpeech();
  return (
    <div className="p-address">
      <Figure {...figure} />
      <span className="k-figure-foot">
        {asOf === undefined ? null : (
          <span>
            {word('asOf')} <DayText iso={asOf} />
          </span>
        )}
        <DialogTrigger>
          <Button className="k-chain" aria-label={`${word('figureAddress')}: ${figure.label}`}>
            <Icon name="chain" size={14} />
            {word('figureAddress')}
            {of.erratum === undefined ? null : <Icon name="warning" size={13} label={word('erratum')} />}
          </Button>
          <Popover className="k-popover p-address-popover" offset={6} placement="bottom start">
            <Dialog className="p-address-dialog">
              <Heading slot="title" level={3}>
                {figure.label}
              </Heading>
              {of.erratum === undefined ? null : (
                <Notice tone="amber" title={word('erratum')}>
                  <DayText iso={of.erratum.on} />: {of.erratum.text}{' '}
                  {of.erratum.href === undefined ? null : (
                    <Link href={of.erratum.href}>{word('records')}</Link>
                  )}
                </Notice>
              )}
              <AddressFacts of={of} />
            </Dialog>
          </Popover>
        </DialogTrigger>
      </span>
    </div>
  );
}
