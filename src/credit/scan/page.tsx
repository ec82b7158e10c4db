import { useState, type ReactNode } from 'react';
import type { DocumentAnswer } from '#document/contract.ts';
import { useAnswer } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { InstantText } from '#web/kit/day.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { UploadField } from '#web/kit/upload-field.tsx';
import { Section } from '#web/kit/head.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import type { Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { useProvinces } from '../province/page.tsx';
import type { ScanKind } from './contract.ts';
import { scanLabels as labels } from './words.ts';

type Paper = { readonly province: string; readonly kind: ScanKind; readonly id: string };
type ScanList = { readonly documents: readonly DocumentAnswer[]; readonly mayAttach: boolean };

function useScans({ province, kind, id }: Paper) {
  const code = useProvinces()?.find((one) => one.slug === province)?.provinceId;
  const path =
    code === undefined
      ? null
      : (`/api/provinces/${code}/documents?subjectKind=${kind}&subjectId=${id}` as const);
  return { path, list: useAnswer<ScanList>(path) };
}

/** The name to download, the size, and the fingerprint: its beginning, where there is no room for all of it. */
function Scan({ scan, brief }: { readonly scan: DocumentAnswer; readonly brief: boolean }): ReactNode {
  const { say, digits } = useSpeech();
  const size = digits(Math.max(1, Math.round(scan.byteCount / 1024)));
  return (
    <div style={{ marginBlockEnd: 'var(--s1)' }}>
      {scan.content === null ? (
        say(labels.erased)
      ) : (
        <a href={scan.content} download style={{ overflowWrap: 'anywhere' }}>
          <Bidi>{scan.name ?? say(labels.scan)}</Bidi>
        </a>
      )}
      <small className="k-hint" style={{ display: 'block' }}>
        {`${size} ${say(labels.kilobytes)} · ${say(labels.hash)} `}
        <code title={scan.sha256} style={{ overflowWrap: 'anywhere' }}>
          {brief ? `${scan.sha256.slice(0, 8)}…` : scan.sha256}
        </code>
      </small>
      {brief ? null : (
        <small className="k-hint">
          {scan.byName} · <InstantText iso={scan.at} />
        </small>
      )}
    </div>
  );
}

/** The scans of a paper, and where its readers may, the way to add one: a scan often comes long after its letter. */
export function Scans(paper: Paper): ReactNode {
  const { say } = useSpeech();
  const { path, list } = useScans(paper);
  if (list.error !== null) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined || path === null) return <Skeleton rows={1} />;
  const { documents, mayAttach } = list.data;
  return (
    <div className="k-stack">
      {documents.length === 0 ? <p className="k-hint">{say(labels.none)}</p> : null}
      {documents.map((scan) => (
        <Scan key={scan.id} scan={scan} brief={false} />
      ))}
      {mayAttach ? (
        <div className="no-print">
          <UploadField
            label={say(labels.attach)}
            hint={say(labels.attachHelp)}
            accept=".pdf,.jpg,.jpeg,.png,image/*"
            path={(id) => `${path}&id=${id}&retention=money`}
            onDone={() => void list.refetch()}
          />
        </div>
      ) : null}
    </div>
  );
}

/** The scans of the resolution of a division or transfer; there is none before it is approved. */
export function ResolutionScans({
  number,
  ...paper
}: Omit<Paper, 'kind'> & { readonly number: string | null }): ReactNode {
  const { say } = useSpeech();
  if (number === null) return null;
  return (
    <Section title={say(labels.ofResolution)}>
      <Scans kind="credit_resolution" {...paper} />
    </Section>
  );
}

/** The scans of a letter in a cell of a table; the field that attaches opens above it. */
function LetterScans({ number, ...rest }: Omit<Paper, 'kind'> & { readonly number: string }): ReactNode {
  const { say, digits } = useSpeech();
  const paper = { ...rest, kind: 'credit_letter' } as const;
  const { list } = useScans(paper);
  const [open, setOpen] = useState(false);
  return (
    <>
      {list.data?.documents.map((scan) => (
        <Scan key={scan.id} scan={scan} brief />
      ))}
      {list.data?.mayAttach === true ? (
        <span className="no-print">
          <Button kind="quiet" icon="add" onPress={() => setOpen(true)}>
            {say(labels.attach)}
          </Button>
        </span>
      ) : null}
      {open ? (
        <Dialog title={`${say(labels.ofLetter)} ${digits(number)}`} open onClose={() => setOpen(false)}>
          <Scans {...paper} />
        </Dialog>
      ) : null}
    </>
  );
}

type Letter = { readonly id: string; readonly letterNumber: string };

/** The column of the scans in a list of letters. */
export function useScanColumn(province: string): Column<Letter> {
  const { say } = useSpeech();
  return {
    key: 'scan',
    title: say(labels.scan),
    render: ({ id, letterNumber }) => <LetterScans province={province} id={id} number={letterNumber} />,
  };
}
