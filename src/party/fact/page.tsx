import { useState, type ReactNode } from 'react';
import { newKey } from '#web/api.ts';
import { useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { DayField, todayIso } from '#web/kit/day-field.tsx';
import { DayText, InstantText } from '#web/kit/day.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { TextField } from '#web/kit/field.tsx';
import { Section } from '#web/kit/head.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { fieldError, ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import {
  factChoices,
  toldSources,
  legalKinds,
  naturalKinds,
  type Fact,
  type FactKind,
  type PersonForm,
  type PersonPage as Answer,
} from '../person/contract.ts';
import {
  employmentWords,
  factForms,
  factWords,
  genderWords,
  legalFactWords,
  personLabels as labels,
  settlementWords,
  sourceWords,
  supportWords,
  yesNoWords,
} from '../person/words.ts';
import { apiOf, useCounties, type DeedPlace } from '../view/page.tsx';

const valueWords: Readonly<Record<string, Readonly<Record<string, { fa: string; en: string }>>>> = {
  gender: genderWords,
  settlement: settlementWords,
  employment: employmentWords,
  client_of: supportWords,
  woman_head: yesNoWords,
  disability: yesNoWords,
  veteran: yesNoWords,
};

export const titleOf = (kind: FactKind, form: PersonForm) =>
  (form === 'legal' ? legalFactWords[kind] : undefined) ?? factWords[kind];

/** A value as people read it: words for codes, names for counties, digits of the page. */
export function ValueText({
  kind,
  value,
  province,
}: {
  readonly kind: FactKind;
  readonly value: string;
  readonly province: string;
}): ReactNode {
  const { say, digits } = useSpeech();
  const counties = useCounties(kind === 'county_code' ? province : null);
  const word = valueWords[kind]?.[value];
  if (word !== undefined) return say(word);
  if (kind === 'born_on') return <DayText iso={value} />;
  if (kind === 'county_code') {
    const county = counties.find(({ countyCode }) => countyCode === value);
    return county === undefined ? <Bidi>{value}</Bidi> : say({ fa: county.nameFa, en: county.nameEn });
  }
  if (kind === 'account' || kind === 'email') return <Bidi code>{value}</Bidi>;
  if (kind === 'decile' || kind === 'household' || kind === 'phone') return <Digits value={value} plain />;
  return <Bidi>{digits(value)}</Bidi>;
}

const factColumns = ({ say }: Speech, province: string, form: PersonForm): readonly Column<Fact>[] => [
  {
    key: 'kind',
    title: say(labels.kind),
    render: ({ kind }) => say(titleOf(kind, form)),
    csv: ({ kind }) => kind,
  },
  {
    key: 'value',
    title: say(labels.value),
    render: ({ kind, value }) =>
      value === null ? (
        <Sign tone="quiet">{say(labels.emptied)}</Sign>
      ) : (
        <ValueText kind={kind} value={value} province={province} />
      ),
    csv: ({ value }) => value ?? '',
  },
  {
    key: 'since',
    title: say(labels.since),
    render: ({ sinceOn }) => <DayText iso={sinceOn} style="numeric" />,
    csv: ({ sinceOn }) => sinceOn,
  },
  {
    key: 'source',
    title: say(labels.source),
    render: ({ source }) => say(sourceWords[source]),
    csv: ({ source }) => source,
  },
  {
    key: 'inquired',
    title: say(labels.inquiredOn),
    render: ({ inquiredOn }) => (inquiredOn === null ? '–' : <DayText iso={inquiredOn} style="numeric" />),
    csv: ({ inquiredOn }) => inquiredOn ?? '',
    wideOnly: true,
  },
  {
    key: 'recorded',
    title: say(labels.recordedAt),
    render: ({ recordedAt }) => <InstantText iso={recordedAt} />,
    wideOnly: true,
  },
  {
    key: 'state',
    title: say(labels.state),
    render: ({ inForce, value }) =>
      value === null ? null : inForce ? (
        <Sign tone="green">{say(labels.current)}</Sign>
      ) : (
        <Sign tone="quiet">{say(labels.earlier)}</Sign>
      ),
  },
];

