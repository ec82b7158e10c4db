import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useState, type ReactNode } from 'react';
import type { SessionAnswer } from '#access/contract.ts';
import type { Role } from '#kernel/actor.ts';
import type { OccupationPage } from '#occupation/contract.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand, type Path } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { DayField } from '#web/kit/day-field.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { TextField } from '#web/kit/field.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { keep, kept } from '#web/kept.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Licence } from '../contract.ts';
import { requestLabels as labels } from '../request/words.ts';

/** Who asks for licences and their renewal. */
export const askers: readonly Role[] = ['applicant', 'county_office', 'deputy'];

/** The province of the reader; null for those who read all. */
export function useProvince(): string | null {
  const session = useAnswer<SessionAnswer>('/api/session').data;
  return session?.grants.find(({ grantId }) => grantId === session.grantId)?.provinceSlug ?? null;
}

type County = { readonly countyCode: string; readonly nameFa: string; readonly nameEn: string };
export const useCounties = (province: string | null): readonly County[] =>
  useAnswer<{ readonly counties: readonly County[] }>(
    province === null ? null : `/api/provinces/${province}/counties`,
  ).data?.counties ?? [];

type Province = { readonly slug: string; readonly nameFa: string; readonly nameEn: string };

/** Those who read every province choose one. */
export function ProvinceChoice(props: {
  readonly chosen: string | null;
  readonly onChoose: (slug: string) => void;
}): ReactNode {
  const { say, language } = useSpeech();
  const provinces =
    useAnswer<{ readonly provinces: readonly Province[] }>('/api/provinces').data?.provinces ?? [];
  return (
    <div className="no-print" style={{ inlineSize: '260px', marginBlockEnd: 'var(--s4)' }}>
      <Select
        label={say(labels.province)}
        name="province"
        required
        value={props.chosen}
        onChange={props.onChoose}
        choices={provinces.map(({ slug, nameFa, nameEn }) => ({
          key: slug,
          label: language === 'fa' ? nameFa : nameEn,
        }))}
      />
    </div>
  );
}

const emptyDraft = {
  occupationId: 0,
  occupationTitle: '',
  nationalId: '',
  firstName: '',
  lastName: '',
  bornOn: '',
  countyCode: '',
  phone: '',
};
type Draft = typeof emptyDraft;
const draftName = 'licence-request';

/** What was typed on this device before, so that a lost connection or a closed page loses nothing. */
function keptDraft(): Draft {
  try {
    const found: unknown = JSON.parse(kept(draftName) ?? '{}');
    return typeof found === 'object' && found !== null ? { ...emptyDraft, ...found } : emptyDraft;
  } catch {
    return emptyDraft;
  }
}

type StepProps = { readonly draft: Draft; readonly set: (change: Partial<Draft>) => void };

