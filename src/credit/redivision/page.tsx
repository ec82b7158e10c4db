import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { moneyScale, rialsOf } from '#web/format.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { MoneyField, NumberField, TextField } from '#web/kit/field.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import {
  Answered,
  StateSign,
  UnitOf,
  apiOf,
  redivisionHref,
  sliceHref,
  useAddress,
  useLinePath,
  versionsHref,
} from '../province/page.tsx';
import { ProposalDeeds, useProposalFacts } from '../transfer/page.tsx';
import { versionLabels } from '../version/words.ts';
import { ChangeBar } from '../weight/page.tsx';
import { creditLabels } from '../words.ts';
import type { RedivisionAnswer, RedivisionForm } from './contract.ts';
import { redivisionActWords, redivisionLabels } from './words.ts';

type Part = RedivisionForm['parts'][number];
/** What was typed for a part; '' while a field is empty. */
type Typed = { readonly amount: string; readonly jobs: string };

const typedOf = (parts: readonly Part[]): ReadonlyMap<string, Typed> =>
  new Map(parts.map((part) => [part.sliceId, { amount: part.amount, jobs: String(part.jobTarget) }]));

const sizeOf = (sum: bigint): bigint => (sum < 0n ? -sum : sum);
const largestOf = (sums: readonly bigint[]): bigint =>
  sums.map(sizeOf).reduce((most, one) => (one > most ? one : most), 0n);

function PartFields({
  parts,
  typed,
  onChange,
}: {
  readonly parts: readonly Part[];
  readonly typed: ReadonlyMap<string, Typed>;
  readonly onChange: (sliceId: string, next: Typed) => void;
}): ReactNode {
  const { say } = useSpeech();
  const after = ({ sliceId, amount }: Part): bigint => rialsOf(typed.get(sliceId)?.amount || amount);
  const change = (part: Part): bigint => after(part) - rialsOf(part.amount);
  const scale = moneyScale(parts.flatMap((part) => [rialsOf(part.amount), after(part)]));
  const largest = largestOf(parts.map(change));
  const errorOf = (part: Part): string | null => {
    if (typed.get(part.sliceId)?.amount === '') return say(redivisionLabels.unfinished);
    const below = change(part) < 0n && after(part) < rialsOf(part.committed);
    return below ? say(redivisionLabels.belowCommitted) : null;
  };
  const money = (key: string, title: string, of: (part: Part) => bigint): Column<Part> => ({
    key,
    title,
    align: 'figure',
    render: (part) => <Money rials={of(part)} scale={scale} />,
    sortBy: of,
    csv: (part) => of(part).toString(),
    csvTitle: `${title} (${say(creditLabels.rials)})`,
    sum: <Money rials={parts.reduce((sum, part) => sum + of(part), 0n)} scale={scale} />,
  });
  const columns: readonly Column<Part>[] = [
    {
      key: 'name',
      title: say(redivisionLabels.part),
      render: (part) => say(part.name),
      sortBy: (part) => say(part.name),
      csv: (part) => say(part.name),
    },
    money('now', say(redivisionLabels.now), (part) => rialsOf(part.amount)),
    money('committed', say(redivisionLabels.committed), (part) => rialsOf(part.committed)),
    {
      key: 'new',
      title: say(redivisionLabels.newSum),
      render: (part) => (
        <MoneyField
          label={`${say(redivisionLabels.newSum)} · ${say(part.name)}`}
          name={`amount ${part.sliceId}`}
          required
          value={typed.get(part.sliceId)?.amount ?? part.amount}
          onChange={(amount) =>
            onChange(part.sliceId, { jobs: String(part.jobTarget), ...typed.get(part.sliceId), amount })
          }
          error={errorOf(part)}
        />
      ),
    },
    {
      key: 'change',
      title: say(redivisionLabels.change),
      render: (part) => <ChangeBar change={change(part)} largest={largest} scale={scale} />,
      sortBy: change,
    },
    {
      key: 'jobs',
      title: say(redivisionLabels.newJobs),
      render: (part) => (
        <NumberField
          label={`${say(redivisionLabels.newJobs)} · ${say(part.name)}`}
          name={`jobs ${part.sliceId}`}
          required
          value={typed.get(part.sliceId)?.jobs ?? String(part.jobTarget)}
          onChange={(jobs) =>
            onChange(part.sliceId, { amount: part.amount, ...typed.get(part.sliceId), jobs })
          }
        />
      ),
    },
  ];
  return (
    <Section title={say(redivisionLabels.parts)} aside={<UnitOf scale={scale} />}>
      <div className="k-wide">
        <DataTable
          caption={say(redivisionLabels.parts)}
          columns={columns}
          rows={parts}
          rowKey={(part) => part.sliceId}
          empty={{ title: say(redivisionLabels.noParts) }}
          dense
        />
      </div>
    </Section>
  );
}

