import { sql } from 'kysely';
import type { Rial } from '#kernel/rial.ts';
import type { Tx } from '#platform/db.ts';
import { type BeneficiaryKind, openShare, stages } from '../contract.ts';
import type { CreditBreach } from './contract.ts';

export type SumsApart = { readonly id: string; readonly due: string; readonly found: string };

/** L1: lines whose letters differ from what the accounts of all their slices hold. */
export async function listLinesNotConserved(tx: Tx, provinceId: number): Promise<SumsApart[]> {
  const { rows } = await sql<SumsApart>`
    with letter as (
      select line_id, sum(amount) as amount
      from credit.notification where province_id = ${provinceId} group by line_id
    ), held as (
      select s.line_id, sum(a.credits_posted - a.debits_posted) as amount
      from credit.slice s
      join ledger.read_account a on a.province_id = s.province_id and a.owner_id = s.id
      where s.province_id = ${provinceId} and a.kind = any(${[...stages]}::text[])
      group by s.line_id
    )
    select l.id, coalesce(letter.amount, 0)::text as due, coalesce(held.amount, 0)::text as found
    from credit.line l
    left join letter on letter.line_id = l.id
    left join held on held.line_id = l.id
    where l.province_id = ${provinceId} and coalesce(letter.amount, 0) <> coalesce(held.amount, 0)
    order by l.id
  `.execute(tx);
  return rows;
}

/** L1: awards whose sum is not what was reserved for them. */
export async function listAwardsApart(tx: Tx, provinceId: number): Promise<SumsApart[]> {
  const { rows } = await sql<SumsApart>`
    select a.id, coalesce(sum(t.amount), 0)::text as due, a.amount::text as found
    from credit.award a
    left join ledger.read_transfer t on t.province_id = a.province_id and t.reference_id = a.id
      and t.kind = 'reserve' and t.phase = 'post'
    where a.province_id = ${provinceId}
    group by a.id, a.amount
    having a.amount <> coalesce(sum(t.amount), 0)
    order by a.id
  `.execute(tx);
  return rows;
}

export type AwardedTo = {
  readonly id: string;
  readonly due: BeneficiaryKind;
  readonly found: 'natural' | 'legal' | null;
};

/** L3: awards with how the registry of persons has whom they are for, of which the form is none that fits, or missing. */
export async function listBeneficiariesApart(
  tx: Tx,
  provinceId: number,
  forms: Readonly<Record<BeneficiaryKind, readonly string[]>>,
): Promise<AwardedTo[]> {
  const { rows } = await sql<AwardedTo>`
    select a.id, a.beneficiary_kind as due, p.form as found
    from credit.award a
    left join party.read_person p on p.province_id = a.province_id and p.person_id = a.beneficiary_id
    where a.province_id = ${provinceId}
      and not coalesce(jsonb_exists(${JSON.stringify(forms)}::jsonb -> a.beneficiary_kind, p.form), false)
    order by a.id
  `.execute(tx);
  return rows;
}

/** L1: approved divisions whose parts do not add up to what was divided. */
export async function listDivisionsNotWhole(tx: Tx, provinceId: number): Promise<SumsApart[]> {
  const { rows } = await sql<SumsApart>`
    select g.id, g.amount::text as due, coalesce(sum(p.amount), 0)::text as found
    from credit.slicing g
    join credit.slicing_approval v on v.province_id = g.province_id and v.slicing_id = g.id
    left join credit.slicing_part p on p.province_id = g.province_id and p.slicing_id = g.id
    where g.province_id = ${provinceId}
    group by g.id, g.amount
    having g.amount <> coalesce(sum(p.amount), 0)
    order by g.id
  `.execute(tx);
  return rows;
}

