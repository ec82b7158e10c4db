import { useParams, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Role } from '#kernel/actor.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand, type Path } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { DayText, InstantText } from '#web/kit/day.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { TextField } from '#web/kit/field.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Link } from '#web/kit/link.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { CaseLine } from '#web/pictures/case-line.tsx';
import { useSession } from '#web/session.tsx';
import { usePlace } from '../draft/page.tsx';
import { Holds, contractTone } from '../link/page.tsx';
import { Orders } from '../supporter/page.tsx';
import { supporterKindWords, supporterLabels } from '../words.ts';
import { contractActs, type ContractAct, type ContractPage as PageAnswer } from './contract.ts';
import { contractKind } from './rules.ts';
import { basisWords, contractActWords, contractLabels as labels, partyWords } from './words.ts';

const reasoned: readonly string[] = contractKind.reasoned;
const actNamed = (name: string): ContractAct | undefined => contractActs.find((known) => known === name);
const wordOf = (act: string) =>
  act === 'draft' ? contractActWords.draft : contractActWords[actNamed(act) ?? 'end'];

/** Of what is not lawful now, a reader is shown what would be theirs to do. */
const isMine = (act: string, role: Role | null | undefined): boolean =>
  Object.entries(contractKind.may).some(
    ([name, may]: [string, readonly string[]]) => name === act && role != null && may.includes(role),
  );

type ActProps = {
  readonly page: PageAnswer;
  readonly act: ContractAct;
  readonly path: Path;
  readonly onClose: () => void;
};

function ActDialog({ page, act, path, onClose }: ActProps): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [reason, setReason] = useState('');
  const command = useCommand<object>({ path: `${path}/acts`, changes: ['/api/provinces/'], onDone: onClose });
  const isReasoned = reasoned.includes(act);
  const send = (): void =>
    command.mutate({
      id,
      act,
      seenVersion: page.contract.version,
      reason: reason.trim() === '' ? null : reason,
    });
  return (
    <Dialog
      title={say(contractActWords[act])}
      open
      onClose={onClose}
      foot={
        <Button kind={isReasoned ? 'danger' : 'primary'} busy={command.isPending} onPress={send}>
          {say(contractActWords[act])}
        </Button>
      }
    >
      <div className="k-form">
        {isReasoned ? (
          <TextField
            label={say(labels.reason)}
            name="reason"
            required
            rows={3}
            value={reason}
            onChange={setReason}
            error={fieldError(command.error, 'reason', say)}
          />
        ) : (
          <p>{say(labels.counter)}</p>
        )}
        {command.error === null ? null : <ProblemNotice error={command.error} />}
      </div>
    </Dialog>
  );
}

type Signature = PageAnswer['signatures'][number];

function Signatures({ page }: { readonly page: PageAnswer }): ReactNode {
  const { say } = useSpeech();
  const { contract } = page;
  const nameOf = { supporter: contract.supporterName, worker: contract.workerName };
  const columns: readonly Column<Signature>[] = [
    {
      key: 'party',
      title: say(labels.signatures),
      render: ({ party }) =>
        `${say(partyWords[party])}: ${party === 'agency' ? say(contract.agencyName) : (nameOf[party] ?? '—')}`,
    },
    {
      key: 'by',
      title: say(labels.signedBy),
      render: ({ by, at }) => (at === null ? <Sign tone="amber">{say(labels.notSigned)}</Sign> : (by ?? '—')),
    },
    {
      key: 'at',
      title: say(labels.signedAt),
      render: ({ at }) => (at === null ? '—' : <InstantText iso={at} />),
    },
  ];
  return (
    <DataTable
      caption={say(labels.signatures)}
      columns={columns}
      rows={page.signatures}
      rowKey={({ party }) => party}
    />
  );
}

type FactsProps = { readonly page: PageAnswer; readonly province: string; readonly isAgency: boolean };

