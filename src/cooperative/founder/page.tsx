import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { OccupationPage } from '#occupation/contract.ts';
import { personFound, personsSought } from '#party/person/contract.ts';
import { personLabels } from '#party/person/words.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { MoneyField, NumberField, TextField } from '#web/kit/field.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Notice, Sign } from '#web/kit/notice.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { SearchPicker, type Found } from '#web/kit/search-picker.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { useSpeech } from '#web/language.tsx';
import { cooperativeKinds, memberships } from '../contract.ts';
import type { Proposal, Proposals } from '../finder/contract.ts';
import { keyOf, useProvince } from '../finder/page.tsx';
import { finderLabels as texts } from '../finder/words.ts';
import { cooperativeLabels as labels, kindWords, membershipWords } from '../words.ts';

type Terms = { readonly name: string; readonly kind: string; readonly price: string };
const freshTerms: Terms = { name: '', kind: 'producer', price: '1000000' };

/** Sends the request of founders, and opens the cooperative that came of it. */
function useFounding(province: string) {
  const navigate = useNavigate();
  const [id] = useState(newKey);
  const command = useCommand<object, { readonly id: string }>({
    path: `/api/provinces/${province}/cooperatives`,
    changes: [`/api/provinces/${province}/cooperative`],
    onDone: (done) => void navigate({ to: `/cooperatives/${done.id}` }),
  });
  const send = ({ name, kind, price }: Terms, more: object): void =>
    command.mutate({ id, name, kind, sharePrice: price, ...more });
  return { command, send };
}

type TermsProps = {
  readonly terms: Terms;
  readonly set: (change: Partial<Terms>) => void;
  readonly error: unknown;
};

function TermFields({ terms, set, error }: TermsProps): ReactNode {
  const { say } = useSpeech();
  return (
    <>
      <TextField
        label={say(labels.name)}
        name="name"
        required
        maxLength={120}
        value={terms.name}
        onChange={(name) => set({ name })}
        error={fieldError(error, 'name', say)}
      />
      <Select
        label={say(labels.kind)}
        name="kind"
        required
        value={terms.kind}
        onChange={(kind) => set({ kind })}
        choices={cooperativeKinds.map((key) => ({ key, label: say(kindWords[key]) }))}
      />
      <MoneyField
        label={say(labels.sharePrice)}
        name="sharePrice"
        required
        value={terms.price}
        onChange={(price) => set({ price })}
        error={fieldError(error, 'sharePrice', say)}
      />
    </>
  );
}

