import type { Actor } from '#kernel/actor.ts';
import { nationwide } from '#kernel/actor.ts';
import type { Id } from '#kernel/id.ts';
import { must, ok } from '#kernel/result.ts';
import { inTransaction } from '#platform/db.ts';
import { hashPassword, openSignIn } from '#platform/signin.ts';
import { addGrant, approveGrant, idAt, installation } from '../actions.ts';
import { demonstrationPassword } from '../demonstration/user.ts';
import {
  administratorsNeeded,
  ofInstallation,
  openAccount,
  sampleIdentityOf,
  type Founding,
  type Holder,
} from '../user/actions.ts';
import { upsertPassword } from '../user/queries.ts';
import { demonstrationUsers, type DemonstrationUser } from './user.ts';

/** Offices of a province for the demonstration's officers of an agency and of a bank. */
export type DemonstrationOffices = readonly {
  readonly provinceId: number;
  readonly agency: Id;
  readonly bank: Id;
  /** Where requests for licences of food lie. */
  readonly agriculture?: Id;
  readonly health?: Id;
}[];

type Staging = Founding & { readonly offices: DemonstrationOffices };

/**
 * One user per role and province, all with the same password: only ever in a folder that is marked as a
 * demonstration. Officers of an agency or bank come with the offices that `party` has for them.
 */
export async function loadDemonstrationUsers({ db, clock, log, offices }: Staging): Promise<void> {
  const { keyedHash } = openSignIn({ db, clock, log });
  const passwordHash = await hashPassword(demonstrationPassword);
  await inTransaction<undefined, never>(db, installation, async (tx) => {
    const signers: Actor[] = [];
    const waiting: { readonly provinceId: number; readonly grantId: Id; readonly by: Actor }[] = [];
    for (const user of demonstrationUsers) {
      const officeId = officeOf(user, offices);
      if (officeId === undefined) continue;
      const identityHash = await sampleIdentityOf(keyedHash, user.username);
      const account = await openAccount({ tx, clock }, { ...user, identityHash });
      const holder = must(account.ok ? account.value : undefined, `${user.username} is loaded once`);
      await upsertPassword(tx, {
        credentialId: idAt(clock),
        userId: holder.userId,
        hash: passwordHash,
        at: clock.now(),
      });
      if (signers.length < administratorsNeeded) signers.push(signerOf(holder, user));
      const proposer = must(
        signers.find(({ userId }) => userId === holder.userId) ?? signers[0],
        'somebody proposes',
      );
      const asked = {
        ...ofInstallation,
        role: user.role,
        provinceId: user.provinceId,
        countyCode: user.countyCode,
        officeId,
        inProvince: user.provinceId ?? nationwide,
      };
      const made = await addGrant({ tx, clock, by: proposer }, holder, asked);
      if (made.standing === 'proposed')
        waiting.push({ provinceId: asked.inProvince, grantId: made.grantId, by: proposer });
    }
    for (const { provinceId, grantId, by } of waiting) {
      const approver = must(
        signers.find(({ personId }) => personId !== by.personId),
        'two signers',
      );
      await approveGrant({ tx, clock, by: approver }, provinceId, grantId);
    }
    return ok();
  });
}

/** The office of the user; null for a role without one, undefined when the offices are not there. */
function officeOf(user: DemonstrationUser, offices: DemonstrationOffices): Id | null | undefined {
  if (user.office === null) return null;
  return offices.find(({ provinceId }) => provinceId === user.provinceId)?.[user.office];
}

const signerOf = (holder: Holder, { name }: DemonstrationUser): Actor => ({
  ...holder,
  role: 'administrator',
  name,
  scope: installation,
});
