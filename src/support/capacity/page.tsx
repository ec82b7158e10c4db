import { useState, type ReactNode } from 'react';
import type { Category } from '#occupation/contract.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand, type Path } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { DayField, todayIso } from '#web/kit/day-field.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { MoneyField, NumberField, TextField } from '#web/kit/field.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { useSpeech } from '#web/language.tsx';
import type { OrderUnit, SupporterAct, SupporterPage } from '../contract.ts';
import { supporterKind } from '../rules.ts';
import { supporterActWords, supporterLabels as labels } from '../words.ts';

type County = { readonly countyCode: string; readonly nameFa: string; readonly nameEn: string };
export const useCounties = (province: string | null): readonly County[] =>
  useAnswer<{ readonly counties: readonly County[] }>(
    province === null ? null : `/api/provinces/${province}/counties`,
  ).data?.counties ?? [];

/** One version of a capacity as it is typed. */
export type CapacityRow = {
  readonly id: string;
  readonly categoryKey: string;
  readonly countyCode: string;
  readonly jobs: string;
  readonly orders: string;
  readonly fromOn: string;
};

export const emptyRow = (countyCode: string): CapacityRow => ({
  id: newKey(),
  categoryKey: '',
  countyCode,
  jobs: '',
  orders: '',
  fromOn: todayIso(),
});

/** What is sent of typed rows. */
export const sentOf = (rows: readonly CapacityRow[]): readonly object[] =>
  rows.map(({ jobs, orders, ...row }) => ({
    ...row,
    jobs: Number.parseInt(jobs, 10) || 0,
    orders: orders === '' ? null : orders,
  }));

export const isWhole = (rows: readonly CapacityRow[]): boolean =>
  rows.every(({ categoryKey, countyCode, jobs, fromOn }) =>
    [categoryKey, countyCode, jobs, fromOn].every((text) => text !== ''),
  );

type FieldsProps = {
  readonly province: string;
  readonly unit: OrderUnit;
  readonly rows: readonly CapacityRow[];
  readonly onChange: (rows: readonly CapacityRow[]) => void;
  readonly tried: boolean;
  readonly error: unknown;
};

