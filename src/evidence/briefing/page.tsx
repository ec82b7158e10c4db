import { useLocation, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '#web/command.tsx';
import { dayText } from '#web/format.ts';
import { Button, IconButton } from '#web/kit/button.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { FileLink } from '#web/kit/file.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Link } from '#web/kit/link.tsx';
import { Money } from '#web/kit/money.tsx';
import { Percent } from '#web/kit/percent.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Composable } from '../composition/contract.ts';
import { capital, deskHref } from '../records/page.tsx';
import { dimensionWords } from '../records/words.ts';
import { type Asked, Choices, askedOf, useReader } from '../report/page.tsx';
import { changeNote, reportLabels } from '../report/words.ts';
import { evidenceLabels, valueWords } from '../words.ts';
import { type BriefedFigure, type Briefing, mostFigures } from './contract.ts';
import { briefingLabels, briefingTitle, cautionWords } from './words.ts';

/** What the sheet is of, as its address says it. */
type Sheet = Asked & {
  readonly programme: string | null;
  /** Null for the usual ones. */
  readonly figures: readonly string[] | null;
};

const queryOf = ({ year, county, programme, figures }: Sheet): string => {
  const query = new URLSearchParams({ year });
  if (county !== null) query.set('county', county);
  if (programme !== null) query.set('programme', programme);
  if (figures !== null) query.set('figures', figures.join(','));
  return query.toString();
};

// ---- the figures

function Value({ value, unit }: { readonly value: string | null } & Pick<BriefedFigure, 'unit'>): ReactNode {
  if (value === null) return '—';
  if (unit === 'rial') return <Money rials={value} />;
  return unit === 'percent' ? <Percent points={value} /> : <Digits value={BigInt(value)} />;
}

function useColumns({ until }: Briefing): readonly Column<BriefedFigure>[] {
  const { say } = useSpeech();
  const based = (
    key: 'base' | 'wholeBase',
    label: 'base' | 'wholeBase' | 'yearBefore' = key,
  ): Column<BriefedFigure> => ({
    key,
    title: say(briefingLabels[label]),
    align: 'figure',
    render: (one) => <Value value={one[key]?.value ?? null} unit={one.unit} />,
  });
  return [
    { key: 'title', title: say(briefingLabels.figure), render: ({ title }) => capital(say(title)) },
    {
      key: 'value',
      title: say(briefingLabels.value),
      align: 'figure',
      render: ({ value, unit, records }) => (
        <Link href={deskHref(records)}>
          <Value value={value} unit={unit} />
        </Link>
      ),
    },
    ...(until === null ? [based('base', 'yearBefore')] : [based('base'), based('wholeBase')]),
    {
      key: 'change',
      title: say(briefingLabels.change),
      align: 'figure',
      render: ({ change, unit }) =>
        unit === 'percent' && change !== null ? (
          say(valueWords(change, 'points'))
        ) : (
          <Value value={change} unit="percent" />
        ),
    },
  ];
}

/** How a figure is said, and what may not be said of it. */
function Saying({ figure }: { readonly figure: BriefedFigure }): ReactNode {
  const { say } = useSpeech();
  return (
    <Section
      title={capital(say(figure.title))}
      aside={
        figure.published === null ? (
          <span className="k-hint">{say(briefingLabels.unpublished)}</span>
        ) : (
          <a href={figure.published}>
            {say(briefingLabels.address)} <bdi>{`${window.location.origin}${figure.published}`}</bdi>
          </a>
        )
      }
    >
      <p className="k-hint">{capital(say(figure.definition))}</p>
      {figure.sentence === null ? null : (
        <p lang="fa" dir="rtl">
          <strong>{say(briefingLabels.say)}:</strong> {figure.sentence}
        </p>
      )}
      {figure.cautions.length === 0 ? null : (
        <>
          <p>
            <strong>{say(briefingLabels.unsaid)}:</strong>
          </p>
          <ul className="k-points">
            {figure.cautions.map((caution) => {
              const words = say(cautionWords(caution, figure));
              return <li key={words}>{words}</li>;
            })}
          </ul>
        </>
      )}
    </Section>
  );
}

function BriefingView({ sheet }: { readonly sheet: Sheet }): ReactNode {
  const { say, language } = useSpeech();
  const address = `/api/provinces/${sheet.province ?? ''}/briefing` as const;
  const { data, error, refetch } = useAnswer<Briefing>(`${address}?${queryOf(sheet)}`);
  const columns = useColumns(
    data ?? { place: { fa: '', en: '' }, year: 0, until: null, figures: [], silent: [] },
  );
  if (error !== null) return <ProblemNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={10} />;
  const { figures, silent, until, place, year } = data;
  return (
    <>
      <Section
        title={say(briefingTitle(place, year))}
        aside={
          <div className="k-row">
            <FileLink href={`${address}/export?${queryOf(sheet)}&language=${language}`}>
              {say(reportLabels.pdf)}
            </FileLink>
            <PrintButton />
          </div>
        }
      >
        {until === null ? null : (
          <p className="k-hint">
            {say(reportLabels.until)} {dayText(until, language)}
          </p>
        )}
        {figures.length === 0 ? (
          <Empty title={say(briefingLabels.none)}>{say(briefingLabels.noneHelp)}</Empty>
        ) : (
          <DataTable
            caption={say(briefingTitle(place, year))}
            columns={columns}
            rows={figures}
            rowKey={({ indicator }) => indicator}
          />
        )}
        <p className="k-hint">{say(changeNote(until === null ? 'whole' : 'so_far', false))}</p>
      </Section>
      {figures.map((figure) => (
        <Saying key={figure.indicator} figure={figure} />
      ))}
      {silent.length === 0 ? null : (
        <Section title={say(briefingLabels.silent)}>
          <ul className="k-points">
            {silent.map(({ indicator, title }) => (
              <li key={indicator}>{capital(say(title))}</li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

// ---- what is asked about

type Choosing = { readonly sheet: Sheet; readonly onChange: (change: Partial<Sheet>) => void };

function Figures({ sheet, onChange }: Choosing): ReactNode {
  const { say } = useSpeech();
  const { data } = useAnswer<Composable>('/api/composable-figures');
  const all = data?.indicators ?? [];
  const { figures, county } = sheet;
  const of = county === null ? 'province' : 'county';
  const titleOf = (id: string): string => {
    const found = all.find(({ indicator }) => indicator === id);
    return found === undefined ? id : capital(say(found.title));
  };
  const add = (id: string | null): void => {
    if (id !== null) onChange({ figures: [...(figures ?? []), id] });
  };
  return (
    <>
      <div className="k-choices">
        <Select
          label={say(briefingLabels.programme)}
          name="programme"
          required
          value={sheet.programme ?? ''}
          onChange={(programme) => onChange({ programme: programme === '' ? null : programme })}
          choices={[
            { key: '', label: say(briefingLabels.allProgrammes) },
            ...Object.entries(dimensionWords['programme']?.values ?? {}).map(([key, word]) => ({
              key,
              label: say(word),
            })),
          ]}
        />
        {(figures?.length ?? 0) >= mostFigures ? null : (
          <ComboBox
            key={figures?.join(',') ?? ''}
            label={say(briefingLabels.add)}
            name="figure"
            value={null}
            onChange={add}
            choices={all
              .filter(
                ({ place, indicator }) =>
                  (place === 'either' || place === of) && !figures?.includes(indicator),
              )
              .map(({ indicator, title }) => ({ key: indicator, label: capital(say(title)) }))}
          />
        )}
      </div>
      {figures === null ? null : (
        <ul className="k-stack">
          {figures.map((id) => (
            <li key={id} className="k-row" style={{ alignItems: 'center' }}>
              <span>{titleOf(id)}</span>
              <IconButton
                icon="close"
                label={`${say(briefingLabels.remove)}: ${titleOf(id)}`}
                onPress={() => {
                  const left = figures.filter((one) => one !== id);
                  onChange({ figures: left.length === 0 ? null : left });
                }}
              />
            </li>
          ))}
          <li>
            <Button onPress={() => onChange({ figures: null })}>{say(briefingLabels.usual)}</Button>
          </li>
        </ul>
      )}
    </>
  );
}

/** One page before a press talk. */
export function BriefingPage(): ReactNode {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const search = new URLSearchParams(useLocation().searchStr);
  const reader = useReader();
  const head = (
    <PageHead
      title={say(briefingLabels.briefing)}
      path={[
        { label: say(evidenceLabels.evidence), href: '/evidence' },
        { label: say(briefingLabels.briefing) },
      ]}
    >
      {say(briefingLabels.lead)}
    </PageHead>
  );
  if (reader === undefined)
    return (
      <>
        {head}
        <Skeleton rows={10} />
      </>
    );
  const sheet: Sheet = {
    ...askedOf(search, reader, reader.provinces[0]?.slug ?? null),
    programme: search.get('programme'),
    figures: search.get('figures')?.split(',') ?? null,
  };
  const change = (changed: Partial<Sheet>): void => {
    const { figures, ...next } = { ...sheet, ...changed };
    const entries = Object.entries(next).flatMap(([key, value]) => (value === null ? [] : [[key, value]]));
    if (figures !== null) entries.push(['figures', figures.join(',')]);
    void navigate({ to: '/evidence/briefing', search: Object.fromEntries(entries), replace: true });
  };
  return (
    <>
      {head}
      <Choices asked={sheet} reader={reader} onChange={change} all={false} />
      <Figures sheet={sheet} onChange={change} />
      <BriefingView key={JSON.stringify(sheet)} sheet={sheet} />
    </>
  );
}
