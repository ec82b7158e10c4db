import type { ReactNode } from 'react';
import { useAnswer } from '#web/command.tsx';
import { InstantText } from '#web/kit/day.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import type { Backups } from '../contract.ts';
import { isBackupOld } from './contract.ts';
import { backupWords, jobWords } from './words.ts';

type Backup = Backups['backups'][number];
type Job = Backups['jobs'][number];

const backupColumns = (say: Speech['say']): readonly Column<Backup>[] => [
  { key: 'made', title: say(backupWords.madeAt), render: ({ madeAt }) => <InstantText iso={madeAt} /> },
  { key: 'name', title: say(backupWords.name), render: ({ name }) => <Bidi code>{name}</Bidi> },
  {
    key: 'size',
    title: say(backupWords.size),
    align: 'figure',
    render: ({ byteCount }) => <Digits value={BigInt(byteCount) / 1024n} />,
  },
  {
    key: 'verified',
    title: say(backupWords.verified),
    render: ({ verifiedAt }) =>
      verifiedAt === null ? (
        <Sign tone="amber">{say(backupWords.unchecked)}</Sign>
      ) : (
        <>
          <Sign tone="green">{say(backupWords.right)}</Sign>{' '}
          <span className="k-hint">
            <InstantText iso={verifiedAt} />
          </span>
        </>
      ),
  },
];

const jobColumns = (say: Speech['say']): readonly Column<Job>[] => [
  {
    key: 'name',
    title: say(backupWords.workName),
    render: ({ name }) => {
      const known = new Map(Object.entries(jobWords)).get(name);
      return known === undefined ? <Bidi code>{name}</Bidi> : say(known);
    },
  },
  {
    key: 'done',
    title: say(backupWords.doneAt),
    render: ({ doneAt }) => (doneAt === null ? '—' : <InstantText iso={doneAt} />),
  },
  {
    key: 'state',
    title: say(backupWords.state),
    render: ({ failedAt }) =>
      failedAt === null ? (
        <Sign tone="green">{say(backupWords.fine)}</Sign>
      ) : (
        <Sign tone="red">{say(backupWords.failed)}</Sign>
      ),
  },
];

function Standing({ backups, now }: { readonly backups: Backups; readonly now: number }): ReactNode {
  const { say } = useSpeech();
  const { schedule, lastGoodAt, kept } = backups;
  const old = isBackupOld(lastGoodAt, now);
  const plan = { daily: backupWords.daily, none: backupWords.never, server: backupWords.byServer }[schedule];
  return (
    <>
      {schedule === 'server' ? <Notice>{say(backupWords.server)}</Notice> : null}
      {schedule !== 'server' && old ? (
        <Notice tone="amber" title={say(lastGoodAt === null ? backupWords.none : backupWords.old)}>
          {say(backupWords.remedy)} <Bidi code>npx karsaz backup</Bidi>
        </Notice>
      ) : null}
      {schedule !== 'server' && !old ? <Notice tone="green">{say(backupWords.fresh)}</Notice> : null}
      <Facts
        facts={[
          { label: say(backupWords.schedule), value: say(plan) },
          { label: say(backupWords.kept), value: <Digits value={kept} /> },
          {
            label: say(backupWords.lastGood),
            value: lastGoodAt === null ? '—' : <InstantText iso={lastGoodAt} />,
          },
        ]}
      />
    </>
  );
}

/** How the installation is kept: for administrators, directors and auditors. */
export function InstallationPage(): ReactNode {
  const { say } = useSpeech();
  const asked = useAnswer<Backups>('/api/installation/backups');
  const backups = asked.data;
  return (
    <>
      <PageHead title={say(backupWords.title)} actions={<PrintButton />}>
        {say(backupWords.lead)}
      </PageHead>
      <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
      {backups === undefined ? (
        asked.error === null ? (
          <Skeleton rows={6} />
        ) : null
      ) : (
        <>
          <Standing backups={backups} now={asked.dataUpdatedAt} />
          <Section title={say(backupWords.backups)}>
            <DataTable
              dense
              caption={say(backupWords.backups)}
              columns={backupColumns(say)}
              rows={backups.backups}
              rowKey={({ name, madeAt }) => `${name} ${madeAt}`}
              empty={{ title: say(backupWords.noBackups), body: say(backupWords.noBackupsBody) }}
            />
          </Section>
          <Section title={say(backupWords.work)}>
            <DataTable
              dense
              caption={say(backupWords.work)}
              columns={jobColumns(say)}
              rows={backups.jobs}
              rowKey={({ name }) => name}
            />
          </Section>
        </>
      )}
    </>
  );
}
