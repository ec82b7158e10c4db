import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { call, newKey } from '#web/api.ts';
import { useAnswer, useCommand, type Path } from '#web/command.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { DayField, todayIso } from '#web/kit/day-field.tsx';
import { DayText, InstantText } from '#web/kit/day.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { FileField } from '#web/kit/file.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { fieldError, ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import { personForms, type PersonForm } from '../person/contract.ts';
import { formWords, personLabels } from '../person/words.ts';
import { apiOf } from '../view/page.tsx';
import type { Roster, RosterPage as Answer, RosterState } from './contract.ts';
import { columnsOf } from './rules.ts';
import { rosterLabels as labels, rosterStateWords } from './words.ts';

const tones = {
  received: 'amber',
  checked: 'amber',
  waiting: 'amber',
  taken: 'green',
  dropped: 'quiet',
  unreadable: 'red',
} as const satisfies Record<RosterState, string>;

function StateSign({ state }: { readonly state: RosterState }): ReactNode {
  const { say } = useSpeech();
  return <Sign tone={tones[state]}>{say(rosterStateWords[state])}</Sign>;
}

const rosterHref = (province: string, rosterId: string): string => `/persons/${province}/rosters/${rosterId}`;
const isBusy = (state: RosterState): boolean => state === 'received' || state === 'waiting';

/** Asks again now and then while the server works on a list. */
function useProgress(path: Path, busy: boolean): void {
  const cache = useQueryClient();
  useEffect(() => {
    if (!busy) return;
    const timer = setInterval(() => void cache.invalidateQueries({ queryKey: [path] }), 700);
    return () => clearInterval(timer);
  }, [cache, path, busy]);
}

export function RostersPage(): ReactNode {
  const { province = '' }: { province?: string } = useParams({ strict: false });
  const { say } = useSpeech();
  const { user } = useSession();
  const path = apiOf(province, 'rosters');
  const asked = useAnswer<{ readonly items: readonly Roster[] }>(path);
  useProgress(path, asked.data?.items.some(({ state }) => isBusy(state)) ?? false);
  const maySend = user?.role === 'director' || user?.role === 'deputy';
  return (
    <>
      <PageHead title={say(labels.rosters)} path={[{ label: say(personLabels.persons), href: '/persons' }]}>
        {say(labels.lead)}
      </PageHead>
      {maySend ? <SendForm province={province} /> : null}
      <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
      {asked.error === null ? (
        <DataTable
          caption={say(labels.rosters)}
          rows={asked.data?.items}
          rowKey={({ rosterId }) => rosterId}
          rowHref={({ rosterId }) => rosterHref(province, rosterId)}
          empty={{ title: say(labels.none), body: say(labels.noneBody) }}
          columns={[
            { key: 'file', title: say(labels.file), render: ({ fileName }) => <Bidi>{fileName}</Bidi> },
            { key: 'state', title: say(labels.state), render: ({ state }) => <StateSign state={state} /> },
            {
              key: 'rows',
              title: say(labels.rows),
              align: 'figure',
              render: ({ totalRows }) => <Digits value={totalRows} />,
            },
            {
              key: 'bad',
              title: say(labels.bad),
              align: 'figure',
              render: ({ badRows }) => <Digits value={badRows} />,
            },
            {
              key: 'new',
              title: say(labels.entered),
              align: 'figure',
              render: ({ enteredPersons }) => <Digits value={enteredPersons} />,
            },
            {
              key: 'day',
              title: say(labels.toldOn),
              render: ({ toldOn }) => <DayText iso={toldOn} style="numeric" />,
            },
            {
              key: 'sent',
              title: say(labels.sentAt),
              render: ({ sentAt }) => <InstantText iso={sentAt} />,
              wideOnly: true,
            },
          ]}
        />
      ) : null}
    </>
  );
}

