import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { SessionAnswer } from '#access/contract.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { TextField } from '#web/kit/field.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { usePages, type PageOf } from '#web/paged.tsx';
import { DeadlineSign } from '#web/pictures/case-line.tsx';
import { BulkBar, bulkActsOn, type Kind } from '../task/page.tsx';
import { caseLabels } from '../words.ts';
import { type CaseRow, type Counts, type SavedView, type Tab, tabs } from './contract.ts';

type List = PageOf<CaseRow> & { readonly narrow: boolean };
type Province = { readonly provinceId: number; readonly nameFa: string; readonly nameEn: string };

/** The province of the reader; those who read all choose one. */
export function useProvince(): { readonly provinceId: number | null; readonly chooses: boolean } {
  const asked: unknown = useSearch({ strict: false });
  const session = useAnswer<SessionAnswer>('/api/session').data;
  const own = session?.actor?.scope.province;
  if (own === undefined) return { provinceId: null, chooses: false };
  if (own !== 'all') return { provinceId: own, chooses: false };
  const chosen: unknown =
    typeof asked === 'object' && asked !== null ? Reflect.get(asked, 'province') : undefined;
  return { provinceId: typeof chosen === 'number' ? chosen : firstProvince, chooses: true };
}

/** Where those who read every province begin: the statistical code of Markazi is the lowest. */
const firstProvince = 0;

type Filter = { tab: Tab; kind: string; state: string; search: string };
const noFilter: Filter = { tab: 'role', kind: '', state: '', search: '' };

function useFilter(): [Filter, (change: Partial<Filter> & { province?: number }) => void] {
  const asked: unknown = useSearch({ strict: false });
  const navigate = useNavigate();
  const read = (key: string): string => {
    const value: unknown = typeof asked === 'object' && asked !== null ? Reflect.get(asked, key) : undefined;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const filter = {
    tab: tabs.find((tab) => tab === read('tab')) ?? 'role',
    kind: read('kind'),
    state: read('state'),
    search: read('search'),
  };
  return [
    filter,
    (change) => {
      const kept = Object.entries({ ...Object(asked), ...filter, ...change }).filter(
        ([, value]) => value !== '',
      );
      void navigate({ to: '.', search: Object.fromEntries(kept), replace: true });
    },
  ];
}

const queryOf = (filter: Filter): string =>
  new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== '')).toString();

export function InboxPage(): ReactNode {
  const { say } = useSpeech();
  const { provinceId, chooses } = useProvince();
  const [filter, change] = useFilter();
  return (
    <>
      <PageHead title={say(caseLabels.inbox)}>
        <span className="k-keys">{say(caseLabels.keys)}</span>
      </PageHead>
      {provinceId === null ? <Skeleton rows={6} /> : null}
      {provinceId === null ? null : (
        <div className="k-stack">
          {chooses ? (
            <ProvinceChoice value={provinceId} onChange={(province) => change({ province })} />
          ) : null}
          <TabBar provinceId={provinceId} filter={filter} change={change} />
          <Filters filter={filter} change={change} />
          <Views provinceId={provinceId} filter={filter} change={change} mayKeep={!chooses} />
        </div>
      )}
      {provinceId === null ? null : (
        <Cases key={`${provinceId}?${queryOf(filter)}`} provinceId={provinceId} filter={filter} />
      )}
    </>
  );
}

function ProvinceChoice({
  value,
  onChange,
}: {
  value: number;
  onChange: (province: number) => void;
}): ReactNode {
  const { say, language } = useSpeech();
  const found =
    useAnswer<{ readonly provinces: readonly Province[] }>('/api/provinces').data?.provinces ?? [];
  return (
    <Select
      label={say(caseLabels.province)}
      name="province"
      required
      value={String(value)}
      onChange={(key) => onChange(Number.parseInt(key, 10))}
      choices={found.map((one) => ({
        key: String(one.provinceId),
        label: language === 'fa' ? one.nameFa : one.nameEn,
      }))}
    />
  );
}

type Filtering = { readonly filter: Filter; readonly change: (change: Partial<Filter>) => void };

function TabBar({ provinceId, filter, change }: Filtering & { readonly provinceId: number }): ReactNode {
  const { say, digits } = useSpeech();
  const counts = useAnswer<Counts>(`/api/provinces/${provinceId}/cases/counts`).data;
  const countOf = (tab: Tab): string => {
    const found = tab === 'all' || counts === undefined ? undefined : counts[tab];
    return found === undefined ? '' : ` (${digits(found.count)}${found.more ? say(caseLabels.more) : ''})`;
  };
  return (
    <div className="k-row" role="tablist" aria-label={say(caseLabels.cases)}>
      {tabs.map((tab) => (
        <Button
          key={tab}
          kind={filter.tab === tab && filter.search === '' ? 'primary' : 'quiet'}
          onPress={() => change({ tab, search: '' })}
        >
          {say(caseLabels[tab])}
          {countOf(tab)}
        </Button>
      ))}
    </div>
  );
}

