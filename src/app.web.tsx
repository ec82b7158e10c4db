import { isBackupOld } from '#access/backup/contract.ts';
import { backupWords } from '#access/backup/words.ts';
import type { Grant, InstallationAnswer, SessionAnswer } from '#access/contract.ts';
import { roleWords } from '#access/words.ts';
import type { Bilingual } from '#kernel/indicator.ts';
import { call } from '#web/api.ts';
import { startDesk } from '#web/desk.tsx';
import type { RoomPages } from '#web/page.tsx';
import type { RoomPanels } from '#web/panel.tsx';
import type { DeskSession } from '#web/session.tsx';
import { words } from '#web/words.ts';

/** The rooms that have desk pages; each is a chunk of its own. The only web file that names rooms. */
const rooms: readonly RoomPages[] = [
  () => import('#access/page.tsx'),
  () => import('#party/page.tsx'),
  () => import('#ledger/page.tsx'),
  () => import('#occupation/page.tsx'),
  () => import('#casework/page.tsx'),
  () => import('#credit/page.tsx'),
  () => import('#licence/page.tsx'),
  () => import('#cooperative/page.tsx'),
  () => import('#support/page.tsx'),
  () => import('#placement/page.tsx'),
  () => import('#evidence/page.tsx'),
  () => import('#news/page.tsx'),
];

/** Rooms that add sections to the pages of earlier ones. */
const panels: readonly RoomPanels[] = [
  () => import('#document/panels.tsx'),
  () => import('#casework/panels.tsx'),
  () => import('#credit/panels.tsx'),
  () => import('#licence/panels.tsx'),
  () => import('#cooperative/panels.tsx'),
  () => import('#support/panels.tsx'),
];

/** «شهرستان نظرآباد», «استان البرز», or all provinces. */
function scopeOf(grant: Grant | undefined): Bilingual {
  if (grant === undefined) return words.noRole;
  const { countyName: county, provinceName: province } = grant;
  const [kind, name] = county === null ? [words.province, province] : [words.county, county];
  if (name === null) return words.allProvinces;
  return { fa: `${kind.fa} ${name.fa}`, en: `${name.en} ${kind.en.toLowerCase()}` };
}

const titleOf = (grant: Grant): Bilingual => {
  const scope = scopeOf(grant);
  const role = roleWords[grant.role];
  return { fa: `${role.fa} · ${scope.fa}`, en: `${role.en} · ${scope.en}` };
};

function userOf({ user, actor, grantId, grants }: SessionAnswer): DeskSession['user'] {
  if (user === null) return null;
  return {
    name: user.name,
    role: actor?.role ?? null,
    roleTitle: actor === null ? words.noRole : roleWords[actor.role],
    scopeTitle: scopeOf(grants.find((grant) => grant.grantId === grantId)),
    provinceId: typeof actor?.scope.province === 'number' ? actor.scope.province : null,
    otherRoles: grants
      .filter((grant) => grant.inForce && grant.grantId !== grantId)
      .map((grant) => ({ key: grant.grantId, title: titleOf(grant) })),
  };
}

/** An old backup is told to those who can see to it; made-up records need none. */
function noticeOf(
  { demonstration, lastBackupAt, backsUpItself }: InstallationAnswer,
  { actor }: SessionAnswer,
): DeskSession['notice'] {
  if (actor?.role !== 'director' && actor?.role !== 'administrator') return null;
  if (demonstration || !backsUpItself || !isBackupOld(lastBackupAt, Date.now())) return null;
  return { text: lastBackupAt === null ? backupWords.none : backupWords.old, href: '/installation' };
}

async function loadSession(): Promise<DeskSession> {
  const [installation, session] = await Promise.all([
    call<InstallationAnswer>('/api/installation'),
    call<SessionAnswer>('/api/session'),
  ]);
  return {
    demonstration: installation.demonstration,
    user: userOf(session),
    notice: noticeOf(installation, session),
  };
}

void startDesk({
  rooms,
  panels,
  door: {
    load: loadSession,
    changeRole: (grantId) => call('/api/session/role', { body: { grantId } }),
    signOut: () => call('/api/session', { method: 'DELETE' }),
    signInPath: '/sign-in',
  },
});