/** What all slices of a line hold of each reserve, whatever its stage. */
export async function listHeldByShare(
  tx: Tx,
  { provinceId, lineId }: { readonly provinceId: number; readonly lineId: string },
): Promise<{ readonly share: string; readonly amount: Rial }[]> {
  const { rows } = await sql<{ share: string; amount: Rial }>`
    select a.share, sum(a.credits_posted - a.debits_posted)::bigint as amount
    from credit.slice s
    join ledger.read_account a on a.province_id = s.province_id and a.owner_id = s.id
    where s.province_id = ${provinceId} and s.line_id = ${lineId}::uuid and a.kind = any(${[...stages]}::text[])
      and a.share <> ${openShare}
    group by a.share
  `.execute(tx);
  return rows;
}

export type OneEyed = {
  readonly id: string;
  /** Whose approval it is: the table, without its ending. */
  readonly of: Extract<CreditBreach, { kind: 'OneEye' }>['of'];
};

/** Whoever brought or recorded a bank's list, or one that mends it, beside who confirmed it. */
const listHands = (provinceId: number) => sql`
      select c.list_id, 'bank_list', case when hand.act = 'upload' then b.uploaded_by_person else hand.by_person end,
        c.confirmed_by_person, hand.by_person, confirmed.by_person
      from credit.bank_list_confirmation c
      join credit.bank_list b on b.province_id = c.province_id and c.list_id in (b.id, b.mends_id)
      join casework.read_case k on k.province_id = b.province_id and k.id = b.id and k.state = 'confirmed'
      join casework.read_act hand
        on hand.province_id = b.province_id and hand.case_id = b.id and hand.act in ('upload', 'record')
      left join casework.read_act confirmed
        on confirmed.province_id = c.province_id and confirmed.case_id = c.list_id and confirmed.act = 'confirm'
      where c.province_id = ${provinceId}
`;

/** L6: approvals by the person who proposed, by the record or by the acts of its case. */
export async function listOneEyed(tx: Tx, provinceId: number): Promise<OneEyed[]> {
  const { rows } = await sql<OneEyed>`
    with approval as (
      select province_id, slicing_id as id, 'slicing' as of, proposed_by_person, approved_by_person,
        'propose' as proposing, 'approve' as approving
      from credit.slicing_approval
      union all
      select province_id, reallocation_id, 'reallocation', proposed_by_person, approved_by_person,
        'propose_transfer', 'approve_transfer'
      from credit.reallocation_approval
      union all
      select province_id, release_id, 'release', proposed_by_person, approved_by_person,
        'propose_release', 'approve_release'
      from credit.release_approval
      union all
      select province_id, redivision_id, 'redivision', proposed_by_person, approved_by_person,
        'propose_redivision', 'approve_redivision'
      from credit.redivision_approval
      union all
      select province_id, proposal_id, 'share_rule', proposed_by_person, approved_by_person,
        'propose_rule', 'approve_rule'
      from credit.share_rule_approval
      union all
      select province_id, opening_id, 'opening', proposed_by_person, approved_by_person,
        'propose_opening', 'approve_opening'
      from credit.opening_approval
    ),
    eyes as (
      select v.id, v.of, v.proposed_by_person, v.approved_by_person,
        proposed.by_person as proposed_by_act, approved.by_person as approved_by_act
      from approval v
      left join casework.read_act proposed
        on proposed.province_id = v.province_id and proposed.case_id = v.id and proposed.act = v.proposing
      left join casework.read_act approved
        on approved.province_id = v.province_id and approved.case_id = v.id and approved.act = v.approving
      where v.province_id = ${provinceId}
      union all
      -- A correction is two acts on the case of its award, each with the id that stands in its row.
      select c.correction_id, 'correction', c.proposed_by_person, c.approved_by_person,
        proposed.by_person, approved.by_person
      from credit.correction_approval c
      left join casework.read_act proposed
        on proposed.province_id = c.province_id and proposed.id = c.correction_id
      left join casework.read_act approved on approved.province_id = c.province_id and approved.id = c.id
      where c.province_id = ${provinceId}
      union all
      -- So is taking an opening back, which may have been proposed and withdrawn before.
      select c.opening_id, 'takeback', c.proposed_by_person, c.approved_by_person,
        proposed.by_person, approved.by_person
      from credit.takeback_approval c
      left join casework.read_act proposed on proposed.province_id = c.province_id
        and proposed.case_id = c.opening_id and proposed.id = c.takeback_id
      left join casework.read_act approved on approved.province_id = c.province_id
        and approved.case_id = c.opening_id and approved.id = c.id
      where c.province_id = ${provinceId}
      union all
      ${listHands(provinceId)}
    )
    select distinct id, of from eyes
    where approved_by_person = proposed_by_person
      or proposed_by_act is distinct from proposed_by_person
      or approved_by_act is distinct from approved_by_person
      or approved_by_act = proposed_by_act
    order by id
  `.execute(tx);
  return rows;
}

