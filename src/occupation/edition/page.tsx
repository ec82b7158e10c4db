import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useCommand } from '#web/command.tsx';
import { csvText } from '#web/csv.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { DayField } from '#web/kit/day-field.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { TextField } from '#web/kit/field.tsx';
import { FileField } from '#web/kit/file.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { fieldError, ProblemNotice } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSave } from '#web/save.tsx';
import { useSession } from '#web/session.tsx';
import { occupationLabels } from '../words.ts';
import { Counts, editionName, editionsPath, useEditions } from '../change/page.tsx';
import { listHeadings, type Edition, type Fault, type Preview } from './contract.ts';
import { editionLabels as labels, editionStateWords } from './words.ts';

function StateOf({ edition }: { readonly edition: Edition }): ReactNode {
  const { say } = useSpeech();
  if (edition.inForce) return <Sign tone="green">{say(labels.inForce)}</Sign>;
  if (edition.published) return <Sign tone="quiet">{say(editionStateWords.published)}</Sign>;
  const state = edition.waiting?.state ?? 'proposed';
  return <Sign tone={state === 'proposed' ? 'amber' : 'quiet'}>{say(editionStateWords[state])}</Sign>;
}

/** Publishing and taking back a list that waits; its proposer reads why another person must publish it. */
function Deeds({ edition }: { readonly edition: Edition }): ReactNode {
  const { say } = useSpeech();
  const [ids] = useState(() => ({ publication: newKey(), withdrawal: newKey() }));
  const command = useCommand<{
    readonly deed: 'publication' | 'withdrawal';
    readonly id: string;
    readonly seenVersion: number;
  }>({
    path: ({ deed }) => `${editionsPath}/${edition.editionId}/${deed}`,
    changes: [editionsPath, '/api/occupations'],
  });
  const { waiting } = edition;
  if (waiting?.state !== 'proposed') return null;
  const send = (deed: 'publication' | 'withdrawal'): void =>
    command.mutate({ deed, id: ids[deed], seenVersion: waiting.version });
  return (
    <>
      <div className="k-row">
        <Button
          kind="primary"
          busy={command.isPending}
          refusedBecause={waiting.proposedByYou ? say(labels.yours) : null}
          onPress={() => send('publication')}
        >
          {say(labels.publish)}
        </Button>
        <Button kind="quiet" onPress={() => send('withdrawal')}>
          {say(labels.withdraw)}
        </Button>
      </div>
      {command.error === null ? null : <ProblemNotice error={command.error} />}
    </>
  );
}

export function EditionsPage(): ReactNode {
  const { say, language } = useSpeech();
  const asked = useEditions();
  const enters = useSession().user?.role === 'administrator';
  const [entering, setEntering] = useState(false);
  const columns: readonly Column<Edition>[] = [
    {
      key: 'name',
      title: say(labels.name),
      render: (edition) => editionName(edition, language),
      csv: (edition) => editionName(edition, language),
    },
    {
      key: 'decision',
      title: say(labels.decision),
      render: ({ decisionNumber }) => <Bidi>{decisionNumber}</Bidi>,
      csv: ({ decisionNumber }) => decisionNumber,
    },
    {
      key: 'from',
      title: say(labels.inForceFrom),
      render: ({ inForceFrom }) => <DayText iso={inForceFrom} />,
      sortBy: ({ inForceFrom }) => inForceFrom,
      csv: ({ inForceFrom }) => inForceFrom,
    },
    {
      key: 'count',
      title: say(labels.count),
      align: 'figure',
      render: ({ occupations }) => <Digits value={occupations} />,
      sortBy: ({ occupations }) => occupations,
      csv: ({ occupations }) => String(occupations),
    },
    { key: 'state', title: say(labels.state), render: (edition) => <StateOf edition={edition} /> },
    ...(enters
      ? [{ key: 'deeds', title: '', render: (edition: Edition) => <Deeds edition={edition} /> }]
      : []),
  ];
  return (
    <>
      <PageHead
        title={say(occupationLabels.editions)}
        path={[{ label: say(occupationLabels.occupations), href: '/occupations' }]}
        actions={
          <>
            <PrintButton />
            <LinkButton href="/occupations/compare" icon="transfer">
              {say(labels.compare)}
            </LinkButton>
            {enters ? (
              <Button kind="primary" icon="add" onPress={() => setEntering(true)}>
                {say(labels.enter)}
              </Button>
            ) : null}
          </>
        }
      >
        {say(labels.lead)}
      </PageHead>
      {asked.error !== null && asked.data === undefined ? (
        <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
      ) : (
        <DataTable
          caption={say(occupationLabels.editions)}
          columns={columns}
          rows={asked.data?.editions}
          rowKey={({ editionId }) => editionId}
          csvName="occupation-editions"
          empty={{ title: say(labels.none), body: say(labels.noneHelp) }}
        />
      )}
      {entering ? <EnterDialog onClose={() => setEntering(false)} /> : null}
    </>
  );
}

