import { useEffect, useState, type ReactNode } from 'react';
import type { SessionAnswer } from '#access/contract.ts';
import type { County, Province } from '#place/contract.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button, IconButton } from '#web/kit/button.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { NumberField, TextField } from '#web/kit/field.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { useSpeech } from '#web/language.tsx';
import { capital } from '../records/page.tsx';
import { dimensionWords } from '../records/words.ts';
import type { NewestYear } from '../report/contract.ts';
import { CheckedStatement, type CheckedFigures } from '../statement/page.tsx';
import { evidenceLabels } from '../words.ts';
import type { Composable, Composition, CompositionItem } from './contract.ts';
import { compositionLabels, omissionWords } from './words.ts';

const settled = 600;

/** The answer of the check for a text that has not changed for a moment. */
function useLiveCheck(slug: string, text: string, first: CheckedFigures) {
  const [checked, setChecked] = useState(() => ({ answer: first, at: new Date().toISOString() }));
  const check = useCommand<{ text: string; published: null }, CheckedFigures>({
    path: `/api/provinces/${slug}/statement-check`,
    onDone: (answer) => setChecked({ answer, at: new Date().toISOString() }),
  });
  const { mutate } = check;
  useEffect(() => {
    if (text.trim() === '') return undefined;
    const waiting = setTimeout(() => mutate({ text, published: null }), settled);
    return () => clearTimeout(waiting);
  }, [text, mutate]);
  return { ...checked, isPending: check.isPending };
}

type Chosen = { readonly item: CompositionItem; readonly key: number };

type PickerProps = { readonly slug: string | null; readonly onAdd: (item: CompositionItem) => void };

/** One figure with its year and what narrows it. */
function Picker({ slug, onAdd }: PickerProps): ReactNode {
  const { say, language } = useSpeech();
  const label = compositionLabels;
  const { data } = useAnswer<Composable>('/api/composable-figures');
  const counties = useAnswer<{ readonly counties: readonly County[] }>(
    slug === null ? null : `/api/provinces/${slug}/counties`,
  ).data?.counties;
  const [indicator, setIndicator] = useState<string | null>(null);
  const [typed, setYear] = useState<string | null>(null);
  const newest = useAnswer<NewestYear>('/api/reports/newest-year').data;
  const year = typed ?? String(newest?.year ?? '');
  const [programme, setProgramme] = useState<string | null>('home_jobs');
  const [county, setCounty] = useState<string | null>(null);
  const found = data?.indicators.find((one) => one.indicator === indicator);
  const takesProgramme = found === undefined || found.narrowedBy.includes('programme');
  const takesCounty = found !== undefined && found.place !== 'province';
  const add = (): void => {
    if (found === undefined || year === '') return;
    onAdd({
      indicator: found.indicator,
      year: Number.parseInt(year, 10),
      ...(takesCounty && county !== null && county !== '' ? { county } : {}),
      ...(takesProgramme && programme !== null ? { only: `programme:${programme}` } : {}),
    });
  };
  return (
    <div className="k-form">
      <ComboBox
        label={say(label.figure)}
        name="indicator"
        required
        value={indicator}
        onChange={setIndicator}
        choices={(data?.indicators ?? []).map((one) => ({
          key: one.indicator,
          label: capital(say(one.title)),
        }))}
      />
      <NumberField label={say(label.year)} name="year" required plain value={year} onChange={setYear} />
      {takesProgramme ? (
        <Select
          label={say(label.programme)}
          name="programme"
          required
          value={programme}
          onChange={setProgramme}
          choices={Object.entries(dimensionWords['programme']?.values ?? {}).map(([key, word]) => ({
            key,
            label: say(word),
          }))}
        />
      ) : null}
      {takesCounty ? (
        <ComboBox
          label={say(label.county)}
          name="county"
          value={county}
          onChange={setCounty}
          choices={[
            { key: '', label: say(evidenceLabels.wholeProvince) },
            ...(counties ?? []).map((one) => ({
              key: one.countyCode,
              label: language === 'fa' ? one.nameFa : one.nameEn,
            })),
          ]}
        />
      ) : null}
      <Button icon="add" onPress={add} refusedBecause={found === undefined ? say(label.choose) : null}>
        {say(label.add)}
      </Button>
    </div>
  );
}

