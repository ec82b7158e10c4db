import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { moneyScale } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { DayField, todayIso } from '#web/kit/day-field.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { MoneyField, TextField } from '#web/kit/field.tsx';
import { Money } from '#web/kit/money.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import { UnitOf, apiOf, sliceHref } from '../province/page.tsx';
import type { Excess } from './contract.ts';
import { excessLabels as labels } from './words.ts';

/** What banks reported beyond slices: of a province or of one slice; nothing is drawn for a slice without any. */
export function Excesses({
  province,
  sliceId,
}: {
  readonly province: string;
  readonly sliceId: string | null;
}): ReactNode {
  const { say, language } = useSpeech();
  const { user } = useSession();
  const [taking, setTaking] = useState<Excess | null>(null);
  const query = sliceId === null ? '' : `?slice=${sliceId}`;
  const asked = useAnswer<{ readonly items: readonly Excess[] }>(
    province === '' ? null : apiOf(province, `excesses${query}`),
  );
  const items = asked.data?.items.filter((one) => one.confirmed !== '0' || one.reported !== '0');
  const scale = moneyScale((items ?? []).flatMap((one) => [one.confirmed, one.reported, one.room]));
  const placeOf = (one: Excess): string => {
    const names = language === 'fa' ? [one.countyFa, one.categoryFa] : [one.countyEn, one.categoryEn];
    const known = names.filter((name) => name !== null);
    return known.length === 0 ? say(labels.province) : known.join(language === 'fa' ? '، ' : ', ');
  };
  const money = (key: 'confirmed' | 'reported' | 'room'): Column<Excess> => ({
    key,
    title: say(labels[key]),
    align: 'figure',
    render: (one) => <Money rials={one[key]} scale={scale} />,
  });
  const columns: readonly Column<Excess>[] = [
    {
      key: 'bank',
      title: say(labels.bank),
      render: (one) => (
        <Sign tone="red" icon="warning">
          {language === 'fa' ? one.bankFa : one.bankEn}
        </Sign>
      ),
    },
    { key: 'slice', title: say(labels.slice), render: placeOf },
    money('confirmed'),
    money('reported'),
    money('room'),
    ...(user?.role === 'deputy'
      ? [
          {
            key: 'take',
            title: '',
            render: (one: Excess) =>
              one.confirmed === '0' ? null : (
                <Button kind="quiet" onPress={() => setTaking(one)}>
                  {say(labels.takeIn)}
                </Button>
              ),
          },
        ]
      : []),
  ];
  if (sliceId !== null && (items === undefined || items.length === 0)) return null;
  return (
    <div className="k-stack" style={{ justifyItems: 'stretch' }}>
      {sliceId === null ? (
        <p className="k-hint">{say(labels.help)}</p>
      ) : (
        <Notice tone="red" title={say(labels.help)} />
      )}
      <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
      <UnitOf scale={scale} />
      <DataTable
        caption={say(labels.title)}
        columns={columns}
        rows={items}
        rowKey={(one) => one.id}
        {...(sliceId === null ? { rowHref: (one: Excess) => sliceHref(province, one.sliceId) } : {})}
        empty={{ title: say(labels.none), body: say(labels.noneHelp) }}
      />
      {taking === null ? null : (
        <IntakeDialog province={province} excess={taking} onClose={() => setTaking(null)} />
      )}
    </div>
  );
}

function IntakeDialog({
  province,
  excess,
  onClose,
}: {
  readonly province: string;
  readonly excess: Excess;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [amount, setAmount] = useState(excess.confirmed);
  const [resolutionNumber, setNumber] = useState('');
  const [resolutionDay, setDay] = useState(todayIso);
  const command = useCommand<object>({
    path: apiOf(province, `excesses/${excess.id}/intakes`),
    changes: [apiOf(province, '')],
    onDone: onClose,
  });
  return (
    <Dialog
      title={say(labels.takeIn)}
      open
      onClose={onClose}
      foot={
        <Button
          kind="primary"
          busy={command.isPending}
          onPress={() => command.mutate({ id, amount, resolutionNumber, resolutionDay })}
        >
          {say(labels.takeIn)}
        </Button>
      }
    >
      <div className="k-form">
        <MoneyField
          label={say(labels.amount)}
          name="amount"
          required
          value={amount}
          onChange={setAmount}
          error={fieldError(command.error, 'amount', say)}
        />
        <TextField
          label={say(labels.resolutionNumber)}
          name="resolutionNumber"
          required
          value={resolutionNumber}
          onChange={setNumber}
          error={fieldError(command.error, 'resolutionNumber', say)}
        />
        <DayField
          label={say(labels.resolutionDay)}
          name="resolutionDay"
          required
          value={resolutionDay}
          onChange={setDay}
          error={fieldError(command.error, 'resolutionDay', say)}
        />
        <ProblemNotice error={command.error} />
      </div>
    </Dialog>
  );
}