/** L1: cuts and closes whose letter says another sum than their transfers sent back, in all or of the reserve. */
export async function listHandedBackApart(tx: Tx, provinceId: number): Promise<SumsApart[]> {
  const { rows } = await sql<SumsApart>`
    with sent as (
      select t.reference_id, sum(t.amount) as amount,
        sum(case when a.share = ${openShare} then 0 else t.amount end) as locked
      from ledger.read_transfer t
      join ledger.read_account a on a.province_id = t.province_id and a.id = t.credit_account_id
      where t.province_id = ${provinceId} and t.kind in ('cut', 'hand_back') and t.phase = 'post'
        and a.kind = 'handed_back'
      group by t.reference_id
    )
    select r.id, r.amount::text as due, coalesce(sent.amount, 0)::text as found
    from credit.revision r left join sent on sent.reference_id = r.id
    where r.province_id = ${provinceId} and r.act in ('cut', 'close')
      and (r.amount <> coalesce(sent.amount, 0) or r.locked <> coalesce(sent.locked, 0))
    order by r.id
  `.execute(tx);
  return rows;
}

/** L1: closed lines that still hold something that no bank has. */
export async function listClosedNotEmpty(tx: Tx, provinceId: number): Promise<SumsApart[]> {
  const { rows } = await sql<SumsApart>`
    select l.id, '0' as due, sum(a.credits_posted - a.debits_posted)::text as found
    from credit.line l
    join credit.slice s on s.province_id = l.province_id and s.line_id = l.id
    join ledger.read_account a on a.province_id = s.province_id and a.owner_id = s.id
    join casework.read_case c on c.province_id = l.province_id and c.id = l.id
    where l.province_id = ${provinceId} and c.state = 'closed' and a.kind in ('available', 'reserved')
    group by l.id
    having sum(a.credits_posted - a.debits_posted) <> 0
    order by l.id
  `.execute(tx);
  return rows;
}

/**
 * Awards past the ceiling that was in force on their day, as far as it was set before them: what was decided is decided
 * again by the terms of that day, so that a rule set aside for an hour leaves its trace.
 */
export async function listOverCeiling(tx: Tx, provinceId: number): Promise<SumsApart[]> {
  const { rows } = await sql<SumsApart>`
    with decided as (
      select a.id, a.line_id, a.amount, a.jobs, a.beneficiary_kind, t.happened_on, t.recorded_at
      from credit.award a
      join casework.read_act t on t.province_id = a.province_id and t.case_id = a.id and t.seq = 1
      where a.province_id = ${provinceId}
    ), ceiling as (
      select p.line_id, p.name, p.beneficiary_kind, p.value, p.valid_from, t.recorded_at
      from credit.parameter p
      join casework.read_act t on t.province_id = p.province_id and t.case_id = p.line_id and t.id = p.id
      where p.province_id = ${provinceId} and p.beneficiary_kind is not null
    ), due as (
      select distinct on (d.id, c.name) d.id, d.amount,
        c.value * case when c.name = 'ceiling_per_job' then d.jobs else 1 end as most
      from decided d
      join ceiling c on c.line_id = d.line_id and c.beneficiary_kind = d.beneficiary_kind
        and c.valid_from <= d.happened_on and c.recorded_at <= d.recorded_at
      order by d.id, c.name, c.valid_from desc
    )
    select id, min(most)::text as due, min(amount)::text as found
    from due group by id having min(most) < min(amount) order by id
  `.execute(tx);
  return rows;
}

