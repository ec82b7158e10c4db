import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { TextField } from '#web/kit/field.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { useSpeech } from '#web/language.tsx';
import type { BulkDone } from '../act/contract.ts';
import type { CaseRow } from '../inbox/contract.ts';
import { caseLabels } from '../words.ts';

/** A kind of case with the acts that the reader's role does on many at once. */
export type Kind = {
  readonly key: string;
  readonly title: { fa: string; en: string };
  readonly states: readonly { readonly key: string; readonly title: { fa: string; en: string } }[];
  readonly acts: readonly {
    readonly key: string;
    readonly title: { fa: string; en: string };
    readonly needsReason: boolean;
    readonly states: readonly string[];
  }[];
};

/** What the reader can do on a case together with others of its kind; nothing: it gets no box. */
export const bulkActsOn = (kinds: readonly Kind[], { kind, state }: CaseRow): Kind['acts'] =>
  (kinds.find(({ key }) => key === kind.key)?.acts ?? []).filter(({ states }) => states.includes(state.key));

/** One act on the chosen cases, with what became of each. */
export function BulkBar({
  provinceId,
  rows,
  onClear,
}: {
  readonly provinceId: number;
  readonly rows: readonly CaseRow[];
  readonly onClear: () => void;
}): ReactNode {
  const { say, digits } = useSpeech();
  const kinds = useAnswer<{ readonly kinds: readonly Kind[] }>('/api/cases/kinds').data?.kinds ?? [];
  const [act, setAct] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [results, setResults] = useState<BulkDone | null>(null);
  const bulk = useCommand<unknown, BulkDone>({
    path: `/api/provinces/${provinceId}/cases/acts`,
    changes: [`/api/provinces/${provinceId}/cases`],
    onDone: setResults,
  });
  if (rows.length === 0) return results === null ? null : <BulkResults results={results} />;
  const [kind] = new Set(rows.map((row) => row.kind.key)).size === 1 ? rows.map((row) => row.kind.key) : [];
  const lawful = new Set(rows.flatMap((row) => bulkActsOn(kinds, row).map(({ key }) => key)));
  const acts = (kinds.find(({ key }) => key === kind)?.acts ?? []).filter(({ key }) => lawful.has(key));
  return (
    <Notice tone="info" title={`${digits(rows.length)} ${say(caseLabels.chosen)}`}>
      {acts.length === 0 ? (
        <p>{say(kind === undefined ? caseLabels.bulkOneKind : caseLabels.bulkNone)}</p>
      ) : (
        <div className="k-row">
          <Select
            label={say(caseLabels.bulkAct)}
            name="act"
            value={act}
            onChange={setAct}
            choices={acts.map(({ key, title }) => ({ key, label: say(title) }))}
          />
          <TextField label={say(caseLabels.reason)} name="reason" value={reason} onChange={setReason} />
          <Button
            kind="primary"
            busy={bulk.isPending}
            onPress={() =>
              act !== null &&
              bulk.mutate({
                act,
                reason: reason.trim() === '' ? null : reason,
                cases: rows.map((row) => ({ id: newKey(), caseId: row.id, seenVersion: row.version })),
              })
            }
          >
            {say(caseLabels.bulkDo)}
          </Button>
        </div>
      )}
      <Button kind="quiet" onPress={onClear}>
        {say(caseLabels.clear)}
      </Button>
      <ProblemNotice error={bulk.error} />
      {results === null ? null : <BulkResults results={results} />}
    </Notice>
  );
}

function BulkResults({ results }: { readonly results: BulkDone }): ReactNode {
  const { say, digits } = useSpeech();
  const refused = results.rows.filter(({ done }) => !done);
  return (
    <div role="status">
      <p>
        {digits(results.rows.length - refused.length)} {say(caseLabels.bulkDone)}، {digits(refused.length)}{' '}
        {say(caseLabels.bulkRefused)}
      </p>
      <ul>
        {refused.map(({ caseId, refusal }) => (
          <li key={caseId}>{refusal === null ? null : say(refusal)}</li>
        ))}
      </ul>
    </div>
  );
}
