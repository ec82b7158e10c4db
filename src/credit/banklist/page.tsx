import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { Bilingual } from '#kernel/indicator.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { moneyScale, rialsOf } from '#web/format.ts';
import { Button } from '#web/kit/button.tsx';
import { DayField, todayIso } from '#web/kit/day-field.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { NumberField, TextField } from '#web/kit/field.tsx';
import { FileField, FileLink } from '#web/kit/file.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Money } from '#web/kit/money.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { Select } from '#web/kit/select.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import type { Line } from '../contract.ts';
import { Excesses } from '../excess/page.tsx';
import { StateSign, UnitOf, apiOf, useAddress, useLineName, useOwnPlace } from '../province/page.tsx';
import { isDrawable } from '../rules.ts';
import { programmeWords } from '../words.ts';
import type { ListHead, ListPage } from './contract.ts';
import { bankListLabels as labels } from './words.ts';

export const listHref = (province: string, listId: string): string =>
  `/credit/${province}/bank-lists/${listId}`;

type Bank = {
  readonly bankCode: string;
  readonly nameFa: string;
  readonly nameEn: string;
  readonly offered: boolean;
};

/** The province of the address, or that of the reader. */
export function useListProvince(): string {
  const own = useOwnPlace().province;
  return useAddress('province') || (own ?? '');
}

const empty = { bankCode: '', letterNumber: '', letterDay: todayIso(), statedCount: '', statedSum: '' };
type Typed = typeof empty;

/** A list is brought with what the bank states of it; one that mends another has its line and bank already. */
export function UploadDialog({
  province,
  mends,
  onClose,
}: {
  readonly province: string;
  readonly mends: ListPage | null;
  readonly onClose: () => void;
}): ReactNode {
  const { say, language } = useSpeech();
  const navigate = useNavigate();
  const lineName = useLineName();
  const lines = useAnswer<{ readonly items: readonly Line[] }>(apiOf(province, 'lines')).data?.items;
  const banks = useAnswer<{ readonly banks: readonly Bank[] }>('/api/banks').data?.banks;
  const [id, setId] = useState(newKey);
  const [lineId, setLineId] = useState<string>(mends?.lineId ?? '');
  const [file, setFile] = useState<File | null>(null);
  const [typed, setTyped] = useState<Typed>({ ...empty, bankCode: mends?.bankCode ?? '' });
  const [tried, setTried] = useState(false);
  const set = (name: keyof Typed) => (value: string) => setTyped((before) => ({ ...before, [name]: value }));
  const command = useCommand<object, { readonly id: string }>({
    path: apiOf(province, `lines/${lineId}/bank-lists`),
    changes: [apiOf(province, 'bank-lists')],
    onDone: (done) => {
      onClose();
      void navigate({ to: listHref(province, done.id) });
    },
  });
  const missing = {
    lineId: lineId === '' ? say(labels.line) : null,
    bankCode: typed.bankCode === '' ? say(labels.bank) : null,
    letterNumber: typed.letterNumber.trim() === '' ? say(labels.numberMissing) : null,
    statedCount: typed.statedCount === '' ? say(labels.wholeMissing) : null,
    statedSum: typed.statedSum === '' ? say(labels.wholeMissing) : null,
    file: file === null ? say(labels.fileMissing) : null,
  };
  const errorOf = (field: keyof typeof missing | 'letterDay'): string | null =>
    (tried && field !== 'letterDay' ? missing[field] : null) ?? fieldError(command.error, field, say);
  const send = (): void => {
    setTried(true);
    if (Object.values(missing).some((text) => text !== null)) return;
    command.mutate({ id, ...typed, mendsId: mends?.id ?? '', file });
  };
  const open = (lines ?? []).filter((line) => isDrawable(line.state));
  return (
    <Dialog
      title={say(mends === null ? labels.upload : labels.mend)}
      open
      onClose={onClose}
      foot={
        <Button kind="primary" busy={command.isPending} onPress={send}>
          {say(command.isPending ? labels.sending : labels.send)}
        </Button>
      }
    >
      <div className="k-form">
        {mends === null ? (
          <>
            <Select
              label={say(labels.line)}
              name="lineId"
              required
              error={errorOf('lineId')}
              choices={open.map((line) => ({ key: line.id, label: lineName(line) }))}
              value={lineId === '' ? null : lineId}
              onChange={setLineId}
            />
            <ComboBox
              label={say(labels.bank)}
              name="bankCode"
              required
              error={errorOf('bankCode')}
              choices={(banks ?? [])
                .filter((bank) => bank.offered)
                .map((bank) => ({
                  key: bank.bankCode,
                  label: language === 'fa' ? bank.nameFa : bank.nameEn,
                }))}
              value={typed.bankCode === '' ? null : typed.bankCode}
              onChange={(key) => set('bankCode')(key ?? '')}
            />
          </>
        ) : null}
        <FileField
          label={say(labels.file)}
          name="file"
          hint={say(labels.fileHelp)}
          accept=".xlsx,.csv"
          required
          error={errorOf('file')}
          onChange={(chosen) => {
            setFile(chosen);
            // Another file is another deed, even with the same words beside it.
            setId(newKey());
          }}
        />
        <StatedFields typed={typed} set={set} errorOf={errorOf} />
        <ProblemNotice error={command.error} />
      </div>
    </Dialog>
  );
}