/**
 * L11: awards of whose reports the case tells another story than the ledger: how many, and how they ended. A
 * confirmation without what the bank signed is none.
 */
export async function listReportsApart(tx: Tx, provinceId: number): Promise<SumsApart[]> {
  const { rows } = await sql<SumsApart>`
    with told as (
      select case_id, concat_ws(' / ',
        count(*) filter (where act = 'report_payment'),
        count(*) filter (where act in ('confirm_part_payment', 'confirm_last_payment') and facts ? 'signedNumber'),
        count(*) filter (where act = 'decline_report'),
        count(*) filter (where act = 'expire_report')) as counts
      from casework.read_act where province_id = ${provinceId} and kind = 'award' group by case_id
    ), moved as (
      select reference_id, concat_ws(' / ',
        count(*) filter (where phase = 'pend'),
        count(*) filter (where phase = 'confirm'),
        count(*) filter (where phase = 'void' and kind = 'pay'),
        count(*) filter (where phase = 'void' and kind = 'expire')) as counts
      from ledger.read_transfer where province_id = ${provinceId} and kind in ('pay', 'expire')
      group by reference_id
    )
    select a.id, told.counts as due, coalesce(moved.counts, '0 / 0 / 0 / 0') as found
    from credit.award a
    join told on told.case_id = a.id
    left join moved on moved.reference_id = a.id
    where a.province_id = ${provinceId} and told.counts <> coalesce(moved.counts, '0 / 0 / 0 / 0')
    order by a.id
  `.execute(tx);
  return rows;
}

/** Lines of which more was referred than notified, contracted than referred, or paid than contracted. */
export async function listFunnelsWidening(
  tx: Tx,
  provinceId: number,
): Promise<{ readonly id: string; readonly found: string }[]> {
  const { rows } = await sql<{ id: string; found: string }>`
    with stage as (
      select line_id,
        coalesce(sum(amount) filter (where stage = 'allocated'), 0) as notified,
        coalesce(sum(amount) filter (where stage = 'referred'), 0) as referred,
        coalesce(sum(amount) filter (where stage = 'contracted'), 0) as contracted,
        coalesce(sum(amount) filter (where stage = 'paid'), 0) as paid
      from credit.read_movement where province_id = ${provinceId} group by line_id
    )
    select line_id as id, concat_ws('/', notified, referred, contracted, paid) as found
    from stage
    where referred > notified or contracted > referred or paid > contracted
    order by line_id
  `.execute(tx);
  return rows;
}

export type PaperFact = {
  readonly id: string;
  readonly of: Extract<CreditBreach, { kind: 'PaperApart' }>['of'];
  readonly part: Extract<CreditBreach, { kind: 'PaperApart' }>['part'];
  readonly due: string;
  readonly found: string;
};

/** The resolutions by which a proposal was approved, each with the act that says so. */
const resolutions = (provinceId: number) => sql`
      select slicing_id as id, 'slicing_approval' as of, slicing_id as case_id, null::uuid as act_id,
        'approve' as act, resolution_number, resolution_day
      from credit.slicing_approval where province_id = ${provinceId}
      union all
      select reallocation_id, 'reallocation_approval', reallocation_id, null, 'approve_transfer',
        resolution_number, resolution_day
      from credit.reallocation_approval where province_id = ${provinceId}
      union all
      select release_id, 'release_approval', release_id, null, 'approve_release', resolution_number, resolution_day
      from credit.release_approval where province_id = ${provinceId}
      union all
      select redivision_id, 'redivision_approval', redivision_id, null, 'approve_redivision',
        resolution_number, resolution_day
      from credit.redivision_approval where province_id = ${provinceId}
      union all
      select proposal_id, 'share_rule_approval', proposal_id, null, 'approve_rule', resolution_number, resolution_day
      from credit.share_rule_approval where province_id = ${provinceId}
      union all
      select opening_id, 'opening_approval', opening_id, null, 'approve_opening', resolution_number, resolution_day
      from credit.opening_approval where province_id = ${provinceId}
      union all
      select opening_id, 'takeback_approval', opening_id, id, null, resolution_number, resolution_day
      from credit.takeback_approval where province_id = ${provinceId}
`;