function Filters({ filter, change }: Filtering): ReactNode {
  const { say } = useSpeech();
  const kinds = useAnswer<{ readonly kinds: readonly Kind[] }>('/api/cases/kinds').data?.kinds ?? [];
  const [typed, setTyped] = useState(filter.search);
  const states = kinds.find(({ key }) => key === filter.kind)?.states ?? [];
  return (
    <form
      className="k-row"
      onSubmit={(event) => {
        event.preventDefault();
        change({ search: typed });
      }}
    >
      <TextField
        label={say(caseLabels.searchLabel)}
        hint={say(caseLabels.search)}
        name="search"
        type="search"
        value={typed}
        onChange={setTyped}
      />
      <Select
        label={say(caseLabels.kind)}
        name="kind"
        value={filter.kind === '' ? '-' : filter.kind}
        onChange={(key) => change({ kind: key === '-' ? '' : key, state: '' })}
        choices={[
          { key: '-', label: say(caseLabels.anyKind) },
          ...kinds.map(({ key, title }) => ({ key, label: say(title) })),
        ]}
      />
      {states.length === 0 ? null : (
        <Select
          label={say(caseLabels.state)}
          name="state"
          value={filter.state === '' ? '-' : filter.state}
          onChange={(key) => change({ state: key === '-' ? '' : key })}
          choices={[
            { key: '-', label: say(caseLabels.anyState) },
            ...states.map(({ key, title }) => ({ key, label: say(title) })),
          ]}
        />
      )}
      <Button type="submit" icon="search">
        {say(caseLabels.searchLabel)}
      </Button>
    </form>
  );
}

function Views({
  provinceId,
  filter,
  change,
  mayKeep,
}: Filtering & { readonly provinceId: number; readonly mayKeep: boolean }): ReactNode {
  const { say } = useSpeech();
  const path = `/api/provinces/${provinceId}/cases/views` as const;
  const views = useAnswer<{ readonly views: readonly SavedView[] }>(path).data?.views ?? [];
  const [name, setName] = useState('');
  const keep = useCommand<SavedView>({ path, changes: [path], onDone: () => setName('') });
  const drop = useCommand<{ id: string }>({
    path: ({ id }) => `${path}/${id}`,
    method: 'DELETE',
    changes: [path],
  });
  if (!mayKeep) return null;
  return (
    <details className="no-print" open={views.length > 0}>
      <summary>{say(caseLabels.views)}</summary>
      <div className="k-row">
        {views.map((view) => (
          <span key={view.id} className="k-row">
            <Button
              kind="quiet"
              onPress={() => change({ ...noFilter, ...Object.fromEntries(new URLSearchParams(view.query)) })}
            >
              {view.name}
            </Button>
            <Button kind="quiet" icon="close" onPress={() => drop.mutate({ id: view.id })}>
              {say(caseLabels.dropView)}
            </Button>
          </span>
        ))}
        <TextField
          label={say(caseLabels.viewName)}
          name="name"
          value={name}
          onChange={setName}
          maxLength={60}
        />
        <Button
          icon="add"
          busy={keep.isPending}
          onPress={() => name.trim() !== '' && keep.mutate({ id: newKey(), name, query: queryOf(filter) })}
        >
          {say(caseLabels.saveView)}
        </Button>
      </div>
      <ProblemNotice error={keep.error ?? drop.error} />
    </details>
  );
}

const casePath = (provinceId: number, id: string): string => `/cases/${provinceId}/${id}`;

