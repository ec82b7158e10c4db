import { useState, type ReactNode } from 'react';
import { callFile } from '#web/api.ts';
import { useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { FileField, FileLink } from '#web/kit/file.tsx';
import { Section } from '#web/kit/head.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { DataTable } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSave } from '#web/save.tsx';
import { partAxes } from '../contract.ts';
import type { SheetAnswer } from '../opening/contract.ts';
import { openingColumnWords, openingLabels as labels } from '../opening/words.ts';
import { apiOf } from '../province/page.tsx';

type SheetRow = SheetAnswer['rows'][number];

/** The template, the way to send it filled in, and the wrong rows of what was sent. */
export function Sheet(shown: {
  readonly province: string;
  readonly lineId: string;
  readonly onRows: (rows: readonly SheetRow[]) => void;
}): ReactNode {
  const { say, language } = useSpeech();
  const { province, lineId, onRows } = shown;
  const [file, setFile] = useState<File | null>(null);
  const [wrong, setWrong] = useState<readonly SheetRow[] | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const path = apiOf(province, `lines/${lineId}/opening-sheet`);
  const reading = useCommand<{ file: File }, SheetAnswer>({
    path,
    onDone: ({ rows }) => {
      setWrong(rows.filter(({ faults }) => faults.length > 0));
      onRows(rows.filter(({ faults }) => faults.length === 0));
    },
  });
  const template = (format: string): string =>
    `${apiOf(province, `lines/${lineId}/opening-template`)}?format=${format}&language=${language}`;
  const { saveBlob } = useSave();
  const saveErrors = async (): Promise<void> => {
    setFailed(null);
    try {
      saveBlob('opening-errors.xlsx', await callFile(`${path}/errors`, { body: { file }, language }));
    } catch (error) {
      setFailed(error);
    }
  };
  return (
    <Section
      title={say(labels.sheet)}
      aside={
        <div className="k-row no-print">
          <FileLink href={template('xlsx')}>{say(labels.templateXlsx)}</FileLink>
          <FileLink href={template('csv')}>{say(labels.templateCsv)}</FileLink>
        </div>
      }
    >
      <FileField
        label={say(labels.sheet)}
        name="file"
        hint={say(labels.sheetHelp)}
        accept=".xlsx,.csv"
        onChange={(chosen) => {
          setFile(chosen);
          setWrong(null);
          if (chosen !== null) reading.mutate({ file: chosen });
        }}
      />
      {reading.isPending ? <p role="status">{say(labels.reading)}</p> : null}
      <ProblemNotice error={reading.error ?? failed} />
      {wrong === null ? null : <Notice tone="green" title={say(labels.readRows)} />}
      {wrong === null || wrong.length === 0 ? null : (
        <>
          <Notice
            tone="amber"
            title={say(labels.wrongRows)}
            actions={
              <Button icon="download" onPress={() => void saveErrors()}>
                {say(labels.errorFile)}
              </Button>
            }
          >
            {say(labels.wrongHelp)}
          </Notice>
          <DataTable
            caption={say(labels.wrongRows)}
            columns={[
              {
                key: 'line',
                title: say(openingColumnWords.line),
                render: ({ line }) => <Digits value={line} />,
              },
              {
                key: 'written',
                title: say(labels.slice),
                render: ({ written }) => (
                  <Bidi>
                    {[...partAxes, 'share' as const]
                      .map((column) => written[column] ?? '')
                      .filter((text) => text.trim() !== '')
                      .join(' · ')}
                  </Bidi>
                ),
              },
              {
                key: 'amount',
                title: say(openingColumnWords.amount),
                render: ({ written }) => <Bidi>{written['amount'] ?? ''}</Bidi>,
              },
              {
                key: 'reason',
                title: say(openingColumnWords.reason),
                render: ({ faults }) => faults.map((fault) => say(fault)).join(' '),
              },
            ]}
            rows={wrong}
            rowKey={({ line }) => String(line)}
            dense
          />
        </>
      )}
    </Section>
  );
}