function ChooseOccupation({ draft, set }: StepProps): ReactNode {
  const { say, language } = useSpeech();
  const [search, setSearch] = useState('');
  const asked = useDeferredValue(search.trim());
  const path: Path | null =
    asked === '' ? null : `/api/occupations?limit=12&search=${encodeURIComponent(asked)}`;
  const found = useAnswer<OccupationPage>(path);
  return (
    <div className="k-stack">
      <TextField
        label={say(labels.searchOccupation)}
        name="occupation"
        type="search"
        required
        hint={say(labels.searchHint)}
        value={search}
        onChange={setSearch}
      />
      {draft.occupationId === 0 ? null : (
        <Notice tone="green" title={`${say(labels.occupation)}: ${draft.occupationTitle}`} />
      )}
      {found.error === null ? null : (
        <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.data?.items.length === 0 ? <p>{say(labels.nothingFound)}</p> : null}
      {(found.data?.items ?? []).map((item) => {
        const title = language === 'fa' ? item.titleFa : item.titleEn;
        return (
          <Button
            key={item.occupationId}
            wide
            kind={item.occupationId === draft.occupationId ? 'primary' : 'plain'}
            onPress={() => set({ occupationId: item.occupationId, occupationTitle: title })}
          >
            {title}
            {item.starred ? ' ★' : ''}
          </Button>
        );
      })}
    </div>
  );
}

type WhoProps = StepProps & {
  readonly tried: boolean;
  readonly error: unknown;
  readonly province: string | null;
};

function Who({ draft, set, tried, error, province }: WhoProps): ReactNode {
  const { say, language } = useSpeech();
  const counties = useCounties(province);
  const errorOf = (field: 'nationalId' | 'firstName' | 'lastName' | 'countyCode'): string | null =>
    tried && draft[field].trim() === ''
      ? say(labels.needed)
      : (fieldError(error, field, say) ?? fieldError(error, `holder.${field}`, say));
  const text = (field: 'nationalId' | 'firstName' | 'lastName') => (
    <TextField
      label={say(labels[field])}
      name={field}
      required
      code={field === 'nationalId'}
      type={field === 'nationalId' ? 'tel' : 'text'}
      maxLength={field === 'nationalId' ? 10 : 80}
      value={draft[field]}
      onChange={(value) => set({ [field]: value })}
      error={errorOf(field)}
    />
  );
  return (
    <div className="k-form">
      {text('nationalId')}
      {text('firstName')}
      {text('lastName')}
      <DayField
        label={say(labels.bornOn)}
        name="bornOn"
        value={draft.bornOn}
        onChange={(bornOn) => set({ bornOn })}
      />
      <Select
        label={say(labels.county)}
        name="countyCode"
        required
        value={draft.countyCode === '' ? null : draft.countyCode}
        onChange={(countyCode) => set({ countyCode })}
        error={errorOf('countyCode')}
        choices={counties.map(({ countyCode, nameFa, nameEn }) => ({
          key: countyCode,
          label: language === 'fa' ? nameFa : nameEn,
        }))}
      />
      <TextField
        label={say(labels.phone)}
        name="phone"
        type="tel"
        code
        value={draft.phone}
        onChange={(phone) => set({ phone })}
      />
    </div>
  );
}

function Summary({
  draft,
  province,
}: {
  readonly draft: Draft;
  readonly province: string | null;
}): ReactNode {
  const { say, language, digits } = useSpeech();
  const county = useCounties(province).find(({ countyCode }) => countyCode === draft.countyCode);
  return (
    <>
      <Facts
        facts={[
          { label: say(labels.occupation), value: draft.occupationTitle },
          { label: say(labels.holder), value: `${draft.firstName} ${draft.lastName}` },
          { label: say(labels.nationalId), value: <Bidi>{digits(draft.nationalId)}</Bidi> },
          { label: say(labels.county), value: language === 'fa' ? county?.nameFa : county?.nameEn },
        ]}
      />
      <p>{say(labels.promise)}</p>
    </>
  );
}

const steps = ['stepOccupation', 'stepWho', 'stepSend'] as const;

/** The licence that the address asks to renew, if any. */
function useRenewed(province: string | null) {
  const asked: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const renews = typeof asked['renews'] === 'string' ? asked['renews'] : null;
  return {
    renews,
    found: useAnswer<Licence>(
      renews === null || province === null ? null : `/api/provinces/${province}/licences/${renews}`,
    ),
  };
}

export function AskPage(): ReactNode {
  const { say, digits, language } = useSpeech();
  const navigate = useNavigate();
  const province = useProvince();
  const { renews, found } = useRenewed(province);
  const renewed = found.data;
  const [typed, setDraft] = useState(keptDraft);
  const draft =
    renewed === undefined
      ? typed
      : {
          ...typed,
          occupationId: renewed.occupationId,
          occupationTitle: language === 'fa' ? renewed.titleFa : renewed.titleEn,
        };
  const firstStep = renews === null ? 0 : 1;
  const [step, setStep] = useState(firstStep);
  const [tried, setTried] = useState(false);
  const [id] = useState(newKey);
  useEffect(() => keep(draftName, JSON.stringify(typed)), [typed]);
  const command = useCommand<object, { readonly id: string }>({
    path: `/api/provinces/${province ?? 'none'}/licence-requests`,
    changes: [`/api/provinces/${province ?? 'none'}/licence`],
    onDone: (done) => {
      keep(draftName, null);
      void navigate({ to: `/licences/requests/${done.id}` });
    },
  });
  const set = (change: Partial<Draft>): void => setDraft((now) => ({ ...now, ...change }));
  const isWhole = [draft.nationalId, draft.firstName, draft.lastName, draft.countyCode].every(
    (text) => text.trim() !== '',
  );
  const canGo = step === 0 ? draft.occupationId !== 0 : step === 1 ? isWhole : true;
  const go = (): void => {
    setTried(true);
    if (canGo) {
      setTried(false);
      setStep(step + 1);
    }
  };
  const send = (): void =>
    command.mutate({
      id,
      occupationId: draft.occupationId,
      renews,
      holder: {
        nationalId: draft.nationalId,
        firstName: draft.firstName,
        lastName: draft.lastName,
        bornOn: draft.bornOn === '' ? null : draft.bornOn,
        countyCode: draft.countyCode,
        phone: draft.phone.trim() === '' ? null : draft.phone,
      },
    });
  return (
    <>
      <PageHead
        title={say(renews === null ? labels.ask : labels.renewTitle)}
        path={[{ label: say(labels.licences), href: '/licences' }]}
      >
        {say(labels.askLead)}
      </PageHead>
      <div className="k-form" style={{ maxInlineSize: '560px' }}>
        <h2>
          {digits(step + 1 - firstStep)}. {say(labels[steps[step] ?? 'stepSend'])}
        </h2>
        {found.error === null ? null : <ProblemNotice error={found.error} />}
        {renewed === undefined ? null : (
          <Notice tone="info" title={say(labels.renewedHere)}>
            <Bidi>{digits(renewed.number)}</Bidi> · {draft.occupationTitle}
          </Notice>
        )}
        {step === 0 ? <ChooseOccupation draft={draft} set={set} /> : null}
        {step === 1 ? (
          <Who draft={draft} set={set} tried={tried} error={command.error} province={province} />
        ) : null}
        {step === 2 ? <Summary draft={draft} province={province} /> : null}
        {command.error === null ? null : <ProblemNotice error={command.error} />}
        <div className="k-row">
          {step === firstStep ? null : <Button onPress={() => setStep(step - 1)}>{say(labels.back)}</Button>}
          {step < 2 ? (
            <Button
              kind="primary"
              onPress={go}
              refusedBecause={step === 0 && !canGo ? say(labels.occupation) : null}
            >
              {say(labels.next)}
            </Button>
          ) : (
            <Button kind="primary" icon="send" busy={command.isPending} onPress={send}>
              {say(labels.send)}
            </Button>
          )}
        </div>
      </div>
    </>
  );
}
