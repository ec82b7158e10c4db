import { useNavigate, useSearch } from '@tanstack/react-router';
import { useDeferredValue, useEffect, useState, type ReactNode } from 'react';
import type { SessionAnswer } from '#access/contract.ts';
import type { Role } from '#kernel/actor.ts';
import { typedDigits } from '#kernel/persian.ts';
import { recordOf } from '#kernel/result.ts';
import type { OccupationPage } from '#occupation/contract.ts';
import type { AgencyList } from '#party/contract.ts';
import { ownFields, ownPath, type OwnField, type OwnRecord } from '#party/own/contract.ts';
import { personFound, personsSought, type Person } from '#party/person/contract.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand, type Path } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { DayField } from '#web/kit/day-field.tsx';
import { DayText } from '#web/kit/day.tsx';
import { Bidi, Digits } from '#web/kit/digits.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { TextField } from '#web/kit/field.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { keep, kept } from '#web/kept.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Licence } from '../contract.ts';
import { requestLabels as labels } from '../request/words.ts';
import { usualAgency } from '../rules.ts';

/** Who asks for licences and their renewal. */
export const askers: readonly Role[] = ['applicant', 'county_office', 'deputy'];

/** The province of the reader; null for those who read all. */
export function useProvince(): string | null {
  return useGrant()?.provinceSlug ?? null;
}

type County = { readonly countyCode: string; readonly nameFa: string; readonly nameEn: string };
export const useCounties = (province: string | null): readonly County[] =>
  useAnswer<{ readonly counties: readonly County[] }>(
    province === null ? null : `/api/provinces/${province}/counties`,
  ).data?.counties ?? [];

/** The role in which the reader acts, with its county. */
function useGrant() {
  const session = useAnswer<SessionAnswer>('/api/session').data;
  return session?.grants.find(({ grantId }) => grantId === session.grantId);
}

const emptyDraft = {
  occupationId: 0,
  occupationTitle: '',
  agencyKey: '',
  extraCheck: '',
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
function keptDraft(): Partial<Draft> {
  try {
    const found: unknown = JSON.parse(kept(draftName) ?? '{}');
    return Object.fromEntries(Object.entries(Object(found)).filter(([, value]) => value !== ''));
  } catch {
    return {};
  }
}

const needed: readonly OwnField[] = ['nationalId', 'firstName', 'lastName', 'countyCode'];

/** What a record knows, as the form writes it. */
const fieldsOf = (record: OwnRecord['record']): Readonly<Record<OwnField, string>> =>
  recordOf(ownFields, (field) => record[field] ?? '');

/**
 * The form as it stands: what the applicant's record knows, over it what was typed or kept, and over that what the
 * form does not ask because the record tells it or a licence is renewed.
 */
function useDraft(province: string | null, renewed: Licence | undefined) {
  const { language } = useSpeech();
  const grant = useGrant();
  const isApplicant = grant?.role === 'applicant';
  const own = useAnswer<OwnRecord>(isApplicant && province !== null ? ownPath(province) : null);
  const [typed, setTyped] = useState(keptDraft);
  useEffect(() => keep(draftName, Object.keys(typed).length === 0 ? null : JSON.stringify(typed)), [typed]);
  const record = own.data === undefined ? {} : fieldsOf(own.data.record);
  const told = ownFields.filter((field) => own.data !== undefined && !own.data.mendable.includes(field));
  const draft: Draft = {
    ...emptyDraft,
    // An office of one county enters requests of no other.
    countyCode: grant?.countyCode ?? '',
    ...record,
    ...typed,
    ...Object.fromEntries(Object.entries(record).filter(([field]) => told.some((one) => one === field))),
    ...(renewed === undefined
      ? {}
      : {
          occupationId: renewed.occupationId,
          occupationTitle: language === 'fa' ? renewed.titleFa : renewed.titleEn,
        }),
  };
  const set = (change: Partial<Draft>): void => setTyped((now) => ({ ...now, ...change }));
  return { draft, set, told, isAsking: own.isLoading };
}

type StepProps = { readonly draft: Draft; readonly set: (change: Partial<Draft>) => void };

/** Which bodies see a request for the chosen occupation, and that it is starred where it is. */
function Offices({ draft }: Pick<StepProps, 'draft'>): ReactNode {
  const { say, language } = useSpeech();
  const agencies = useAnswer<AgencyList>('/api/agencies').data?.agencies ?? [];
  const name = language === 'fa' ? 'nameFa' : 'nameEn';
  const told = { seenBy: draft.agencyKey, starredNote: draft.extraCheck };
  return (['seenBy', 'starredNote'] as const).map((label) => {
    const found = agencies.find(({ agencyKey }) => agencyKey === told[label]);
    return found && <p key={label}>{`${say(labels[label])} ${found[name]}`}</p>;
  });
}

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
        <Notice tone="green" title={`${say(labels.occupation)}: ${draft.occupationTitle}`}>
          <Offices draft={draft} />
        </Notice>
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
            onPress={() =>
              set({
                occupationId: item.occupationId,
                occupationTitle: title,
                agencyKey: item.agencyKey ?? usualAgency,
                extraCheck: item.extraCheck ?? '',
              })
            }
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
  /** What the record of the applicant tells and the form does not ask. */
  readonly told: readonly OwnField[];
};