function SendForm({ province }: { readonly province: string }): ReactNode {
  const { say, language } = useSpeech();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [form, setForm] = useState<PersonForm>('natural');
  const [toldOn, setToldOn] = useState(todayIso);
  const [file, setFile] = useState<File | null>(null);
  // Of this file under this form: a retry brings the same ones (L5), another file new ones.
  const [sending, setSending] = useState(() => ({ id: newKey(), key: newKey() }));
  const again = (): void => setSending({ id: newKey(), key: newKey() });
  const send = useMutation({
    mutationFn: async (chosen: File) => {
      const query = new URLSearchParams({ id: sending.id, form, toldOn });
      return call<{ readonly id: string }>(`/api/provinces/${province}/rosters?${query.toString()}`, {
        method: 'POST',
        body: { file: chosen },
        key: sending.key,
        language,
      });
    },
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: [apiOf(province, 'rosters')] });
      void navigate({ to: rosterHref(province, id) });
    },
    onError: again,
  });
  const sample = `/api/rosters/sample?form=${form}`;
  return (
    <form
      className="k-form"
      style={{ marginBlockEnd: 'var(--s5)' }}
      onSubmit={(event) => {
        event.preventDefault();
        if (file !== null) send.mutate(file);
      }}
    >
      <div className="k-row" style={{ alignItems: 'end' }}>
        <Select
          label={say(personLabels.form)}
          name="form"
          required
          choices={personForms.map((key) => ({ key, label: say(formWords[key]) }))}
          value={form}
          onChange={(key) => {
            setForm(key === 'legal' ? 'legal' : 'natural');
            again();
          }}
        />
        <DayField
          label={say(labels.toldOn)}
          name="toldOn"
          required
          hint={say(labels.toldOnHint)}
          value={toldOn}
          onChange={(day) => {
            setToldOn(day);
            again();
          }}
          error={fieldError(send.error, 'toldOn', say)}
        />
      </div>
      <FileField
        label={say(labels.file)}
        name="file"
        hint={say(labels.fileHint)}
        accept=".xlsx,.csv"
        required
        onChange={(chosen) => {
          setFile(chosen);
          again();
        }}
      />
      <ProblemNotice error={send.error} />
      <div className="k-row">
        <Button
          kind="primary"
          icon="send"
          type="submit"
          busy={send.isPending}
          refusedBecause={file === null || toldOn === '' ? say(labels.chooseFile) : null}
        >
          {say(labels.send)}
        </Button>
        <a className="k-link" href={sample} download>
          {say(labels.template)}
        </a>
      </div>
    </form>
  );
}

export function RosterPage(): ReactNode {
  const { province = '', roster: rosterId = '' }: { province?: string; roster?: string } = useParams({
    strict: false,
  });
  const { say } = useSpeech();
  const path = apiOf(province, `rosters/${rosterId}`);
  const asked = useAnswer<Answer>(path);
  useProgress(path, asked.data !== undefined && isBusy(asked.data.roster.state));
  const crumbs = [
    { label: say(personLabels.persons), href: '/persons' },
    { label: say(labels.rosters), href: `/persons/${province}/rosters` },
  ];
  if (asked.data === undefined)
    return (
      <>
        <PageHead title={say(labels.rosters)} path={crumbs} />
        {asked.error === null ? (
          <Skeleton rows={6} />
        ) : (
          <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
        )}
      </>
    );
  const { roster } = asked.data;
  return (
    <>
      <PageHead
        title={roster.fileName}
        path={crumbs}
        aside={<StateSign state={roster.state} />}
        actions={<Deeds roster={roster} province={province} />}
      >
        {say(labels.toldOn)} <DayText iso={roster.toldOn} /> · {say(labels.sentAt)}{' '}
        <InstantText iso={roster.sentAt} />
      </PageHead>
      {roster.problem === null ? null : (
        <Notice tone="red" title={say(labels.unreadable)}>
          {say(roster.problem)}
        </Notice>
      )}
      <Progress roster={roster} />
      <Rows page={asked.data} province={province} />
    </>
  );
}

