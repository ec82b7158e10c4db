import { useState, type ReactNode } from 'react';
import { useAnswer } from '#web/command.tsx';
import { moneyScale, percentText, rialsOf } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import type { LinePageAnswer } from '../contract.ts';
import { Answered, UnitOf, apiOf, useAddress, useLinePath } from '../province/page.tsx';
import { Releases } from '../release/page.tsx';
import { ProposeDialog } from '../share-rule/page.tsx';
import { DeedDialog } from '../transfer/page.tsx';
import { creditLabels } from '../words.ts';
import type { RulesAnswer } from './contract.ts';
import { shareRuleKind } from './rules.ts';
import { groupName, ruleActWords, ruleLabels as labels, ruleTypeWords, shareFor } from './words.ts';

type Rule = RulesAnswer['rules'][number];
type Proposal = RulesAnswer['proposals'][number];
type Terms = Omit<Rule, 'inForce' | 'proposedBy' | 'approvedBy' | 'resolutionNumber' | 'resolutionDay'>;
type Shown = { readonly page: LinePageAnswer; readonly rules: RulesAnswer; readonly province: string };

const innermost = (share: string): string => share.slice(share.lastIndexOf('/') + 1);
const aroundOf = (share: string): string | null =>
  share.includes('/') ? share.slice(0, share.lastIndexOf('/')) : null;

/** «۲۵٪»; what is no whole hundredth of a percent as the fraction it is. */
function useFraction(): (terms: Pick<Terms, 'numerator' | 'denominator'>) => string {
  const { say, language, digits } = useSpeech();
  return ({ numerator, denominator }) => {
    if ((numerator * 10_000) % denominator !== 0)
      return `${digits(numerator)} ${say(labels.of)} ${digits(denominator)}`;
    const decimals = (numerator * 100) % denominator === 0 ? 0 : 2;
    return percentText(BigInt(numerator), BigInt(denominator), language, decimals);
  };
}

function useTermColumns<Row extends Terms>(): readonly Column<Row>[] {
  const { say, digits } = useSpeech();
  const fraction = useFraction();
  const around = ({ share }: Row): string => {
    const outer = aroundOf(share);
    return outer === null ? '—' : say(shareFor(outer));
  };
  return [
    {
      key: 'for',
      title: say(labels.forWhom),
      render: ({ share }) => say(groupName(innermost(share))),
      csv: ({ share }) => say(shareFor(share)),
      sortBy: ({ share }) => say(shareFor(share)),
    },
    {
      key: 'type',
      title: say(labels.type),
      render: ({ type }) => say(ruleTypeWords[type]),
      csv: ({ type }) => say(ruleTypeWords[type]),
      sortBy: ({ type }) => type,
    },
    { key: 'part', title: say(labels.part), align: 'figure', render: fraction, csv: fraction },
    { key: 'around', title: say(labels.around), render: around, csv: around },
    {
      key: 'from',
      title: say(labels.from),
      render: ({ validFrom, lastDay }) => (
        <>
          <DayText iso={validFrom} />
          {lastDay === null ? null : (
            <small className="k-hint" style={{ display: 'block' }}>
              {say(labels.lastDay)} <DayText iso={lastDay} />
            </small>
          )}
        </>
      ),
      csv: ({ validFrom }) => validFrom,
      sortBy: ({ validFrom }) => validFrom,
    },
    {
      key: 'reference',
      title: say(labels.reference),
      render: ({ legalReference }) => <Bidi>{digits(legalReference)}</Bidi>,
      csv: ({ legalReference }) => legalReference,
    },
  ];
}

function StandingOf({ rule, earliest }: { readonly rule: Rule; readonly earliest: string }): ReactNode {
  const { say } = useSpeech();
  const [tone, icon, words] = rule.inForce
    ? (['green', 'check', labels.inForce] as const)
    : rule.validFrom >= earliest
      ? (['amber', 'time', labels.later] as const)
      : (['quiet', 'close', labels.past] as const);
  return (
    <Sign tone={tone} icon={icon}>
      {say(words)}
    </Sign>
  );
}

function Rules({ rules: { rules, earliest }, page }: Shown): ReactNode {
  const { say, digits } = useSpeech();
  const terms = useTermColumns<Rule>();
  const columns: readonly Column<Rule>[] = [
    ...terms,
    {
      key: 'state',
      title: say(labels.state),
      render: (rule) => <StandingOf rule={rule} earliest={earliest} />,
    },
    {
      key: 'proposed',
      title: say(labels.proposedBy),
      render: ({ proposedBy }) => <Bidi>{proposedBy ?? say(labels.withDraft)}</Bidi>,
      csv: ({ proposedBy }) => proposedBy ?? '',
    },
    {
      key: 'approved',
      title: say(labels.approvedBy),
      render: ({ approvedBy, resolutionNumber, resolutionDay }) => (
        <>
          <Bidi>{approvedBy ?? '—'}</Bidi>
          {resolutionNumber === null || resolutionDay === null ? null : (
            <small className="k-hint" style={{ display: 'block' }}>
              {say(labels.resolution)} <Bidi>{digits(resolutionNumber)}</Bidi> <DayText iso={resolutionDay} />
            </small>
          )}
        </>
      ),
      csv: ({ approvedBy }) => approvedBy ?? '',
    },
  ];
  return (
    <Section title={say(labels.history)}>
      <DataTable
        caption={say(labels.history)}
        columns={columns}
        rows={rules}
        rowKey={({ type, share, validFrom }) => `${type} ${share} ${validFrom}`}
        csvName={`share-rules-${page.line.province}-${page.line.budgetYear}`}
        empty={{ title: say(labels.none), body: say(labels.noneHelp) }}
        dense
      />
    </Section>
  );
}

