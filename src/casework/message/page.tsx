import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { InstantText } from '#web/kit/day.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Link } from '#web/kit/link.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import { usePages } from '#web/paged.tsx';
import type { Sending, Undelivered } from './contract.ts';
import {
  adapterWords,
  channelWords,
  messageLabels as labels,
  messageStateWords,
  messageTones,
} from './words.ts';

const path = '/api/messages';

function Again({
  message,
  onDone,
}: {
  readonly message: Undelivered;
  readonly onDone: () => void;
}): ReactNode {
  const { say } = useSpeech();
  const again = useCommand<{ id: string }>({
    path: `/api/provinces/${message.provinceId}/messages/${message.messageId}/sending`,
    changes: [path],
    onDone,
  });
  return (
    <>
      <span style={{ whiteSpace: 'nowrap' }}>
        <Button busy={again.isPending} onPress={() => again.mutate({ id: newKey() })}>
          {say(labels.again)}
        </Button>
      </span>
      <ProblemNotice error={again.error} />
    </>
  );
}

/** One button for each province in the list: what it could not deliver waits again, once it was confirmed. */
function AgainAll({
  rows,
  onDone,
}: {
  readonly rows: readonly Undelivered[];
  readonly onDone: () => void;
}): ReactNode {
  const { say } = useSpeech();
  const provinces = new Map(rows.map(({ provinceId, provinceName }) => [provinceId, provinceName]));
  if (rows.length < 2) return null;
  return (
    <div className="k-row">
      {[...provinces].map(([provinceId, name]) => (
        <AgainOfProvince key={provinceId} provinceId={provinceId} name={say(name)} onDone={onDone} />
      ))}
    </div>
  );
}

function AgainOfProvince({
  provinceId,
  name,
  onDone,
}: {
  readonly provinceId: number;
  readonly name: string;
  readonly onDone: () => void;
}): ReactNode {
  const { say } = useSpeech();
  const [isAsked, setIsAsked] = useState(false);
  const again = useCommand<{ id: string }, Sending>({
    path: `/api/provinces/${provinceId}/messages/sending`,
    changes: [path],
    onDone: () => {
      setIsAsked(false);
      onDone();
    },
  });
  const title = `${say(labels.againAll)}: ${name}`;
  return (
    <>
      <Button icon="send" onPress={() => setIsAsked(true)}>
        {title}
      </Button>
      <Dialog
        title={title}
        open={isAsked}
        onClose={() => setIsAsked(false)}
        foot={
          <Button kind="primary" busy={again.isPending} onPress={() => again.mutate({ id: newKey() })}>
            {say(labels.again)}
          </Button>
        }
      >
        <p>{say(labels.againAllAsked)}</p>
        <ProblemNotice error={again.error} />
      </Dialog>
    </>
  );
}

const aboutColumn = (say: Speech['say']): Column<Undelivered> => ({
  key: 'about',
  title: say(labels.about),
  render: ({ about, provinceId }) =>
    about === null ? (
      '–'
    ) : (
      <Link href={`/cases/${provinceId}/${about.caseId}`}>
        <Bidi code>{about.number}</Bidi>
      </Link>
    ),
});

const columnsOf = (say: Speech['say'], onDone: () => void): readonly Column<Undelivered>[] => [
  { key: 'tried', title: say(labels.triedAt), render: ({ triedAt }) => <InstantText iso={triedAt} /> },
  { key: 'province', title: say(labels.province), render: ({ provinceName }) => say(provinceName) },
  {
    key: 'channel',
    title: say(labels.channel),
    render: ({ channel, carrier }) => `${say(channelWords[channel])} · ${say(adapterWords(carrier))}`,
  },
  {
    key: 'state',
    title: say(labels.state),
    render: ({ state }) => (
      <span style={{ whiteSpace: 'nowrap' }}>
        <Sign tone={messageTones[state]}>{say(messageStateWords[state])}</Sign>
      </span>
    ),
  },
  {
    key: 'reason',
    title: say(labels.reason),
    render: ({ reason, answer }) => (
      <>
        {say(reason)}
        {answer === null ? null : (
          <div>
            <small>
              {say(labels.answer)} <Bidi code>{answer}</Bidi>
            </small>
          </div>
        )}
      </>
    ),
  },
  {
    key: 'again',
    title: say(labels.deed),
    render: (message) => <Again message={message} onDone={onDone} />,
  },
];

/** What could not be delivered, with its reason, and sending it again: for administrators. */
export function MessagesPage(): ReactNode {
  const { say } = useSpeech();
  const [isQueued, setIsQueued] = useState(false);
  const pages = usePages<Undelivered>(path);
  const { rows } = pages;
  return (
    <>
      <PageHead title={say(labels.undelivered)}>{say(labels.lead)}</PageHead>
      {isQueued ? <Notice tone="green">{say(labels.queued)}</Notice> : null}
      <ProblemNotice error={pages.error} onRetry={pages.refetch} />
      {rows === undefined ? null : <AgainAll rows={rows} onDone={() => setIsQueued(true)} />}
      {pages.error === null ? (
        <DataTable
          caption={say(labels.undelivered)}
          dense
          columns={[
            ...(rows?.some(({ about }) => about !== null) === true ? [aboutColumn(say)] : []),
            ...columnsOf(say, () => setIsQueued(true)),
          ]}
          rows={rows}
          pages={pages}
          rowKey={({ messageId }) => messageId}
          empty={{ title: say(labels.none), body: say(labels.noneHelp) }}
        />
      ) : null}
    </>
  );
}
