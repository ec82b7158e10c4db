import { useDeferredValue, useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand, type Path } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { todayIso } from '#web/kit/day-field.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { MoneyField, NumberField, TextField } from '#web/kit/field.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import type { Column } from '#web/kit/table.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import { Register, type RegisterPlace } from '#web/register.tsx';
import type { SupporterPage } from '../contract.ts';
import {
  contractStates,
  type Candidate,
  type Contract,
  type ContractState,
} from '../three-party-contract/contract.ts';
import { basisWords, contractLabels as labels, contractStateWords } from '../three-party-contract/words.ts';

const tones: Readonly<Partial<Record<ContractState, 'green' | 'red' | 'quiet'>>> = {
  in_force: 'green',
  declined: 'red',
  cancelled: 'quiet',
  ended: 'quiet',
};
export const contractTone = (state: ContractState): 'green' | 'amber' | 'red' | 'quiet' =>
  tones[state] ?? 'amber';

/** Until when the licence holds; red where a contract in force has outlived it. */
export function Holds({ contract }: { readonly contract: Contract }): ReactNode {
  const { say } = useSpeech();
  const { basis, holdsUntil, state } = contract;
  if (holdsUntil !== null && (state !== 'in_force' || holdsUntil >= todayIso()))
    return <DayText iso={holdsUntil} />;
  if (holdsUntil === null && basis === 'request') return say(basisWords.request);
  return <Sign tone="red">{say(labels.lapsed)}</Sign>;
}

const contractColumns = (
  { say, digits }: Speech,
  without: 'supporter' | null,
): readonly Column<Contract>[] => {
  const person = (key: 'supporter' | 'worker', name: (row: Contract) => string | null): Column<Contract>[] =>
    key === without
      ? []
      : [
          {
            key,
            title: say(labels[key]),
            render: (row) => name(row) ?? '—',
            sortBy: (row) => name(row) ?? '',
            csv: (row) => name(row) ?? '',
          },
        ];
  const day = (key: 'linkedOn' | 'endedOn'): Column<Contract> => ({
    key,
    title: say(labels[key]),
    render: (row) => (row[key] === null ? '—' : <DayText iso={row[key]} />),
    sortBy: (row) => row[key] ?? '',
    csv: (row) => row[key] ?? '',
  });
  return [
    {
      key: 'number',
      title: say(labels.number),
      render: ({ number }) => <Bidi>{digits(number)}</Bidi>,
      csv: ({ number }) => number,
    },
    ...person('worker', ({ workerName }) => workerName),
    ...person('supporter', ({ supporterName }) => supporterName),
    {
      key: 'occupation',
      title: say(labels.occupation),
      render: ({ occupation }) => say(occupation),
      csv: ({ occupation }) => say(occupation),
    },
    {
      key: 'state',
      title: say(labels.state),
      render: ({ state, stateName }) => <Sign tone={contractTone(state)}>{say(stateName)}</Sign>,
      sortBy: ({ stateName }) => say(stateName),
      csv: ({ stateName }) => say(stateName),
    },
    { key: 'holds', title: say(labels.holdsUntil), render: (row) => <Holds contract={row} /> },
    day('linkedOn'),
    day('endedOn'),
  ];
};

/** Contracts by search and state, the newest first, as many as are asked for; of one supporter or of all. */
export function Contracts({
  supporter,
  ...place
}: RegisterPlace & { readonly supporter?: string }): ReactNode {
  const speech = useSpeech();
  const { say } = speech;
  return (
    <Register<Contract>
      {...place}
      path={`/api/provinces/${place.province}/support-contracts`}
      {...(supporter === undefined ? {} : { asked: { supporter } })}
      fields={[
        { name: 'contract', asks: 'search', label: say(labels.search) },
        {
          name: 'contractState',
          asks: 'state',
          label: say(labels.state),
          choices: contractStates.map((key) => ({ key, label: say(contractStateWords[key]) })),
          all: say(labels.all),
        },
      ]}
      caption={say(labels.contracts)}
      columns={contractColumns(speech, supporter === undefined ? null : 'supporter')}
      rowKey={({ contractId }) => contractId}
      rowHref={({ contractId }) => `/supporters/contracts/${contractId}`}
      csvName="three-party-contracts"
      empty={{ title: say(labels.noContracts), body: say(labels.noContractsHelp) }}
    />
  );
}