/** Places and orders by category and county, as many rows as there are. */
export function CapacityFields({ province, unit, rows, onChange, tried, error }: FieldsProps): ReactNode {
  const { say, language } = useSpeech();
  const counties = useCounties(province);
  const categories =
    useAnswer<{ readonly categories: readonly Category[] }>('/api/categories').data?.categories ?? [];
  const set = (at: number, change: Partial<CapacityRow>): void =>
    onChange(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  const named = (row: { readonly nameFa: string; readonly nameEn: string }): string =>
    language === 'fa' ? row.nameFa : row.nameEn;
  const errorOf = (at: number, name: 'categoryKey' | 'countyCode' | 'jobs' | 'fromOn'): string | null =>
    tried && rows[at]?.[name] === ''
      ? say(labels.needed)
      : fieldError(error, `capacities.${at}.${name}`, say);
  const Orders = unit === 'rial' ? MoneyField : NumberField;
  return (
    <>
      {rows.map((row, at) => (
        <fieldset key={row.id} className="k-form" style={{ border: 0, margin: 0, padding: 0 }}>
          <ComboBox
            label={say(labels.category)}
            name={`category-${at}`}
            required
            value={row.categoryKey === '' ? null : row.categoryKey}
            onChange={(categoryKey) => set(at, { categoryKey })}
            choices={categories.map((one) => ({ key: one.categoryKey, label: named(one) }))}
            error={errorOf(at, 'categoryKey')}
          />
          <Select
            label={say(labels.county)}
            name={`county-${at}`}
            required
            value={row.countyCode === '' ? null : row.countyCode}
            onChange={(countyCode) => set(at, { countyCode })}
            choices={counties.map((one) => ({ key: one.countyCode, label: named(one) }))}
            error={errorOf(at, 'countyCode')}
          />
          <NumberField
            label={say(labels.places)}
            name={`jobs-${at}`}
            required
            value={row.jobs}
            onChange={(jobs) => set(at, { jobs })}
            error={errorOf(at, 'jobs')}
          />
          <Orders
            label={say(labels.orders)}
            name={`orders-${at}`}
            hint={say(labels.ordersHint)}
            value={row.orders}
            onChange={(orders) => set(at, { orders })}
            error={fieldError(error, `capacities.${at}.orders`, say)}
          />
          <DayField
            label={say(labels.fromOn)}
            name={`from-${at}`}
            required
            value={row.fromOn}
            onChange={(fromOn) => set(at, { fromOn })}
            error={errorOf(at, 'fromOn')}
          />
          {rows.length > 1 ? (
            <Button kind="quiet" icon="close" onPress={() => onChange(rows.filter((one) => one !== row))}>
              {say(labels.removeRow)}
            </Button>
          ) : null}
        </fieldset>
      ))}
      <Button icon="add" onPress={() => onChange([...rows, emptyRow(rows[0]?.countyCode ?? '')])}>
        {say(labels.addRow)}
      </Button>
    </>
  );
}

const reasoned: readonly string[] = [...supporterKind.reasoned, 'return'];
export const dangerous: readonly string[] = ['refuse', 'reject_capacity', 'suspend', 'end', 'withdraw'];
const bringsCapacity = (act: SupporterAct): boolean => act === 'propose_capacity' || act === 'resubmit';

type ActProps = {
  readonly province: string;
  readonly page: SupporterPage;
  readonly act: SupporterAct;
  readonly path: Path;
  readonly onClose: () => void;
};

/** What stands in the form when a file is sent again: the rows that came back. */
const typedAgain = ({ capacities, supporter }: SupporterPage, act: SupporterAct): readonly CapacityRow[] => {
  const back = act === 'resubmit' ? capacities.filter(({ standing }) => standing === 'proposed') : [];
  return back.length === 0
    ? [emptyRow(supporter.countyCode)]
    : back.map(({ categoryKey, countyCode, jobs, orders }) => ({
        ...emptyRow(countyCode),
        categoryKey,
        jobs: String(jobs),
        orders: orders ?? '',
      }));
};

/** One act on a supporter: a question with what the act brings. */
export function ActDialog({ province, page, act, path, onClose }: ActProps): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const { supporter } = page;
  const [reason, setReason] = useState('');
  const [rows, setRows] = useState(() => typedAgain(page, act));
  const [listed, setListed] = useState(supporter.listed ? 'no' : 'yes');
  const [tried, setTried] = useState(false);
  const command = useCommand<object>({ path: `${path}/acts`, changes: ['/api/provinces/'], onDone: onClose });
  const send = (): void => {
    setTried(true);
    if (bringsCapacity(act) && !isWhole(rows)) return;
    command.mutate({
      id,
      act,
      seenVersion: supporter.version,
      reason: reason.trim() === '' ? null : reason,
      ...(bringsCapacity(act) ? { capacities: sentOf(rows) } : {}),
      ...(act === 'change_listing' ? { listed: listed === 'yes' } : {}),
    });
  };
  return (
    <Dialog
      title={say(supporterActWords[act])}
      open
      wide={bringsCapacity(act)}
      onClose={onClose}
      foot={
        <Button kind={dangerous.includes(act) ? 'danger' : 'primary'} busy={command.isPending} onPress={send}>
          {say(supporterActWords[act])}
        </Button>
      }
    >
      <div className="k-form">
        {bringsCapacity(act) ? (
          <CapacityFields
            province={province}
            unit={supporter.ordersUnit}
            rows={rows}
            onChange={setRows}
            tried={tried}
            error={command.error}
          />
        ) : null}
        {act === 'change_listing' ? (
          <Select
            label={say(labels.listed)}
            name="listed"
            required
            value={listed}
            onChange={setListed}
            choices={(['yes', 'no'] as const).map((key) => ({ key, label: say(labels[key]) }))}
          />
        ) : null}
        {reasoned.includes(act) ? (
          <TextField
            label={say(labels.reason)}
            name="reason"
            required
            rows={3}
            value={reason}
            onChange={setReason}
            error={fieldError(command.error, 'reason', say)}
          />
        ) : null}
        {command.error === null ? null : <ProblemNotice error={command.error} />}
      </div>
    </Dialog>
  );
}
