import { useState, type ReactNode } from 'react';
import { useAnswer } from '#web/command.tsx';
import { exactRials, moneyScale, rialsOf } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Facts, type Fact } from '#web/kit/facts.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import type { OpeningAnswer } from '../opening/contract.ts';
import { usePlaceName } from '../opening/page.tsx';
import { openingKind } from '../opening/rules.ts';
import { openingActWords, openingColumnWords, openingLabels as labels } from '../opening/words.ts';
import {
  Answered,
  StateSign,
  UnitOf,
  apiOf,
  openingsHref,
  useAddress,
  useLinePath,
} from '../province/page.tsx';
import { ResolutionScans, Scans } from '../scan/page.tsx';
import { scanLabels } from '../scan/words.ts';
import { shareName } from '../share/words.ts';
import { slicingLabels } from '../slicing/words.ts';
import { DeedDialog } from '../transfer/page.tsx';
import { creditLabels } from '../words.ts';

type Shown = { readonly opening: OpeningAnswer; readonly province: string };

/** Where each act is done, what is asked for it, and what it brings about. */
const deeds = {
  approve_opening: { path: 'approval', deed: 'approval', help: labels.approveHelp },
  withdraw_opening: { path: 'withdrawal', deed: 'withdrawal', help: labels.withdrawHelp },
  propose_takeback: { path: 'takeback', deed: 'withdrawal', help: labels.takebackHelp },
  approve_takeback: { path: 'takeback/approval', deed: 'approval', help: labels.takebackApproveHelp },
  withdraw_takeback: { path: 'takeback/withdrawal', deed: 'withdrawal', help: labels.takebackWithdrawHelp },
} as const;
type Act = keyof typeof deeds;
const isAct = (act: string): act is Act => Object.hasOwn(deeds, act);

/** The acts that this state knows; one that is not the reader's own stands grey with its reason. */
function Deeds({ opening, province }: Shown): ReactNode {
  const { say } = useSpeech();
  const [asking, setAsking] = useState<Act | null>(null);
  const table: Readonly<Record<string, Readonly<Record<string, string>>>> = openingKind.table;
  const here = opening.choices.filter(({ act }) => table[opening.state]?.[act] !== 'refused');
  if (here.length === 0) return null;
  return (
    <div className="k-row no-print" style={{ marginBlock: 'var(--s4)' }}>
      {here.map(({ act, because }) =>
        isAct(act) ? (
          <Button
            key={act}
            kind={act.startsWith('approve') ? 'primary' : 'plain'}
            refusedBecause={because === null ? null : say(because)}
            onPress={() => setAsking(act)}
          >
            {say(openingActWords[act])}
          </Button>
        ) : null,
      )}
      {asking === null ? null : (
        <DeedDialog
          path={`openings/${opening.id}/${deeds[asking].path}`}
          province={province}
          seenVersion={opening.version}
          deed={deeds[asking].deed}
          title={say(openingActWords[asking])}
          help={say(deeds[asking].help)}
          onClose={() => setAsking(null)}
        />
      )}
    </div>
  );
}

const person = (label: string, name: string | null | undefined): readonly Fact[] =>
  name == null ? [] : [{ label, value: <Bidi>{name}</Bidi> }];

function useOpeningFacts(opening: OpeningAnswer): readonly Fact[] {
  const { say, digits } = useSpeech();
  const number = (label: string, value: string | null | undefined): readonly Fact[] =>
    value == null ? [] : [{ label, value: <Bidi>{digits(value)}</Bidi> }];
  const { takeback, resolutionDay } = opening;
  return [
    { label: say(labels.sourceTitle), value: <Bidi>{opening.sourceTitle}</Bidi> },
    ...number(say(labels.sourceNumber), opening.sourceNumber),
    { label: say(labels.sourceDay), value: <DayText iso={opening.sourceDay} /> },
    { label: say(labels.paidUntil), value: <DayText iso={opening.paidUntil} style="weekday" /> },
    ...person(say(creditLabels.proposedBy), opening.proposedBy),
    { label: say(slicingLabels.proposedOn), value: <DayText iso={opening.proposedOn} style="weekday" /> },
    ...person(say(slicingLabels.approvedBy), opening.approvedBy),
    ...number(say(creditLabels.resolutionNumber), opening.resolutionNumber),
    ...(resolutionDay === null
      ? []
      : [{ label: say(creditLabels.resolutionDay), value: <DayText iso={resolutionDay} /> }]),
    ...(takeback === null
      ? []
      : [{ label: say(labels.takebackReason), value: <Bidi>{takeback.reason}</Bidi> }]),
    ...person(say(labels.takebackBy), takeback?.proposedBy),
    ...person(say(labels.takebackApproved), takeback?.approvedBy),
  ];
}

