import { useState, type ReactNode } from 'react';
import { useAnswer, type Path } from '#web/command.tsx';
import { Empty } from '#web/kit/empty.tsx';
import { Figure, Figures } from '#web/kit/figure.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Category } from '../contract.ts';
import type { Changes, Edition } from '../edition/contract.ts';
import { editionLabels as labels } from '../edition/words.ts';
import { occupationLabels } from '../words.ts';

export const editionsPath = '/api/occupation-editions';
type Agency = { readonly agencyKey: string; readonly shortFa: string; readonly shortEn: string };

export type Names = {
  readonly category: (key: string) => string;
  readonly agency: (key: string | null) => string;
  readonly categories: readonly { readonly key: string; readonly label: string }[];
  readonly agencies: readonly Agency[];
};

/** The names of categories and agencies in the language of the page; a key until they have come. */
export function useNames(): Names {
  const { language, say } = useSpeech();
  const categories =
    useAnswer<{ readonly categories: readonly Category[] }>('/api/categories').data?.categories ?? [];
  const agencies = useAnswer<{ readonly agencies: readonly Agency[] }>('/api/agencies').data?.agencies ?? [];
  const byCategory = new Map(
    categories.map((one) => [one.categoryKey, language === 'fa' ? one.nameFa : one.nameEn]),
  );
  const byAgency = new Map(
    agencies.map((one) => [one.agencyKey, language === 'fa' ? one.shortFa : one.shortEn]),
  );
  return {
    category: (key) => byCategory.get(key) ?? key,
    agency: (key) => (key === null || key === '' ? say(labels.nobody) : (byAgency.get(key) ?? key)),
    categories: [...byCategory].map(([key, label]) => ({ key, label })),
    agencies,
  };
}

export const useEditions = (): ReturnType<typeof useAnswer<{ readonly editions: readonly Edition[] }>> =>
  useAnswer<{ readonly editions: readonly Edition[] }>(editionsPath);

export function editionName(edition: Edition, language: 'fa' | 'en'): string {
  return language === 'fa' ? edition.nameFa : (edition.nameEn ?? edition.nameFa);
}

const countsOf = (changes: Changes) =>
  (['added', 'removed', 'renamed', 'recategorised', 'reassigned', 'starred'] as const).map(
    (kind) => [kind, changes[kind].length] as const,
  );

export function Counts({ changes }: { readonly changes: Changes }): ReactNode {
  const { say, digits } = useSpeech();
  return (
    <Figures>
      {countsOf(changes).map(([kind, count]) => (
        <Figure key={kind} label={say(labels[kind])} value={digits(count)} />
      ))}
      <Figure label={say(labels.unchanged)} value={digits(changes.unchanged)} />
    </Figures>
  );
}

type ChangeRow = {
  readonly kind: 'added' | 'removed' | 'renamed' | 'recategorised' | 'reassigned' | 'starred';
  readonly occupationId: number;
  readonly title: string;
  readonly category: string;
  readonly from: string;
  readonly to: string;
};

function useChangeRows(changes: Changes): readonly ChangeRow[] {
  const { language } = useSpeech();
  const names = useNames();
  const said = {
    renamed: (text: string) => text,
    recategorised: names.category,
    reassigned: names.agency,
    starred: names.agency,
  };
  return countsOf(changes).flatMap(([kind]) =>
    changes[kind].map((one) => ({
      kind,
      occupationId: one.occupationId,
      title: language === 'fa' ? one.titleFa : one.titleEn,
      category: names.category(one.categoryKey),
      from: 'from' in one && kind !== 'added' && kind !== 'removed' ? said[kind](one.from) : '',
      to: 'to' in one && kind !== 'added' && kind !== 'removed' ? said[kind](one.to) : '',
    })),
  );
}

const text = (key: 'title' | 'category' | 'from' | 'to', title: string) =>
  ({
    key,
    title,
    render: (row) => row[key],
    sortBy: (row) => row[key],
    csv: (row) => row[key],
  }) satisfies Column<ChangeRow>;

function ChangeTable({ changes }: { readonly changes: Changes }): ReactNode {
  const { say } = useSpeech();
  const rows = useChangeRows(changes);
  const columns: readonly Column<ChangeRow>[] = [
    text('title', say(occupationLabels.title)),
    {
      key: 'kind',
      title: say(labels.kind),
      render: ({ kind }) => (
        <Sign tone={kind === 'added' ? 'green' : kind === 'removed' ? 'red' : 'amber'}>
          {say(labels[kind])}
        </Sign>
      ),
      sortBy: ({ kind }) => kind,
      csv: ({ kind }) => say(labels[kind]),
    },
    text('category', say(occupationLabels.category)),
    text('from', say(labels.from)),
    text('to', say(labels.to)),
  ];
  return (
    <DataTable
      caption={say(labels.compare)}
      columns={columns}
      rows={rows}
      rowKey={({ kind, occupationId }) => `${kind} ${occupationId}`}
      csvName="occupation-changes"
      empty={{ title: say(labels.same) }}
    />
  );
}

export function ComparePage(): ReactNode {
  const { say, language } = useSpeech();
  const editions = useEditions().data?.editions;
  const [chosen, setChosen] = useState<{ readonly older?: string; readonly newer?: string }>({});
  const inForce = editions?.findIndex((edition) => edition.inForce) ?? -1;
  const newer = chosen.newer ?? editions?.[Math.max(inForce, 0)]?.editionId ?? null;
  const older = chosen.older ?? editions?.[Math.max(inForce, 0) + 1]?.editionId ?? null;
  const path: Path | null =
    newer === null || older === null ? null : `${editionsPath}/${newer}/changes?since=${older}`;
  const asked = useAnswer<Changes>(path);
  const choices = (editions ?? []).map((edition) => ({
    key: edition.editionId,
    label: editionName(edition, language),
  }));
  return (
    <>
      <PageHead
        title={say(labels.compare)}
        path={[
          { label: say(occupationLabels.occupations), href: '/occupations' },
          { label: say(occupationLabels.editions), href: '/occupations/editions' },
        ]}
        actions={<PrintButton />}
      >
        {say(labels.compareHelp)}
      </PageHead>
      <div className="k-row no-print" style={{ marginBlockEnd: 'var(--s4)' }}>
        {(['older', 'newer'] as const).map((side) => (
          <div key={side} style={{ inlineSize: '280px' }}>
            <Select
              label={say(labels[side])}
              name={side}
              required
              value={side === 'older' ? older : newer}
              onChange={(key) => setChosen((now) => ({ ...now, [side]: key }))}
              choices={choices}
            />
          </div>
        ))}
      </div>
      {editions?.length === 0 ? <Empty title={say(labels.none)}>{say(labels.noneHelp)}</Empty> : null}
      {asked.error === null ? null : (
        <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
      )}
      {path !== null && asked.isPending ? <Skeleton rows={6} /> : null}
      {asked.data === undefined ? null : (
        <>
          <Counts changes={asked.data} />
          <Section title={say(labels.compare)}>
            <ChangeTable changes={asked.data} />
          </Section>
        </>
      )}
    </>
  );
}