type FormShown = { readonly page: RedivisionForm; readonly province: string };

function FormView({ page, province }: FormShown): ReactNode {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const pathTo = useLinePath();
  const [id] = useState(newKey);
  const [typed, setTyped] = useState(() => typedOf(page.parts));
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const propose = useCommand<unknown>({
    path: apiOf(province, `slices/${page.sliceId}/redivisions`),
    changes: [apiOf(province, '')],
    onDone: () => void navigate({ to: redivisionHref(province, id) }),
  });
  const rows = page.parts.map((part) => {
    const { amount, jobs } = typed.get(part.sliceId) ?? { amount: part.amount, jobs: String(part.jobTarget) };
    return { part, amount, jobs, by: amount === '' ? 0n : rialsOf(amount) - rialsOf(part.amount) };
  });
  const restAfter = rows.reduce((rest, { by }) => rest - by, rialsOf(page.rest));
  const changed = rows.filter(({ by, jobs, part }) => by !== 0n || jobs !== String(part.jobTarget));
  const whole = rows.every(({ amount, jobs }) => amount !== '' && jobs !== '');
  const short = reason.trim().length < 3;
  const moves = rows.some(({ by }) => by !== 0n);
  const send = (): void => {
    setTried(true);
    if (!whole || short || !moves) return;
    const parts = changed.map(({ part, amount, jobs }) => ({
      sliceId: part.sliceId,
      amount,
      jobTarget: parseInt(jobs, 10),
    }));
    propose.mutate({ id, reason: reason.trim(), parts });
  };
  return (
    <>
      <PageHead
        title={say(redivisionLabels.title)}
        path={[
          ...pathTo(province, page.line),
          { label: say(creditLabels.slice), href: sliceHref(province, page.sliceId) },
          { label: say(redivisionLabels.title) },
        ]}
        actions={
          <LinkButton href={versionsHref(province, page.sliceId)}>{say(versionLabels.title)}</LinkButton>
        }
      >
        {say(redivisionLabels.lead)}
      </PageHead>
      <Figures>
        <Figure label={say(redivisionLabels.rest)} value={<Money rials={page.rest} />} />
        <Figure label={say(redivisionLabels.restAfter)} value={<Money rials={restAfter} />} />
      </Figures>
      {restAfter < 0n ? <Notice tone="amber" title={say(redivisionLabels.lacking)} /> : null}
      <PartFields
        parts={page.parts}
        typed={typed}
        onChange={(sliceId, next) => {
          if (propose.error !== null) propose.reset();
          setTyped(new Map(typed).set(sliceId, next));
        }}
      />
      <form
        className="k-form no-print"
        style={{ maxInlineSize: '520px', marginBlockStart: 'var(--s6)' }}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <TextField
          label={say(redivisionLabels.reason)}
          name="reason"
          required
          rows={2}
          maxLength={500}
          value={reason}
          onChange={setReason}
          error={
            (tried && short ? say(redivisionLabels.reasonShort) : null) ??
            fieldError(propose.error, 'reason', say)
          }
        />
        {tried && !moves ? <Notice tone="amber" title={say(redivisionLabels.nothing)} /> : null}
        <ProblemNotice error={propose.error} onRetry={send} />
        <div>
          <Button kind="primary" type="submit" icon="send" busy={propose.isPending}>
            {say(redivisionActWords.propose_redivision)}
          </Button>
        </div>
      </form>
    </>
  );
}

/** New sums for the parts of a divided slice, to be proposed. */
export function RedividePage(): ReactNode {
  const { say } = useSpeech();
  const province = useAddress('province');
  const asked = useAnswer<RedivisionForm>(apiOf(province, `slices/${useAddress('slice')}/redivision-form`));
  return (
    <Answered asked={asked} title={say(redivisionLabels.title)} province={province}>
      {(page) =>
        page.parts.length === 0 ? (
          <Empty title={say(redivisionLabels.noParts)}>{say(versionLabels.noneHelp)}</Empty>
        ) : (
          <FormView key={page.sliceId} page={page} province={province} />
        )
      }
    </Answered>
  );
}

