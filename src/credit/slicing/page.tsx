import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { exactRials, moneyScale, rialsOf } from '#web/format.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { DayField, todayIso } from '#web/kit/day-field.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Facts, type Fact } from '#web/kit/facts.tsx';
import { TextField } from '#web/kit/field.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { Percent } from '#web/kit/percent.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import type { LinePageAnswer, PartAxis, SlicingPart } from '../contract.ts';
import { coordinateOf } from '../axis.ts';
import { axisWords, nameOn } from '../axis/words.ts';
import { Calculation, FormulaFacts } from '../formula/page.tsx';
import { lineLabels } from '../line/words.ts';
import {
  Answered,
  StateSign,
  UnitOf,
  apiOf,
  lineHref,
  useAddress,
  useLineName,
  useLinePath,
} from '../province/page.tsx';
import { ResolutionScans } from '../scan/page.tsx';
import { creditLabels } from '../words.ts';
import type { SlicingAnswer } from './contract.ts';
import { slicingLabels } from './words.ts';

const keyOn = (axis: PartAxis, part: SlicingPart): string => coordinateOf(part, axis) ?? '';

type Shown = {
  readonly axis: PartAxis;
  readonly parts: readonly SlicingPart[];
  readonly dense?: boolean;
  readonly caption: string;
};

function useParts(
  { axis, parts }: Pick<Shown, 'axis' | 'parts'>,
  order: { readonly opened: string | null; readonly onOpen: (key: string | null) => void },
): readonly Column<SlicingPart>[] {
  const { say } = useSpeech();
  const locks = parts.every((part) => part.locked !== null);
  const scale = moneyScale(parts.flatMap((part) => [part.amount, part.locked ?? '0']));
  const whole = parts.reduce((sum, part) => sum + rialsOf(part.amount), 0n);
  const locked = parts.reduce((sum, part) => sum + rialsOf(part.locked ?? '0'), 0n);
  const heldWords = { floor: slicingLabels.atFloor, cap: slicingLabels.atCap } as const;
  const lock: Column<SlicingPart> = {
    key: 'locked',
    title: (
      <>
        <Icon name="lock" size={13} /> {say(slicingLabels.lockedPart)}
      </>
    ),
    align: 'figure',
    render: (part) => <Money rials={part.locked ?? '0'} scale={scale} />,
    sortBy: (part) => rialsOf(part.locked ?? '0'),
    csv: (part) => part.locked ?? '',
    csvTitle: `${say(slicingLabels.lockedPart)} (${say(creditLabels.rials)})`,
    sum: <Money rials={locked} scale={scale} />,
  };
  const heldOf = (part: SlicingPart): string | null => {
    const bound = part.explanation?.bound.held ?? 'none';
    return bound === 'none' ? null : say(heldWords[bound]);
  };
  const targets = parts.reduce((sum, part) => sum + part.jobTarget, 0);
  const jobs: Column<SlicingPart> = {
    key: 'jobs',
    title: say(creditLabels.jobTarget),
    align: 'figure',
    render: (part) => <Digits value={part.jobTarget} />,
    csv: (part) => String(part.jobTarget),
    sum: <Digits value={targets} />,
  };
  const explain: Column<SlicingPart> = {
    key: 'explain',
    title: say(slicingLabels.explain),
    render: (part) =>
      part.explanation === null ? null : (
        <span className="no-print">
          <Button
            kind="quiet"
            icon={order.opened === keyOn(axis, part) ? 'up' : 'down'}
            onPress={() => order.onOpen(order.opened === keyOn(axis, part) ? null : keyOn(axis, part))}
          >
            {say(slicingLabels.explain)}
          </Button>
        </span>
      ),
  };
  return [
    {
      key: 'name',
      title: say(axisWords[axis]),
      render: (part) => (
        <>
          {say(nameOn(axis, part))}
          {heldOf(part) === null ? null : <small className="k-hint"> · {heldOf(part)}</small>}
        </>
      ),
      sortBy: (part) => say(nameOn(axis, part)),
      csv: (part) => say(nameOn(axis, part)),
    },
    {
      key: 'amount',
      title: say(creditLabels.slice),
      align: 'figure',
      render: (part) => <Money rials={part.amount} scale={scale} />,
      sortBy: (part) => rialsOf(part.amount),
      csv: (part) => part.amount,
      csvTitle: `${say(creditLabels.slice)} (${say(creditLabels.rials)})`,
      sum: <Money rials={whole} scale={scale} />,
    },
    {
      key: 'share',
      title: say(slicingLabels.shareOfAll),
      align: 'figure',
      render: (part) => <Percent part={part.amount} whole={whole} decimals={1} />,
    },
    ...(locks ? [lock] : []),
    ...(targets === 0 ? [] : [jobs]),
    ...(parts.some((part) => part.explanation !== null) ? [explain] : []),
  ];
}

