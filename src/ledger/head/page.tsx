import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { nationwide } from '#kernel/actor.ts';
import type { Province } from '#place/contract.ts';
import { useAnswer } from '#web/command.tsx';
import { LinkButton } from '#web/kit/button.tsx';
import { DayText, InstantText } from '#web/kit/day.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import { usePages } from '#web/paged.tsx';
import { useSession } from '#web/session.tsx';
import type { sealShape, sealsShape } from '../seal/contract.ts';
import type { DayHead } from './contract.ts';
import { headWords } from './words.ts';

type Seal = z.infer<typeof sealShape>;
type Heads = z.infer<typeof sealsShape>;

/** Sixty-four characters in groups of eight, as one reads them out to somebody who compares. */
function Head({ head }: { readonly head: string }): ReactNode {
  return <Bidi code>{(head.match(/.{8}/g) ?? []).join(' ')}</Bidi>;
}

function Newest({ seal }: { readonly seal: Seal }): ReactNode {
  const { say } = useSpeech();
  return (
    <Section title={say(headWords.newest)}>
      <Facts
        facts={[
          { label: say(headWords.head), value: <Head head={seal.head} /> },
          { label: say(headWords.number), value: <Digits value={BigInt(seal.number)} /> },
          { label: say(headWords.rows), value: <Digits value={BigInt(seal.lastPosition)} /> },
          { label: say(headWords.sealedAt), value: <InstantText iso={seal.sealedAt} /> },
          { label: say(headWords.signedBy), value: <Bidi code>{seal.keyId}</Bidi> },
        ]}
      />
    </Section>
  );
}

const columnsOf = (say: Speech['say']): readonly Column<DayHead>[] => [
  {
    key: 'day',
    title: say(headWords.day),
    render: ({ day, seal }) => (
      <>
        <DayText iso={day} />
        <span className="k-hint" style={{ display: 'block' }}>
          {say(headWords.number)} <Digits value={BigInt(seal.number)} />
        </span>
      </>
    ),
  },
  { key: 'head', title: say(headWords.head), render: ({ seal }) => <Head head={seal.head} /> },
];

function DayHeads({ province }: { readonly province: number }): ReactNode {
  const { say } = useSpeech();
  const pages = usePages<DayHead>(`/api/seals/days?limit=31&province=${province}`);
  return (
    <Section
      title={say(headWords.days)}
      aside={
        <span className="k-row no-print">
          <LinkButton kind="quiet" icon="download" href={`/api/seals/days/file?province=${province}`}>
            {say(headWords.keepDays)}
          </LinkButton>
          <LinkButton kind="quiet" icon="download" href={`/api/seals/heads?province=${province}`}>
            {say(headWords.keepAll)}
          </LinkButton>
        </span>
      }
    >
      <ProblemNotice error={pages.error} onRetry={pages.refetch} />
      {pages.error === null ? (
        <DataTable
          dense
          caption={say(headWords.days)}
          columns={columnsOf(say)}
          rows={pages.rows}
          pages={pages}
          rowKey={({ day }) => day}
        />
      ) : null}
    </Section>
  );
}

function How(): ReactNode {
  const { say } = useSpeech();
  return (
    <Section title={say(headWords.how)}>
      <div className="k-stack" style={{ maxInlineSize: '44rem' }}>
        <p>
          <strong>{say(headWords.keepTitle)}.</strong> {say(headWords.keep)}
        </p>
        <p>
          <strong>{say(headWords.compareTitle)}.</strong> {say(headWords.compare)}
        </p>
        <p>
          <strong>{say(headWords.verifyTitle)}.</strong> {say(headWords.verify)}{' '}
          <Bidi code>npx karsaz verify --heads FILE</Bidi>
        </p>
        <p>
          <strong>{say(headWords.browserTitle)}.</strong> {say(headWords.browser)}{' '}
          <a href="/seals/verify">{say(headWords.toVerifier)}</a>
        </p>
      </div>
    </Section>
  );
}

function Board({ heads, provinces }: { heads: readonly Seal[]; provinces: readonly Province[] }): ReactNode {
  const { say, language } = useSpeech();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const asked = search['province'];
  const own = useSession().user?.provinceId;
  const shown =
    heads.find(({ provinceId }) => String(provinceId) === String(asked)) ??
    heads.find(({ provinceId }) => provinceId === own) ??
    heads.find(({ provinceId }) => provinceId !== nationwide) ??
    heads[0];
  if (shown === undefined) return <Empty title={say(headWords.none)}>{say(headWords.noneHelp)}</Empty>;
  const nameOf = (provinceId: number): string => {
    if (provinceId === nationwide) return say(headWords.nation);
    const found = provinces.find((province) => province.provinceId === provinceId);
    if (found === undefined) return String(provinceId);
    return language === 'fa' ? found.nameFa : found.nameEn;
  };
  return (
    <>
      <div style={{ inlineSize: '260px' }}>
        <Select
          label={say(headWords.province)}
          name="province"
          required
          value={String(shown.provinceId)}
          onChange={(key) => void navigate({ to: '.', replace: true, search: { province: key } })}
          choices={heads.map(({ provinceId }) => ({ key: String(provinceId), label: nameOf(provinceId) }))}
        />
      </div>
      <Newest seal={shown} />
      <DayHeads key={shown.provinceId} province={shown.provinceId} />
    </>
  );
}

/** The public board of heads: open to everybody, to be printed and kept elsewhere (L14). */
export function HeadsPage(): ReactNode {
  const { say } = useSpeech();
  const seals = useAnswer<Heads>('/api/seals');
  const places = useAnswer<{ readonly provinces: readonly Province[] }>('/api/provinces');
  return (
    <>
      <PageHead title={say(headWords.title)} actions={<PrintButton />}>
        {say(headWords.lead)}
      </PageHead>
      <ProblemNotice error={seals.error} onRetry={() => void seals.refetch()} />
      {seals.data === undefined ? (
        seals.error === null ? (
          <Skeleton rows={6} />
        ) : null
      ) : (
        <Board heads={seals.data.heads} provinces={places.data?.provinces ?? []} />
      )}
      <How />
    </>
  );
}
