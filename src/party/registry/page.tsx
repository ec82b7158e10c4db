import { useState, type ReactNode } from 'react';
import type { Bilingual } from '#kernel/indicator.ts';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import { useSession } from '#web/session.tsx';
import { NewPersonDialog } from '../identity/page.tsx';
import {
  Filters,
  nameOf,
  nothingAsked,
  personHref,
  useAsked,
  usePersons,
  useProvince,
} from '../view/page.tsx';
import type { Person } from '../person/contract.ts';
import {
  employmentWords,
  factWords,
  personLabels as labels,
  settlementWords,
  supportWords,
} from '../person/words.ts';

function columnsOf({ say, digits }: Speech, form: string): readonly Column<Person>[] {
  const all: readonly (Column<Person> | null)[] = [
    {
      key: 'name',
      title: say(form === 'legal' ? labels.enterpriseName : labels.name),
      render: (person) => nameOf(person, say),
      csv: (person) => (person.erased ? '' : nameOf(person, say)),
    },
    {
      key: 'id',
      title: say(form === 'legal' ? labels.legalId : labels.nationalId),
      render: ({ nationalId }) => (nationalId === null ? '–' : <Digits value={nationalId} plain />),
      csv: ({ nationalId }) => nationalId ?? '',
    },
    {
      key: 'county',
      title: say(factWords.county_code),
      render: ({ countyName, settlement }) =>
        settlement === null ? say(countyName) : `${say(countyName)} · ${say(settlementWords[settlement])}`,
      csv: ({ countyName }) => say(countyName),
    },
    form === 'legal'
      ? {
          key: 'activity',
          title: say(factWords.activity),
          render: ({ activity }) => activity ?? '–',
          csv: ({ activity }) => activity ?? '',
        }
      : {
          key: 'decile',
          title: say(factWords.decile),
          align: 'figure',
          render: ({ decile }) => (decile === null ? '–' : digits(decile)),
          csv: ({ decile }) => decile ?? '',
        },
    form === 'legal'
      ? null
      : {
          key: 'cover',
          title: say(labels.situation),
          render: (person) => situationOf(person, say),
          csv: (person) => person.clientOf ?? '',
          wideOnly: true,
        },
    {
      key: 'phone',
      title: say(factWords.phone),
      render: ({ phone }) =>
        phone === null ? (
          '–'
        ) : (
          <Bidi>
            <Digits value={phone} plain />
          </Bidi>
        ),
      csv: ({ phone }) => phone ?? '',
    },
    {
      key: 'born',
      title: say(form === 'legal' ? labels.registeredOn : factWords.born_on),
      render: ({ bornOn }) => (bornOn === null ? '–' : <DayText iso={bornOn} style="numeric" />),
      csv: ({ bornOn }) => bornOn ?? '',
      wideOnly: true,
    },
  ];
  return all.filter((column) => column !== null);
}

const supportName = (key: string): Bilingual =>
  new Map<string, Bilingual>(Object.entries(supportWords)).get(key) ?? { fa: key, en: key };
const employmentName = (key: string): Bilingual =>
  new Map<string, Bilingual>(Object.entries(employmentWords)).get(key) ?? { fa: key, en: key };

function situationOf(person: Person, say: Speech['say']): string {
  const parts = [
    ...(person.clientOf === null || person.clientOf === 'none' ? [] : [say(supportName(person.clientOf))]),
    ...(person.womanHead === 'yes' ? [say(factWords.woman_head)] : []),
    ...(person.disability === 'yes' ? [say(factWords.disability)] : []),
    ...(person.veteran === 'yes' ? [say(factWords.veteran)] : []),
    ...(person.employment === null ? [] : [say(employmentName(person.employment))]),
  ];
  return parts.length === 0 ? '–' : parts.join('، ');
}

export function PersonsPage(): ReactNode {
  const speech = useSpeech();
  const { say } = speech;
  const { user } = useSession();
  const [asked, change] = useAsked();
  const place = useProvince();
  const { province } = place;
  const [adding, setAdding] = useState(false);
  const pages = usePersons(province, asked);
  const mayEnter = user?.role === 'director' || user?.role === 'deputy' || user?.role === 'county_office';
  const mayList = mayEnter && user?.role !== 'county_office';
  const problem = place.error ?? pages.error;
  const isOffice = user?.role === 'agency' || user?.role === 'bank';
  return (
    <>
      <PageHead
        title={say(labels.persons)}
        actions={
          <>
            <PrintButton />
            {province === null || user?.role === 'agency' || user?.role === 'bank' ? null : (
              <LinkButton href={`/persons/${province}/duplicates`} icon="users">
                {say(labels.duplicates)}
              </LinkButton>
            )}
            {mayList && province !== null ? (
              <LinkButton href={`/persons/${province}/rosters`} icon="table">
                {say(labels.lists)}
              </LinkButton>
            ) : null}
            {mayEnter ? (
              <Button kind="primary" icon="add" onPress={() => setAdding(true)}>
                {say(labels.newPerson)}
              </Button>
            ) : null}
          </>
        }
      >
        {say(isOffice ? labels.officeLead : labels.lead)}
      </PageHead>
      <div
        className="k-row no-print"
        role="group"
        aria-label={say(labels.form)}
        style={{ marginBlockEnd: 'var(--s3)' }}
      >
        {(['natural', 'legal'] as const).map((form) => (
          <Button
            key={form}
            kind={asked.form === form ? 'primary' : 'plain'}
            onPress={() => change({ ...nothingAsked, form })}
          >
            {say(form === 'natural' ? labels.naturals : labels.enterprises)}
          </Button>
        ))}
      </div>
      <Filters asked={asked} change={change} province={province} />
      <ProblemNotice error={problem} onRetry={pages.refetch} />
      {problem === null ? (
        <DataTable
          caption={say(labels.persons)}
          columns={columnsOf(speech, asked.form)}
          rows={pages.rows}
          pages={pages}
          rowKey={({ personId }) => personId}
          rowHref={({ personId }) => personHref(province ?? '', personId)}
          csvName="persons"
          empty={{ title: say(labels.none), body: say(isOffice ? labels.noneOfOffice : labels.noneBody) }}
        />
      ) : null}
      {adding && province !== null ? (
        <NewPersonDialog
          province={province}
          form={asked.form === 'legal' ? 'legal' : 'natural'}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </>
  );
}
