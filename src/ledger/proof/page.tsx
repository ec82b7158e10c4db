import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useAnswer } from '#web/command.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { InstantText } from '#web/kit/day.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { rowText, sealText } from '../seal/rules.ts';
import type { Proof } from './contract.ts';
import { proofWords } from './words.ts';

/** Null where this browser has no means to tell. */
type Verdict = boolean | null;
type Sealed = NonNullable<Proof['sealed']>;
const steps = ['row', 'rows', 'head', 'signature'] as const;
type Checked = Readonly<Record<(typeof steps)[number], Verdict>>;

const bytesOf = (digits: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hexOf = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  hexOf(await crypto.subtle.digest('SHA-256', bytes));
const encoded = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

async function signed({ seal, publicKey }: Sealed): Promise<Verdict> {
  try {
    const key = await crypto.subtle.importKey('raw', bytesOf(publicKey), 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', key, bytesOf(seal.signature), bytesOf(seal.head));
  } catch {
    // An older browser knows no Ed25519.
    return null;
  }
}

async function check(row: Proof['row'], sealed: Sealed): Promise<Checked> {
  // Over plain http the browser withholds its cryptography, but for localhost.
  if (!globalThis.isSecureContext) return { row: null, rows: null, head: null, signature: null };
  const { seal, hashes, place } = sealed;
  const content = {
    ...seal,
    number: BigInt(seal.number),
    firstPosition: BigInt(seal.firstPosition),
    lastPosition: BigInt(seal.lastPosition),
    sealedAt: new Date(seal.sealedAt),
  };
  return {
    row: (await sha256(encoded(rowText(row)))) === hashes.slice(place * 64, place * 64 + 64),
    rows: hashes.length === seal.rowCount * 64 && (await sha256(bytesOf(hashes))) === seal.rowsHash,
    head: (await sha256(encoded(sealText(content)))) === seal.head,
    signature: await signed(sealed),
  };
}

function VerdictSign({ verdict }: { readonly verdict: Verdict }): ReactNode {
  const { say } = useSpeech();
  if (verdict === null) return <Sign tone="amber">{say(proofWords.unknown)}</Sign>;
  return verdict ? (
    <Sign tone="green">{say(proofWords.right)}</Sign>
  ) : (
    <Sign tone="red">{say(proofWords.wrong)}</Sign>
  );
}

function Outcome({ checked }: { readonly checked: Checked }): ReactNode {
  const { say } = useSpeech();
  const verdicts = steps.map((step) => checked[step]);
  if (verdicts.includes(false)) return <Notice tone="red">{say(proofWords.altered)}</Notice>;
  if (verdicts.includes(null)) return <Notice tone="amber">{say(proofWords.some)}</Notice>;
  return <Notice tone="green">{say(proofWords.all)}</Notice>;
}

function Check({ proof, sealed }: { readonly proof: Proof; readonly sealed: Sealed }): ReactNode {
  const { say } = useSpeech();
  const { data: checked } = useQuery({
    queryKey: ['proof', proof.transferId, sealed.seal.head],
    queryFn: () => check(proof.row, sealed),
  });
  if (checked === undefined) return <Skeleton rows={4} />;
  return (
    <>
      <Outcome checked={checked} />
      <Section title={say(proofWords.steps)}>
        <Facts
          facts={steps.map((step) => ({
            label: say(proofWords[step]),
            value: <VerdictSign verdict={checked[step]} />,
          }))}
        />
      </Section>
    </>
  );
}

function SealFacts({ sealed }: { readonly sealed: Sealed }): ReactNode {
  const { say } = useSpeech();
  const { seal, place } = sealed;
  return (
    <Section title={say(proofWords.sealOf)}>
      <Facts
        facts={[
          { label: say(proofWords.number), value: <Digits value={BigInt(seal.number)} /> },
          {
            label: say(proofWords.position),
            value: <Digits value={BigInt(seal.firstPosition) + BigInt(place)} />,
          },
          { label: say(proofWords.sealedAt), value: <InstantText iso={seal.sealedAt} /> },
          { label: say(proofWords.headOf), value: <Bidi code>{seal.head}</Bidi> },
        ]}
      />
    </Section>
  );
}

function Row({ proof }: { readonly proof: Proof }): ReactNode {
  const { say } = useSpeech();
  const rows = proof.columns.map((column, index) => ({ column, value: proof.row[index] ?? '—' }));
  return (
    <Section title={say(proofWords.content)}>
      <DataTable
        dense
        caption={say(proofWords.content)}
        rows={rows}
        rowKey={({ column }) => column}
        columns={[
          {
            key: 'column',
            title: say(proofWords.column),
            render: ({ column }) => <Bidi code>{column}</Bidi>,
          },
          { key: 'value', title: say(proofWords.value), render: ({ value }) => <Bidi code>{value}</Bidi> },
        ]}
      />
    </Section>
  );
}

/** That a transfer stands in a signed seal, recomputed in the reader's own browser. */
export function ProofPage(): ReactNode {
  const { say } = useSpeech();
  const at: Readonly<Record<string, unknown>> = useParams({ strict: false });
  const address = new URLSearchParams({
    province: String(at['provinceId']),
    transfer: String(at['transfer']),
  });
  const asked = useAnswer<Proof>(`/api/seals/proof?${address.toString()}`);
  const proof = asked.data;
  return (
    <>
      <PageHead
        title={say(proofWords.title)}
        actions={
          <>
            <PrintButton />
            <LinkButton href={`/seals?province=${String(at['provinceId'])}`} icon="chain">
              {say(proofWords.board)}
            </LinkButton>
          </>
        }
      >
        {say(proofWords.lead)}
      </PageHead>
      <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
      {proof === undefined ? (
        asked.error === null ? (
          <Skeleton rows={6} />
        ) : null
      ) : (
        <>
          {proof.sealed === null ? (
            <Notice
              tone="amber"
              title={say(proofWords.waiting)}
              actions={<Button onPress={() => void asked.refetch()}>{say(proofWords.again)}</Button>}
            >
              {say(proofWords.waitingHelp)}
            </Notice>
          ) : (
            <>
              <Check proof={proof} sealed={proof.sealed} />
              <SealFacts sealed={proof.sealed} />
            </>
          )}
          <Row proof={proof} />
        </>
      )}
    </>
  );
}