/** The bytes of a file in base64, as the form carries them. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function Faults({ faults }: { readonly faults: readonly Fault[] }): ReactNode {
  const { say, digits, language } = useSpeech();
  const { saveText } = useSave();
  const save = (): void =>
    saveText(
      `${say(labels.faultFile)}.csv`,
      csvText([
        [labels.row, labels.column, labels.value, labels.fault].map(say),
        ...faults.map((fault) => [
          String(fault.row),
          say(listHeadings[fault.column].title),
          fault.value,
          fault[language],
        ]),
      ]),
    );
  return (
    <Notice
      tone="red"
      title={`${say(labels.faults)}: ${digits(faults.length)}`}
      actions={
        <Button kind="quiet" icon="download" onPress={save}>
          CSV
        </Button>
      }
    >
      <ul>
        {faults.slice(0, 20).map((fault) => (
          <li key={`${fault.row} ${fault.column} ${fault.kind}`}>
            {say(labels.row)} {digits(fault.row)}: {fault[language]}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function EnterDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [form, setForm] = useState({ nameFa: '', nameEn: '', decisionNumber: '', inForceFrom: '', file: '' });
  const [tried, setTried] = useState(false);
  const set = (change: Partial<typeof form>): void => setForm((now) => ({ ...now, ...change }));
  const preview = useCommand<unknown, Preview>({ path: `${editionsPath}/preview` });
  const propose = useCommand<unknown>({
    path: editionsPath,
    changes: [editionsPath],
    onDone: onClose,
  });
  const missing = {
    nameFa: form.nameFa.trim() === '' ? say(labels.nameMissing) : null,
    decisionNumber: form.decisionNumber.trim() === '' ? say(labels.decisionMissing) : null,
    inForceFrom: form.inForceFrom === '' ? say(labels.dayMissing) : null,
  };
  const errorOf = (field: keyof typeof missing): string | null =>
    (tried ? missing[field] : null) ?? fieldError(propose.error, field, say);
  const isWhole = form.file !== '' && form.inForceFrom !== '';
  const send = (): void => {
    setTried(true);
    if (!isWhole || Object.values(missing).some((text) => text !== null)) return;
    propose.mutate({ ...form, id, nameEn: form.nameEn.trim() === '' ? null : form.nameEn });
  };
  return (
    <Dialog
      title={say(labels.enter)}
      open
      wide
      onClose={onClose}
      foot={
        <>
          <Button
            busy={preview.isPending}
            refusedBecause={isWhole ? null : say(labels.fileMissing)}
            onPress={() => preview.mutate({ file: form.file, inForceFrom: form.inForceFrom })}
          >
            {say(labels.preview)}
          </Button>
          <Button kind="primary" busy={propose.isPending} onPress={send}>
            {say(labels.propose)}
          </Button>
        </>
      }
    >
      <div className="k-form">
        <TextField
          label={say(labels.name)}
          name="nameFa"
          required
          value={form.nameFa}
          onChange={(nameFa) => set({ nameFa })}
          error={errorOf('nameFa')}
        />
        <TextField
          label={say(labels.nameEn)}
          name="nameEn"
          code
          value={form.nameEn}
          onChange={(nameEn) => set({ nameEn })}
        />
        <TextField
          label={say(labels.decision)}
          name="decisionNumber"
          required
          value={form.decisionNumber}
          onChange={(decisionNumber) => set({ decisionNumber })}
          error={errorOf('decisionNumber')}
        />
        <DayField
          label={say(labels.inForceFrom)}
          name="inForceFrom"
          required
          value={form.inForceFrom}
          onChange={(inForceFrom) => set({ inForceFrom })}
          error={errorOf('inForceFrom')}
        />
        <FileField
          label={say(labels.file)}
          name="file"
          hint={say(labels.fileHelp)}
          accept=".xlsx,.csv"
          required
          error={tried && form.file === '' ? say(labels.fileMissing) : null}
          onChange={(file) => {
            if (file === null) set({ file: '' });
            else void base64Of(file).then((text) => set({ file: text }));
          }}
        />
        {preview.error === null ? null : <ProblemNotice error={preview.error} />}
        {propose.error === null ? null : <ProblemNotice error={propose.error} />}
        {preview.data === undefined ? null : preview.data.changes === null ? (
          <Faults faults={preview.data.faults} />
        ) : (
          <>
            <Notice tone="green" title={say(labels.right)} />
            <Counts changes={preview.data.changes} />
          </>
        )}
      </div>
    </Dialog>
  );
}
