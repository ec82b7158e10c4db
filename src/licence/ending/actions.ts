import { decideRole, doneBefore } from '#casework/act/actions.ts';
import { act, caseOf, openCase } from '#casework/actions.ts';
import { id, type Id } from '#kernel/id.ts';
import { ok, refused } from '#kernel/result.ts';
import { today, type Doing, type Done } from '../actions.ts';
import type { EndingOrder } from '../contract.ts';
import { insertEnding, listLicences, type NamedLicence } from '../queries.ts';
import { barredUntil, licenceKind } from '../rules.ts';

const actOf = { cancelled: 'cancel', annulled: 'annul' } as const;

/** Cancels a licence, or annuls it for proven abuse, which bars its holder for two years. */
export async function endLicence(
  doing: Doing,
  { licenceId, order }: { readonly licenceId: string; readonly order: EndingOrder },
): Done<{ id: Id }> {
  const { tx, clock, provinceId, by } = doing;
  const mine = decideRole(licenceKind, actOf[order.kind], by.role);
  if (!mine.ok) return mine;
  const [licence] = await listLicences(tx, { provinceId, licenceId, limit: 1 });
  if (licence === undefined) return refused({ kind: 'LicenceMissing' });
  const before = await doneBefore(doing, licence.licenceId, order.id);
  if (before === undefined && licence.ending !== null)
    return refused({ kind: 'LicenceEnded', number: licence.number });
  const opened = await openLate(doing, licence);
  if (!opened.ok) return opened;
  const acted = await act(tx, licenceKind, {
    provinceId,
    by,
    clock,
    order: {
      id: id(order.id),
      caseId: licence.licenceId,
      act: actOf[order.kind],
      seenVersion: null,
      facts: {},
      reason: order.reason,
      happenedOn: before?.happenedOn ?? today(doing),
    },
  });
  if (!acted.ok) return acted;
  if (acted.value.outcome === 'replayed') return ok({ id: licence.licenceId });
  const endedOn = today(doing);
  await insertEnding(tx, {
    provinceId,
    licenceId: licence.licenceId,
    actId: acted.value.act.id,
    kind: order.kind,
    personId: licence.personId,
    subjectId: licence.subjectId,
    countyCode: licence.countyCode,
    officeId: licence.officeId,
    endedOn,
    reasonFa: order.reason,
    barredUntil: order.kind === 'annulled' ? barredUntil(endedOn) : null,
    recordedAt: acted.value.act.recordedAt,
  });
  return ok({ id: licence.licenceId });
}

/** A licence taken over from an earlier register has no case before something is done with it. */
async function openLate(doing: Doing, licence: NamedLicence): Done<undefined> {
  const { tx, clock, provinceId, by } = doing;
  if ((await caseOf(tx, { provinceId, caseId: licence.licenceId })) !== undefined) return ok();
  const opening = {
    id: licence.licenceId,
    caseId: licence.licenceId,
    provinceId,
    countyCode: licence.countyCode,
    officeId: licence.officeId,
    subjectId: licence.subjectId,
    facts: { origin: licence.origin },
    reason: null,
    happenedOn: licence.issuedOn,
  };
  const opened = await openCase(tx, licenceKind, { opening, by, clock });
  return opened.ok ? ok() : opened;
}
