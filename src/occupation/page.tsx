import { useDeferredValue, useState, type ReactNode } from 'react';
import type { SessionAnswer } from '#access/contract.ts';
import { dayFromIso, fiscalYear } from '#kernel/day.ts';
import { useAnswer, useCommand, type Path } from '#web/command.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { DayField, todayIso } from '#web/kit/day-field.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { NumberField, TextField } from '#web/kit/field.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { fieldError, ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Page } from '#web/page.tsx';
import { useSession } from '#web/session.tsx';
import type { Occupation, OccupationPage } from './contract.ts';
import { ComparePage, editionName, useEditions, useNames, type Names } from './change/page.tsx';
import { EditionsPage } from './edition/page.tsx';
import { occupationLabels as labels, titleKindWords } from './words.ts';

type Filter = {
  readonly search: string;
  readonly category: string;
  readonly agency: string;
  readonly starred: string;
  readonly loan: string;
  readonly edition: string;
  readonly province: string;
  readonly year: string;
};
const every = 'every';
const noFilter = { search: '', category: every, agency: every, starred: every, loan: every, edition: every };

/** The whole list is asked for at once: it is sorted and exported as a whole. */
function pathOf(filter: Filter): Path {
  const asked = new URLSearchParams({ limit: '5000' });
  for (const key of ['category', 'agency', 'starred', 'edition'] as const)
    if (filter[key] !== every) asked.set(key, filter[key]);
  if (filter.search.trim() !== '') asked.set('search', filter.search);
  if (filter.province !== '' && filter.year.length === 4) {
    asked.set('province', filter.province);
    asked.set('budgetYear', filter.year);
  }
  return `/api/occupations?${asked}`;
}

function LoanSign({ loan }: { readonly loan: Occupation['loan'] }): ReactNode {
  const { say } = useSpeech();
  if (loan === null) return <Sign tone="quiet">{say(labels.open)}</Sign>;
  return (
    <>
      <Sign tone={loan.open ? 'green' : 'red'}>{say(loan.open ? labels.open : labels.closed)}</Sign>{' '}
      <small>
        {loan.reasonFa} · <DayText iso={loan.inForceFrom} />
        {loan.ofCategory ? ` · ${say(labels.byCategory)}` : ''}
      </small>
    </>
  );
}

const text = (key: string, title: string, of: (row: Occupation) => string) =>
  ({ key, title, render: of, sortBy: of, csv: of }) satisfies Column<Occupation>;

function useColumns(names: Names, withLoans: boolean): readonly Column<Occupation>[] {
  const { say, language } = useSpeech();
  const agencyOf = ({ agencyKey }: Occupation): string =>
    agencyKey === null ? say(labels.notConfirmed) : names.agency(agencyKey);
  return [
    text('title', say(labels.title), (row) => (language === 'fa' ? row.titleFa : row.titleEn)),
    text('category', say(labels.category), (row) => names.category(row.categoryKey)),
    text('agency', say(labels.agency), agencyOf),
    {
      key: 'starred',
      title: say(labels.extraCheck),
      render: ({ extraCheck }) =>
        extraCheck === null ? '—' : <Sign tone="amber">{names.agency(extraCheck)}</Sign>,
      sortBy: ({ extraCheck }) => extraCheck ?? '',
      csv: ({ extraCheck }) => (extraCheck === null ? '' : names.agency(extraCheck)),
    },
    ...(withLoans
      ? [
          {
            key: 'loan',
            title: say(labels.loans),
            render: ({ loan }: Occupation) => <LoanSign loan={loan} />,
            csv: ({ loan }: Occupation) => say(loan?.open === false ? labels.closed : labels.open),
          },
        ]
      : []),
    {
      key: 'kind',
      title: say(labels.titleKind),
      render: ({ titleKindName }) => say(titleKindName),
      csv: ({ titleKind }) => say(titleKindWords[titleKind]),
      wideOnly: true,
    },
  ];
}

type FilterProps = {
  readonly filter: Filter;
  readonly onChange: (change: Partial<Filter>) => void;
  readonly names: Names;
  readonly ownProvince: boolean;
};