/** What each reserve holds in the whole line, or in what a county office sees of it. */
function Locks({ page: { slices } }: Shown): ReactNode {
  const { say } = useSpeech();
  const seen = new Set(slices.map(({ id }) => id));
  const tops = slices.filter(({ parentId }) => parentId === null || !seen.has(parentId));
  const sums = new Map<string, { readonly all: bigint; readonly free: bigint }>();
  for (const { share, amount, available } of tops.flatMap(({ locks }) => locks)) {
    const before = sums.get(share) ?? { all: 0n, free: 0n };
    sums.set(share, { all: before.all + rialsOf(amount), free: before.free + rialsOf(available) });
  }
  const rows = [...sums].map(([share, sum]) => ({ share, ...sum }));
  const scale = moneyScale(rows.flatMap(({ all, free }) => [all, free]));
  const money = (key: 'all' | 'free', title: string): Column<(typeof rows)[number]> => ({
    key,
    title,
    align: 'figure',
    render: (row) => <Money rials={row[key]} scale={scale} />,
    csv: (row) => row[key].toString(),
    csvTitle: `${title} (${say(creditLabels.rials)})`,
  });
  return (
    <Section title={say(labels.locks)} aside={<UnitOf scale={scale} />}>
      <DataTable
        caption={say(labels.locks)}
        columns={[
          {
            key: 'share',
            title: say(creditLabels.share),
            render: ({ share }) => say(shareFor(share)),
            csv: ({ share }) => say(shareFor(share)),
          },
          money('all', say(labels.lockedInAll)),
          money('free', say(labels.lockedFree)),
        ]}
        rows={rows}
        rowKey={({ share }) => share}
        csvName="locks"
        empty={{ title: say(labels.locksNone), body: say(labels.locksNoneHelp) }}
        dense
      />
    </Section>
  );
}

function ProposalRow({
  proposal,
  province,
}: {
  readonly proposal: Proposal;
  readonly province: string;
}): ReactNode {
  const { say } = useSpeech();
  const [asking, setAsking] = useState<'approval' | 'withdrawal' | null>(null);
  const choice = (act: string) => proposal.choices.find((one) => one.act === act);
  const because = (act: string): string | null => {
    const reason = choice(act)?.because;
    return reason == null ? null : say(reason);
  };
  return (
    <div className="k-row no-print">
      <Button
        kind="quiet"
        icon="check"
        refusedBecause={because('approve_rule')}
        onPress={() => setAsking('approval')}
      >
        {say(labels.approve)}
      </Button>
      <Button kind="quiet" refusedBecause={because('withdraw_rule')} onPress={() => setAsking('withdrawal')}>
        {say(labels.withdraw)}
      </Button>
      {asking === null ? null : (
        <DeedDialog
          path={`rules/${proposal.id}/${asking}`}
          province={province}
          seenVersion={proposal.version}
          deed={asking}
          title={say(asking === 'approval' ? ruleActWords.approve_rule : ruleActWords.withdraw_rule)}
          help={say(asking === 'approval' ? labels.approveHelp : labels.withdrawHelp)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

function Waiting({ rules: { proposals }, province }: Shown): ReactNode {
  const { say } = useSpeech();
  const terms = useTermColumns<Proposal>();
  if (proposals.length === 0) return null;
  return (
    <Section title={say(labels.waiting)}>
      <DataTable
        caption={say(labels.waiting)}
        columns={[
          ...terms,
          {
            key: 'proposed',
            title: say(labels.proposedBy),
            render: ({ proposedBy }) => <Bidi>{proposedBy ?? '—'}</Bidi>,
          },
          {
            key: 'deeds',
            title: say(creditLabels.deed),
            render: (proposal) => <ProposalRow proposal={proposal} province={province} />,
          },
        ]}
        rows={proposals}
        rowKey={({ id }) => id}
        dense
      />
    </Section>
  );
}

function SharesView(shown: Shown): ReactNode {
  const { say } = useSpeech();
  const { user } = useSession();
  const pathTo = useLinePath();
  const [proposing, setProposing] = useState(false);
  const { page, province } = shown;
  const may = shareRuleKind.start.may.some((role) => role === user?.role) && page.line.state !== 'closed';
  return (
    <>
      <PageHead
        title={say(labels.title)}
        path={[...pathTo(province, page.line), { label: say(labels.title) }]}
        actions={
          <>
            <PrintButton />
            {may ? (
              <Button kind="primary" icon="add" onPress={() => setProposing(true)}>
                {say(labels.propose)}
              </Button>
            ) : null}
          </>
        }
      >
        {say(labels.lead)}
      </PageHead>
      <Waiting {...shown} />
      <Rules {...shown} />
      <Locks {...shown} />
      <Releases page={page} province={province} />
      {proposing ? (
        <ProposeDialog
          lineId={page.line.id}
          rules={shown.rules}
          province={province}
          onClose={() => setProposing(false)}
        />
      ) : null}
    </>
  );
}

/** The share rules of a line: in force, to come, past and proposed, and what each reserve locks now. */
export function SharesPage(): ReactNode {
  const { say } = useSpeech();
  const province = useAddress('province');
  const line = `lines/${useAddress('line')}`;
  const asked = useAnswer<LinePageAnswer>(apiOf(province, line));
  const rules = useAnswer<RulesAnswer>(apiOf(province, `${line}/rules`));
  return (
    <Answered asked={asked} title={say(labels.title)} province={province}>
      {(page) =>
        rules.data !== undefined ? (
          <SharesView page={page} rules={rules.data} province={province} />
        ) : rules.error === null ? (
          <Skeleton rows={6} />
        ) : (
          <ProblemNotice error={rules.error} onRetry={() => void rules.refetch()} />
        )
      }
    </Answered>
  );
}