function Cases({ provinceId, filter }: { readonly provinceId: number; readonly filter: Filter }): ReactNode {
  const { say } = useSpeech();
  const pages = usePages<CaseRow, List>(`/api/provinces/${provinceId}/cases?${queryOf(filter)}`);
  const { rows } = pages;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void =>
    setChosen(
      (before) => new Set(before.has(id) ? [...before].filter((one) => one !== id) : [...before, id]),
    );
  const kinds = useAnswer<{ readonly kinds: readonly Kind[] }>('/api/cases/kinds').data?.kinds ?? [];
  const mayChoose = (row: CaseRow): boolean => bulkActsOn(kinds, row).length > 0;
  const table = useKeys(rows ?? [], { toggle, mayChoose });
  const columns = useColumns({ chosen, toggle, mayChoose }).filter(
    ({ key }) => key !== 'choose' || rows?.some(mayChoose) === true,
  );
  if (pages.error !== null) return <ProblemNotice error={pages.error} onRetry={pages.refetch} />;
  const isSearch = filter.search !== '';
  return (
    <div ref={table}>
      {pages.first?.narrow === true ? <Notice tone="amber" title={say(caseLabels.narrow)} /> : null}
      <BulkBar
        provinceId={provinceId}
        rows={(rows ?? []).filter(({ id }) => chosen.has(id))}
        onClear={() => setChosen(new Set())}
      />
      <DataTable
        caption={say(caseLabels.cases)}
        columns={columns}
        rows={rows}
        pages={pages}
        rowKey={({ id }) => id}
        rowHref={({ id }) => casePath(provinceId, id)}
        csvName="cases"
        empty={{
          title: say(isSearch ? caseLabels.emptySearchTitle : caseLabels.emptyTitle),
          body: say(isSearch ? caseLabels.emptySearchBody : caseLabels.emptyBody),
        }}
      />
    </div>
  );
}

/** j and k walk down and up, x chooses; Enter follows the link that has the focus, as everywhere. */
function useKeys(rows: readonly CaseRow[], { toggle, mayChoose }: Omit<Choosing, 'chosen'>) {
  const table = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
      const links = [...(table.current?.querySelectorAll<HTMLElement>('tbody th a') ?? [])];
      const at = links.findIndex((link) => link === document.activeElement);
      if (event.key === 'j') links[Math.min(at + 1, links.length - 1)]?.focus();
      else if (event.key === 'k') links[Math.max(at - 1, 0)]?.focus();
      else if (event.key === 'x' && rows[at] !== undefined && mayChoose(rows[at])) toggle(rows[at].id);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
  return table;
}

type Choosing = {
  readonly chosen: ReadonlySet<string>;
  readonly toggle: (id: string) => void;
  readonly mayChoose: (row: CaseRow) => boolean;
};

function useColumns({ chosen, toggle, mayChoose }: Choosing): readonly Column<CaseRow>[] {
  const { say, digits } = useSpeech();
  return [
    {
      key: 'number',
      title: say(caseLabels.number),
      render: ({ number }) => <Bidi>{digits(number)}</Bidi>,
      csv: ({ number }) => number,
    },
    {
      key: 'kind',
      title: say(caseLabels.kind),
      render: ({ kind }) => say(kind.title),
      csv: ({ kind }) => say(kind.title),
    },
    {
      key: 'state',
      title: say(caseLabels.state),
      render: ({ state }) => say(state.title),
      csv: ({ state }) => say(state.title),
    },
    {
      key: 'subject',
      title: say(caseLabels.subjectColumn),
      render: ({ subject }) => subject ?? '–',
      csv: ({ subject }) => subject ?? '',
    },
    {
      key: 'county',
      title: say(caseLabels.county),
      wideOnly: true,
      render: ({ county }) => (county === null ? say(caseLabels.provinceMatter) : say(county)),
      csv: ({ county }) => (county === null ? '' : say(county)),
    },
    {
      key: 'deadline',
      title: say(caseLabels.deadline),
      render: ({ deadline }) =>
        deadline === null ? (
          say(caseLabels.noDeadline)
        ) : (
          <>
            <DayText iso={deadline.dueOn} style="short" />{' '}
            <DeadlineSign deadline={{ on: deadline.dueOn, daysLeft: deadline.workingDaysLeft }} />
          </>
        ),
      csv: ({ deadline }) => deadline?.dueOn ?? '',
    },
    {
      key: 'moved',
      title: say(caseLabels.moved),
      wideOnly: true,
      render: ({ movedAt }) => <DayText iso={movedAt.slice(0, 10)} style="short" />,
      csv: ({ movedAt }) => movedAt,
    },
    {
      key: 'holder',
      title: say(caseLabels.holder),
      wideOnly: true,
      render: ({ holder }) =>
        holder === null ? '–' : holder.isMe ? say(caseLabels.me) : (holder.name ?? '–'),
    },
    {
      key: 'choose',
      title: say(caseLabels.choose),
      render: (row) =>
        mayChoose(row) ? (
          <input
            type="checkbox"
            style={{ position: 'relative', zIndex: 1 }}
            aria-label={`${say(caseLabels.choose)} ${digits(row.number)}`}
            checked={chosen.has(row.id)}
            onChange={() => toggle(row.id)}
          />
        ) : null,
    },
  ];
}