function ChosenList({
  items,
  onRemove,
}: {
  readonly items: readonly Chosen[];
  readonly onRemove: (key: number) => void;
}): ReactNode {
  const { say, digits } = useSpeech();
  const { data } = useAnswer<Composable>('/api/composable-figures');
  if (items.length === 0) return <p className="k-hint">{say(compositionLabels.none)}</p>;
  return (
    <ul className="k-stack">
      {items.map(({ item, key }) => {
        const found = data?.indicators.find((one) => one.indicator === item.indicator);
        const programme = dimensionWords['programme']?.values[item.only?.replace('programme:', '') ?? ''];
        return (
          <li key={key} className="k-row" style={{ alignItems: 'center' }}>
            <span>
              {found === undefined ? item.indicator : capital(say(found.title))} · {digits(item.year)}
              {programme === undefined ? null : ` · ${say(programme)}`}
            </span>
            <IconButton icon="close" label={say(compositionLabels.remove)} onPress={() => onRemove(key)} />
          </li>
        );
      })}
    </ul>
  );
}

/** The text that was written, to be edited, with its check below it. */
function Written({
  composition,
  slug,
  provinceName,
}: {
  readonly composition: Composition;
  readonly slug: string;
  readonly provinceName: string;
}): ReactNode {
  const { say } = useSpeech();
  const [text, setText] = useState(composition.text);
  const { answer, at, isPending } = useLiveCheck(slug, text, { figures: composition.figures });
  return (
    <div className="k-section">
      <TextField
        label={say(compositionLabels.text)}
        name="text"
        required
        rows={8}
        value={text}
        onChange={setText}
      />
      <p role="status" className="k-hint">
        {isPending ? say(compositionLabels.checking) : ''}
      </p>
      {text.trim() === '' ? null : (
        <CheckedStatement
          checked={{
            text,
            published: '',
            provinceSlug: slug,
            provinceName,
            at,
            answer,
          }}
          onEdit={null}
        />
      )}
    </div>
  );
}

/** Writes a statement from chosen figures; nothing is stored. */
export function ComposerPage(): ReactNode {
  const { say, language } = useSpeech();
  const label = compositionLabels;
  const session = useAnswer<SessionAnswer>('/api/session').data;
  const provinces = useAnswer<{ readonly provinces: readonly Province[] }>('/api/provinces').data?.provinces;
  const own = session?.grants.find((one) => one.grantId === session.grantId)?.provinceSlug ?? null;
  const [picked, setPicked] = useState<string | null>(null);
  const slug = own ?? picked;
  const [items, setItems] = useState<readonly Chosen[]>([]);
  const [next, setNext] = useState(1);
  const compose = useCommand<{ items: CompositionItem[]; published: null }, Composition>({
    path: `/api/provinces/${slug ?? ''}/statement-composition`,
  });
  const province = provinces?.find((one) => one.slug === slug);
  const run = (): void => compose.mutate({ items: items.map(({ item }) => item), published: null });
  return (
    <>
      <PageHead
        title={say(label.composer)}
        path={[{ label: say(evidenceLabels.evidence), href: '/evidence' }]}
      >
        {say(label.help)}
      </PageHead>
      {own === null && session !== undefined ? (
        <ComboBox
          label={say(evidenceLabels.province)}
          name="province"
          required
          value={picked}
          onChange={setPicked}
          choices={(provinces ?? []).map((one) => ({
            key: one.slug,
            label: language === 'fa' ? one.nameFa : one.nameEn,
          }))}
        />
      ) : null}
      <div className="k-columns">
        <Picker
          slug={slug}
          onAdd={(item) => {
            setItems((now) => [...now, { item, key: next }]);
            setNext(next + 1);
          }}
        />
        <Section title={say(label.chosen)}>
          <div className="k-stack">
            <ChosenList
              items={items}
              onRemove={(key) => setItems((now) => now.filter((one) => one.key !== key))}
            />
            <Button
              kind="primary"
              icon="edit"
              busy={compose.isPending}
              onPress={run}
              refusedBecause={items.length === 0 || slug === null ? say(label.addFirst) : null}
            >
              {say(label.compose)}
            </Button>
          </div>
        </Section>
      </div>
      <ProblemNotice error={compose.error} onRetry={run} />
      {compose.data === undefined || slug === null ? null : (
        <>
          {compose.data.left.map(({ item, because }) => (
            <Notice key={item} tone="amber" title={say(label.left)}>
              {say(omissionWords[because])}
            </Notice>
          ))}
          <Written
            key={compose.data.text}
            composition={compose.data}
            slug={slug}
            provinceName={province === undefined ? '' : say({ fa: province.nameFa, en: province.nameEn })}
          />
        </>
      )}
    </>
  );
}
