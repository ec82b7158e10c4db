import { useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { roles, type Role } from '#kernel/actor.ts';
import { useAnswer, useCommand } from '#web/command.tsx';
import { Button } from '#web/kit/button.tsx';
import { DayText, InstantText } from '#web/kit/day.tsx';
import { Dialog } from '#web/kit/dialog.tsx';
import { Bidi } from '#web/kit/digits.tsx';
import { Facts } from '#web/kit/facts.tsx';
import { TextField } from '#web/kit/field.tsx';
import { PageHead, Section } from '#web/kit/head.tsx';
import { Sign } from '#web/kit/notice.tsx';
import { fieldError, ProblemNotice } from '#web/kit/problem.tsx';
import { Select } from '#web/kit/select.tsx';
import { Skeleton } from '#web/kit/skeleton.tsx';
import { DataTable, type Column } from '#web/kit/table.tsx';
import { useSpeech, type Speech } from '#web/language.tsx';
import { usePages } from '#web/paged.tsx';
import type { Grant, Link, User } from '../contract.ts';
import { accessRefusalWords, accessWords, roleWords, standingWords } from '../words.ts';
import { GrantDialog, LinkDialog, NewUserDialog } from '../role/page.tsx';

type WaitingReset = {
  linkId: string;
  username: string;
  name: string;
  madeBy: string;
  madeAt: string;
  yours: boolean;
};

const usersPath = '/api/access/users';

/** «کرج، البرز», or what a grant without a province reaches. */
export function scopeText({ role, provinceName, countyName }: Grant, say: Speech['say']): string {
  if (provinceName === null) {
    return say(role === 'administrator' ? accessWords.wholeInstallation : accessWords.allProvinces);
  }
  return countyName === null ? say(provinceName) : `${say(countyName)}، ${say(provinceName)}`;
}

function AccountState({ user }: { readonly user: User }): ReactNode {
  const { say } = useSpeech();
  if (user.lockedAt !== null) return <Sign tone="red">{say(accessWords.locked)}</Sign>;
  if (user.grants.some(({ standing }) => standing === 'proposed')) {
    return <Sign tone="amber">{say(accessWords.waiting)}</Sign>;
  }
  if (!user.hasPassword) return <Sign tone="quiet">{say(accessWords.noPassword)}</Sign>;
  return <Sign tone="green">{say(accessWords.open)}</Sign>;
}

const userColumns = (say: Speech['say']): readonly Column<User>[] => [
  {
    key: 'name',
    title: say(accessWords.user),
    render: ({ name }) => name,
    sortBy: ({ name }) => name,
    csv: ({ name }) => name,
  },
  {
    key: 'username',
    title: say(accessWords.username),
    render: ({ username }) => <Bidi code>{username}</Bidi>,
    csv: ({ username }) => username,
  },
  {
    key: 'roles',
    title: say(accessWords.grants),
    render: ({ grants }) => (
      <>
        {grants
          .filter(({ standing }) => standing !== 'ended')
          .map((grant) => (
            <div key={grant.grantId}>
              {say(roleWords[grant.role])} · {scopeText(grant, say)}
            </div>
          ))}
      </>
    ),
    csv: ({ grants }) => grants.map(({ role }) => role).join(' '),
  },
  { key: 'state', title: say(accessWords.state), render: (user) => <AccountState user={user} /> },
];

const roleFilter = (value: string): Role | null => roles.find((role) => role === value) ?? null;

const queryOf = (search: string, role: Role | null): string =>
  new URLSearchParams({
    ...(search === '' ? {} : { search }),
    ...(role === null ? {} : { role }),
  }).toString();

export function UsersPage(): ReactNode {
  const { say } = useSpeech();
  const [search, setSearch] = useState('');
  const [role, setRole] = useState<Role | null>(null);
  const [adding, setAdding] = useState(false);
  const pages = usePages<User>(`${usersPath}?${queryOf(search.trim(), role)}`);
  const roleChoices = [
    { key: 'all', label: say(accessWords.allRoles) },
    ...roles.map((key) => ({ key, label: say(roleWords[key]) })),
  ];
  return (
    <>
      <PageHead
        title={say(accessWords.users)}
        actions={
          <Button kind="primary" icon="add" onPress={() => setAdding(true)}>
            {say(accessWords.newUser)}
          </Button>
        }
      >
        {say(accessWords.usersLead)}
      </PageHead>
      <WaitingResets />
      <div className="k-row no-print" style={{ marginBlockEnd: 'var(--s4)' }}>
        <TextField
          label={say(accessWords.search)}
          name="search"
          type="search"
          value={search}
          onChange={setSearch}
        />
        <Select
          label={say(accessWords.filterRole)}
          name="role"
          choices={roleChoices}
          value={role ?? 'all'}
          onChange={(key) => setRole(roleFilter(key))}
        />
      </div>
      <ProblemNotice error={pages.error} onRetry={pages.refetch} />
      {pages.error === null ? (
        <DataTable
          caption={say(accessWords.users)}
          columns={userColumns(say)}
          rows={pages.rows}
          pages={pages}
          rowKey={({ userId }) => userId}
          rowHref={({ userId }) => `/users/${userId}`}
          csvName="users"
          empty={{ title: say(accessWords.noUsers), body: say(accessWords.noUsersBody) }}
        />
      ) : null}
      <NewUserDialog open={adding} onClose={() => setAdding(false)} />
    </>
  );
}

/** Resets that another administrator asked for: nothing is drawn while there are none. */
function WaitingResets(): ReactNode {
  const { say } = useSpeech();
  const waiting = useAnswer<{ items: readonly WaitingReset[] }>('/api/access/password-resets');
  const confirm = useCommand<{ linkId: string }>({
    path: ({ linkId }) => `/api/access/password-resets/${linkId}/confirmation`,
    changes: ['/api/access/password-resets'],
  });
  const rows = waiting.data?.items ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title={say(accessWords.waitingResets)}>
      <ProblemNotice error={confirm.error} />
      <DataTable
        caption={say(accessWords.waitingResets)}
        rows={rows}
        rowKey={({ linkId }) => linkId}
        columns={[
          { key: 'name', title: say(accessWords.user), render: ({ name }) => name },
          { key: 'by', title: say(accessWords.askedBy), render: ({ madeBy }) => madeBy },
          { key: 'at', title: say(accessWords.from), render: ({ madeAt }) => <InstantText iso={madeAt} /> },
          {
            key: 'deeds',
            title: say(accessWords.deeds),
            render: ({ linkId, yours }) => (
              <Button
                kind="quiet"
                icon="check"
                busy={confirm.isPending}
                refusedBecause={yours ? say(accessRefusalWords.OwnProposal()) : null}
                onPress={() => confirm.mutate({ linkId })}
              >
                {say(accessWords.confirm)}
              </Button>
            ),
          },
        ]}
      />
    </Section>
  );
}

