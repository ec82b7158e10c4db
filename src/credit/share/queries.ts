import { sql } from 'kysely';
import { type Day, isoOf } from '#kernel/day.ts';
import type { Id } from '#kernel/id.ts';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import type { BeneficiaryKind } from '../contract.ts';
import type { ShareRule } from './contract.ts';

type OfLine = { readonly provinceId: number; readonly lineId: string };

/** Every rule that a line ever had, by their first days. */
export async function listShareRules(tx: Tx, { provinceId, lineId }: OfLine): Promise<ShareRule[]> {
  const { rows } = await sql<ShareRule>`
    select share, rule_type as type, numerator, denominator, valid_from as "validFrom", last_day as "lastDay",
      legal_reference as "legalReference"
    from credit.share_rule
    where province_id = ${provinceId} and line_id = ${lineId}::uuid
    order by valid_from, rule_type, share
  `.execute(tx);
  return rows;
}

/** A rule with who proposed it, who put it in force, and under which resolution. */
export type Ruling = ShareRule & {
  readonly proposedBy: string | null;
  readonly approvedBy: string | null;
  readonly resolutionNumber: string | null;
  readonly resolutionDay: Day | null;
};

/** As `listShareRules`, with their rulings as far as the reader may see them. */
export async function listRulings(tx: Tx, { provinceId, lineId }: OfLine): Promise<Ruling[]> {
  const { rows } = await sql<Ruling>`
    select r.share, r.rule_type as type, r.numerator, r.denominator, r.valid_from as "validFrom",
      r.last_day as "lastDay", r.legal_reference as "legalReference", b.name as "proposedBy",
      q.name as "approvedBy", v.resolution_number as "resolutionNumber", v.resolution_day as "resolutionDay"
    from credit.share_rule r
    left join credit.share_rule_proposal p on p.province_id = r.province_id and p.id = r.proposal_id
    left join credit.share_rule_approval v on v.province_id = r.province_id and v.proposal_id = r.proposal_id
    left join access.read_user b on b.user_id = p.proposed_by_user
    left join access.read_user q on q.user_id = v.approved_by_user
    where r.province_id = ${provinceId} and r.line_id = ${lineId}::uuid
    order by r.valid_from, r.rule_type, r.share
  `.execute(tx);
  return rows;
}

const isoDay = (day: Day | null): string | null => (day === null ? null : isoOf(day));

/** `proposalId` is null for what a line was drafted with. */
export async function insertShareRule(
  tx: Tx,
  rule: ShareRule & { readonly provinceId: number; readonly lineId: Id; readonly proposalId: Id | null },
): Promise<void> {
  await sql`
    insert into credit.share_rule (
      province_id, line_id, share, rule_type, numerator, denominator, valid_from, last_day, legal_reference,
      proposal_id
    ) values (
      ${rule.provinceId}, ${rule.lineId}, ${rule.share}, ${rule.type}, ${rule.numerator}, ${rule.denominator},
      ${isoOf(rule.validFrom)}, ${isoDay(rule.lastDay)}, ${rule.legalReference}, ${rule.proposalId}
    )
  `.execute(tx);
}

type Proposer = { readonly proposedByPerson: Id };

export async function insertProposal(
  tx: Tx,
  row: ShareRule &
    Proposer & {
      readonly provinceId: number;
      readonly id: Id;
      readonly lineId: Id;
      readonly proposedByUser: string;
    },
): Promise<void> {
  await sql`
    insert into credit.share_rule_proposal (
      province_id, id, line_id, share, rule_type, numerator, denominator, valid_from, last_day, legal_reference,
      proposed_by_person, proposed_by_user
    ) values (
      ${row.provinceId}, ${row.id}, ${row.lineId}, ${row.share}, ${row.type}, ${row.numerator}, ${row.denominator},
      ${isoOf(row.validFrom)}, ${isoDay(row.lastDay)}, ${row.legalReference}, ${row.proposedByPerson},
      ${row.proposedByUser}
    )
  `.execute(tx);
}

export type ProposalRow = ShareRule &
  Proposer & {
    readonly id: Id;
    readonly lineId: Id;
    readonly proposedBy: string | null;
    readonly state: string;
    readonly version: number;
  };

/** The proposed rules of a line, or one by its id. */
export async function listProposals(
  tx: Tx,
  asked: { readonly provinceId: number; readonly lineId: string | null; readonly id: string | null },
): Promise<ProposalRow[]> {
  const { rows } = await sql<ProposalRow>`
    select p.id, p.line_id as "lineId", p.share, p.rule_type as type, p.numerator, p.denominator,
      p.valid_from as "validFrom", p.last_day as "lastDay", p.legal_reference as "legalReference",
      p.proposed_by_person as "proposedByPerson", u.name as "proposedBy", c.state, c.version
    from credit.share_rule_proposal p
    join casework.read_case c on c.province_id = p.province_id and c.id = p.id
    left join access.read_user u on u.user_id = p.proposed_by_user
    where p.province_id = ${asked.provinceId} and platform.scope_county() is null
      and (${asked.lineId}::uuid is null or p.line_id = ${asked.lineId}::uuid)
      and (${asked.id}::uuid is null or p.id = ${asked.id}::uuid)
    order by p.valid_from, p.id
  `.execute(tx);
  return rows;
}

