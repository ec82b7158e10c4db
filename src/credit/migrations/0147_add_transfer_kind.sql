-- A figure of one stage reads the transfers of a few kinds only, which the ledger finds by their kind.
create or replace view credit.read_movement with (security_invoker = true) as
select t.province_id,
  t.id as record_id,
  s.county_code,
  l.budget_year,
  t.happened_on,
  t.recorded_at,
  e.stage,
  e.sign * t.amount as amount,
  split_part(x.share, '/', 1) as share,
  s.axis,
  s.category_key,
  -- A category of which nothing was said is open.
  case when s.category_key is null then null
    when coalesce((select o.open from occupation.read_loan_opening o
      where o.province_id = s.province_id and o.budget_year = l.budget_year and o.category_key = s.category_key
      order by o.in_force_from desc limit 1), true) then 'open' else 'closed' end as category_loans,
  l.programme,
  l.id as line_id,
  s.id as slice_id,
  t.reference_id,
  case when t.kind in ('pay_opening', 'take_back_opening')
    then coalesce(s.beneficiary_kind, substring(x.share from '^(person|cooperative|supporter|enterprise)(/|$)'))
    else a.beneficiary_kind end as beneficiary_kind,
  a.beneficiary_id,
  a.id as award_id,
  t.kind as transfer_kind
from ledger.read_transfer t
-- A county office does not see the account of the province from which its slice came; only a division crosses
-- from one slice to another, so what is hidden is the available sum of the parent.
left join ledger.read_account d on d.province_id = t.province_id and d.id = t.debit_account_id
join ledger.read_account x on x.province_id = t.province_id and x.id = t.credit_account_id
join credit.effect e on e.side = 'credit' and e.transfer_kind = t.kind
  and e.from_stage = coalesce(d.kind, 'available')
join credit.slice s on s.province_id = x.province_id and s.id = x.owner_id
join credit.line l on l.province_id = s.province_id and l.id = s.line_id
left join credit.award a on a.province_id = t.province_id and a.id = t.reference_id
where t.phase in ('post', 'confirm')
union all
select t.province_id,
  t.id as record_id,
  s.county_code,
  l.budget_year,
  t.happened_on,
  t.recorded_at,
  e.stage,
  e.sign * t.amount as amount,
  split_part(x.share, '/', 1) as share,
  s.axis,
  s.category_key,
  case when s.category_key is null then null
    when coalesce((select o.open from occupation.read_loan_opening o
      where o.province_id = s.province_id and o.budget_year = l.budget_year and o.category_key = s.category_key
      order by o.in_force_from desc limit 1), true) then 'open' else 'closed' end as category_loans,
  l.programme,
  l.id as line_id,
  s.id as slice_id,
  t.reference_id,
  case when t.kind in ('pay_opening', 'take_back_opening')
    then coalesce(s.beneficiary_kind, substring(x.share from '^(person|cooperative|supporter|enterprise)(/|$)'))
    else a.beneficiary_kind end as beneficiary_kind,
  a.beneficiary_id,
  a.id as award_id,
  t.kind as transfer_kind
from ledger.read_transfer t
join ledger.read_account x on x.province_id = t.province_id and x.id = t.debit_account_id
join credit.effect e on e.side = 'debit' and e.transfer_kind = t.kind and e.from_stage = x.kind
join credit.slice s on s.province_id = x.province_id and s.id = x.owner_id
join credit.line l on l.province_id = s.province_id and l.id = s.line_id
left join credit.award a on a.province_id = t.province_id and a.id = t.reference_id
where t.phase in ('post', 'confirm');
