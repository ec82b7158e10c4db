import type { UseQueryResult } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { SessionAnswer } from '#access/contract.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import type { Province } from '#place/contract.ts';
import { useAnswer } from '#web/command.tsx';
import { unitWords, type MoneyScale } from '#web/format.ts';
import type { Crumb } from '#web/kit/breadcrumb.tsx';
import { LinkButton } from '#web/kit/button.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Line } from '../contract.ts';
import { lineLabels } from '../line/words.ts';
import { creditLabels, creditNames, programmeWords } from '../words.ts';

// ---- addresses of the room

type CreditPath = `/api/provinces/${string}/credit/${string}`;

export const apiOf = (province: string, rest: string): CreditPath =>
  `/api/provinces/${province}/credit/${rest}`;

const creditsHref = (province: string): string => `/credit/${province}`;
export const lineHref = (province: string, lineId: string): string => `/credit/${province}/lines/${lineId}`;
export const newLineHref = (province: string): string => `/credit/${province}/lines/new`;
export const sliceHref = (province: string, sliceId: string): string =>
  `/credit/${province}/slices/${sliceId}`;
export const divideHref = (province: string, sliceId: string): string =>
  `${sliceHref(province, sliceId)}/divide`;
export const scenarioHref = (province: string, lineId: string): string =>
  `${lineHref(province, lineId)}/scenario`;
export const sharesHref = (province: string, lineId: string): string =>
  `${lineHref(province, lineId)}/shares`;
export const lapseHref = (province: string, lineId: string): string => `${lineHref(province, lineId)}/lapse`;
export const reallocationHref = (province: string, sliceId: string): string =>
  `${sliceHref(province, sliceId)}/reallocate`;
export const transferHref = (province: string, reallocationId: string): string =>
  `/credit/${province}/reallocations/${reallocationId}`;
export const redivideHref = (province: string, sliceId: string): string =>
  `${sliceHref(province, sliceId)}/redivide`;
export const redivisionHref = (province: string, redivisionId: string): string =>
  `/credit/${province}/redivisions/${redivisionId}`;
export const versionsHref = (province: string, sliceId: string): string =>
  `${sliceHref(province, sliceId)}/versions`;
export const openingsHref = (province: string, lineId: string): string =>
  `${lineHref(province, lineId)}/openings`;
export const openingHref = (province: string, openingId: string): string =>
  `/credit/${province}/openings/${openingId}`;
export const slicingHref = (province: string, slicingId: string): string =>
  `/credit/${province}/slicings/${slicingId}`;

/** A part of the address, `''` when the page's path has no such part. */
export function useAddress(
  name: 'province' | 'line' | 'slice' | 'slicing' | 'reallocation' | 'redivision' | 'opening',
): string {
  const parameters: Readonly<Record<string, unknown>> = useParams({ strict: false });
  const value = parameters[name];
  return typeof value === 'string' ? value : '';
}

/** Where the role that the reader has chosen stands. */
export function useOwnPlace(): {
  /** Null for roles that read every province. */
  readonly province: string | null;
  /** The reader sees one county: every sum is of its slices. */
  readonly isCounty: boolean;
  readonly asked: UseQueryResult;
} {
  const asked = useAnswer<SessionAnswer>('/api/session');
  const grant = asked.data?.grants.find((one) => one.grantId === asked.data.grantId);
  return { province: grant?.provinceSlug ?? null, isCounty: grant?.countyCode != null, asked };
}

export const useProvinces = (): readonly Province[] | undefined =>
  useAnswer<{ readonly provinces: readonly Province[] }>('/api/provinces').data?.provinces;

// ---- names

export const provinceName = (line: Line): Bilingual => ({ fa: line.provinceFa, en: line.provinceEn });

/** «مشاغل خانگی ۱۴۰۲» */
export function useLineName(): (line: Line) => string {
  const { say, digits } = useSpeech();
  return (line) => `${say(programmeWords[line.programme])} ${digits(line.budgetYear)}`;
}

/** The name of a state of the room's cases; its code where it has none. */
export const stateWords = (state: string): Bilingual =>
  new Map<string, Bilingual>(Object.entries(creditNames.states)).get(state) ?? { fa: state, en: state };

/** The state of a line or of a proposal in one word, with its sign. */
export function StateSign({ state }: { readonly state: string }): ReactNode {
  const { say } = useSpeech();
  const done = ['open', 'extended', 'approved', 'paid', 'confirmed'].includes(state);
  const over = ['closed', 'withdrawn', 'released', 'discarded'].includes(state);
  const tone = done ? 'green' : over ? 'quiet' : 'amber';
  const signs = { green: 'check', amber: 'time', quiet: 'close' } as const;
  return (
    <Sign tone={tone} icon={signs[tone]}>
      {say(stateWords(state))}
    </Sign>
  );
}

/** The unit of all sums of a table, beside its heading. */
export function UnitOf({ scale }: { readonly scale: MoneyScale }): ReactNode {
  const { say } = useSpeech();
  return <span className="k-hint">{`${say(lineLabels.columnUnit)} ${say(unitWords[scale.unit])}`}</span>;
}

/** The way from the list of credits down to a line. */
export function useLinePath(): (province: string, line: Line | undefined) => readonly Crumb[] {
  const { say } = useSpeech();
  const nameOf = useLineName();
  return (province, line) => [
    { label: say(creditLabels.credits), href: creditsHref(province) },
    ...(line === undefined ? [] : [{ label: nameOf(line), href: lineHref(province, line.id) }]),
  ];
}

// ---- what a page waits for

/** The page of an answer: its skeleton while it comes, the reason and a way on when it does not. */
export function Answered<Answer>({
  asked,
  title,
  province,
  children,
}: {
  readonly asked: UseQueryResult<Answer>;
  /** What stands as the title until the answer has its own. */
  readonly title: string;
  readonly province: string;
  readonly children: (answer: Answer) => ReactNode;
}): ReactNode {
  const { say } = useSpeech();
  const pathTo = useLinePath();
  if (asked.data !== undefined) return children(asked.data);
  if (asked.error !== null) {
    return (
      <>
        <PageHead title={title} path={pathTo(province, undefined)} />
        <div className="k-stack">
          <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
          <LinkButton href={creditsHref(province)} icon="credit">
            {say(lineLabels.backToCredits)}
          </LinkButton>
        </div>
      </>
    );
  }
  return (
    <>
      <PageHead title={title} path={pathTo(province, undefined)} />
      <Skeleton height={72} />
      <br />
      <Skeleton height={120} />
      <br />
      <Skeleton rows={8} />
    </>
  );
}
