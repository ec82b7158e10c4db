import { useState, type ReactNode } from 'react';
import { roles, type Role } from '#kernel/actor.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { ComboBox } from '#web/kit/combobox.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { TextField } from '#web/kit/field.tsx';
import { Notice } from '#web/kit/notice.tsx';
import { fieldError, ProblemNotice } from '#web/kit/problem.tsx';
import { Select, type Choice } from '#web/kit/select.tsx';
import { useSpeech } from '#web/language.tsx';
import type { Link, NewGrant, NewUser, Office, User } from '../contract.ts';
import { powerfulRoles } from '../scope.ts';
import { scopeNeeds } from '../scope.ts';
import { accessWords, roleWords } from '../words.ts';

type Province = {
  readonly provinceId: number;
  readonly slug: string;
  readonly nameFa: string;
  readonly nameEn: string;
};
type County = { readonly countyCode: string; readonly nameFa: string; readonly nameEn: string };

const nameOf = ({ nameFa, nameEn }: { readonly nameFa: string; readonly nameEn: string }): Bilingual => ({
  fa: nameFa,
  en: nameEn,
});

const noGrant: NewGrant = {
  role: 'deputy',
  provinceId: null,
  countyCode: null,
  officeId: null,
  startsOn: null,
  endsOn: null,
};

/** The grant without the parts that its role has not: what was chosen for another role must not go along. */
function fitted(grant: NewGrant): NewGrant {
  const needs = scopeNeeds[grant.role];
  return {
    ...grant,
    provinceId: needs.province === 'none' ? null : grant.provinceId,
    countyCode: needs.county === 'none' ? null : grant.countyCode,
    officeId: needs.office === 'none' ? null : grant.officeId,
  };
}

type FieldsProps = {
  readonly grant: NewGrant;
  readonly onChange: (grant: NewGrant) => void;
  readonly error: unknown;
  /** The path of the grant in the body, for the fields of a problem: `grant.` where it is a part of a user. */
  readonly prefix: '' | 'grant.';
};

/** Role and scope, asking only what the role needs; the table is the server's own. */
function GrantFields({ grant, onChange, error, prefix }: FieldsProps): ReactNode {
  const { say } = useSpeech();
  const needs = scopeNeeds[grant.role];
  const provinces = useAnswer<{ provinces: readonly Province[] }>('/api/provinces').data?.provinces ?? [];
  const province = provinces.find(({ provinceId }) => provinceId === grant.provinceId);
  const nowhere: Choice = { key: 'none', label: say(accessWords.wholeInstallation) };
  return (
    <>
      <Select
        label={say(accessWords.role)}
        name={`${prefix}role`}
        required
        choices={roles.map((key) => ({ key, label: say(roleWords[key]) }))}
        value={grant.role}
        onChange={(key) => onChange(fitted({ ...grant, role: roleOf(key) }))}
        error={fieldError(error, `${prefix}role`, say)}
      />
      {powerfulRoles.includes(grant.role) ? <Notice title={say(accessWords.powerfulHint)} /> : null}
      {needs.province === 'none' ? null : (
        <ComboBox
          label={say(accessWords.province)}
          name={`${prefix}provinceId`}
          required
          choices={[
            ...(needs.province === 'may' ? [nowhere] : []),
            ...provinces.map((each) => ({ key: String(each.provinceId), label: say(nameOf(each)) })),
          ]}
          value={
            grant.provinceId === null ? (needs.province === 'may' ? 'none' : null) : String(grant.provinceId)
          }
          onChange={(key) =>
            onChange({
              ...grant,
              provinceId: key === 'none' ? null : parseInt(key, 10),
              countyCode: null,
              officeId: null,
            })
          }
          error={fieldError(error, `${prefix}provinceId`, say)}
        />
      )}
      {needs.county === 'none' || province === undefined ? null : (
        <CountyField slug={province.slug} grant={grant} onChange={onChange} error={error} prefix={prefix} />
      )}
      {(grant.role === 'agency' || grant.role === 'bank') && grant.provinceId !== null ? (
        <OfficeField grant={grant} onChange={onChange} error={error} prefix={prefix} />
      ) : null}
    </>
  );
}

const roleOf = (key: string): Role => roles.find((role) => role === key) ?? 'deputy';

