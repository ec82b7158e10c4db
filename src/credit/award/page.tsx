import { useState, type ReactNode } from 'react';
import type { Bilingual } from '#kernel/indicator.ts';
import type { PersonFound } from '#party/person/contract.ts';
import { newKey } from '#web/api.ts';
import { useCommand } from '#web/command.tsx';
import { moneyScale } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { DayField, todayIso } from '#web/kit/day-field.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { MoneyField, NumberField } from '#web/kit/field.tsx';
import { Section } from '#web/kit/head.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { Link } from '#web/kit/link.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { usePages } from '#web/paged.tsx';
import { useSession } from '#web/session.tsx';
import { ActDialog, ActsDialog, choicesOf } from '../act/page.tsx';
import { PaymentsDialog } from '../correction/page.tsx';
import { correctionLabels } from '../correction/words.ts';
import {
  type Award,
  type AwardAct,
  type BeneficiaryKind,
  type SlicePageAnswer,
  openShare,
} from '../contract.ts';
import { StateSign, UnitOf, apiOf } from '../province/page.tsx';
import { awardKind, isDrawable } from '../rules.ts';
import { shareName } from '../share/words.ts';
import { beneficiaryWords, creditLabels, creditNames, wordsOf } from '../words.ts';
import { BeneficiaryFields, Draws } from '../beneficiary/page.tsx';
import { awardLabels } from './words.ts';

type Place = { readonly page: SlicePageAnswer; readonly province: string };

// ---- reserving

const kindOf = (key: string): BeneficiaryKind =>
  key === 'cooperative' || key === 'supporter' || key === 'enterprise' ? key : 'person';

function ReserveDialog({
  page,
  province,
  onClose,
}: Place & { readonly onClose: (done: boolean) => void }): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [amount, setAmount] = useState('');
  const [kind, setKind] = useState<BeneficiaryKind>('person');
  const [beneficiary, setBeneficiary] = useState<PersonFound | null>(null);
  const [jobs, setJobs] = useState('1');
  const [happenedOn, setHappenedOn] = useState(todayIso);
  const [tried, setTried] = useState(false);
  const command = useCommand<unknown>({
    path: apiOf(province, `slices/${page.slice.id}/awards`),
    changes: [apiOf(province, '')],
    onDone: () => onClose(true),
  });
  const missing = {
    amount: amount === '' ? say(awardLabels.amountMissing) : null,
    beneficiaryId: beneficiary === null ? say(awardLabels.beneficiaryMissing) : null,
    jobs: jobs === '' ? say(awardLabels.jobsMissing) : null,
    happenedOn: happenedOn === '' ? say(awardLabels.dayMissing) : null,
  };
  const errorOf = (field: keyof typeof missing): string | null =>
    (tried ? missing[field] : null) ?? fieldError(command.error, field, say);
  const send = (): void => {
    setTried(true);
    if (beneficiary === null || Object.values(missing).some((text) => text !== null)) return;
    command.mutate({
      id,
      amount,
      beneficiaryKind: kind,
      beneficiaryId: beneficiary.key,
      jobs: parseInt(jobs, 10),
      happenedOn,
    });
  };
  return (
    <Dialog
      title={say(awardLabels.reserveTitle)}
      open
      onClose={() => onClose(false)}
      foot={
        <Button kind="primary" busy={command.isPending} onPress={send}>
          {say(creditLabels.reserveAward)}
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
        <MoneyField
          label={say(creditLabels.amount)}
          name="amount"
          required
          value={amount}
          onChange={setAmount}
          error={errorOf('amount')}
        />
        <Select
          label={say(awardLabels.beneficiaryKind)}
          name="beneficiaryKind"
          required
          hint={say(creditLabels.cooperativeNote)}
          value={kind}
          onChange={(key) => {
            setKind(kindOf(key));
            setBeneficiary(null);
          }}
          choices={Object.entries(beneficiaryWords).map(([key, label]) => ({ key, label: say(label) }))}
        />
        <BeneficiaryFields
          kind={kind}
          province={province}
          chosen={beneficiary}
          onChoose={setBeneficiary}
          error={errorOf('beneficiaryId')}
        />
        <Draws page={page} amount={amount} kind={kind} chosen={beneficiary} />
        <NumberField
          label={say(creditLabels.numberOfJobs)}
          name="jobs"
          required
          value={jobs}
          onChange={setJobs}
          error={errorOf('jobs')}
        />
        <DayField
          label={say(creditLabels.happenedOn)}
          name="happenedOn"
          required
          hint={say(awardLabels.happenedOnHelp)}
          value={happenedOn}
          onChange={setHappenedOn}
          error={errorOf('happenedOn')}
        />
        <ProblemNotice error={command.error} onRetry={send} />
      </form>
    </Dialog>
  );
}