export function UserPage(): ReactNode {
  const { say } = useSpeech();
  const { userId = '' }: { userId?: string } = useParams({ strict: false });
  const found = useAnswer<User>(`/api/access/users/${userId}`);
  const user = found.data;
  if (user === undefined) {
    return found.error === null ? (
      <Skeleton rows={6} />
    ) : (
      <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />
    );
  }
  return (
    <>
      <PageHead
        title={user.name}
        path={[{ label: say(accessWords.users), href: '/users' }]}
        aside={<AccountState user={user} />}
        actions={<AccountDeeds user={user} />}
      />
      <Facts facts={[{ label: say(accessWords.username), value: <Bidi code>{user.username}</Bidi> }]} />
      <Grants user={user} />
    </>
  );
}

function AccountDeeds({ user }: { readonly user: User }): ReactNode {
  const { say } = useSpeech();
  const [link, setLink] = useState<Link | null>(null);
  const path = `${usersPath}/${user.userId}` as const;
  const reset = useCommand<undefined, Link>({
    path: `${path}/password-reset`,
    changes: ['/api/access'],
    onDone: setLink,
  });
  const lock = useCommand<undefined>({
    path: `${path}/${user.lockedAt === null ? 'lock' : 'unlock'}`,
    changes: [usersPath],
  });
  return (
    <>
      <ProblemNotice error={reset.error ?? lock.error} />
      <Button busy={reset.isPending} onPress={() => reset.mutate(undefined)}>
        {say(accessWords.reset)}
      </Button>
      <Button
        kind={user.lockedAt === null ? 'danger' : 'plain'}
        icon="lock"
        busy={lock.isPending}
        onPress={() => lock.mutate(undefined)}
      >
        {say(user.lockedAt === null ? accessWords.lock : accessWords.unlock)}
      </Button>
      <LinkDialog link={link} onClose={() => setLink(null)} />
    </>
  );
}