/** The parts of a division; the one that is chosen shows its calculation below the table. */
export function PartsTable({ axis, parts, caption, dense = false }: Shown): ReactNode {
  const { say } = useSpeech();
  const [opened, setOpened] = useState<string | null>(null);
  const columns = useParts({ axis, parts }, { opened, onOpen: setOpened });
  const shown = parts.find((part) => keyOn(axis, part) === opened);
  return (
    <div className="k-stack" style={{ justifyItems: 'stretch' }}>
      <UnitOf scale={moneyScale(parts.flatMap((part) => [part.amount, part.locked ?? '0']))} />
      <DataTable
        caption={caption}
        columns={columns}
        rows={parts}
        rowKey={(part) => keyOn(axis, part)}
        csvName="division"
        dense={dense}
      />
      {shown?.explanation == null ? (
        parts.some((part) => part.explanation !== null) ? (
          <p className="k-hint no-print">{say(slicingLabels.choosePart)}</p>
        ) : null
      ) : (
        <div aria-live="polite">
          <h3 style={{ marginBlockEnd: 'var(--s2)' }}>
            {say(creditLabels.explained)}: {say(nameOn(axis, shown))}
          </h3>
          <Calculation
            explanation={shown.explanation}
            formula={null}
            name={say(nameOn(axis, shown))}
            dense={dense}
          />
        </div>
      )}
    </div>
  );
}

type Proposed = { readonly slicing: SlicingAnswer; readonly province: string };

function ApprovalDialog({
  slicing,
  province,
  onClose,
}: Proposed & { readonly onClose: () => void }): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [resolutionNumber, setNumber] = useState('');
  const [resolutionDay, setDay] = useState(todayIso);
  const [tried, setTried] = useState(false);
  const command = useCommand<unknown>({
    path: apiOf(province, `slicings/${slicing.id}/approval`),
    changes: [apiOf(province, '')],
    onDone: onClose,
  });
  const numberError = tried && resolutionNumber.trim() === '' ? say(slicingLabels.numberMissing) : null;
  const dayError = tried && resolutionDay === '' ? say(slicingLabels.dayMissing) : null;
  const send = (): void => {
    setTried(true);
    if (resolutionNumber.trim() === '' || resolutionDay === '') return;
    command.mutate({
      id,
      resolutionNumber: resolutionNumber.trim(),
      resolutionDay,
      seenVersion: slicing.version,
    });
  };
  return (
    <Dialog
      title={say(slicingLabels.approveTitle)}
      open
      onClose={onClose}
      foot={
        <Button kind="primary" busy={command.isPending} onPress={send}>
          {say(creditLabels.approve)}
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
        <p>
          <Money rials={slicing.amount} exact />
        </p>
        <p>{say(slicingLabels.approveHelp)}</p>
        <TextField
          label={say(creditLabels.resolutionNumber)}
          name="resolutionNumber"
          required
          maxLength={60}
          value={resolutionNumber}
          onChange={setNumber}
          error={numberError ?? fieldError(command.error, 'resolutionNumber', say)}
        />
        <DayField
          label={say(creditLabels.resolutionDay)}
          name="resolutionDay"
          required
          value={resolutionDay}
          onChange={setDay}
          error={dayError ?? fieldError(command.error, 'resolutionDay', say)}
        />
        <ProblemNotice error={command.error} onRetry={send} />
      </form>
    </Dialog>
  );
}

function WithdrawalDialog({
  slicing,
  province,
  onClose,
}: Proposed & { readonly onClose: () => void }): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const command = useCommand<unknown>({
    path: apiOf(province, `slicings/${slicing.id}/withdrawal`),
    changes: [apiOf(province, '')],
    onDone: onClose,
  });
  const short = reason.trim().length < 3;
  const send = (): void => {
    setTried(true);
    if (!short) command.mutate({ id, seenVersion: slicing.version, reason: reason.trim() });
  };
  return (
    <Dialog
      title={say(slicingLabels.withdrawTitle)}
      open
      onClose={onClose}
      foot={
        <Button kind="danger" busy={command.isPending} onPress={send}>
          {say(creditLabels.withdraw)}
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
        <p>{say(slicingLabels.withdrawHelp)}</p>
        <TextField
          label={say(creditLabels.reason)}
          name="reason"
          required
          rows={3}
          maxLength={500}
          value={reason}
          onChange={setReason}
          error={
            (tried && short ? say(slicingLabels.reasonShort) : null) ??
            fieldError(command.error, 'reason', say)
          }
        />
        <ProblemNotice error={command.error} onRetry={send} />
      </form>
    </Dialog>
  );
}

