import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { SessionAnswer } from '#access/contract.ts';
import type { Role } from '#kernel/actor.ts';
import { personFound, personsSought } from '#party/person/contract.ts';
import { personLabels } from '#party/person/words.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { NumberField } from '#web/kit/field.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { SearchPicker, type Found } from '#web/kit/search-picker.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { useSpeech } from '#web/language.tsx';
import {
  CapacityFields,
  emptyRow,
  isWhole,
  sentOf,
  useCounties,
  type CapacityRow,
} from '../capacity/page.tsx';
import {
  orderPeriods,
  orderUnits,
  supporterKinds,
  type OrderPeriod,
  type OrderUnit,
  type SupporterKind,
} from '../contract.ts';
import { orderPeriodWords, orderUnitWords, supporterKindWords, supporterLabels as labels } from '../words.ts';

export const enterers: readonly Role[] = ['county_office', 'deputy'];

/** The province of the reader, null for those who read all; and the county of an office. */
export function usePlace(): { readonly province: string | null; readonly county: string | null } {
  const session = useAnswer<SessionAnswer>('/api/session').data;
  const grant = session?.grants.find(({ grantId }) => grantId === session.grantId);
  return { province: grant?.provinceSlug ?? null, county: session?.actor?.scope.county ?? null };
}

type Typed = {
  readonly kind: SupporterKind;
  readonly form: 'natural' | 'legal';
  readonly person: Found | null;
  readonly countyCode: string;
  readonly recordYears: string;
  readonly ordersUnit: OrderUnit;
  readonly ordersPeriod: OrderPeriod;
  readonly listed: 'yes' | 'no';
};

function EntryForm({ province, county }: { readonly province: string; readonly county: string }): ReactNode {
  const { say } = useSpeech();
  const navigate = useNavigate();
  const [id] = useState(newKey);
  const [typed, setTyped] = useState<Typed>({
    kind: 'supporter',
    form: 'legal',
    person: null,
    countyCode: county,
    recordYears: '',
    ordersUnit: 'piece',
    ordersPeriod: 'month',
    listed: 'no',
  });
  const [rows, setRows] = useState<readonly CapacityRow[]>(() => [emptyRow(county)]);
  const [tried, setTried] = useState(false);
  const set = (change: Partial<Typed>): void => setTyped((now) => ({ ...now, ...change }));
  const command = useCommand<object>({
    path: `/api/provinces/${province}/supporters`,
    changes: ['/api/provinces/'],
    onDone: () => void navigate({ to: `/supporters/${id}` }),
  });
  const { person, recordYears, countyCode } = typed;
  const send = (): void => {
    setTried(true);
    if (person === null || recordYears === '' || countyCode === '' || !isWhole(rows)) return;
    command.mutate({
      id,
      personId: person.key,
      kind: typed.kind,
      countyCode,
      recordYears: Number.parseInt(recordYears, 10),
      ordersUnit: typed.ordersUnit,
      ordersPeriod: typed.ordersPeriod,
      listed: typed.listed === 'yes',
      capacities: sentOf(rows),
    });
  };
  const missing = (isMissing: boolean, name: string): string | null =>
    tried && isMissing ? say(labels.needed) : fieldError(command.error, name, say);
  return (
    <div className="k-form">
      <KindFields typed={typed} set={set} error={command.error} />
      <SearchPicker
        key={typed.form}
        label={say(labels.person)}
        name="person"
        hint={say(personLabels.pickHint)}
        nothing={say(personLabels.pickNobody)}
        pathOf={personsSought(province, typed.form)}
        foundIn={personFound}
        chosen={person}
        onChoose={(chosen) => set({ person: chosen })}
        error={missing(person === null, 'personId')}
      />
      <CountyField
        province={province}
        value={countyCode}
        onChange={(code) => {
          set({ countyCode: code });
          setRows((now) => now.map((row) => (row.countyCode === '' ? { ...row, countyCode: code } : row)));
        }}
        error={missing(countyCode === '', 'countyCode')}
      />
      <NumberField
        label={say(labels.record)}
        name="recordYears"
        required
        hint={say(labels.recordHint)}
        value={recordYears}
        onChange={(years) => set({ recordYears: years })}
        error={missing(recordYears === '', 'recordYears')}
      />
      <OrderFields typed={typed} set={set} />
      <h2>{say(labels.capacity)}</h2>
      <CapacityFields
        province={province}
        unit={typed.ordersUnit}
        rows={rows}
        onChange={setRows}
        tried={tried}
        error={command.error}
      />
      {command.error === null ? null : <ProblemNotice error={command.error} />}
      <Button kind="primary" busy={command.isPending} onPress={send}>
        {say(labels.add)}
      </Button>
    </div>
  );
}