function Filters({ filter, onChange, names, ownProvince }: FilterProps): ReactNode {
  const { say, language } = useSpeech();
  const editions = (useEditions().data?.editions ?? []).filter(({ published }) => published);
  const provinces =
    useAnswer<{
      readonly provinces: readonly {
        readonly slug: string;
        readonly nameFa: string;
        readonly nameEn: string;
      }[];
    }>('/api/provinces').data?.provinces ?? [];
  const choose = (
    key: 'category' | 'agency' | 'starred' | 'edition' | 'loan' | 'province',
    label: string,
    choices: readonly { readonly key: string; readonly label: string }[],
  ): ReactNode => (
    <div style={{ flex: '1 1 180px', maxInlineSize: '260px' }}>
      <Select
        label={label}
        name={key}
        required
        value={filter[key] === '' ? null : filter[key]}
        onChange={(value) => onChange({ [key]: value })}
        choices={
          key === 'province'
            ? choices
            : [{ key: every, label: say(key === 'edition' ? labels.inForce : labels.all) }, ...choices]
        }
      />
    </div>
  );
  const signers = names.agencies.filter(({ agencyKey }) =>
    ['industry', 'heritage', 'culture', 'agriculture'].includes(agencyKey),
  );
  return (
    <div className="k-stack no-print" style={{ marginBlockEnd: 'var(--s4)' }}>
      <TextField
        label={say(labels.search)}
        name="search"
        type="search"
        required
        hint={say(labels.searchHint)}
        value={filter.search}
        onChange={(search) => onChange({ search })}
      />
      <div className="k-row" style={{ alignItems: 'end', flexWrap: 'wrap' }}>
        {choose('category', say(labels.category), names.categories)}
        {choose(
          'agency',
          say(labels.agency),
          signers.map(({ agencyKey }) => ({ key: agencyKey, label: names.agency(agencyKey) })),
        )}
        {choose('starred', say(labels.extraCheck), [
          { key: 'yes', label: say(labels.starred) },
          { key: 'no', label: say(labels.notStarred) },
        ])}
        {choose(
          'edition',
          say(labels.edition),
          editions.map((edition) => ({ key: edition.editionId, label: editionName(edition, language) })),
        )}
        {ownProvince
          ? null
          : choose(
              'province',
              say(labels.province),
              provinces.map(({ slug, nameFa, nameEn }) => ({
                key: slug,
                label: language === 'fa' ? nameFa : nameEn,
              })),
            )}
        {filter.province === ''
          ? null
          : choose('loan', say(labels.loans), [
              { key: 'open', label: say(labels.open) },
              { key: 'closed', label: say(labels.closed) },
            ])}
        {filter.province === '' ? null : (
          <div style={{ inlineSize: '140px' }}>
            <NumberField
              label={say(labels.budgetYear)}
              name="year"
              plain
              required
              value={filter.year}
              onChange={(year) => onChange({ year })}
            />
          </div>
        )}
      </div>
    </div>
  );
}

function OccupationsPage(): ReactNode {
  const { say } = useSpeech();
  const role = useSession().user?.role;
  const session = useAnswer<SessionAnswer>('/api/session').data;
  const own = session?.grants.find(({ grantId }) => grantId === session.grantId)?.provinceSlug ?? null;
  const [chosen, setChosen] = useState<Partial<Filter>>({});
  const [deciding, setDeciding] = useState(false);
  const names = useNames();
  const year = String(fiscalYear(dayFromIso(todayIso())));
  const filter: Filter = { ...noFilter, province: own ?? '', year, ...chosen };
  const asked = useAnswer<OccupationPage>(useDeferredValue(pathOf(filter)));
  const columns = useColumns(names, filter.province !== '');
  const rows = asked.data?.items.filter(
    ({ loan }) => filter.loan === every || (loan?.open ?? true) === (filter.loan === 'open'),
  );
  const decides = role === 'director' || role === 'deputy';
  return (
    <>
      <PageHead
        title={say(labels.occupations)}
        actions={
          <>
            <PrintButton />
            <LinkButton href="/occupations/editions" icon="table">
              {say(labels.editions)}
            </LinkButton>
            {decides ? (
              <Button kind="primary" onPress={() => setDeciding(true)}>
                {say(labels.decide)}
              </Button>
            ) : null}
          </>
        }
      >
        {say(labels.lead)}
      </PageHead>
      {asked.data?.editionId === null ? <Notice title={say(labels.noEdition)} /> : null}
      <Filters
        filter={filter}
        names={names}
        ownProvince={own !== null}
        onChange={(change) => setChosen((now) => ({ ...now, ...change }))}
      />
      {asked.error !== null && asked.data === undefined ? (
        <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
      ) : (
        <DataTable
          caption={say(labels.occupations)}
          columns={columns}
          rows={rows}
          rowKey={({ occupationId }) => String(occupationId)}
          csvName="occupations"
          empty={{
            title: say(labels.none),
            body: say(labels.noneHelp),
            actions: <Button onPress={() => setChosen({})}>{say(labels.all)}</Button>,
          }}
        />
      )}
      {deciding ? (
        <DecideDialog items={asked.data?.items ?? []} year={filter.year} onClose={() => setDeciding(false)} />
      ) : null}
    </>
  );
}