function Who({ draft, set, tried, error, province, told }: WhoProps): ReactNode {
  const { say, language } = useSpeech();
  const counties = useCounties(province);
  const errorOf = (field: OwnField): string | null =>
    tried && needed.includes(field) && draft[field].trim() === ''
      ? say(labels.needed)
      : (fieldError(error, field, say) ?? fieldError(error, `holder.${field}`, say));
  const text = (field: 'nationalId' | 'firstName' | 'lastName' | 'phone') =>
    told.includes(field) ? null : (
      <TextField
        label={say(labels[field])}
        name={field}
        required={needed.includes(field)}
        code={field === 'nationalId' || field === 'phone'}
        type={field === 'nationalId' || field === 'phone' ? 'tel' : 'text'}
        {...(field === 'phone' ? {} : { maxLength: field === 'nationalId' ? 10 : 80 })}
        value={draft[field]}
        onChange={(value) => set({ [field]: value })}
        error={errorOf(field)}
      />
    );
  return (
    <div className="k-form">
      <Told draft={draft} told={told} />
      {text('nationalId')}
      <Known draft={draft} set={set} province={province} />
      {text('firstName')}
      {text('lastName')}
      {told.includes('bornOn') ? null : (
        <DayField
          label={say(labels.bornOn)}
          name="bornOn"
          value={draft.bornOn}
          onChange={(bornOn) => set({ bornOn })}
          offersToday={false}
          error={errorOf('bornOn')}
        />
      )}
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
      {text('phone')}
    </div>
  );
}

/** What stands in the applicant's own record, to be read and not typed. */
function Told({ draft, told }: Pick<WhoProps, 'draft' | 'told'>): ReactNode {
  const { say } = useSpeech();
  if (told.length === 0) return null;
  return (
    <>
      <Facts
        facts={told.map((field) => ({
          label: say(labels[field === 'countyCode' ? 'county' : field]),
          value:
            field === 'bornOn' ? (
              <DayText iso={draft.bornOn} />
            ) : field === 'nationalId' || field === 'phone' ? (
              <Digits value={draft[field]} plain />
            ) : (
              draft[field]
            ),
        }))}
      />
      <p className="k-hint">{say(labels.toldLead)}</p>
    </>
  );
}

/** At an office: whoever is kept under the typed national id, and what of the form is empty yet. */
function Known({ draft, set, province }: StepProps & { readonly province: string | null }): ReactNode {
  const { say } = useSpeech();
  const { role, countyCode: office } = useGrant() ?? {};
  const nationalId = typedDigits(draft.nationalId);
  const isAsked =
    role !== undefined && role !== 'applicant' && province !== null && /^\d{10}$/.test(nationalId);
  const path = isAsked ? personsSought(province, 'natural')(nationalId) : null;
  const found = useAnswer<{ readonly items: readonly Person[] }>(path).data?.items;
  const person = found?.find((one) => one.nationalId === nationalId);
  if (person === undefined) return null;
  // An office enters requests of its own county only.
  const record = { ...fieldsOf(person), ...(office == null ? {} : { countyCode: office }) };
  const lacking = Object.fromEntries(
    Object.entries(record).filter(([field, value]) => value !== '' && Reflect.get(draft, field) === ''),
  );
  return (
    <Notice
      title={`${say(labels.knownHere)}: ${personFound(person).name}`}
      actions={
        Object.keys(lacking).length === 0 ? undefined : (
          <Button onPress={() => set(lacking)}>{say(labels.fillIn)}</Button>
        )
      }
    >
      {say(labels.knownLead)}
    </Notice>
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
  const { say, digits } = useSpeech();
  const navigate = useNavigate();
  const province = useProvince();
  const { renews, found } = useRenewed(province);
  const renewed = found.data;
  const { draft, set, told, isAsking } = useDraft(province, renewed);
  const firstStep = renews === null ? 0 : 1;
  const [step, setStep] = useState(firstStep);
  const [tried, setTried] = useState(false);
  const [id] = useState(newKey);
  const command = useCommand<object, { readonly id: string }>({
    path: `/api/provinces/${province ?? 'none'}/licence-requests`,
    changes: [`/api/provinces/${province ?? 'none'}/licence`],
    onDone: (done) => {
      keep(draftName, null);
      void navigate({ to: `/licences/requests/${done.id}`, search: { sent: true } });
    },
  });
  const isWhole = needed.every((field) => draft[field].trim() !== '');
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
        {step === 1 && isAsking ? <Skeleton rows={6} /> : null}
        {step === 1 && !isAsking ? (
          <Who {...{ draft, set, tried, province, told }} error={command.error} />
        ) : null}
        {step === 2 ? <Summary draft={draft} province={province} /> : null}
        {command.error === null ? null : <ProblemNotice error={command.error} />}
        <div className="k-row">
          {step === firstStep ? null : <Button onPress={() => setStep(step - 1)}>{say(labels.back)}</Button>}
          {step < 2 ? (
            <Button
              kind="primary"
              onPress={go}
              refusedBecause={step === 0 && !canGo ? say(labels.chooseFirst) : null}
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
