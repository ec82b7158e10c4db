import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { SessionAnswer } from '#access/contract.ts';
import type { Role } from '#kernel/actor.ts';
import { newKey } from '#web/api.ts';
import { useAnswer, useCommand, type Path } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { DayField } from '#web/kit/day-field.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { TextField } from '#web/kit/field.tsx';
import { PageHead } from '#web/kit/head.tsx';
import { ProblemNotice, fieldError } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { useSpeech } from '#web/language.tsx';
import {
  agencyChannels,
  agencyKinds,
  type AgencyAct,
  type AgencyChannel,
  type AgencyKind,
  type AgencyPage,
} from '../contract.ts';
import { agencyKind } from '../rules.ts';
import { agencyActWords, agencyChannelWords, agencyKindWords, agencyLabels as labels } from '../words.ts';

export const enterers: readonly Role[] = ['county_office', 'deputy'];

/** The province of the reader, null for those who read all; and the county of an office. */
export function usePlace(): { readonly province: string | null; readonly county: string | null } {
  const session = useAnswer<SessionAnswer>('/api/session').data;
  const grant = session?.grants.find(({ grantId }) => grantId === session.grantId);
  return { province: grant?.provinceSlug ?? null, county: session?.actor?.scope.county ?? null };
}

type County = { readonly countyCode: string; readonly nameFa: string; readonly nameEn: string };
export const useCounties = (province: string | null): readonly County[] =>
  useAnswer<{ readonly counties: readonly County[] }>(
    province === null ? null : `/api/provinces/${province}/counties`,
  ).data?.counties ?? [];

/** An agency as it is typed. */
type Typed = {
  readonly name: string;
  readonly kind: AgencyKind;
  readonly channel: AgencyChannel;
  readonly permitNumber: string;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly address: string;
  readonly phone: string;
  readonly listed: boolean;
};
const nothing: Typed = {
  name: '',
  kind: 'domestic',
  channel: 'office',
  permitNumber: '',
  validFrom: '',
  validUntil: '',
  address: '',
  phone: '',
  listed: false,
};

const permitOf = ({ validFrom, validUntil }: Typed) => ({ validFrom, validUntil });
const contactOf = ({ address, phone, listed }: Typed) => ({
  address: address.trim() === '' ? null : address,
  phone,
  listed,
});
const wholeOf = (typed: Typed) => ({
  name: typed.name,
  kind: typed.kind,
  channel: typed.channel,
  permitNumber: typed.permitNumber,
  ...permitOf(typed),
  ...contactOf(typed),
});

type FieldsProps = {
  readonly typed: Typed;
  readonly set: (change: Partial<Typed>) => void;
  /** What is wrong with a field; the empty ones once sending was tried. */
  readonly wrong: (name: keyof Typed) => string | null;
};

function NamingFields({ typed, set, wrong }: FieldsProps): ReactNode {
  const { say } = useSpeech();
  return (
    <>
      <TextField
        label={say(labels.name)}
        name="name"
        required
        maxLength={120}
        value={typed.name}
        onChange={(name) => set({ name })}
        error={wrong('name')}
      />
      <Select
        label={say(labels.kind)}
        name="kind"
        required
        value={typed.kind}
        onChange={(key) => set({ kind: agencyKinds.find((kind) => kind === key) ?? 'domestic' })}
        choices={agencyKinds.map((key) => ({ key, label: say(agencyKindWords[key]) }))}
        error={wrong('kind')}
      />
      <Select
        label={say(labels.channel)}
        name="channel"
        required
        value={typed.channel}
        onChange={(key) => set({ channel: agencyChannels.find((one) => one === key) ?? 'office' })}
        choices={agencyChannels.map((key) => ({ key, label: say(agencyChannelWords[key]) }))}
        error={wrong('channel')}
      />
      <TextField
        label={say(labels.permitNumber)}
        name="permitNumber"
        required
        code
        maxLength={40}
        value={typed.permitNumber}
        onChange={(permitNumber) => set({ permitNumber })}
        error={wrong('permitNumber')}
      />
    </>
  );
}