type DecideProps = {
  readonly items: readonly Occupation[];
  readonly year: string;
  readonly onClose: () => void;
};

/** Opens or closes a category, or one occupation of it. */
function DecideDialog({ items, year, onClose }: DecideProps): ReactNode {
  const { say, language } = useSpeech();
  const names = useNames();
  const [categoryKey, setCategory] = useState<string | null>(null);
  const [occupation, setOccupation] = useState(every);
  const [form, setForm] = useState({ open: 'no', inForceFrom: todayIso(), reasonFa: '', budgetYear: year });
  const set = (change: Partial<typeof form>): void => setForm((now) => ({ ...now, ...change }));
  const isWhole = occupation === every;
  const command = useCommand<object>({
    path: isWhole ? '/api/loan-openings' : '/api/occupation-openings',
    changes: ['/api/occupations', '/api/categories'],
    onDone: onClose,
  });
  const titleOf = (item: Occupation): string => (language === 'fa' ? item.titleFa : item.titleEn);
  return (
    <Dialog
      title={say(labels.decide)}
      open
      onClose={onClose}
      foot={
        <Button
          kind="primary"
          busy={command.isPending}
          refusedBecause={categoryKey === null ? say(labels.category) : null}
          onPress={() =>
            command.mutate({
              ...(isWhole ? { categoryKey } : { occupationId: parseInt(occupation, 10) }),
              budgetYear: parseInt(form.budgetYear, 10),
              open: form.open === 'yes',
              inForceFrom: form.inForceFrom,
              reasonFa: form.reasonFa,
            })
          }
        >
          {say(labels.save)}
        </Button>
      }
    >
      <div className="k-form">
        <p>{say(labels.decideHelp)}</p>
        <Select
          label={say(labels.category)}
          name="categoryKey"
          required
          value={categoryKey}
          onChange={(key) => {
            setCategory(key);
            setOccupation(every);
          }}
          choices={names.categories}
        />
        <Select
          label={say(labels.occupation)}
          name="occupationId"
          required
          value={occupation}
          onChange={setOccupation}
          choices={[
            { key: every, label: say(labels.whole) },
            ...items
              .filter((item) => item.categoryKey === categoryKey)
              .map((item) => ({ key: String(item.occupationId), label: titleOf(item) })),
          ]}
        />
        <NumberField
          label={say(labels.budgetYear)}
          name="budgetYear"
          plain
          required
          value={form.budgetYear}
          onChange={(budgetYear) => set({ budgetYear })}
        />
        <Select
          label={say(labels.loans)}
          name="open"
          required
          value={form.open}
          onChange={(open) => set({ open })}
          choices={[
            { key: 'yes', label: say(labels.open) },
            { key: 'no', label: say(labels.closed) },
          ]}
        />
        <DayField
          label={say(labels.inForceFrom)}
          name="inForceFrom"
          required
          value={form.inForceFrom}
          onChange={(inForceFrom) => set({ inForceFrom })}
          error={fieldError(command.error, 'inForceFrom', say)}
        />
        <TextField
          label={say(labels.reason)}
          name="reasonFa"
          required
          rows={3}
          value={form.reasonFa}
          onChange={(reasonFa) => set({ reasonFa })}
          error={fieldError(command.error, 'reasonFa', say)}
        />
        {command.error === null ? null : <ProblemNotice error={command.error} />}
      </div>
    </Dialog>
  );
}

/** The desk pages of the room: every signed-in user reads the list. */
export const pages: readonly Page[] = [
  {
    path: '/occupations',
    title: labels.occupations,
    nav: { label: labels.occupations, order: 30, icon: 'table' },
    component: OccupationsPage,
  },
  { path: '/occupations/editions', title: labels.editions, component: EditionsPage },
  { path: '/occupations/compare', title: labels.editions, component: ComparePage },
];