function CountyField({
  slug,
  grant,
  onChange,
  error,
  prefix,
}: FieldsProps & { readonly slug: string }): ReactNode {
  const { say } = useSpeech();
  const counties =
    useAnswer<{ counties: readonly County[] }>(`/api/provinces/${slug}/counties`).data?.counties ?? [];
  const whole: Choice = { key: 'none', label: say(accessWords.wholeProvince) };
  const may = scopeNeeds[grant.role].county === 'may';
  return (
    <ComboBox
      label={say(accessWords.county)}
      name={`${prefix}countyCode`}
      required={!may}
      choices={[
        ...(may ? [whole] : []),
        ...counties.map((each) => ({ key: each.countyCode, label: say(nameOf(each)) })),
      ]}
      value={grant.countyCode ?? (may ? 'none' : null)}
      onChange={(key) => onChange({ ...grant, countyCode: key === 'none' ? null : key })}
      error={fieldError(error, `${prefix}countyCode`, say)}
    />
  );
}

function OfficeField({ grant, onChange, error, prefix }: FieldsProps): ReactNode {
  const { say } = useSpeech();
  const offices = useAnswer<{ items: readonly Office[] }>(
    `/api/access/offices?provinceId=${grant.provinceId}&role=${grant.role}`,
  );
  if (offices.data?.items.length === 0) return <Notice tone="amber" title={say(accessWords.noOffices)} />;
  return (
    <>
      <ProblemNotice error={offices.error} />
      <ComboBox
        label={say(accessWords.office)}
        name={`${prefix}officeId`}
        required
        choices={(offices.data?.items ?? []).map(({ officeId, name }) => ({ key: officeId, label: name }))}
        value={grant.officeId}
        onChange={(officeId) => onChange({ ...grant, officeId })}
        error={fieldError(error, `${prefix}officeId`, say)}
      />
    </>
  );
}

export function GrantDialog({
  userId,
  open,
  onClose,
}: {
  readonly userId: string;
  readonly open: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useSpeech();
  const [grant, setGrant] = useState(noGrant);
  const give = useCommand<NewGrant>({
    path: `/api/access/users/${userId}/grants`,
    changes: ['/api/access/users'],
    onDone: () => {
      setGrant(noGrant);
      onClose();
    },
  });
  return (
    <Dialog
      title={say(accessWords.grantRole)}
      open={open}
      onClose={onClose}
      foot={
        <Button kind="primary" busy={give.isPending} onPress={() => give.mutate(fitted(grant))}>
          {say(accessWords.grantRole)}
        </Button>
      }
    >
      <div className="k-form">
        <ProblemNotice error={give.error} />
        <GrantFields grant={grant} onChange={setGrant} error={give.error} prefix="" />
      </div>
    </Dialog>
  );
}

const noUser = { username: '', name: '', nationalId: '', grant: noGrant };

export function NewUserDialog({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useSpeech();
  const [given, setGiven] = useState<NewUser>(noUser);
  const [link, setLink] = useState<Link | null>(null);
  const add = useCommand<NewUser, { user: User; link: Link }>({
    path: '/api/access/users',
    changes: ['/api/access/users'],
    onDone: (made) => {
      setGiven(noUser);
      onClose();
      setLink(made.link);
    },
  });
  const field = (name: 'username' | 'name' | 'nationalId') => ({
    label: say(accessWords[name]),
    name,
    required: true,
    value: given[name],
    onChange: (value: string) => setGiven({ ...given, [name]: value }),
    error: fieldError(add.error, name, say),
  });
  return (
    <>
      <Dialog
        title={say(accessWords.newUser)}
        open={open}
        onClose={onClose}
        foot={
          <Button
            kind="primary"
            busy={add.isPending}
            onPress={() => add.mutate({ ...given, grant: fitted(given.grant) })}
          >
            {say(accessWords.newUser)}
          </Button>
        }
      >
        <div className="k-form">
          <ProblemNotice error={add.error} />
          <TextField {...field('name')} />
          <TextField {...field('nationalId')} hint={say(accessWords.nationalIdHint)} code />
          <TextField {...field('username')} code />
          <GrantFields
            grant={given.grant}
            onChange={(grant) => setGiven({ ...given, grant })}
            error={add.error}
            prefix="grant."
          />
        </div>
      </Dialog>
      <LinkDialog link={link} onClose={() => setLink(null)} />
    </>
  );
}

/** A one-time address, shown once. */
export function LinkDialog({
  link,
  onClose,
}: {
  readonly link: Link | null;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useSpeech();
  return (
    <Dialog title={say(accessWords.linkTitle)} open={link !== null} onClose={onClose} wide>
      <div className="k-stack">
        <p>{say(accessWords.linkLead)}</p>
        {link?.needsConfirmation === true ? (
          <Notice tone="amber" title={say(accessWords.awaitsConfirmation)} />
        ) : null}
        {/* A token has no place to break a line: on a phone it must break anywhere. */}
        <p style={{ overflowWrap: 'anywhere' }}>
          <Bidi code>{link === null ? '' : `${location.origin}${link.path}`}</Bidi>
        </p>
      </div>
    </Dialog>
  );
}