/** The deeds on a proposal: the lawful ones to press, the others greyed with the reason the server gave. */
function Deeds({ slicing, province }: Proposed): ReactNode {
  const { say } = useSpeech();
  const [asking, setAsking] = useState<'approve' | 'withdraw' | null>(null);
  if (slicing.state !== 'proposed') {
    return (
      <div className="k-row no-print">
        <LinkButton href={lineHref(province, slicing.lineId)} kind="primary" icon="credit">
          {say(lineLabels.backToLine)}
        </LinkButton>
      </div>
    );
  }
  const because = (act: string): string | null => {
    const choice = slicing.choices.find((one) => one.act === act);
    return choice?.because == null ? null : say(choice.because);
  };
  return (
    <>
      <div className="k-row no-print">
        <Button
          kind="primary"
          icon="check"
          refusedBecause={because('approve')}
          onPress={() => setAsking('approve')}
        >
          {say(creditLabels.approve)}
        </Button>
        <Button refusedBecause={because('withdraw')} onPress={() => setAsking('withdraw')}>
          {say(creditLabels.withdraw)}
        </Button>
      </div>
      {asking === 'approve' ? (
        <ApprovalDialog slicing={slicing} province={province} onClose={() => setAsking(null)} />
      ) : null}
      {asking === 'withdraw' ? (
        <WithdrawalDialog slicing={slicing} province={province} onClose={() => setAsking(null)} />
      ) : null}
    </>
  );
}

function Outcome({ slicing }: { readonly slicing: SlicingAnswer }): ReactNode {
  const { say } = useSpeech();
  if (slicing.state === 'approved') return <Notice tone="green" title={say(creditLabels.approved)} />;
  if (slicing.state === 'withdrawn') return <Notice title={say(creditLabels.withdrawn)} />;
  return <Notice tone="amber" title={say(slicingLabels.waiting)} />;
}

function ProposalView({ slicing, province }: Proposed): ReactNode {
  const { say, language, digits } = useSpeech();
  const pathTo = useLinePath();
  const lineName = useLineName();
  const line = useAnswer<LinePageAnswer>(apiOf(province, `lines/${slicing.lineId}`)).data?.line;
  const title = `${say(slicingLabels.proposalBy)} ${say(axisWords[slicing.axis])}`;
  const targets = slicing.parts.reduce((sum, part) => sum + part.jobTarget, 0);
  const facts: readonly Fact[] = [
    {
      label: say(creditLabels.proposedBy),
      value: <Bidi>{slicing.proposedBy ?? say(slicingLabels.unsure)}</Bidi>,
    },
    ...(slicing.proposedOn === null
      ? []
      : [
          {
            label: say(slicingLabels.proposedOn),
            value: <DayText iso={slicing.proposedOn} style="weekday" />,
          },
        ]),
    ...(slicing.approvedBy === null
      ? []
      : [{ label: say(slicingLabels.approvedBy), value: <Bidi>{slicing.approvedBy}</Bidi> }]),
    ...(slicing.resolutionNumber === null
      ? []
      : [
          {
            label: say(creditLabels.resolutionNumber),
            value: <Bidi>{digits(slicing.resolutionNumber)}</Bidi>,
          },
        ]),
    ...(slicing.resolutionDay === null
      ? []
      : [{ label: say(creditLabels.resolutionDay), value: <DayText iso={slicing.resolutionDay} /> }]),
  ];
  return (
    <>
      <PageHead
        title={line === undefined ? title : `${title} · ${lineName(line)}`}
        path={[
          ...pathTo(province, undefined),
          {
            label: line === undefined ? say(lineLabels.line) : lineName(line),
            href: lineHref(province, slicing.lineId),
          },
          { label: say(creditLabels.proposal) },
        ]}
        aside={<StateSign state={slicing.state} />}
        actions={<PrintButton />}
      />
      <div className="k-stack" style={{ justifyItems: 'stretch' }}>
        <Outcome slicing={slicing} />
        <Figures>
          <Figure
            label={say(creditLabels.amountToDivide)}
            value={<Money rials={slicing.amount} />}
            detail={exactRials(rialsOf(slicing.amount), language)}
          />
          {targets === 0 ? null : (
            <Figure
              label={say(creditLabels.jobTarget)}
              value={<Digits value={targets} />}
              unit={say(creditLabels.jobs)}
            />
          )}
        </Figures>
        <Facts facts={facts} />
        <Deeds slicing={slicing} province={province} />
      </div>
      <Section title={say(slicingLabels.partsOf)}>
        <PartsTable axis={slicing.axis} parts={slicing.parts} caption={say(slicingLabels.partsOf)} />
      </Section>
      <ResolutionScans province={province} id={slicing.id} number={slicing.resolutionNumber} />
      {slicing.formula === null ? null : (
        <Section title={say(slicingLabels.formulaOf)}>
          <FormulaFacts formula={slicing.formula} />
        </Section>
      )}
    </>
  );
}

/** A proposed division: its parts with their calculation, who proposed it, and what may be done with it. */
export function ProposalPage(): ReactNode {
  const { say } = useSpeech();
  const province = useAddress('province');
  const asked = useAnswer<SlicingAnswer>(apiOf(province, `slicings/${useAddress('slicing')}`));
  return (
    <Answered asked={asked} title={say(creditLabels.proposal)} province={province}>
      {(slicing) => <ProposalView slicing={slicing} province={province} />}
    </Answered>
  );
}