function PermitFields({ typed, set, wrong }: FieldsProps): ReactNode {
  const { say } = useSpeech();
  return (
    <>
      <DayField
        label={say(labels.validFrom)}
        name="validFrom"
        required
        value={typed.validFrom}
        onChange={(validFrom) => set({ validFrom })}
        error={wrong('validFrom')}
      />
      <DayField
        label={say(labels.validUntil)}
        name="validUntil"
        required
        hint={say(labels.validHint)}
        value={typed.validUntil}
        onChange={(validUntil) => set({ validUntil })}
        error={wrong('validUntil')}
      />
    </>
  );
}

function ContactFields({ typed, set, wrong }: FieldsProps): ReactNode {
  const { say } = useSpeech();
  return (
    <>
      <TextField
        label={say(labels.address)}
        name="address"
        required={typed.channel === 'office'}
        rows={2}
        maxLength={300}
        hint={say(labels.addressHint)}
        value={typed.address}
        onChange={(address) => set({ address })}
        error={wrong('address')}
      />
      <TextField
        label={say(labels.phone)}
        name="phone"
        type="tel"
        required
        code
        maxLength={20}
        hint={say(labels.phoneHint)}
        value={typed.phone}
        onChange={(phone) => set({ phone })}
        error={wrong('phone')}
      />
      <Select
        label={say(labels.listed)}
        name="listed"
        required
        value={typed.listed ? 'yes' : 'no'}
        onChange={(key) => set({ listed: key === 'yes' })}
        choices={(['no', 'yes'] as const).map((key) => ({ key, label: say(labels[key]) }))}
        error={wrong('listed')}
      />
    </>
  );
}

type EntryProps = { readonly province: string; readonly county: string };

function EntryForm({ province, county }: EntryProps): ReactNode {
  const { say, language } = useSpeech();
  const navigate = useNavigate();
  const [id] = useState(newKey);
  const [typed, setTyped] = useState(nothing);
  const [countyCode, setCounty] = useState(county);
  const set = (change: Partial<Typed>): void => setTyped((now) => ({ ...now, ...change }));
  const command = useCommand<object>({
    path: `/api/provinces/${province}/placement-agencies`,
    changes: ['/api/provinces/'],
    onDone: () => void navigate({ to: `/placement-agencies/${id}` }),
  });
  const [tried, setTried] = useState(false);
  const send = (): void => {
    setTried(true);
    if (countyCode !== '' && lackingOf(typed, allFields).length === 0)
      command.mutate({ id, countyCode, ...wholeOf(typed) });
  };
  const wrong = (name: keyof Typed): string | null =>
    tried && lackingOf(typed, allFields).includes(name)
      ? say(labels.needed)
      : fieldError(command.error, name, say);
  const fields = { typed, set, wrong };
  return (
    <div className="k-form">
      <NamingFields {...fields} />
      <Select
        label={say(labels.county)}
        name="county"
        required
        value={countyCode === '' ? null : countyCode}
        onChange={setCounty}
        choices={useCounties(province).map(({ countyCode: key, nameFa, nameEn }) => ({
          key,
          label: language === 'fa' ? nameFa : nameEn,
        }))}
        error={tried && countyCode === '' ? say(labels.needed) : fieldError(command.error, 'countyCode', say)}
      />
      <PermitFields {...fields} />
      <ContactFields {...fields} />
      {command.error === null ? null : <ProblemNotice error={command.error} />}
      <Button kind="primary" busy={command.isPending} onPress={send}>
        {say(labels.add)}
      </Button>
    </div>
  );
}

const ofPermit = ['validFrom', 'validUntil'] as const;
const ofContact = ['address', 'phone'] as const;
const allFields = ['name', 'permitNumber', ...ofPermit, ...ofContact] as const;
type Asked = readonly (typeof allFields)[number][];