// ---- the list

/** The acts that bring an award further, the one to offer first at the beginning; the others stand in its list. */
const onward = [
  'refer',
  'contract',
  'confirm_last_payment',
  'confirm_part_payment',
  'report_payment',
] as const satisfies readonly AwardAct[];

type Chosen = { readonly award: Award; readonly act: AwardAct | 'payments' | null };

/** Only what is with the bank can have been paid, or paid and taken back. */
const hasPayments = ({ state }: Award): boolean =>
  ['contracted', 'part_paid', 'paid', 'ended'].includes(state);

/** What was released of an award is told where it was not the whole. */
const isEndedInPart = ({ amount, released }: Award): boolean => released !== '0' && released !== amount;

function useAwardColumns(
  { awards, province }: { readonly awards: readonly Award[]; readonly province: string },
  onChoose: (chosen: Chosen) => void,
): readonly Column<Award>[] {
  const { say } = useSpeech();
  const scale = moneyScale(awards.flatMap((award) => [award.amount, award.paid, award.reported]));
  const money = (key: 'amount' | 'released' | 'paid' | 'reported', title: string): Column<Award> => ({
    key,
    title,
    align: 'figure',
    render: (award) => <Money rials={award[key]} scale={scale} />,
    csv: (award) => award[key],
    csvTitle: `${title} (${say(creditLabels.rials)})`,
  });
  const until: Column<Award> = {
    key: 'reportedUntil',
    title: say(awardLabels.reportedUntil),
    render: (award) => (award.reportedUntil === null ? '—' : <DayText iso={award.reportedUntil} />),
    csv: (award) => award.reportedUntil ?? '',
    wideOnly: true,
  };
  return [
    {
      key: 'beneficiary',
      title: say(creditLabels.beneficiary),
      render: (award) => (
        <span>
          {award.beneficiaryName === null ? (
            say(awardLabels.unseen)
          ) : (
            <Link href={`/persons/${province}/${award.beneficiaryId}`}>{award.beneficiaryName}</Link>
          )}{' '}
          <small className="k-hint">{say(beneficiaryWords[award.beneficiaryKind])}</small>
        </span>
      ),
      csv: (award) => award.beneficiaryName ?? award.beneficiaryId,
    },
    money('amount', say(creditLabels.amount)),
    {
      key: 'share',
      title: say(awardLabels.drawnFrom),
      render: (award) =>
        award.share === openShare ? (
          say(shareName(award.share))
        ) : (
          <span className="k-sign is-locked">
            <Icon name="lock" size={14} />
            <span>{say(shareName(award.share))}</span>
          </span>
        ),
      csv: (award) => award.share,
    },
    money('paid', say(awardLabels.paid)),
    ...(awards.some(isEndedInPart) ? [money('released', say(awardLabels.released))] : []),
    ...(awards.some((award) => award.reported !== '0')
      ? [money('reported', say(awardLabels.reported)), until]
      : []),
    {
      key: 'jobs',
      title: say(creditLabels.numberOfJobs),
      align: 'figure',
      render: (award) => <Digits value={award.jobs} />,
      csv: (award) => String(award.jobs),
    },
    {
      key: 'state',
      title: say(creditLabels.state),
      render: (award) => <StateSign state={award.state} />,
      csv: (award) => award.state,
    },
    {
      key: 'acts',
      title: say(awardLabels.allActs),
      render: (award) => {
        const lawful = choicesOf(award).filter((choice) => choice.lawful);
        const next = onward.flatMap((act) => lawful.filter((choice) => choice.act === act))[0];
        return (
          <span className="k-row no-print">
            {next === undefined ? null : (
              <Button kind="quiet" onPress={() => onChoose({ award, act: next.act })}>
                {say(creditNames.acts[next.act])}
              </Button>
            )}
            <Button kind="quiet" icon="menu" onPress={() => onChoose({ award, act: null })}>
              {say(awardLabels.allActs)}
            </Button>
            {hasPayments(award) ? (
              <Button kind="quiet" onPress={() => onChoose({ award, act: 'payments' })}>
                {say(correctionLabels.payments)}
              </Button>
            ) : null}
          </span>
        );
      },
    },
  ];
}

