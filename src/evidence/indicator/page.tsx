import { useLocation, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { County, Province } from '#place/contract.ts';
import { useAnswer, type Path } from '#web/command.tsx';
import { dayText, rialsOf } from '#web/format.ts';
import { DayText } from '#web/kit/day.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { Facts, type Fact } from '#web/kit/facts.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { Percent } from '#web/kit/percent.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { useSpeech } from '#web/language.tsx';
import { usePages } from '#web/paged.tsx';
import type { RecordAnswer, RecordsPage } from '../contract.ts';
import { PublishButton } from '../publication/page.tsx';
import {
  RecordsList,
  capital,
  conditionOf,
  deskHref,
  pointsText,
  recordsPath,
  useNames,
} from '../records/page.tsx';
import { dimensionWords, recordsLabels } from '../records/words.ts';
import { evidenceLabels } from '../words.ts';

const yearLabels = {
  budget_year: recordsLabels.budgetYear,
  happened: recordsLabels.happenedYear,
  standing: recordsLabels.standingYear,
} as const;

// ---- what was counted

function Conditions({
  asked,
  year,
}: {
  readonly asked: URLSearchParams;
  readonly year: RecordsPage['year'];
}): ReactNode {
  const { say, digits, language } = useSpeech();
  const names = useNames();
  const province = asked.get('province') ?? '';
  const county = asked.get('county');
  const provinces = useAnswer<{ readonly provinces: readonly Province[] }>('/api/provinces').data?.provinces;
  const { data } = useAnswer<{ readonly counties: readonly County[] }>(
    county === null ? null : `/api/provinces/${province}/counties`,
  );
  const called = (one: { readonly nameFa: string; readonly nameEn: string } | undefined, code: string) =>
    one === undefined ? code : say({ fa: one.nameFa, en: one.nameEn });
  const listed = (column: string, values: readonly string[]): string =>
    values.map((value) => names(column, value) ?? value).join(language === 'fa' ? '، ' : ', ');
  const titleOf = (column: string): string =>
    say(dimensionWords[column]?.title ?? { fa: column, en: column });
  const facts: readonly (Fact | null)[] = [
    {
      label: say(evidenceLabels.province),
      value: called(
        provinces?.find((one) => one.slug === province),
        province,
      ),
    },
    {
      label: say(evidenceLabels.county),
      value:
        county === null
          ? say(evidenceLabels.wholeProvince)
          : called(
              data?.counties.find((one) => one.countyCode === county),
              county,
            ),
    },
    asked.has('year')
      ? {
          label: say(yearLabels[year]),
          value: digits(asked.get('year') ?? ''),
        }
      : null,
    ...(['from', 'until'] as const).map((name) => {
      const day = asked.get(name);
      return day === null ? null : { label: say(recordsLabels[name]), value: <DayText iso={day} /> };
    }),
    ...conditionOf(asked.get('only')).map(([column, values]) => ({
      label: titleOf(column),
      value: listed(column, values),
    })),
    ...conditionOf(asked.get('without')).map(([column, values]) => ({
      label: `${titleOf(column)}، ${say(recordsLabels.without)}`,
      value: listed(column, values),
    })),
  ];
  return <Facts facts={facts.filter((fact) => fact !== null)} />;
}

// ---- its value and its page

/** A ratio: its value, and its two figures with the way to the list of each. */
function Ratio({ page }: { readonly page: RecordsPage }): ReactNode {
  const { say } = useSpeech();
  const roles = [recordsLabels.numerator, recordsLabels.denominator];
  return (
    <Section title={say(recordsLabels.ratio)}>
      <p style={{ color: 'var(--ink-2)', marginBlockEnd: 'var(--s2)' }}>{say(recordsLabels.ratioHelp)}</p>
      <Figures>
        {page.parts.map((part, place) => (
          <Figure
            key={part.indicator}
            label={`${say(roles[place] ?? recordsLabels.value)}: ${say(part.title)}`}
            value={<Money rials={part.value} exact />}
            href={deskHref(part.records)}
          />
        ))}
      </Figures>
    </Section>
  );
}

/** The value of a page: of a ratio it is made of its two figures, to two decimals. */
function RecordsValue({
  page,
  exact = false,
}: {
  readonly page: RecordsPage;
  readonly exact?: boolean;
}): ReactNode {
  const [above, below] = page.parts;
  if (above !== undefined && below !== undefined) {
    const whole = rialsOf(below.value);
    return whole === 0n ? '—' : <Percent points={pointsText(rialsOf(above.value), whole)} />;
  }
  if (page.unit === 'rial') return <Money rials={page.value} exact={exact} />;
  return <Digits value={BigInt(page.value)} />;
}

function Records({ path, asked }: { readonly path: Path; readonly asked: URLSearchParams }): ReactNode {
  const { say, digits, language } = useSpeech();
  const pages = usePages<RecordAnswer, RecordsPage>(path);
  const crumbs = [
    { label: say(evidenceLabels.evidence), href: '/evidence' },
    { label: say(evidenceLabels.records) },
  ];
  const page = pages.first;
  if (page === undefined)
    return (
      <>
        <PageHead title={say(evidenceLabels.records)} path={crumbs} />
        {pages.error === null ? (
          <Skeleton rows={8} />
        ) : (
          <ProblemNotice error={pages.error} onRetry={pages.refetch} />
        )}
      </>
    );
  const ratio = page.parts.length > 0;
  const until = asked.get('until');
  return (
    <>
      <PageHead
        title={capital(say(page.title))}
        path={crumbs}
        actions={
          <>
            <PublishButton page={page} asked={asked} />
            <PrintButton />
          </>
        }
      >
        {capital(say(page.definition))}.
      </PageHead>
      <div className="k-columns">
        <Figure
          label={
            until === null
              ? say(recordsLabels.value)
              : `${say(recordsLabels.value)}، ${say(recordsLabels.until)} ${dayText(until, language)}`
          }
          value={<RecordsValue page={page} exact />}
          {...(ratio ? {} : { detail: `${digits(page.count)} ${say(recordsLabels.count)}` })}
        />
        <Conditions asked={asked} year={page.year} />
      </div>
      <ProblemNotice error={pages.error} onRetry={pages.refetch} />
      {ratio ? <Ratio page={page} /> : <RecordsList path={path} asked={asked} page={page} pages={pages} />}
    </>
  );
}

/** The records behind a figure: what was counted, its value, and the list that adds up to it. */
export function IndicatorPage(): ReactNode {
  const { say } = useSpeech();
  const { indicator = '' }: { indicator?: string } = useParams({ strict: false });
  // The raw text: a search that is parsed would take the code of a county for a number.
  const asked = new URLSearchParams(useLocation().searchStr);
  if (!asked.has('province'))
    return (
      <>
        <PageHead
          title={say(evidenceLabels.records)}
          path={[{ label: say(evidenceLabels.evidence), href: '/evidence' }]}
        />
        <Notice tone="amber" title={say(recordsLabels.noAddress)} />
      </>
    );
  const path = recordsPath(`/evidence/records/${indicator}?${asked.toString()}`);
  return <Records key={path} path={path} asked={asked} />;
}