/** Which of the fields are still empty; one that works online needs no address. */
const lackingOf = (typed: Typed, fields: Asked): readonly (keyof Typed)[] =>
  fields.filter((name) => typed[name].trim() === '' && !(name === 'address' && typed.channel === 'online'));

export function EnterPage(): ReactNode {
  const { say } = useSpeech();
  const { province, county } = usePlace();
  return (
    <>
      <PageHead
        title={say(labels.add)}
        path={[{ label: say(labels.agencies), href: '/placement-agencies' }]}
      />
      {province === null ? <Skeleton rows={8} /> : <EntryForm province={province} county={county ?? ''} />}
    </>
  );
}

const reasoned: readonly string[] = [...agencyKind.reasoned, 'return'];
export const dangerous: readonly string[] = [
  'refuse',
  'reject_renewal',
  'suspend',
  'annul',
  'end',
  'withdraw',
];

/** What an act brings: the name of the part in the request, and the fields that must be filled. */
const brought: Readonly<
  Partial<
    Record<AgencyAct, { readonly part: string; readonly asks: Asked; readonly of: (typed: Typed) => object }>
  >
> = {
  resubmit: { part: 'correction', asks: allFields, of: wholeOf },
  change_contact: { part: 'contact', asks: ofContact, of: contactOf },
  propose_renewal: { part: 'permit', asks: ofPermit, of: permitOf },
};

/** What stands in a form before anything is typed: what is known, and no days of a renewal. */
const typedOf = ({ agency }: AgencyPage, act: AgencyAct): Typed => ({
  ...agency,
  address: agency.address ?? '',
  ...(act === 'propose_renewal' ? { validFrom: '', validUntil: '' } : {}),
});

type ActProps = {
  readonly page: AgencyPage;
  readonly act: AgencyAct;
  readonly path: Path;
  readonly onClose: () => void;
};

/** One act on an agency: a question with what the act brings. */
export function ActDialog({ page, act, path, onClose }: ActProps): ReactNode {
  const { say } = useSpeech();
  const [id] = useState(newKey);
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState(() => typedOf(page, act));
  const [tried, setTried] = useState(false);
  const command = useCommand<object>({ path: `${path}/acts`, changes: ['/api/provinces/'], onDone: onClose });
  const brings = brought[act];
  const lacking = brings === undefined ? [] : lackingOf(typed, brings.asks);
  const send = (): void => {
    setTried(true);
    if (lacking.length > 0) return;
    command.mutate({
      id,
      act,
      seenVersion: page.agency.version,
      reason: reason.trim() === '' ? null : reason,
      ...(brings === undefined ? {} : { [brings.part]: brings.of(typed) }),
    });
  };
  const fields: FieldsProps = {
    typed,
    set: (change) => setTyped((now) => ({ ...now, ...change })),
    wrong: (name) =>
      tried && lacking.includes(name)
        ? say(labels.needed)
        : fieldError(command.error, `${brings?.part ?? ''}.${name}`, say),
  };
  return (
    <Dialog
      title={say(agencyActWords[act])}
      open
      onClose={onClose}
      foot={
        <Button kind={dangerous.includes(act) ? 'danger' : 'primary'} busy={command.isPending} onPress={send}>
          {say(agencyActWords[act])}
        </Button>
      }
    >
      <div className="k-form">
        {act === 'resubmit' ? <NamingFields {...fields} /> : null}
        {act === 'resubmit' || act === 'propose_renewal' ? <PermitFields {...fields} /> : null}
        {act === 'resubmit' || act === 'change_contact' ? <ContactFields {...fields} /> : null}
        {reasoned.includes(act) ? (
          <TextField
            label={say(labels.reason)}
            name="reason"
            required
            rows={3}
            value={reason}
            onChange={setReason}
            error={fieldError(command.error, 'reason', say)}
          />
        ) : null}
        {command.error === null ? null : <ProblemNotice error={command.error} />}
      </div>
    </Dialog>
  );
}