function Deeds({ roster, province }: { readonly roster: Roster; readonly province: string }): ReactNode {
  const { say } = useSpeech();
  const { user } = useSession();
  const path = apiOf(province, `rosters/${roster.rosterId}`);
  const changes = [apiOf(province, 'rosters'), apiOf(province, 'persons')];
  const take = useCommand<undefined>({ path: `${path}/take`, changes });
  const drop = useCommand<undefined>({ path: `${path}/drop`, changes });
  const may = user?.role === 'director' || user?.role === 'deputy';
  return (
    <>
      <ProblemNotice error={take.error ?? drop.error} />
      {roster.badRows === 0 ? null : (
        <a className="k-link" href={`${path}/faults`} download>
          {say(labels.errorFile)}
        </a>
      )}
      {may && roster.state === 'checked' ? (
        <>
          <Button kind="danger" busy={drop.isPending} onPress={() => drop.mutate(undefined)}>
            {say(labels.drop)}
          </Button>
          <Button kind="primary" icon="check" busy={take.isPending} onPress={() => take.mutate(undefined)}>
            {say(labels.take)}
          </Button>
        </>
      ) : null}
    </>
  );
}

function Progress({ roster }: { readonly roster: Roster }): ReactNode {
  const { say } = useSpeech();
  const { totalRows, badRows, passedRows, enteredPersons, knownPersons, addedFacts, state } = roster;
  const good = totalRows - badRows;
  return (
    <>
      {state === 'waiting' ? (
        <p>
          <label>
            {say(labels.progress)} <progress max={Math.max(good, 1)} value={passedRows} />{' '}
            <Digits value={passedRows} /> / <Digits value={good} />
          </label>
        </p>
      ) : null}
      <Figures>
        <Figure label={say(labels.rows)} value={<Digits value={totalRows} />} />
        <Figure label={say(labels.good)} value={<Digits value={good} />} />
        <Figure label={say(labels.bad)} value={<Digits value={badRows} />} />
        <Figure label={say(labels.entered)} value={<Digits value={enteredPersons} />} />
        <Figure label={say(labels.known)} value={<Digits value={knownPersons} />} />
        <Figure label={say(labels.facts)} value={<Digits value={addedFacts} />} />
      </Figures>
    </>
  );
}

function Rows({ page, province }: { readonly page: Answer; readonly province: string }): ReactNode {
  const { say, digits } = useSpeech();
  const { roster, sample, faults } = page;
  const shown = columnsOf(roster.form).filter(({ key }) =>
    sample.some((row) => (row[key] ?? row[camel(key)]) != null),
  );
  return (
    <>
      {sample.length === 0 ? null : (
        <Section title={say(labels.sample)}>
          <DataTable
            caption={say(labels.sample)}
            rows={sample}
            rowKey={(row) => row['nationalId'] ?? ''}
            columns={shown.map(({ key, title }): Column<Answer['sample'][number]> => ({
              key,
              title: say(title),
              render: (row) => <Bidi>{digits(row[key] ?? row[camel(key)] ?? '–')}</Bidi>,
            }))}
          />
        </Section>
      )}
      {roster.badRows === 0 ? null : (
        <Section
          title={say(labels.firstFaults)}
          aside={<LinkButton href={`/persons/${province}/rosters`}>{say(labels.rosters)}</LinkButton>}
        >
          <p className="k-hint">{say(labels.errorFileHint)}</p>
          <DataTable
            caption={say(labels.faults)}
            rows={faults}
            rowKey={({ line }) => String(line)}
            columns={[
              {
                key: 'line',
                title: say(labels.line),
                align: 'figure',
                render: ({ line }) => <Digits value={line} />,
              },
              {
                key: 'id',
                title: say(personLabels.nationalId),
                render: ({ cells }) => <Bidi>{cells['national_id'] ?? '–'}</Bidi>,
              },
              {
                key: 'name',
                title: say(personLabels.name),
                render: ({ cells }) => [cells['first_name'], cells['last_name']].filter(Boolean).join(' '),
              },
              {
                key: 'why',
                title: say(labels.reasons),
                render: (row) => row.faults.map((fault) => say(fault)).join(' '),
              },
            ]}
          />
        </Section>
      )}
    </>
  );
}

const camel = (key: string): string => key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