export function History({ page, province }: { readonly page: Answer; readonly province: string }): ReactNode {
  const speech = useSpeech();
  const { say } = speech;
  return (
    <Section title={say(labels.history)}>
      <DataTable
        caption={say(labels.history)}
        columns={factColumns(speech, province, page.person.form)}
        rows={page.facts}
        rowKey={({ factId }) => factId}
        csvName="facts"
      />
    </Section>
  );
}

type ValueProps = {
  readonly kind: FactKind;
  readonly province: string;
  readonly value: string;
  readonly error: string | null;
  readonly onChange: (value: string) => void;
};

/** A value in the field that fits its kind: a day, one of a list, or a text with its form said. */
function ValueField({ kind, province, value, error, onChange }: ValueProps): ReactNode {
  const { say, digits } = useSpeech();
  const counties = useCounties(province);
  const listed: readonly string[] | undefined = new Map<string, readonly string[]>(
    Object.entries(factChoices),
  ).get(kind);
  const choices =
    kind === 'county_code'
      ? counties.map(({ countyCode, nameFa, nameEn }) => ({
          key: countyCode,
          label: say({ fa: nameFa, en: nameEn }),
        }))
      : listed?.map((key) => ({ key, label: say(valueWords[kind]?.[key] ?? { fa: digits(key), en: key }) }));
  const field = { label: say(labels.value), name: 'value', required: true, error, onChange };
  if (kind === 'born_on') return <DayField {...field} value={value} />;
  if (choices !== undefined)
    return <Select {...field} choices={choices} value={value === '' ? null : value} />;
  return (
    <TextField
      {...field}
      hint={say(factForms[kind])}
      value={value}
      {...(kind === 'address' ? { rows: 2 } : {})}
    />
  );
}

export function FactDialog({
  province,
  personId,
  form,
  onClose,
}: DeedPlace & { readonly form: PersonForm }): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [kind, setKind] = useState<FactKind>(form === 'natural' ? 'decile' : 'address');
  const [value, setValue] = useState('');
  const [sinceOn, setSinceOn] = useState(todayIso);
  const [source, setSource] = useState<(typeof toldSources)[number]>('document');
  const [inquiredOn, setInquiredOn] = useState('');
  const [tried, setTried] = useState(false);
  const record = useCommand<unknown>({
    path: apiOf(province, `persons/${personId}/facts`),
    changes: [apiOf(province, 'persons')],
    onDone: onClose,
  });
  const send = (): void => {
    setTried(true);
    if (value.trim() === '' || sinceOn === '') return;
    record.mutate({ id, kind, value, sinceOn, source, inquiredOn: inquiredOn === '' ? null : inquiredOn });
  };
  const kinds = form === 'natural' ? naturalKinds : legalKinds;
  const error =
    (tried && value.trim() === '' ? say(labels.valueMissing) : null) ??
    fieldError(record.error, 'value', say);
  return (
    <Dialog
      title={say(labels.addFact)}
      open
      onClose={onClose}
      foot={
        <Button kind="primary" busy={record.isPending} onPress={send}>
          {say(labels.record)}
        </Button>
      }
    >
      <form
        className="k-form"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p>{say(labels.addFactLead)}</p>
        <Select
          label={say(labels.kind)}
          name="kind"
          required
          choices={kinds.map((key) => ({ key, label: say(titleOf(key, form)) }))}
          value={kind}
          onChange={(key) => {
            setKind(kinds.find((one) => one === key) ?? kind);
            setValue('');
          }}
        />
        <ValueField {...{ kind, province, value, error }} onChange={setValue} />
        <DayField
          label={say(labels.since)}
          name="sinceOn"
          required
          value={sinceOn}
          onChange={setSinceOn}
          error={fieldError(record.error, 'sinceOn', say)}
        />
        <Select
          label={say(labels.source)}
          name="source"
          required
          choices={toldSources.map((key) => ({ key, label: say(sourceWords[key]) }))}
          value={source}
          onChange={(key) => setSource(toldSources.find((one) => one === key) ?? source)}
        />
        <DayField
          label={say(labels.inquiredOn)}
          name="inquiredOn"
          value={inquiredOn}
          onChange={setInquiredOn}
          error={fieldError(record.error, 'inquiredOn', say)}
        />
        <ProblemNotice error={record.error} onRetry={send} />
      </form>
    </Dialog>
  );
}