type Changed = RedivisionAnswer['parts'][number];

function Changes({ parts }: { readonly parts: readonly Changed[] }): ReactNode {
  const { say, digits } = useSpeech();
  const changeOf = ({ before, after }: Changed): bigint => rialsOf(after) - rialsOf(before);
  const scale = moneyScale(parts.flatMap(({ before, after }) => [before, after]));
  const largest = largestOf(parts.map(changeOf));
  const money = (key: 'before' | 'after', title: string): Column<Changed> => ({
    key,
    title,
    align: 'figure',
    render: (part) => <Money rials={part[key]} scale={scale} />,
    sortBy: (part) => rialsOf(part[key]),
    csv: (part) => part[key],
    csvTitle: `${title} (${say(creditLabels.rials)})`,
    sum: <Money rials={parts.reduce((sum, part) => sum + rialsOf(part[key]), 0n)} scale={scale} />,
  });
  const jobs = (key: 'jobsBefore' | 'jobsAfter'): Column<Changed> => ({
    key,
    title: say(redivisionLabels[key]),
    align: 'figure',
    render: (part) => digits(part[key]),
    sortBy: (part) => part[key],
    csv: (part) => String(part[key]),
    sum: digits(parts.reduce((sum, part) => sum + part[key], 0)),
  });
  return (
    <Section title={say(redivisionLabels.parts)} aside={<UnitOf scale={scale} />}>
      <DataTable
        caption={say(redivisionLabels.parts)}
        columns={[
          {
            key: 'name',
            title: say(redivisionLabels.part),
            render: (part) => say(part.name),
            sortBy: (part) => say(part.name),
            csv: (part) => say(part.name),
          },
          money('before', say(redivisionLabels.now)),
          money('after', say(redivisionLabels.after)),
          {
            key: 'change',
            title: say(redivisionLabels.change),
            render: (part) => <ChangeBar change={changeOf(part)} largest={largest} scale={scale} />,
            sortBy: changeOf,
            csv: (part) => changeOf(part).toString(),
            csvTitle: `${say(redivisionLabels.change)} (${say(creditLabels.rials)})`,
          },
          jobs('jobsBefore'),
          jobs('jobsAfter'),
        ]}
        rows={parts}
        rowKey={(part) => part.sliceId}
        csvName="redivision"
        dense
      />
    </Section>
  );
}

function ProposalView({
  proposal,
  province,
}: {
  readonly proposal: RedivisionAnswer;
  readonly province: string;
}): ReactNode {
  const { say } = useSpeech();
  const pathTo = useLinePath();
  const facts = useProposalFacts(proposal);
  return (
    <>
      <PageHead
        title={say(redivisionLabels.title)}
        path={[
          ...pathTo(province, proposal.line),
          { label: say(creditLabels.slice), href: sliceHref(province, proposal.sliceId) },
          { label: say(redivisionLabels.title) },
        ]}
        aside={<StateSign state={proposal.state} />}
        actions={
          <>
            <LinkButton href={versionsHref(province, proposal.sliceId)}>
              {say(versionLabels.title)}
            </LinkButton>
            <PrintButton />
          </>
        }
      />
      <Facts facts={facts} />
      <ProposalDeeds
        province={province}
        path={`redivisions/${proposal.id}`}
        proposal={proposal}
        approval={{
          act: 'approve_redivision',
          words: redivisionActWords.approve_redivision,
          help: redivisionLabels.approveHelp,
        }}
        withdrawal={{
          act: 'withdraw_redivision',
          words: redivisionActWords.withdraw_redivision,
          help: redivisionLabels.withdrawHelp,
        }}
      />
      <Changes parts={proposal.parts} />
    </>
  );
}

/** A proposed redivision: what each part is to have, by whom, and what may be done with it. */
export function RedivisionPage(): ReactNode {
  const { say } = useSpeech();
  const province = useAddress('province');
  const asked = useAnswer<RedivisionAnswer>(apiOf(province, `redivisions/${useAddress('redivision')}`));
  return (
    <Answered asked={asked} title={say(redivisionLabels.title)} province={province}>
      {(proposal) => <ProposalView key={proposal.id} proposal={proposal} province={province} />}
    </Answered>
  );
}