/**
 * L14: letters, resolutions, signed lists, terms and deadlines that say another thing than the act that brought them. The
 * act is sealed and its record is not, so a record that was changed is named here; what an act does not bear is not asked.
 */
export async function listPapersApart(tx: Tx, provinceId: number): Promise<PaperFact[]> {
  const { rows } = await sql<PaperFact>`
    with resolution as (${resolutions(provinceId)}), paper as (
      select id, of, case_id, act_id, act,
        jsonb_build_object('resolutionNumber', resolution_number, 'day', resolution_day) as said
      from resolution
      union all
      select id, 'notification', line_id, id, null,
        jsonb_build_object('letterNumber', letter_number, 'day', letter_day, 'amount', amount::text)
      from credit.notification where province_id = ${provinceId}
      union all
      select id, 'revision', line_id, id, null, jsonb_strip_nulls(jsonb_build_object(
        'letterNumber', letter_number, 'day', letter_day, 'amount', amount::text, 'deadline', deadline))
      from credit.revision where province_id = ${provinceId}
      union all
      select l.id, 'line', l.id, latest.id, null, jsonb_build_object('deadline', l.deadline)
      from credit.line l
      cross join lateral (
        select t.id from casework.read_act t
        where t.province_id = l.province_id and t.case_id = l.id and jsonb_exists(t.facts, 'deadline')
        order by t.seq desc limit 1
      ) latest
      where l.province_id = ${provinceId}
      union all
      select id, 'parameter', line_id, id, null, jsonb_build_object(
        'term', name, 'value', value::text, 'validFrom', valid_from, 'legalReference', legal_reference)
      from credit.parameter where province_id = ${provinceId}
      union all
      select id, 'bank_list', id, id, null, jsonb_build_object('letterNumber', letter_number, 'letterDay', letter_day,
        'statedCount', stated_count::text, 'statedSum', stated_sum::text)
      from credit.bank_list where province_id = ${provinceId}
      union all
      select list_id, 'bank_list_confirmation', list_id, null, 'confirm', jsonb_build_object(
        'signedNumber', signed_number, 'signedDay', signed_day, 'signedCount', signed_count::text,
        'signedSum', signed_sum::text)
      from credit.bank_list_confirmation where province_id = ${provinceId}
      union all
      select id, 'correction', award_id, id, null, jsonb_build_object('amount', amount::text)
      from credit.correction where province_id = ${provinceId}
    )
    select p.id, p.of, fact.key as part, told.facts ->> fact.key as due, fact.value as found
    from paper p
    join casework.read_act t on t.province_id = ${provinceId} and t.case_id = p.case_id
      and (t.id = p.act_id or t.act = p.act)
    cross join lateral (select t.facts || jsonb_build_object('day', t.happened_on) as facts) told
    cross join lateral jsonb_each_text(p.said) fact
    where told.facts ->> fact.key <> fact.value
    union all
    -- A resolution that takes in what a bank paid beyond its slice has no case: its transfers are sealed.
    select distinct i.id, 'intake', fact.part, fact.due, fact.found
    from credit.intake i
    join ledger.read_transfer t on t.province_id = i.province_id and t.reference_id = i.id
    cross join lateral (values
      ('day', t.happened_on::text, i.resolution_day::text), ('amount', t.amount::text, i.amount::text)
    ) fact (part, due, found)
    where i.province_id = ${provinceId} and fact.due <> fact.found
    order by 1, 3
  `.execute(tx);
  return rows;
}