type PartProps = { readonly typed: Typed; readonly set: (change: Partial<Typed>) => void };

function KindFields({ typed, set, error }: PartProps & { readonly error: unknown }): ReactNode {
  const { say } = useSpeech();
  return (
    <>
      <Select
        label={say(labels.kind)}
        name="kind"
        required
        value={typed.kind}
        onChange={(key) => set({ kind: supporterKinds.find((kind) => kind === key) ?? 'supporter' })}
        choices={supporterKinds.map((key) => ({ key, label: say(supporterKindWords[key]) }))}
        error={fieldError(error, 'kind', say)}
      />
      <Select
        label={say(labels.personForm)}
        name="form"
        required
        value={typed.form}
        onChange={(key) => set({ form: key === 'natural' ? 'natural' : 'legal', person: null })}
        choices={(['legal', 'natural'] as const).map((key) => ({ key, label: say(labels[key]) }))}
      />
    </>
  );
}

function OrderFields({ typed, set }: PartProps): ReactNode {
  const { say } = useSpeech();
  return (
    <>
      <Select
        label={say(labels.ordersUnit)}
        name="ordersUnit"
        required
        value={typed.ordersUnit}
        onChange={(key) => set({ ordersUnit: orderUnits.find((unit) => unit === key) ?? 'piece' })}
        choices={orderUnits.map((key) => ({ key, label: say(orderUnitWords[key]) }))}
      />
      <Select
        label={say(labels.ordersPeriod)}
        name="ordersPeriod"
        required
        value={typed.ordersPeriod}
        onChange={(key) => set({ ordersPeriod: orderPeriods.find((period) => period === key) ?? 'month' })}
        choices={orderPeriods.map((key) => ({ key, label: say(orderPeriodWords[key]) }))}
      />
      <Select
        label={say(labels.listed)}
        name="listed"
        required
        value={typed.listed}
        onChange={(key) => set({ listed: key === 'yes' ? 'yes' : 'no' })}
        choices={(['no', 'yes'] as const).map((key) => ({ key, label: say(labels[key]) }))}
      />
    </>
  );
}

type CountyProps = {
  readonly province: string;
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly error: string | null;
};

function CountyField({ province, value, onChange, error }: CountyProps): ReactNode {
  const { say, language } = useSpeech();
  return (
    <Select
      label={say(labels.county)}
      name="county"
      required
      value={value === '' ? null : value}
      onChange={onChange}
      choices={useCounties(province).map(({ countyCode, nameFa, nameEn }) => ({
        key: countyCode,
        label: language === 'fa' ? nameFa : nameEn,
      }))}
      error={error}
    />
  );
}

export function EnterPage(): ReactNode {
  const { say } = useSpeech();
  const { province, county } = usePlace();
  return (
    <>
      <PageHead title={say(labels.add)} path={[{ label: say(labels.supporters), href: '/supporters' }]} />
      {province === null ? <Skeleton rows={8} /> : <EntryForm province={province} county={county ?? ''} />}
    </>
  );
}
