import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';

type OfAward = { readonly provinceId: number; readonly awardId: Id };

export type PaymentRow = {
  readonly id: Id;
  readonly amount: Rial;
  readonly happenedOn: Day;
  readonly debitAccountId: Id;
  readonly creditAccountId: Id;
  readonly stands: boolean;
};

/** The confirmed payments of an award, the oldest first; one that was reversed stands no more. */
export async function listPayments(tx: Tx, { provinceId, awardId }: OfAward): Promise<PaymentRow[]> {
  const { rows } = await sql<PaymentRow>`
    select t.id, t.amount, t.happened_on as "happenedOn", t.debit_account_id as "debitAccountId",
      t.credit_account_id as "creditAccountId",
      not exists (select 1 from ledger.read_transfer r
        where r.province_id = t.province_id and r.reference_id = t.reference_id and r.reverses_id = t.id) as stands
    from ledger.read_transfer t
    where t.province_id = ${provinceId} and t.reference_id = ${awardId} and t.kind = 'pay'
      and t.phase in ('post', 'confirm')
    order by t.credit_version
  `.execute(tx);
  return rows;
}

export type CorrectionRow = {
  readonly id: Id;
  readonly paymentId: Id;
  readonly paid: Rial;
  readonly amount: Rial;
  readonly reason: string;
  readonly proposedByPerson: Id;
  readonly proposedAt: Date;
  readonly approvalId: Id | null;
  readonly approvedByPerson: Id | null;
};

/** What was proposed to correct payments of an award, the newest first. */
export async function listCorrections(tx: Tx, { provinceId, awardId }: OfAward): Promise<CorrectionRow[]> {
  const { rows } = await sql<CorrectionRow>`
    select c.id, c.payment_id as "paymentId", c.paid, c.amount, c.reason,
      c.proposed_by_person as "proposedByPerson", t.recorded_at as "proposedAt", v.id as "approvalId",
      v.approved_by_person as "approvedByPerson"
    from credit.correction c
    join casework.read_act t on t.province_id = c.province_id and t.case_id = c.award_id and t.id = c.id
    left join credit.correction_approval v on v.province_id = c.province_id and v.correction_id = c.id
    where c.province_id = ${provinceId} and c.award_id = ${awardId}
    order by t.seq desc
  `.execute(tx);
  return rows;
}

type InCounty = { readonly provinceId: number; readonly countyCode: string | null };

export async function insertCorrection(
  tx: Tx,
  row: InCounty &
    Pick<CorrectionRow, 'id' | 'paymentId' | 'paid' | 'amount' | 'reason' | 'proposedByPerson'> & {
      readonly awardId: Id;
      readonly proposedByUser: string;
    },
): Promise<void> {
  await sql`
    insert into credit.correction (
      province_id, id, award_id, county_code, payment_id, paid, amount, reason, proposed_by_person, proposed_by_user
    ) values (
      ${row.provinceId}, ${row.id}, ${row.awardId}, ${row.countyCode}, ${row.paymentId}, ${row.paid}, ${row.amount},
      ${row.reason}, ${row.proposedByPerson}, ${row.proposedByUser}
    )
  `.execute(tx);
}

export async function insertCorrectionApproval(
  tx: Tx,
  row: InCounty & {
    readonly id: Id;
    readonly correctionId: Id;
    readonly proposedByPerson: Id;
    readonly approvedByPerson: Id;
    readonly approvedByUser: string;
  },
): Promise<void> {
  await sql`
    insert into credit.correction_approval (
      province_id, correction_id, id, county_code, proposed_by_person, approved_by_person, approved_by_user
    ) values (
      ${row.provinceId}, ${row.correctionId}, ${row.id}, ${row.countyCode}, ${row.proposedByPerson},
      ${row.approvedByPerson}, ${row.approvedByUser}
    )
  `.execute(tx);
}
