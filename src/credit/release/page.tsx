import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { moneyText, rialsOf } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { MoneyField, TextField } from '#web/kit/field.tsx';
import { Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import type { LinePageAnswer } from '../contract.ts';
import { partName } from '../axis/words.ts';
import { StateSign, apiOf } from '../province/page.tsx';
import { isDrawable } from '../rules.ts';
import { ruleLabels, shareFor } from '../share/words.ts';
import { DeedDialog } from '../transfer/page.tsx';
import { creditLabels } from '../words.ts';
import type { ReleasesAnswer } from './contract.ts';
import { releaseKind } from './rules.ts';
import { releaseActWords, releaseLabels as labels } from './words.ts';

type Release = ReleasesAnswer['releases'][number];
type Shown = { readonly page: LinePageAnswer; readonly province: string };

/** «کرج، قالی‌بافی»: a slice by its parts from the province down; the rest of the province by its name. */
function useSliceWay({ slices }: LinePageAnswer): (sliceId: string) => string {
  const { say, language } = useSpeech();
  const byId = new Map(slices.map((slice) => [slice.id, slice]));
  return (sliceId) => {
    const names: string[] = [];
    for (let at = byId.get(sliceId); at !== undefined; at = byId.get(at.parentId ?? ''))
      if (at.axis !== 'province') names.unshift(say(partName(at)));
    return names.length === 0 ? say(labels.province) : names.join(language === 'fa' ? '، ' : ', ');
  };
}

function Deeds({ release, province }: { readonly release: Release; readonly province: string }): ReactNode {
  const { say } = useSpeech();
  const [asking, setAsking] = useState<'approval' | 'withdrawal' | null>(null);
  const because = (act: string): string | null => {
    const reason = release.choices.find((one) => one.act === act)?.because;
    return reason == null ? null : say(reason);
  };
  if (release.state !== 'proposed') return <StateSign state={release.state} />;
  return (
    <div className="k-row no-print">
      <Button
        kind="quiet"
        icon="check"
        refusedBecause={because('approve_release')}
        onPress={() => setAsking('approval')}
      >
        {say(ruleLabels.approve)}
      </Button>
      <Button
        kind="quiet"
        refusedBecause={because('withdraw_release')}
        onPress={() => setAsking('withdrawal')}
      >
        {say(ruleLabels.withdraw)}
      </Button>
      {asking === null ? null : (
        <DeedDialog
          path={`releases/${release.id}/${asking}`}
          province={province}
          seenVersion={release.version}
          deed={asking}
          title={say(
            asking === 'approval' ? releaseActWords.approve_release : releaseActWords.withdraw_release,
          )}
          help={say(asking === 'approval' ? labels.approveHelp : labels.withdrawHelp)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

function useColumns({ page, province }: Shown): readonly Column<Release>[] {
  const { say, digits } = useSpeech();
  const wayOf = useSliceWay(page);
  return [
    {
      key: 'slice',
      title: say(creditLabels.slice),
      render: ({ sliceId }) => wayOf(sliceId),
      csv: ({ sliceId }) => wayOf(sliceId),
    },
    {
      key: 'share',
      title: say(creditLabels.share),
      render: ({ share }) => say(shareFor(share)),
      csv: ({ share }) => say(shareFor(share)),
    },
    {
      key: 'amount',
      title: say(labels.amount),
      align: 'figure',
      render: ({ amount }) => <Money rials={amount} />,
      sortBy: ({ amount }) => rialsOf(amount),
      csv: ({ amount }) => amount,
      csvTitle: `${say(labels.amount)} (${say(creditLabels.rials)})`,
    },
    {
      key: 'reason',
      title: say(labels.reason),
      render: ({ reason }) => <Bidi>{reason}</Bidi>,
      csv: ({ reason }) => reason,
    },
    {
      key: 'proposed',
      title: say(ruleLabels.proposedBy),
      render: ({ proposedBy, proposedOn }) => (
        <>
          <Bidi>{proposedBy ?? '—'}</Bidi>
          <small className="k-hint" style={{ display: 'block' }}>
            <DayText iso={proposedOn} />
          </small>
        </>
      ),
      csv: ({ proposedBy }) => proposedBy ?? '',
    },
    {
      key: 'approved',
      title: say(ruleLabels.approvedBy),
      render: ({ approvedBy, resolutionNumber, resolutionDay }) => (
        <>
          <Bidi>{approvedBy ?? '—'}</Bidi>
          {resolutionNumber === null || resolutionDay === null ? null : (
            <small className="k-hint" style={{ display: 'block' }}>
              {say(ruleLabels.resolution)} <Bidi>{digits(resolutionNumber)}</Bidi>{' '}
              <DayText iso={resolutionDay} />
            </small>
          )}
        </>
      ),
      csv: ({ approvedBy }) => approvedBy ?? '',
    },
    {
      key: 'state',
      title: say(creditLabels.state),
      render: (release) => <Deeds release={release} province={province} />,
      csv: ({ state }) => state,
    },
  ];
}

function ProposeDialog({
  page,
  province,
  releasable,
  onClose,
}: Shown & {
  readonly releasable: ReleasesAnswer['releasable'];
  readonly onClose: () => void;
}): ReactNode {
  const { say, language } = useSpeech();
  const wayOf = useSliceWay(page);
  const [id] = useState(newKey);
  const [tried, setTried] = useState(false);
  const [key, setKey] = useState<string | null>(null);
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const keyOf = ({ sliceId, share }: (typeof releasable)[number]): string => `${sliceId} ${share}`;
  const chosen = releasable.find((one) => keyOf(one) === key);
  const command = useCommand<unknown>({
    path: apiOf(province, `slices/${chosen?.sliceId ?? ''}/releases`),
    changes: [apiOf(province, '')],
    onDone: onClose,
  });
  const errorOf = (field: string): string | null => fieldError(command.error, field, say);
  const missing = (isMissing: boolean): string | null => (tried && isMissing ? say(labels.missing) : null);
  const isShort = reason.trim().length < 3;
  const send = (): void => {
    setTried(true);
    if (chosen === undefined || amount === '' || isShort) return;
    command.mutate({ id, share: chosen.share, amount, reason: reason.trim() });
  };
  return (
    <Dialog
      title={say(releaseActWords.propose_release)}
      open
      onClose={onClose}
      foot={
        <Button kind="primary" busy={command.isPending} onPress={send}>
          {say(releaseActWords.propose_release)}
        </Button>
      }
    >
      <form
        className="k-form"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p>{say(labels.help)}</p>
        <ComboBox
          label={say(labels.reserve)}
          name="share"
          required
          value={key}
          onChange={setKey}
          choices={releasable.map((one) => ({
            key: keyOf(one),
            label: `${wayOf(one.sliceId)} · ${say(shareFor(one.share))}`,
            detail: moneyText(rialsOf(one.amount), language),
          }))}
          error={missing(chosen === undefined) ?? errorOf('share')}
        />
        <MoneyField
          label={say(labels.amount)}
          name="amount"
          required
          value={amount}
          onChange={setAmount}
          error={missing(amount === '') ?? errorOf('amount')}
          {...(chosen === undefined
            ? {}
            : { hint: `${say(labels.mostHint)} ${moneyText(rialsOf(chosen.amount), language)}` })}
        />
        <TextField
          label={say(labels.reason)}
          name="reason"
          required
          rows={2}
          maxLength={500}
          value={reason}
          onChange={setReason}
          error={(tried && isShort ? say(labels.short) : null) ?? errorOf('reason')}
        />
        <ProblemNotice error={command.error} onRetry={send} />
      </form>
    </Dialog>
  );
}

function ReleaseTable({ answer, ...shown }: Shown & { readonly answer: ReleasesAnswer }): ReactNode {
  const { say } = useSpeech();
  const { user } = useSession();
  const [proposing, setProposing] = useState(false);
  const columns = useColumns(shown);
  const { line } = shown.page;
  const may =
    releaseKind.start.may.some((role) => role === user?.role) &&
    isDrawable(line.state) &&
    answer.releasable.length > 0;
  return (
    <Section
      title={say(labels.title)}
      aside={
        may ? (
          <Button icon="add" onPress={() => setProposing(true)}>
            {say(releaseActWords.propose_release)}
          </Button>
        ) : undefined
      }
    >
      <DataTable
        caption={say(labels.title)}
        columns={columns}
        rows={answer.releases}
        rowKey={({ id }) => id}
        csvName={`releases-${line.province}-${line.budgetYear}`}
        empty={{ title: say(labels.none), body: say(labels.noneHelp) }}
        dense
      />
      <p className="k-hint" style={{ marginBlockStart: 'var(--s2)' }}>
        {say(labels.help)}
      </p>
      {proposing ? (
        <ProposeDialog {...shown} releasable={answer.releasable} onClose={() => setProposing(false)} />
      ) : null}
    </Section>
  );
}

/** The releases of the reserves of a line; whoever may proposes one, another person approves it. */
export function Releases(shown: Shown): ReactNode {
  const asked = useAnswer<ReleasesAnswer>(apiOf(shown.province, `lines/${shown.page.line.id}/releases`));
  if (asked.data !== undefined) return <ReleaseTable {...shown} answer={asked.data} />;
  return asked.error === null ? (
    <Skeleton rows={3} />
  ) : (
    <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
  );
}
