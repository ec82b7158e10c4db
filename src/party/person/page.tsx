import { useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useAnswer } from '#web/command.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { DayText, InstantText } from '#web/kit/day.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { PrintButton } from '#web/kit/print.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import { Panels } from '#web/panel.tsx';
import { IdentitySection } from '../confirmation/page.tsx';
import { ErasureDialog } from '../erasure/page.tsx';
import { FactDialog, History, ValueText, titleOf } from '../fact/page.tsx';
import { InquirySection } from '../inquiry/page.tsx';
import { ReachDialog, Readers } from '../reach/page.tsx';
import { apiOf, nameOf, personHref } from '../view/page.tsx';
import { legalKinds, naturalKinds } from './contract.ts';
import type { FactKind, Person, PersonForm, PersonPage as Answer } from './contract.ts';
import { factWords, formWords, personLabels as labels } from './words.ts';

export function PersonPage(): ReactNode {
  const { province = '', person: personId = '' }: { province?: string; person?: string } = useParams({
    strict: false,
  });
  const { say } = useSpeech();
  const asked = useAnswer<Answer>(apiOf(province, `persons/${personId}`));
  if (asked.data !== undefined) return <Opened page={asked.data} province={province} />;
  return (
    <>
      <PageHead title={say(labels.persons)} path={[{ label: say(labels.persons), href: '/persons' }]} />
      {asked.error === null ? (
        <Skeleton rows={8} />
      ) : (
        <ProblemNotice error={asked.error} onRetry={() => void asked.refetch()} />
      )}
    </>
  );
}

type Deed = 'fact' | 'reach' | 'erase' | null;

function Opened({ page, province }: { readonly page: Answer; readonly province: string }): ReactNode {
  const { say } = useSpeech();
  const { person, may } = page;
  const [deed, setDeed] = useState<Deed>(null);
  const close = (): void => setDeed(null);
  const place = { province, personId: person.personId, onClose: close };
  return (
    <>
      <PageHead
        title={nameOf(person, say)}
        path={[
          { label: say(labels.persons), href: person.form === 'legal' ? '/persons?form=legal' : '/persons' },
        ]}
        aside={<Sign tone="quiet">{say(formWords[person.form])}</Sign>}
        actions={
          <>
            <PrintButton />
            {may.erase ? (
              <Button kind="danger" onPress={() => setDeed('erase')}>
                {say(labels.erase)}
              </Button>
            ) : null}
            {may.reach ? (
              <Button icon="send" onPress={() => setDeed('reach')}>
                {say(labels.reach)}
              </Button>
            ) : null}
            {may.change ? (
              <Button kind="primary" icon="add" onPress={() => setDeed('fact')}>
                {say(labels.addFact)}
              </Button>
            ) : null}
          </>
        }
      />
      <Warnings page={page} province={province} />
      <Identity person={person} province={province} />
      {person.form === 'natural' && !person.erased && person.mergedInto === null ? (
        <IdentitySection province={province} personId={person.personId} />
      ) : null}
      <Panels on="person" province={province} subjectId={person.personId} />
      {person.erased ? null : <InquirySection province={province} personId={person.personId} />}
      <History page={page} province={province} />
      {person.form === 'natural' ? <Kin page={page} province={province} /> : null}
      <Readers page={page} province={province} />
      {deed === 'fact' ? <FactDialog {...place} form={person.form} /> : null}
      {deed === 'reach' ? <ReachDialog {...place} /> : null}
      {deed === 'erase' ? <ErasureDialog {...place} /> : null}
    </>
  );
}

function Warnings({ page, province }: { readonly page: Answer; readonly province: string }): ReactNode {
  const { say } = useSpeech();
  const { person, erasure, otherProvinces } = page;
  return (
    <>
      {erasure === null ? null : (
        <Notice tone="red" title={say(labels.erasedBecause)}>
          <bdi>{erasure.reason}</bdi> · {say(labels.reference)} <Bidi>{erasure.reference}</Bidi> ·{' '}
          <InstantText iso={erasure.erasedAt} />
        </Notice>
      )}
      {person.mergedInto === null ? null : (
        <Notice
          tone="amber"
          title={say(labels.mergedInto)}
          actions={
            <LinkButton href={personHref(province, person.mergedInto)}>{say(labels.openOther)}</LinkButton>
          }
        />
      )}
      {otherProvinces === 0 ? null : (
        <Notice>
          {say(labels.otherProvinces)}: <Digits value={otherProvinces} />
        </Notice>
      )}
    </>
  );
}

const shownKinds = (form: PersonForm): readonly FactKind[] =>
  (form === 'natural' ? naturalKinds : legalKinds).filter(
    (kind) => kind !== 'first_name' && kind !== 'last_name',
  );

function valueOf(person: Person, kind: FactKind): string | null {
  const camel = kind.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const value: unknown = Reflect.get(person, camel);
  return typeof value === 'string' ? value : null;
}

function Identity({ person, province }: { readonly person: Person; readonly province: string }): ReactNode {
  const { say } = useSpeech();
  const known = shownKinds(person.form).flatMap((kind) => {
    const value = valueOf(person, kind);
    return value === null
      ? []
      : [
          {
            label: say(titleOf(kind, person.form)),
            value: <ValueText kind={kind} value={value} province={province} />,
          },
        ];
  });
  const id = {
    label: say(person.form === 'legal' ? labels.legalId : labels.nationalId),
    value: person.nationalId === null ? '–' : <Digits value={person.nationalId} plain />,
  };
  return (
    <Section title={say(labels.inForce)}>
      <Facts facts={[id, ...known]} />
    </Section>
  );
}

const personColumns = ({ say }: Speech): readonly Column<Person>[] => [
  { key: 'name', title: say(labels.name), render: (person) => nameOf(person, say) },
  {
    key: 'id',
    title: say(labels.nationalId),
    render: ({ nationalId }) => (nationalId === null ? '–' : <Digits value={nationalId} plain />),
  },
  {
    key: 'born',
    title: say(factWords.born_on),
    render: ({ bornOn }) => (bornOn === null ? '–' : <DayText iso={bornOn} style="numeric" />),
  },
];

function Kin({ page, province }: { readonly page: Answer; readonly province: string }): ReactNode {
  const speech = useSpeech();
  const { say } = speech;
  const table = (title: string, rows: readonly Person[], none: string) => (
    <DataTable
      caption={title}
      columns={personColumns(speech)}
      rows={rows}
      rowKey={({ personId }) => personId}
      rowHref={({ personId }) => personHref(province, personId)}
      empty={{ title: none }}
    />
  );
  return (
    <>
      {page.person.household === null ? null : (
        <Section title={say(labels.household)}>
          {table(say(labels.household), page.household, say(labels.noHousehold))}
        </Section>
      )}
      {page.merged.length === 0 ? null : (
        <Section title={say(labels.merged)}>{table(say(labels.merged), page.merged, '')}</Section>
      )}
    </>
  );
}