export async function insertRuleApproval(
  tx: Tx,
  row: Proposer & {
    readonly provinceId: number;
    readonly proposalId: Id;
    readonly approvedByPerson: Id;
    readonly approvedByUser: string;
    readonly resolutionNumber: string;
    readonly resolutionDay: Day;
  },
): Promise<void> {
  await sql`
    insert into credit.share_rule_approval (
      province_id, proposal_id, proposed_by_person, approved_by_person, approved_by_user, resolution_number,
      resolution_day
    ) values (
      ${row.provinceId}, ${row.proposalId}, ${row.proposedByPerson}, ${row.approvedByPerson},
      ${row.approvedByUser}, ${row.resolutionNumber}, ${isoOf(row.resolutionDay)}
    )
  `.execute(tx);
}

export type DrawnRow = {
  readonly amount: Rial;
  readonly share: string;
  readonly beneficiaryKind: BeneficiaryKind;
  readonly beneficiaryGroups: readonly string[];
};

/** The awards of a slice that still hold money, with what they hold. */
export async function listDrawn(
  tx: Tx,
  { provinceId, sliceId }: { readonly provinceId: number; readonly sliceId: Id },
): Promise<DrawnRow[]> {
  const { rows } = await sql<DrawnRow>`
    select (a.amount - back.amount)::bigint as amount, a.share, a.beneficiary_kind as "beneficiaryKind", a.beneficiary_groups as "beneficiaryGroups"
    from credit.award a
    join casework.read_case c on c.province_id = a.province_id and c.id = a.id and c.state <> 'released'
    cross join lateral (
      select coalesce(sum(t.amount), 0) as amount from ledger.read_transfer t
      where t.province_id = a.province_id and t.reference_id = a.id and t.kind = 'release'
    ) back
    where a.province_id = ${provinceId} and a.slice_id = ${sliceId}
      and (platform.scope_county() is null or a.county_code = platform.scope_county())
  `.execute(tx);
  return rows;
}

/** Past awards that drew more than the cap that was in force on their day (L3, T9). */
export async function listOverCap(
  tx: Tx,
  provinceId: number,
): Promise<{ readonly id: string; readonly due: string; readonly found: string }[]> {
  const { rows } = await sql<{ id: string; due: string; found: string }>`
    with drawn as (
      select a.id, a.line_id, a.slice_id, a.amount, a.beneficiary_groups || a.beneficiary_kind as groups,
        t.happened_on, t.recorded_at
      from credit.award a
      join ledger.read_transfer t on t.province_id = a.province_id and t.reference_id = a.id and t.kind = 'reserve'
      where a.province_id = ${provinceId}
    ), ruled as (
      select d.id, d.slice_id, d.recorded_at, r.share, r.numerator, r.denominator
      from drawn d
      join lateral (
        select distinct on (share) share, numerator, denominator from credit.share_rule
        where province_id = ${provinceId} and line_id = d.line_id and rule_type = 'cap'
          and valid_from <= d.happened_on
        order by share, valid_from desc
      ) r on string_to_array(r.share, '/') <@ d.groups
    ), judged as (
      select ruled.id, floor(given.amount * ruled.numerator / ruled.denominator)::bigint as due, held.amount as found
      from ruled
      cross join lateral (
        -- What was recorded in the same instant is left out: which came first, nobody can say.
        select sum(o.amount - back.amount)::bigint as amount from drawn o
        cross join lateral (
          select coalesce(sum(x.amount), 0) as amount from ledger.read_transfer x
          where x.province_id = ${provinceId} and x.reference_id = o.id and x.kind = 'release'
            and x.recorded_at <= ruled.recorded_at
        ) back
        where o.slice_id = ruled.slice_id and string_to_array(ruled.share, '/') <@ o.groups
          and (o.id = ruled.id or o.recorded_at < ruled.recorded_at)
      ) held
      cross join lateral (
        select coalesce(sum(case when f.owner_id = ruled.slice_id then t.amount else -t.amount end), 0) as amount
        from ledger.read_account own
        join ledger.read_transfer t on t.province_id = own.province_id
          and (t.debit_account_id = own.id or t.credit_account_id = own.id)
        join ledger.read_account d on d.province_id = t.province_id and d.id = t.debit_account_id
        join ledger.read_account f on f.province_id = t.province_id and f.id = t.credit_account_id
        where own.province_id = ${provinceId} and own.owner_id = ruled.slice_id and d.owner_id <> f.owner_id
          and t.phase in ('post', 'confirm') and t.recorded_at <= ruled.recorded_at
      ) given
    )
    select id, due::text, found::text from judged where found > due order by id
  `.execute(tx);
  return rows;
}

/** Rules that neither came with the draft of their line nor were put in force as they stand by another person. */
export async function listUnruled(tx: Tx, provinceId: number): Promise<{ readonly id: string }[]> {
  const { rows } = await sql<{ id: string }>`
    select r.line_id as id
    from credit.share_rule r
    left join credit.share_rule_proposal p on p.province_id = r.province_id and p.id = r.proposal_id
      and p.line_id = r.line_id and p.share = r.share and p.rule_type = r.rule_type
      and p.numerator = r.numerator and p.denominator = r.denominator and p.valid_from = r.valid_from
      and p.last_day is not distinct from r.last_day
    left join credit.share_rule_approval v on v.province_id = p.province_id and v.proposal_id = p.id
      and v.approved_by_person <> p.proposed_by_person
    where r.province_id = ${provinceId} and v.proposal_id is null
      and (
        r.proposal_id is not null or r.rule_type <> 'reserve'
        or (select count(*) from credit.share_rule o
          where o.province_id = r.province_id and o.line_id = r.line_id and o.proposal_id is null) > 1
      )
    order by r.line_id
  `.execute(tx);
  return rows;
}
