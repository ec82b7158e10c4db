import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Digits } from '#web/kit/digits.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Link } from '#web/kit/link.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { DataTable } from '#web/kit/table.tsx';
import { useSpeech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import type { Person } from '../person/contract.ts';
import { personLabels } from '../person/words.ts';
import { apiOf, nameOf, personHref } from '../view/page.tsx';
import type { Decision, Duplicates } from './contract.ts';
import { duplicateLabels as labels, likenessWords } from './words.ts';

function Shown({ person, province }: { readonly person: Person; readonly province: string }): ReactNode {
  const { say } = useSpeech();
  return (
    <>
      <Link href={personHref(province, person.personId)}>{nameOf(person, say)}</Link>
      <br />
      <small className="k-parts">
        {person.nationalId === null ? null : <Digits value={person.nationalId} plain />}
        <span>{say(person.countyName)}</span>
        {person.bornOn === null ? null : (
          <span>
            <DayText iso={person.bornOn} style="numeric" />
          </span>
        )}
      </small>
    </>
  );
}

export function DuplicatesPage(): ReactNode {
  const { province = '' }: { province?: string } = useParams({ strict: false });
  const { say } = useSpeech();
  const { user } = useSession();
  const path = apiOf(province, 'duplicates');
  const asked = useAnswer<Duplicates>(path);
  const decide = useCommand<Decision>({ path, changes: [path, apiOf(province, 'persons')] });
  const may = user?.role === 'director' || user?.role === 'deputy' || user?.role === 'county_office';
  const send = (first: Person, second: Person, verdict: Decision['verdict'], kept: Person | null): void =>
    decide.mutate({
      id: newKey(),
      firstId: first.personId,
      secondId: second.personId,
      verdict,
      keptId: kept?.personId ?? null,
    });
  const deed = (label: string, act: () => void): ReactNode => (
    <Button kind="quiet" busy={decide.isPending} onPress={act}>
      {label}
    </Button>
  );
  return (
    <>
      <PageHead title={say(labels.title)} path={[{ label: say(personLabels.persons), href: '/persons' }]}>
        {say(labels.lead)}
      </PageHead>
      <ProblemNotice error={asked.error ?? decide.error} onRetry={() => void asked.refetch()} />
      {asked.error === null ? (
        <DataTable
          caption={say(labels.title)}
          rows={asked.data?.proposals}
          rowKey={({ first, second }) => `${first.personId} ${second.personId}`}
          empty={{ title: say(labels.none), body: say(labels.noneBody) }}
          columns={[
            {
              key: 'first',
              title: say(labels.first),
              render: ({ first }) => <Shown person={first} province={province} />,
            },
            {
              key: 'second',
              title: say(labels.second),
              render: ({ second }) => <Shown person={second} province={province} />,
            },
            {
              key: 'why',
              title: say(labels.reasons),
              render: ({ reasons }) =>
                reasons.map((reason) => say(likenessWords[reason])).join(say({ fa: '، ', en: ', ' })),
            },
            ...(may
              ? [
                  {
                    key: 'deeds',
                    title: say(labels.decide),
                    render: ({ first, second }: Duplicates['proposals'][number]) => (
                      <span className="k-row no-print">
                        {deed(say(labels.keepFirst), () => send(first, second, 'same', first))}
                        {deed(say(labels.keepSecond), () => send(first, second, 'same', second))}
                        {deed(say(labels.different), () => send(first, second, 'different', null))}
                      </span>
                    ),
                  },
                ]
              : []),
          ]}
        />
      ) : null}
      {asked.data === undefined || asked.data.merged.length === 0 ? null : (
        <Section title={say(labels.merged)}>
          <DataTable
            caption={say(labels.merged)}
            rows={asked.data.merged}
            rowKey={({ other }) => other.personId}
            columns={[
              {
                key: 'kept',
                title: say(labels.kept),
                render: ({ kept }) => <Shown person={kept} province={province} />,
              },
              {
                key: 'other',
                title: say(labels.other),
                render: ({ other }) => <Shown person={other} province={province} />,
              },
              ...(may
                ? [
                    {
                      key: 'undo',
                      title: say(labels.decide),
                      render: ({ kept, other }: Duplicates['merged'][number]) =>
                        deed(say(labels.undo), () => send(kept, other, 'undone', null)),
                    },
                  ]
                : []),
            ]}
          />
        </Section>
      )}
    </>
  );
}