/** Why nothing can be reserved here now; null when it can. */
const refusalOf = (state: string): Bilingual | null =>
  isDrawable(state) ? null : wordsOf({ kind: 'LineNotOpen', state });

/** The awards drawn from a slice, each with what can be done with it, and the form for a new one. */
export function Awards({ page, province }: Place): ReactNode {
  const { say } = useSpeech();
  const { user } = useSession();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [reserving, setReserving] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const pages = usePages<Award>(apiOf(province, `slices/${page.slice.id}/awards?limit=25`));
  const items = pages.rows;
  const columns = useAwardColumns({ awards: items ?? [], province }, (next) => {
    setDone(null);
    setChosen(next);
  });
  const refusal = refusalOf(page.line.state);
  const may = awardKind.start.may.some((role) => role === user?.role);
  const reserve = may ? (
    <Button
      kind="primary"
      icon="add"
      refusedBecause={refusal === null ? null : say(refusal)}
      onPress={() => {
        setDone(null);
        setReserving(true);
      }}
    >
      {say(creditLabels.reserveAward)}
    </Button>
  ) : null;
  return (
    <Section title={say(creditLabels.awards)} aside={items?.length === 0 ? null : reserve}>
      {done === null ? null : <Notice tone="green" title={done} />}
      {pages.error !== null && items === undefined ? (
        <ProblemNotice error={pages.error} onRetry={pages.refetch} />
      ) : (
        <>
          {items === undefined || items.length === 0 ? null : (
            <p className="k-hint" style={{ marginBlockEnd: 'var(--s2)' }}>
              <UnitOf
                scale={moneyScale(items.flatMap((award) => [award.amount, award.paid, award.reported]))}
              />
            </p>
          )}
          <DataTable
            caption={say(creditLabels.awards)}
            columns={columns}
            rows={items}
            pages={pages}
            rowKey={(award) => award.id}
            csvName="awards"
            empty={{
              title: say(creditLabels.noAwards),
              body: say(awardLabels.noAwardsHelp),
              actions: reserve,
            }}
          />
        </>
      )}
      {reserving ? (
        <ReserveDialog
          page={page}
          province={province}
          onClose={(reserved) => {
            setReserving(false);
            if (reserved) setDone(say(awardLabels.reserved));
          }}
        />
      ) : null}
      {chosen === null ? null : chosen.act === null ? (
        <ActsDialog
          award={chosen.award}
          onClose={() => setChosen(null)}
          onChoose={(act) => setChosen({ ...chosen, act })}
        />
      ) : chosen.act === 'payments' ? (
        <PaymentsDialog award={chosen.award} province={province} onClose={() => setChosen(null)} />
      ) : (
        <ActDialog
          key={`${chosen.award.id} ${chosen.act}`}
          award={chosen.award}
          act={chosen.act}
          province={province}
          onClose={() => setChosen(null)}
          onDone={(act) => {
            setChosen(null);
            setDone(`${say(awardLabels.done)} ${say(creditNames.acts[act])}`);
          }}
        />
      )}
    </Section>
  );
}