type StatedField = 'letterNumber' | 'letterDay' | 'statedCount' | 'statedSum';

/** What the bank's letter says of the list: its number, its day, and how many rows of which sum there are. */
function StatedFields({
  typed,
  set,
  errorOf,
}: {
  readonly typed: Typed;
  readonly set: (name: StatedField) => (value: string) => void;
  readonly errorOf: (name: StatedField) => string | null;
}): ReactNode {
  const { say } = useSpeech();
  return (
    <>
      <TextField
        label={say(labels.letterNumber)}
        name="letterNumber"
        required
        value={typed.letterNumber}
        onChange={set('letterNumber')}
        error={errorOf('letterNumber')}
      />
      <DayField
        label={say(labels.letterDay)}
        name="letterDay"
        required
        value={typed.letterDay}
        onChange={set('letterDay')}
        error={errorOf('letterDay')}
      />
      <NumberField
        label={say(labels.statedCount)}
        name="statedCount"
        required
        value={typed.statedCount}
        onChange={set('statedCount')}
        error={errorOf('statedCount')}
      />
      <NumberField
        label={say(labels.statedSum)}
        name="statedSum"
        required
        value={typed.statedSum}
        onChange={set('statedSum')}
        error={errorOf('statedSum')}
      />
    </>
  );
}

function useColumns(lists: readonly ListHead[]): readonly Column<ListHead>[] {
  const { say, language, digits } = useSpeech();
  const scale = moneyScale(lists.map((list) => list.statedSum));
  return [
    {
      key: 'bank',
      title: say(labels.bank),
      render: (list) => (language === 'fa' ? list.bankFa : list.bankEn),
      sortBy: (list) => (language === 'fa' ? list.bankFa : list.bankEn),
    },
    {
      key: 'line',
      title: say(labels.line),
      render: (list) => `${say(nameOfProgramme(list.programme))} ${digits(list.budgetYear)}`,
    },
    {
      key: 'letter',
      title: say(labels.letterNumber),
      render: (list) => <Bidi>{digits(list.letterNumber)}</Bidi>,
      wideOnly: true,
    },
    {
      key: 'day',
      title: say(labels.letterDay),
      render: (list) => <DayText iso={list.letterDay} />,
      sortBy: (list) => list.letterDay,
    },
    {
      key: 'count',
      title: say(labels.statedCount),
      align: 'figure',
      render: (list) => <Digits value={list.statedCount} />,
      sortBy: (list) => list.statedCount,
      wideOnly: true,
    },
    {
      key: 'sum',
      title: (
        <>
          {say(labels.stated)} <UnitOf scale={scale} />
        </>
      ),
      align: 'figure',
      render: (list) => <Money rials={list.statedSum} scale={scale} />,
      sortBy: (list) => rialsOf(list.statedSum),
    },
    { key: 'state', title: say(labels.state), render: (list) => <StateSign state={list.state} /> },
  ];
}

export const nameOfProgramme = (programme: string): Bilingual =>
  new Map<string, Bilingual>(Object.entries(programmeWords)).get(programme) ?? {
    fa: programme,
    en: programme,
  };

export function BankListsPage(): ReactNode {
  const { say, language } = useSpeech();
  const { user } = useSession();
  const province = useListProvince();
  const [uploading, setUploading] = useState(false);
  const asked = useAnswer<{ readonly items: readonly ListHead[] }>(
    province === '' ? null : apiOf(province, 'bank-lists'),
  );
  const lists = asked.data?.items;
  const columns = useColumns(lists ?? []);
  const mayUpload = user?.role === 'deputy' || user?.role === 'director';
  return (
    <>
      <PageHead
        title={say(labels.lists)}
        actions={
          <div className="k-row">
            {mayUpload ? (
              <Button kind="primary" icon="up" onPress={() => setUploading(true)}>
                {say(labels.upload)}
              </Button>
            ) : null}
            <FileLink href={`${apiOf(province, 'referrals')}?language=${language}`}>
              {say(labels.referrals)}
            </FileLink>
          </div>
        }
      >
        {say(labels.listsHelp)}
      </PageHead>
      <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
      <DataTable
        caption={say(labels.lists)}
        columns={columns}
        rows={lists}
        rowKey={(list) => list.id}
        rowHref={(list) => listHref(province, list.id)}
        empty={{ title: say(labels.noLists), body: say(labels.noListsHelp) }}
      />
      <Section title={say(labels.beyond)}>
        <Excesses province={province} sliceId={null} />
      </Section>
      {uploading ? (
        <UploadDialog province={province} mends={null} onClose={() => setUploading(false)} />
      ) : null}
    </>
  );
}