/** The request of founders: of a cluster that the address names, or of persons who are picked one by one. */
export function FoundPage(): ReactNode {
  const { say } = useSpeech();
  const province = useProvince();
  const asked: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const found = useAnswer<Proposals>(
    province === null ? null : `/api/provinces/${province}/cooperative-proposals`,
  );
  const at = asked['at'];
  const proposal = found.data?.proposals.find((one) => keyOf(one) === at);
  return (
    <>
      <PageHead
        title={say(labels.found)}
        path={[{ label: say(labels.cooperatives), href: '/cooperatives' }]}
      />
      {found.error === null ? null : (
        <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.isPending ? <Skeleton rows={6} /> : null}
      {province === null || found.data === undefined ? null : proposal === undefined ? (
        <>
          {at === undefined ? null : (
            <Notice tone="amber" title={say(texts.gone)}>
              {say(texts.goneHelp)}
            </Notice>
          )}
          <Section title={say(texts.fromCluster)}>
            <ClusterLinks proposals={found.data.proposals} />
          </Section>
          <Section title={say(labels.fromPersons)}>
            <PersonsForm province={province} least={found.data.least} />
          </Section>
        </>
      ) : (
        <ClusterForm key={keyOf(proposal)} province={province} proposal={proposal} least={found.data.least} />
      )}
    </>
  );
}

function ClusterLinks({ proposals }: { readonly proposals: readonly Proposal[] }): ReactNode {
  const { say, digits } = useSpeech();
  if (proposals.length === 0) return <p>{`${say(texts.none)}. ${say(texts.noneHelp)}`}</p>;
  return (
    <div className="k-row" style={{ flexWrap: 'wrap' }}>
      {proposals.map((one) => (
        <LinkButton key={keyOf(one)} href={`/cooperatives/new?at=${keyOf(one)}`}>
          {`${say(one.occupation)} · ${say(one.countyName)} · ${say(texts.holders)}: ${digits(one.holders.length)}`}
        </LinkButton>
      ))}
    </div>
  );
}

type ClusterFormProps = { readonly province: string; readonly proposal: Proposal; readonly least: number };

function ClusterForm({ province, proposal, least }: ClusterFormProps): ReactNode {
  const { say, digits } = useSpeech();
  const { command, send } = useFounding(province);
  const [terms, setTerms] = useState(freshTerms);
  const [shares, setShares] = useState('1');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const chosen = proposal.holders.filter(({ personId }) => !left.has(personId));
  const toggle = (personId: string): void =>
    setLeft((now) =>
      now.has(personId) ? new Set([...now].filter((one) => one !== personId)) : new Set([...now, personId]),
    );
  return (
    <div className="k-form" style={{ maxInlineSize: '640px' }}>
      <Facts
        facts={[
          { label: say(labels.occupation), value: say(proposal.occupation) },
          { label: say(labels.county), value: say(proposal.countyName) },
          { label: say(labels.membership), value: say(membershipWords.special) },
          { label: say(labels.least), value: digits(least) },
        ]}
      />
      <TermFields
        terms={terms}
        set={(change) => setTerms((now) => ({ ...now, ...change }))}
        error={command.error}
      />
      <NumberField
        label={say(labels.sharesEach)}
        name="shares"
        required
        value={shares}
        onChange={setShares}
        error={fieldError(command.error, 'founders', say)}
      />
      <fieldset className="k-stack" style={{ border: 0, padding: 0 }}>
        <legend>
          {say(labels.founders)}: {digits(chosen.length)}{' '}
          {chosen.length < least ? (
            <Sign tone="amber">{`${say(labels.least)}: ${digits(least)}`}</Sign>
          ) : null}
        </legend>
        {proposal.holders.map(({ personId, name: holder }) => (
          <label key={personId} className="k-row">
            <input type="checkbox" checked={!left.has(personId)} onChange={() => toggle(personId)} />{' '}
            {holder ?? '—'}
          </label>
        ))}
      </fieldset>
      {command.error === null ? null : <ProblemNotice error={command.error} />}
      <div className="k-row">
        <Button
          kind="primary"
          icon="send"
          busy={command.isPending}
          refusedBecause={terms.name.trim() === '' ? say(labels.nameNeeded) : null}
          onPress={() =>
            send(terms, {
              membership: 'special',
              countyCode: proposal.countyCode,
              occupationId: proposal.occupationId,
              founders: chosen.map(({ personId }) => ({
                personId,
                shares: Number.parseInt(shares, 10) || 0,
              })),
            })
          }
        >
          {say(labels.found)}
        </Button>
      </div>
    </div>
  );
}

type County = { readonly countyCode: string; readonly nameFa: string; readonly nameEn: string };
type Founder = { readonly personId: string; readonly name: string; readonly shares: string };

function PersonsForm({ province, least }: { readonly province: string; readonly least: number }): ReactNode {
  const { say, language } = useSpeech();
  const { command, send } = useFounding(province);
  const [terms, setTerms] = useState(freshTerms);
  const [membership, setMembership] = useState('special');
  const [countyCode, setCounty] = useState<string | null>(null);
  const [occupation, setOccupation] = useState<Found | null>(null);
  const [picked, setPicked] = useState<readonly Founder[]>([]);
  const counties =
    useAnswer<{ readonly counties: readonly County[] }>(`/api/provinces/${province}/counties`).data
      ?.counties ?? [];
  const lacking =
    terms.name.trim() === ''
      ? labels.nameNeeded
      : countyCode === null
        ? labels.countyNeeded
        : picked.length === 0
          ? labels.foundersNeeded
          : null;
  return (
    <div className="k-form" style={{ maxInlineSize: '640px' }}>
      <TermFields
        terms={terms}
        set={(change) => setTerms((now) => ({ ...now, ...change }))}
        error={command.error}
      />
      <Select
        label={say(labels.membership)}
        name="membership"
        required
        value={membership}
        onChange={setMembership}
        choices={memberships.map((key) => ({ key, label: say(membershipWords[key]) }))}
      />
      <Select
        label={say(labels.county)}
        name="countyCode"
        required
        value={countyCode}
        onChange={setCounty}
        choices={counties.map((one) => ({
          key: one.countyCode,
          label: language === 'fa' ? one.nameFa : one.nameEn,
        }))}
        error={fieldError(command.error, 'countyCode', say)}
      />
      <SearchPicker<OccupationPage['items'][number], Found>
        label={say(labels.occupation)}
        name="occupation"
        hint={say(labels.occupationHint)}
        nothing={say(labels.noOccupation)}
        pathOf={(sought) => `/api/occupations?limit=12&search=${encodeURIComponent(sought)}`}
        foundIn={(item) => ({
          key: String(item.occupationId),
          name: language === 'fa' ? item.titleFa : item.titleEn,
        })}
        chosen={occupation}
        onChoose={setOccupation}
        error={fieldError(command.error, 'occupationId', say)}
      />
      <Founders province={province} least={least} picked={picked} onPick={setPicked} error={command.error} />
      {command.error === null ? null : <ProblemNotice error={command.error} />}
      <div className="k-row">
        <Button
          kind="primary"
          icon="send"
          busy={command.isPending}
          refusedBecause={lacking === null ? null : say(lacking)}
          onPress={() =>
            send(terms, {
              membership,
              countyCode,
              occupationId: occupation === null ? null : Number.parseInt(occupation.key, 10),
              founders: picked.map(({ personId, shares }) => ({
                personId,
                shares: Number.parseInt(shares, 10) || 0,
              })),
            })
          }
        >
          {say(labels.found)}
        </Button>
      </div>
    </div>
  );
}

type FoundersProps = {
  readonly province: string;
  readonly least: number;
  readonly picked: readonly Founder[];
  readonly onPick: (picked: readonly Founder[]) => void;
  readonly error: unknown;
};

/** Founders one by one, each with the shares they take. */
function Founders({ province, least, picked, onPick, error }: FoundersProps): ReactNode {
  const { say, digits } = useSpeech();
  return (
    <fieldset className="k-stack" style={{ border: 0, padding: 0 }}>
      <legend>
        {say(labels.founders)}: {digits(picked.length)}{' '}
        {picked.length < least ? <Sign tone="amber">{`${say(labels.least)}: ${digits(least)}`}</Sign> : null}
      </legend>
      {picked.map(({ personId, name, shares }, at) => (
        <div key={personId} className="k-row" style={{ alignItems: 'end', flexWrap: 'wrap' }}>
          <div style={{ flex: '1 1 200px' }}>
            <NumberField
              label={`${digits(at + 1)}. ${name} · ${say(labels.shares)}`}
              name={`shares-${at}`}
              required
              value={shares}
              onChange={(typed) =>
                onPick(picked.map((one) => (one.personId === personId ? { ...one, shares: typed } : one)))
              }
              error={fieldError(error, `founders.${at}.shares`, say)}
            />
          </div>
          <Button kind="quiet" onPress={() => onPick(picked.filter((one) => one.personId !== personId))}>
            {say(labels.takeAway)}
          </Button>
        </div>
      ))}
      {/* Whoever was picked stands in the list, and the field is empty again for the next. */}
      <SearchPicker
        key={picked.length}
        label={say(labels.addFounder)}
        name="founder"
        hint={say(personLabels.pickHint)}
        nothing={say(personLabels.pickNobody)}
        pathOf={personsSought(province, 'natural')}
        foundIn={personFound}
        chosen={null}
        onChoose={(person) => {
          if (person !== null && picked.every(({ personId }) => personId !== person.key))
            onPick([...picked, { personId: person.key, name: person.name, shares: '1' }]);
        }}
        error={fieldError(error, 'founders', say)}
      />
    </fieldset>
  );
}