type Row = OpeningAnswer['rows'][number];

function Rows({ opening }: { readonly opening: OpeningAnswer }): ReactNode {
  const { say } = useSpeech();
  const nameOf = usePlaceName();
  const scale = moneyScale(opening.rows.map(({ amount }) => amount));
  const count = (key: 'loans' | 'jobs', all: number): Column<Row> => ({
    key,
    title: say(openingColumnWords[key]),
    align: 'figure',
    render: (row) => <Digits value={row[key]} />,
    sortBy: (row) => row[key],
    csv: (row) => String(row[key]),
    sum: <Digits value={all} />,
  });
  const columns: readonly Column<Row>[] = [
    {
      key: 'slice',
      title: say(labels.slice),
      render: (row) => nameOf(row),
      sortBy: (row) => nameOf(row),
      csv: (row) => nameOf(row),
    },
    {
      key: 'share',
      title: say(openingColumnWords.share),
      render: ({ share }) => say(shareName(share)),
      csv: ({ share }) => say(shareName(share)),
    },
    {
      key: 'amount',
      title: say(labels.paid),
      align: 'figure',
      render: ({ amount }) => <Money rials={amount} scale={scale} />,
      sortBy: ({ amount }) => rialsOf(amount),
      csv: ({ amount }) => amount,
      csvTitle: say(openingColumnWords.amount),
      sum: <Money rials={opening.statedSum} scale={scale} />,
    },
    count('loans', opening.statedLoans),
    count('jobs', opening.jobs),
  ];
  return (
    <Section title={say(labels.rows)} aside={<UnitOf scale={scale} />}>
      <DataTable
        caption={say(labels.rows)}
        columns={columns}
        rows={opening.rows}
        rowKey={({ sliceId, share }) => `${sliceId} ${share}`}
        sumLabel={say(creditLabels.sum)}
        csvName="opening"
      />
      <p className="k-hint" style={{ marginBlockStart: 'var(--s2)' }}>
        {say(labels.notCounted)}
      </p>
    </Section>
  );
}

function OpeningView({ opening, province }: Shown): ReactNode {
  const { say, language } = useSpeech();
  const pathTo = useLinePath();
  const facts = useOpeningFacts(opening);
  return (
    <>
      <PageHead
        title={say(labels.title)}
        path={[
          ...pathTo(province, undefined),
          { label: say(labels.openings), href: openingsHref(province, opening.lineId) },
          { label: say(labels.title) },
        ]}
        aside={<StateSign state={opening.state} />}
        actions={<PrintButton />}
      />
      <Figures>
        <Figure
          label={say(labels.paid)}
          value={<Money rials={opening.statedSum} />}
          detail={exactRials(rialsOf(opening.statedSum), language)}
        />
        <Figure label={say(openingColumnWords.loans)} value={<Digits value={opening.statedLoans} />} />
        <Figure label={say(openingColumnWords.jobs)} value={<Digits value={opening.jobs} />} />
      </Figures>
      <Facts facts={facts} />
      <Deeds opening={opening} province={province} />
      <Rows opening={opening} />
      <Section title={`${say(scanLabels.scan)} · ${say(labels.source)}`}>
        <Scans province={province} kind="credit_letter" id={opening.id} />
      </Section>
      <ResolutionScans province={province} id={opening.id} number={opening.resolutionNumber} />
    </>
  );
}

/** One opening with its source, its rows, and the two persons; here it is approved, or taken back. */
export function OpeningPage(): ReactNode {
  const { say } = useSpeech();
  const province = useAddress('province');
  const asked = useAnswer<OpeningAnswer>(apiOf(province, `openings/${useAddress('opening')}`));
  return (
    <Answered asked={asked} title={say(labels.title)} province={province}>
      {(opening) => <OpeningView opening={opening} province={province} />}
    </Answered>
  );
}