function ContractFacts({ page, province, isAgency }: FactsProps): ReactNode {
  const { say } = useSpeech();
  const { contract, orders, kind } = page;
  const of = usePlace().province === null ? `?of=${province}` : '';
  return (
    <Facts
      facts={[
        {
          label: say(supporterKindWords[kind]),
          value: isAgency ? (
            (contract.supporterName ?? '—')
          ) : (
            <Link href={`/supporters/${contract.supporterId}${of}`}>{contract.supporterName ?? '—'}</Link>
          ),
        },
        {
          label: say(labels.worker),
          value: <Link href={`/persons/${province}/${contract.workerId}`}>{contract.workerName ?? '—'}</Link>,
        },
        { label: say(labels.agency), value: say(contract.agencyName) },
        { label: say(labels.occupation), value: say(contract.occupation) },
        { label: say(labels.county), value: say(contract.countyName) },
        { label: say(labels.basis), value: say(basisWords[contract.basis]) },
        { label: say(labels.holdsUntil), value: <Holds contract={contract} /> },
        { label: say(labels.orders), value: <Orders value={orders.value} of={orders} /> },
        { label: say(labels.draftedOn), value: <DayText iso={contract.draftedOn} /> },
        ...(contract.linkedOn === null
          ? []
          : [{ label: say(labels.linkedOn), value: <DayText iso={contract.linkedOn} /> }]),
        ...(contract.endedOn === null
          ? []
          : [{ label: say(labels.endedOn), value: <DayText iso={contract.endedOn} /> }]),
      ]}
    />
  );
}

export function ContractPage(): ReactNode {
  const { say, digits } = useSpeech();
  const own = usePlace().province;
  const { of }: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const province = own ?? (typeof of === 'string' ? of : null);
  const role = useSession().user?.role;
  const params: Readonly<Record<string, string | undefined>> = useParams({ strict: false });
  const path: Path = `/api/provinces/${province ?? 'none'}/support-contracts/${params['contract'] ?? ''}`;
  const asked = useAnswer<PageAnswer>(province === null ? null : path);
  const [doing, setDoing] = useState<ContractAct | null>(null);
  const page = asked.data;
  const above = [{ label: say(supporterLabels.supporters), href: '/supporters' }];
  if (page === undefined || province === null)
    return (
      <>
        <PageHead title={say(labels.contract)} path={above} />
        {asked.error === null ? (
          <Skeleton rows={8} />
        ) : (
          <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
        )}
      </>
    );
  const { contract } = page;
  return (
    <>
      <PageHead
        title={say(labels.contract)}
        path={above}
        aside={
          <>
            <Bidi>{digits(contract.number)}</Bidi>{' '}
            <Sign tone={contractTone(contract.state)}>{say(contract.stateName)}</Sign>
          </>
        }
        actions={
          <a className="k-button" href={`${path}/contract.pdf`}>
            {say(labels.pdf)}
          </a>
        }
      />
      <ContractFacts page={page} province={province} isAgency={role === 'agency'} />
      <Section title={say(labels.signatures)}>
        <Signatures page={page} />
      </Section>
      <div style={{ marginBlock: 'var(--s6)' }}>
        <CaseLine
          acts={page.acts.map((done) => ({
            id: done.id,
            title: say(wordOf(done.act)),
            by: done.byName ?? done.byRole,
            at: done.at,
            detail: done.reason ?? undefined,
            back: reasoned.includes(done.act),
          }))}
          now={
            contractKind.closed.some((one) => one === contract.state)
              ? null
              : { title: say(contract.stateName) }
          }
          choices={page.choices
            .filter(({ act, lawful }) => lawful || isMine(act, role))
            .map(({ act, lawful, because }) => ({
              act,
              label: say(wordOf(act)),
              lawful,
              because: because === null ? null : say(because),
              primary: act.startsWith('sign_'),
              danger: reasoned.includes(act),
            }))}
          onChoose={(act) => setDoing(actNamed(act) ?? null)}
        />
      </div>
      {doing === null ? null : (
        <ActDialog page={page} act={doing} path={path} onClose={() => setDoing(null)} />
      )}
    </>
  );
}
