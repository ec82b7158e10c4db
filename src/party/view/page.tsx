import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { SessionAnswer } from '#access/contract.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { isName } from '#kernel/persian.ts';
import type { County, Province } from '#place/contract.ts';
import { useAnswer, type Path } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { TextField } from '#web/kit/field.tsx';
import { Select } from '#web/kit/select.tsx';
import { kept, keep } from '#web/kept.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import { usePages, type Pages } from '#web/paged.tsx';
import { useSession } from '#web/session.tsx';
import { employments, factChoices, settlements, supportBodies, type Person } from '../person/contract.ts';
import {
  employmentWords,
  factWords,
  personLabels as labels,
  settlementWords,
  supportWords,
} from '../person/words.ts';

// ---- where the reader stands

export const apiOf = (province: string, rest: string): Path => `/api/provinces/${province}/${rest}`;
export const personHref = (province: string, personId: string): string => `/persons/${province}/${personId}`;

/** The province of the address, or of the reader's role. */
export function useProvince(): { readonly province: string | null; readonly error: Error | null } {
  const parameters: Readonly<Record<string, unknown>> = useParams({ strict: false });
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const session = useAnswer<SessionAnswer>('/api/session');
  const provinces = useAnswer<{ readonly provinces: readonly Province[] }>('/api/provinces');
  const named = parameters['province'] ?? search['province'];
  if (typeof named === 'string') return { province: named, error: null };
  const grant = session.data?.grants.find(({ grantId }) => grantId === session.data.grantId);
  const first =
    grant?.provinceSlug ?? (session.data === undefined ? null : (provinces.data?.provinces[0]?.slug ?? null));
  return { province: first, error: session.error ?? provinces.error };
}

export function useCounties(province: string | null): readonly County[] {
  const path = province === null ? null : apiOf(province, 'counties');
  return useAnswer<{ readonly counties: readonly County[] }>(path).data?.counties ?? [];
}

/** What a person is called where they are led to: a record whose name shows nothing still has its link. */
export function nameOf(person: Person, say: (words: Bilingual) => string): string {
  if (person.erased) return say(labels.erased);
  const name = [person.firstName, person.lastName].filter((part) => part !== null).join(' ');
  return isName(name) ? name : say(labels.nameless);
}

/** Where a deed on a person is done. */
export type DeedPlace = {
  readonly province: string;
  readonly personId: string;
  readonly onClose: () => void;
};

// ---- filters, kept in the address

type Asked = Readonly<
  Record<
    'form' | 'search' | 'county' | 'decile' | 'settlement' | 'clientOf' | 'employment' | 'womanHead' | 'sort',
    string
  >
>;
const every = 'every';
export const nothingAsked: Asked = {
  form: 'natural',
  search: '',
  county: every,
  decile: every,
  settlement: every,
  clientOf: every,
  employment: every,
  womanHead: every,
  sort: 'name',
};
const askedKeys = [
  'form',
  'search',
  'county',
  'decile',
  'settlement',
  'clientOf',
  'employment',
  'womanHead',
  'sort',
] as const;

export function useAsked(): [Asked, (change: Partial<Asked> & { readonly province?: string }) => void] {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const asked = { ...nothingAsked };
  for (const key of askedKeys) {
    const value = search[key];
    // The router reads a bare number of the address as one.
    if (typeof value === 'string' || typeof value === 'number') asked[key] = String(value);
  }
  const change = (next: Partial<Asked> & { readonly province?: string }): void => {
    const merged = { ...search, ...asked, ...next };
    const shown = Object.fromEntries(
      Object.entries(merged).filter(
        ([key, value]) => value !== '' && value !== Reflect.get(nothingAsked, key),
      ),
    );
    void navigate({ to: '/persons', search: shown, replace: true });
  };
  return [asked, change];
}

const queryOf = (asked: Asked): URLSearchParams =>
  new URLSearchParams(
    askedKeys.flatMap((key) => (asked[key] === every || asked[key] === '' ? [] : [[key, asked[key]]])),
  );

export function usePersons(province: string | null, asked: Asked): Pages<Person> {
  const path = province === null ? null : apiOf(province, `persons?limit=50&${queryOf(asked).toString()}`);
  return usePages<Person>(path);
}

const choicesOf = (
  { say }: Speech,
  all: Bilingual,
  values: readonly string[],
  words: Readonly<Record<string, Bilingual>>,
) => [
  { key: every, label: say(all) },
  ...values.map((key) => ({ key, label: say(words[key] ?? { fa: key, en: key }) })),
];

