import type { ReactNode } from 'react';
import { useAnswer } from '#web/command.tsx';
import { InstantText } from '#web/kit/day.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { Link } from '#web/kit/link.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Panel, PanelSubject } from '#web/panel.tsx';
import type { PersonDocuments } from './contract.ts';
import { documentLabels as labels, sizeOf } from './words.ts';

type Row = PersonDocuments['documents'][number];

/** What is attached to cases about the person whose page it is. */
function DocumentsOfPerson({ province, subjectId }: PanelSubject): ReactNode {
  const { say, digits } = useSpeech();
  const asked = useAnswer<PersonDocuments>(`/api/provinces/${province}/persons/${subjectId}/documents`);
  if (asked.error !== null) return <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />;
  const provinceId = asked.data?.provinceId;
  const columns: readonly Column<Row>[] = [
    {
      key: 'name',
      title: say(labels.name),
      render: ({ id, name, content }) =>
        content === null ? (
          say(labels.erased)
        ) : (
          <a href={content} download style={{ overflowWrap: 'anywhere' }}>
            <Bidi>{name ?? id}</Bidi>
          </a>
        ),
    },
    {
      key: 'size',
      title: say(labels.size),
      render: ({ byteCount }) => {
        const { value, unit } = sizeOf(byteCount);
        return `${digits(value)} ${say(unit)}`;
      },
    },
    { key: 'by', title: say(labels.by), render: ({ byName, byRole }) => byName ?? byRole },
    { key: 'at', title: say(labels.at), render: ({ at }) => <InstantText iso={at} /> },
    {
      key: 'of',
      title: say(labels.of),
      render: ({ subjectKind, subjectId: caseId }) =>
        subjectKind === 'case' ? (
          <Link href={`/cases/${provinceId}/${caseId}`}>{say(labels.open)}</Link>
        ) : (
          '—'
        ),
    },
  ];
  return (
    <>
      <DataTable
        caption={say(labels.documents)}
        columns={columns}
        rows={asked.data?.documents}
        rowKey={({ id }) => id}
        empty={{ title: say(labels.none), body: say(labels.noneHelp) }}
      />
      {asked.data?.more === true ? <p className="k-hint">{say(labels.more)}</p> : null}
    </>
  );
}

export const panels: readonly Panel[] = [
  {
    on: 'person',
    title: labels.documents,
    order: 50,
    roles: ['director', 'deputy', 'county_office', 'agency', 'bank', 'auditor', 'ministry'],
    component: DocumentsOfPerson,
  },
];