function Grants({ user }: { readonly user: User }): ReactNode {
  const { say } = useSpeech();
  const [granting, setGranting] = useState(false);
  const [ending, setEnding] = useState<Grant | null>(null);
  const approve = useCommand<Grant>({
    path: (grant) => `${usersPath}/${user.userId}/grants/${grant.provinceId ?? -1}/${grant.grantId}/approval`,
    changes: [usersPath],
  });
  const columns: readonly Column<Grant>[] = [
    { key: 'role', title: say(accessWords.role), render: ({ role }) => say(roleWords[role]) },
    { key: 'scope', title: say(accessWords.scope), render: (grant) => scopeText(grant, say) },
    {
      key: 'from',
      title: say(accessWords.from),
      render: ({ startsOn }) => <DayText iso={startsOn} style="short" />,
    },
    {
      key: 'until',
      title: say(accessWords.until),
      render: ({ endsOn }) =>
        endsOn === null ? say(accessWords.noEnd) : <DayText iso={endsOn} style="short" />,
    },
    { key: 'proposed', title: say(accessWords.proposedBy), render: ({ proposedBy }) => proposedBy },
    { key: 'approved', title: say(accessWords.approvedBy), render: ({ approvedBy }) => approvedBy ?? '–' },
    { key: 'state', title: say(accessWords.state), render: (grant) => <GrantState grant={grant} /> },
    {
      key: 'deeds',
      title: say(accessWords.deeds),
      render: (grant) =>
        grant.standing === 'ended' ? null : (
          <div className="k-row">
            {grant.standing === 'proposed' ? (
              <Button
                kind="quiet"
                icon="check"
                busy={approve.isPending}
                refusedBecause={
                  grant.approvalRefused === null ? null : say(accessRefusalWords[grant.approvalRefused]())
                }
                onPress={() => approve.mutate(grant)}
              >
                {say(accessWords.approve)}
              </Button>
            ) : null}
            <Button kind="quiet" icon="close" onPress={() => setEnding(grant)}>
              {say(accessWords.endGrant)}
            </Button>
          </div>
        ),
    },
  ];
  return (
    <Section
      title={say(accessWords.grants)}
      aside={
        <Button icon="add" onPress={() => setGranting(true)}>
          {say(accessWords.grantRole)}
        </Button>
      }
    >
      <ProblemNotice error={approve.error} />
      <DataTable
        caption={say(accessWords.grants)}
        columns={columns}
        rows={user.grants}
        rowKey={({ grantId }) => grantId}
        empty={{ title: say(accessWords.noGrants), body: say(accessWords.noGrantsBody) }}
      />
      <GrantDialog userId={user.userId} open={granting} onClose={() => setGranting(false)} />
      <EndDialog userId={user.userId} grant={ending} onClose={() => setEnding(null)} />
    </Section>
  );
}

const standingTones = { proposed: 'amber', granted: 'green', ended: 'quiet' } as const;

const GrantState = ({ grant }: { readonly grant: Grant }): ReactNode => {
  const { say } = useSpeech();
  return <Sign tone={standingTones[grant.standing]}>{say(standingWords[grant.standing])}</Sign>;
};

function EndDialog({
  userId,
  grant,
  onClose,
}: {
  readonly userId: string;
  readonly grant: Grant | null;
  readonly onClose: () => void;
}): ReactNode {
  const { say } = useSpeech();
  const [reason, setReason] = useState('');
  const end = useCommand<{ reason: string }>({
    path: `${usersPath}/${userId}/grants/${grant?.provinceId ?? -1}/${grant?.grantId ?? ''}/end`,
    changes: [usersPath],
    onDone: () => {
      setReason('');
      onClose();
    },
  });
  return (
    <Dialog
      title={say(accessWords.endGrant)}
      open={grant !== null}
      onClose={onClose}
      foot={
        <Button kind="danger" busy={end.isPending} onPress={() => end.mutate({ reason })}>
          {say(accessWords.endGrant)}
        </Button>
      }
    >
      <p>{say(accessWords.endLead)}</p>
      <ProblemNotice error={end.error} />
      <TextField
        label={say(accessWords.reason)}
        name="reason"
        required
        rows={2}
        value={reason}
        onChange={setReason}
        error={fieldError(end.error, 'reason', say)}
      />
    </Dialog>
  );
}