export function Filters({
  asked,
  change,
  province,
}: {
  readonly asked: Asked;
  readonly change: ReturnType<typeof useAsked>[1];
  readonly province: string | null;
}): ReactNode {
  const speech = useSpeech();
  const { say, digits } = speech;
  const { user } = useSession();
  const counties = useCounties(province);
  const provinces =
    useAnswer<{ readonly provinces: readonly Province[] }>('/api/provinces').data?.provinces ?? [];
  const readsAll = user?.role === 'ministry' || user?.role === 'auditor';
  const natural = asked.form === 'natural';
  const deciles = factChoices.decile.map((key) => ({ key, label: `${say(labels.upTo)} ${digits(key)}` }));
  return (
    <div className="k-row no-print" style={{ marginBlockEnd: 'var(--s4)', alignItems: 'end' }}>
      {readsAll ? (
        <ComboBox
          label={say(labels.province)}
          name="province"
          choices={provinces.map(({ slug, nameFa, nameEn }) => ({
            key: slug,
            label: say({ fa: nameFa, en: nameEn }),
          }))}
          value={province}
          onChange={(key) => change({ province: key ?? '', county: every })}
        />
      ) : null}
      <TextField
        label={say(labels.search)}
        name="search"
        type="search"
        hint={say(labels.searchHint)}
        value={asked.search}
        onChange={(search) => change({ search })}
      />
      {user?.role === 'county_office' ? null : (
        <Select
          label={say(factWords.county_code)}
          name="county"
          choices={[
            { key: every, label: say(labels.every) },
            ...counties.map(({ countyCode, nameFa, nameEn }) => ({
              key: countyCode,
              label: say({ fa: nameFa, en: nameEn }),
            })),
          ]}
          value={asked.county}
          onChange={(county) => change({ county })}
        />
      )}
      {natural ? (
        <>
          <Select
            label={say(factWords.decile)}
            name="decile"
            choices={[{ key: every, label: say(labels.every) }, ...deciles]}
            value={asked.decile}
            onChange={(decile) => change({ decile })}
          />
          <Select
            label={say(factWords.client_of)}
            name="clientOf"
            choices={choicesOf(speech, labels.every, supportBodies, supportWords)}
            value={asked.clientOf}
            onChange={(clientOf) => change({ clientOf })}
          />
          <Select
            label={say(factWords.employment)}
            name="employment"
            choices={choicesOf(speech, labels.every, employments, employmentWords)}
            value={asked.employment}
            onChange={(employment) => change({ employment })}
          />
        </>
      ) : null}
      <Select
        label={say(factWords.settlement)}
        name="settlement"
        choices={choicesOf(speech, labels.every, settlements, settlementWords)}
        value={asked.settlement}
        onChange={(settlement) => change({ settlement })}
      />
      <Select
        label={say(labels.order)}
        name="sort"
        choices={[
          { key: 'name', label: say(labels.byName) },
          { key: 'newest', label: say(labels.newestFirst) },
        ]}
        value={asked.sort}
        onChange={(sort) => change({ sort })}
      />
      <SavedViews asked={asked} change={change} />
    </div>
  );
}

/** Filters under a name, kept in this browser; nothing of a person stands in them. */
function SavedViews({
  asked,
  change,
}: {
  readonly asked: Asked;
  readonly change: ReturnType<typeof useAsked>[1];
}): ReactNode {
  const { say } = useSpeech();
  const [views, setViews] = useState<readonly string[]>(() =>
    (kept('persons.views') ?? '').split('\n').filter(Boolean),
  );
  const [name, setName] = useState<string | null>(null);
  const query = queryOf({ ...asked, search: '' }).toString();
  const store = (next: readonly string[]): void => {
    keep('persons.views', next.length === 0 ? null : next.join('\n'));
    setViews(next);
  };
  return (
    <>
      {views.length === 0 ? null : (
        <Select
          label={say(labels.views)}
          name="view"
          choices={views.map((view) => ({ key: view, label: view.split('\t')[0] ?? view }))}
          value={views.find((view) => view.split('\t')[1] === query) ?? null}
          onChange={(view) =>
            change({ ...nothingAsked, ...Object.fromEntries(new URLSearchParams(view.split('\t')[1] ?? '')) })
          }
        />
      )}
      <Button kind="quiet" icon="add" onPress={() => setName('')}>
        {say(labels.saveView)}
      </Button>
      <Dialog
        title={say(labels.saveView)}
        open={name !== null}
        onClose={() => setName(null)}
        foot={
          <Button
            kind="primary"
            refusedBecause={(name ?? '').trim() === '' ? say(labels.viewNameMissing) : null}
            onPress={() => {
              const clean = (name ?? '').replace(/\s+/g, ' ').trim();
              store([...views.filter((view) => view.split('\t')[0] !== clean), `${clean}\t${query}`]);
              setName(null);
            }}
          >
            {say(labels.save)}
          </Button>
        }
      >
        <TextField
          label={say(labels.viewName)}
          name="viewName"
          required
          value={name ?? ''}
          onChange={setName}
        />
      </Dialog>
    </>
  );
}