type DraftProps = {
  readonly province: string;
  readonly page: SupporterPage;
  readonly onClose: () => void;
  readonly onDone: (contractId: string) => void;
};

/** A contract with somebody who holds or asks for a licence in one of the supporter's categories and counties. */
export function DraftDialog({ province, page, onClose, onDone }: DraftProps): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const { supporter, stands } = page;
  const [at, setAt] = useState(() => (stands.length === 1 ? '0' : ''));
  const [worker, setWorker] = useState<Candidate | null>(null);
  const [orders, setOrders] = useState('');
  const [tried, setTried] = useState(false);
  const stand = stands[Number.parseInt(at, 10)];
  const command = useCommand<object>({
    path: `/api/provinces/${province}/support-contracts`,
    changes: ['/api/provinces/'],
    onDone: () => onDone(id),
  });
  const send = (): void => {
    setTried(true);
    if (worker === null || orders === '') return;
    const { personId: workerId, basisId } = worker;
    command.mutate({ id, supporterId: supporter.supporterId, workerId, basisId, orders });
  };
  const Orders = supporter.ordersUnit === 'rial' ? MoneyField : NumberField;
  return (
    <Dialog
      title={say(labels.draft)}
      open
      wide
      onClose={onClose}
      foot={
        <Button kind="primary" busy={command.isPending} onPress={send}>
          {say(labels.draft)}
        </Button>
      }
    >
      <div className="k-form">
        <Select
          label={say(labels.place)}
          name="place"
          required
          value={at === '' ? null : at}
          onChange={(key) => {
            setAt(key);
            setWorker(null);
          }}
          choices={stands.map(({ categoryName, countyName }, index) => ({
            key: String(index),
            label: `${say(categoryName)} · ${say(countyName)}`,
          }))}
        />
        {stand === undefined ? null : (
          <WorkerPicker
            path={`/api/provinces/${province}/supporters/${supporter.supporterId}/candidates?category=${stand.categoryKey}&county=${stand.countyCode}`}
            chosen={worker}
            onChoose={setWorker}
            error={tried && worker === null ? say(labels.needed) : fieldError(command.error, 'workerId', say)}
          />
        )}
        <Orders
          label={say(labels.orders)}
          name="orders"
          required
          value={orders}
          onChange={setOrders}
          error={tried && orders === '' ? say(labels.needed) : fieldError(command.error, 'orders', say)}
        />
        {command.error === null ? null : <ProblemNotice error={command.error} />}
      </div>
    </Dialog>
  );
}

type PickerProps = {
  readonly path: Path;
  readonly chosen: Candidate | null;
  readonly onChoose: (candidate: Candidate) => void;
  readonly error: string | null;
};

function WorkerPicker({ path, chosen, onChoose, error }: PickerProps): ReactNode {
  const { say } = useSpeech();
  const [typed, setTyped] = useState('');
  const sought = useDeferredValue(typed.trim());
  const found = useAnswer<{ readonly items: readonly Candidate[] }>(
    sought === '' ? path : `${path}&search=${encodeURIComponent(sought)}`,
  );
  const titleOf = ({ name, occupation, basis }: Candidate): string =>
    `${name ?? '—'} · ${say(occupation)} · ${say(basisWords[basis])}`;
  return (
    <>
      <TextField
        label={say(labels.searchWorker)}
        name="worker"
        type="search"
        required
        value={typed}
        onChange={setTyped}
        error={error}
      />
      {chosen === null ? null : <Notice tone="green" title={`${say(labels.chosen)}: ${titleOf(chosen)}`} />}
      {found.error === null ? null : (
        <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.data?.items.length === 0 ? <p>{say(labels.noCandidates)}</p> : null}
      {(found.data?.items ?? []).slice(0, 8).map((candidate) => (
        <Button
          key={candidate.basisId}
          wide
          kind={candidate.basisId === chosen?.basisId ? 'primary' : 'plain'}
          onPress={() => onChoose(candidate)}
        >
          {titleOf(candidate)}
        </Button>
      ))}
    </>
  );
}
