import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { isId } from '#kernel/id.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { DayField } from '#web/kit/day-field.tsx';
import { InstantText } from '#web/kit/day.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { TextField } from '#web/kit/field.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Link } from '#web/kit/link.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import { usePages } from '#web/paged.tsx';
import { roleWords } from '../words.ts';
import { outcomes, type TrailEvent } from './contract.ts';
import { outcomeWords, trailWords, wordsOfEvent } from './words.ts';

const eventsPath = '/api/access/events';
const names = ['search', 'user', 'record', 'outcome', 'from', 'until'] as const;
type Filter = Partial<Record<(typeof names)[number], string>>;

const trailHref = (filter: Filter): string => `/trail?${new URLSearchParams(filter).toString()}`;

/** The filter stands in the address, so that what was found can be sent on. */
function useFilter(): readonly [Filter, (next: Filter) => void] {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const filter: Filter = Object.fromEntries(
    names.flatMap((name) => {
      const value = search[name];
      return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [];
    }),
  );
  const set = (next: Filter): void => {
    const kept = Object.entries(next).filter(([, value]) => value !== '');
    void navigate({ to: '.', replace: true, search: Object.fromEntries(kept) });
  };
  return [filter, set];
}

const tones = { read: 'quiet', did: 'green', refused: 'red' } as const;

const roleOf = ({ byRole }: TrailEvent, say: Speech['say']): string => {
  const known = new Map(Object.entries(roleWords)).get(byRole ?? '');
  return known === undefined ? '' : say(known);
};

function Who({ event }: { readonly event: TrailEvent }): ReactNode {
  const { say } = useSpeech();
  if (event.userId === null || event.byName === null) return say(trailWords.nobody);
  return (
    <>
      <Link href={trailHref({ user: event.userId })} title={say(trailWords.onlyUser)}>
        {event.byName}
      </Link>
      <span className="k-hint" style={{ display: 'block' }}>
        {roleOf(event, say)}
      </span>
    </>
  );
}

/** The end of an id tells records of one list apart; the whole one stands in the address and on hover. */
function Records({ event }: { readonly event: TrailEvent }): ReactNode {
  return event.recordIds.map((record) => (
    <Link key={record} href={trailHref({ record })} title={record}>
      <Bidi code>{`…${record.slice(-6)}`}</Bidi>{' '}
    </Link>
  ));
}

const columnsOf = (say: Speech['say']): readonly Column<TrailEvent>[] => [
  { key: 'when', title: say(trailWords.when), render: ({ at }) => <InstantText iso={at} /> },
  { key: 'who', title: say(trailWords.who), render: (event) => <Who event={event} /> },
  {
    key: 'outcome',
    title: say(trailWords.outcome),
    render: ({ outcome }) => <Sign tone={tones[outcome]}>{say(outcomeWords[outcome])}</Sign>,
  },
  {
    key: 'what',
    title: say(trailWords.what),
    render: (event) => (
      <>
        {say(wordsOfEvent(event))}
        {typeof event.facts['kind'] === 'string' ? (
          <span className="k-hint" style={{ display: 'block' }}>
            {say(trailWords.because)}: <Bidi code>{event.facts['kind']}</Bidi>
          </span>
        ) : null}
      </>
    ),
  },
  { key: 'records', title: say(trailWords.records), render: (event) => <Records event={event} /> },
  {
    key: 'where',
    title: say(trailWords.where),
    render: ({ provinceName }) => say(provinceName ?? trailWords.nationwide),
    wideOnly: true,
  },
];

function Filters({ filter, onChange }: { filter: Filter; onChange: (next: Filter) => void }): ReactNode {
  const { say } = useSpeech();
  const [search, setSearch] = useState(filter.search ?? '');
  const [record, setRecord] = useState(filter.record ?? '');
  const typed = record.trim().toLowerCase();
  const wrong = typed !== '' && !isId(typed);
  return (
    <form
      className="k-row no-print"
      style={{ marginBlockEnd: 'var(--s4)', alignItems: 'start' }}
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) onChange({ ...filter, search: search.trim(), record: typed });
      }}
    >
      <TextField
        label={say(trailWords.search)}
        name="search"
        type="search"
        value={search}
        onChange={setSearch}
      />
      <Select
        label={say(trailWords.outcome)}
        name="outcome"
        required
        value={filter.outcome ?? 'every'}
        onChange={(key) => onChange({ ...filter, outcome: key === 'every' ? '' : key })}
        choices={[
          { key: 'every', label: say(trailWords.allOutcomes) },
          ...outcomes.map((key) => ({ key, label: say(outcomeWords[key]) })),
        ]}
      />
      <DayField
        label={say(trailWords.from)}
        name="from"
        value={filter.from ?? ''}
        onChange={(from) => onChange({ ...filter, from })}
      />
      <DayField
        label={say(trailWords.until)}
        name="until"
        value={filter.until ?? ''}
        onChange={(until) => onChange({ ...filter, until })}
      />
      <TextField
        label={say(trailWords.recordLabel)}
        name="record"
        code
        value={record}
        onChange={setRecord}
        error={wrong ? say(trailWords.notAnId) : null}
      />
      <div style={{ alignSelf: 'end' }}>
        <Button type="submit" icon="search">
          {say(trailWords.show)}
        </Button>
      </div>
    </form>
  );
}

/** What the trail is narrowed to beyond the form: one person, reached by a link on their name. */
function Narrowed({ filter, first }: { filter: Filter; first: TrailEvent | undefined }): ReactNode {
  const { say } = useSpeech();
  if (Object.keys(filter).length === 0) return null;
  const name = filter.user === undefined ? null : (first?.byName ?? null);
  return (
    <p className="k-row" style={{ marginBlockEnd: 'var(--s4)' }}>
      {name === null ? null : (
        <span>
          {say(trailWords.onlyUser)}: <strong>{name}</strong>
        </span>
      )}
      {filter.record === undefined ? null : (
        <span>
          {say(trailWords.onlyRecord)}: <Bidi code>{filter.record}</Bidi>
        </span>
      )}
      <Link href="/trail">{say(trailWords.clear)}</Link>
    </p>
  );
}

/** Who read, did and was refused what: for auditors, and for a director of the own province. */
export function TrailPage(): ReactNode {
  const { say, language } = useSpeech();
  const [filter, setFilter] = useFilter();
  const pages = usePages<TrailEvent>(`${eventsPath}?${new URLSearchParams(filter).toString()}`);
  const file = `${eventsPath}/export?${new URLSearchParams({ ...filter, language }).toString()}`;
  return (
    <>
      <PageHead
        title={say(trailWords.title)}
        actions={
          <>
            <PrintButton />
            <LinkButton href="/seals" icon="chain">
              {say(trailWords.seals)}
            </LinkButton>
            <LinkButton href={file} icon="download">
              {say(trailWords.exported)}
            </LinkButton>
          </>
        }
      >
        {say(trailWords.lead)}
      </PageHead>
      <Filters key={`${filter.search} ${filter.record}`} filter={filter} onChange={setFilter} />
      <Narrowed filter={filter} first={pages.rows?.[0]} />
      <ProblemNotice error={pages.error} onRetry={pages.refetch} />
      {pages.error === null ? (
        <DataTable
          dense
          caption={say(trailWords.title)}
          columns={columnsOf(say)}
          rows={pages.rows}
          pages={pages}
          rowKey={({ eventId }) => eventId}
          empty={{ title: say(trailWords.empty), body: say(trailWords.emptyBody) }}
        />
      ) : null}
    </>
  );
}
