-- A slice may be cut along any axis that is not yet used above it, and under any number of reserves, each locked
-- in an account of its own.

alter table credit.slice
  add column agency_key text,
  add column bank_code text,
  add column beneficiary_kind text,
  add column round_number smallint,
  drop constraint slice_place_once,
  drop constraint slice_axis_known,
  drop constraint slice_county_named,
  drop constraint slice_category_named,
  drop constraint slice_province_has_no_county,
  add constraint slice_place_once unique nulls not distinct (
    province_id, line_id, parent_id, county_code, agency_key, bank_code, beneficiary_kind, category_key, round_number
  ),
  add constraint slice_agency_fk foreign key (agency_key) references party.agency (agency_key),
  add constraint slice_bank_fk foreign key (bank_code) references party.bank (bank_code),
  add constraint slice_beneficiary_kind_known
    check (beneficiary_kind in ('person', 'cooperative', 'supporter', 'enterprise')),
  add constraint slice_round_positive check (round_number > 0),
  add constraint slice_stands_on_its_axis check (
    case axis
      when 'province' then num_nonnulls(
        county_code, agency_key, bank_code, beneficiary_kind, category_key, round_number
      ) = 0
      when 'county' then county_code is not null
      when 'agency' then agency_key is not null
      when 'bank' then bank_code is not null
      when 'beneficiary_kind' then beneficiary_kind is not null
      when 'category' then category_key is not null
      when 'round' then round_number is not null
      else false
    end
  );

alter table credit.slicing
  drop constraint slicing_axis_known,
  add constraint slicing_axis_known
    check (axis in ('county', 'agency', 'bank', 'beneficiary_kind', 'category', 'round'));

alter table credit.slicing_part
  add column agency_key text,
  add column bank_code text,
  add column beneficiary_kind text,
  add column round_number smallint,
  drop constraint slicing_part_has_place,
  add constraint slicing_part_agency_fk foreign key (agency_key) references party.agency (agency_key),
  add constraint slicing_part_bank_fk foreign key (bank_code) references party.bank (bank_code),
  add constraint slicing_part_beneficiary_kind_known
    check (beneficiary_kind in ('person', 'cooperative', 'supporter', 'enterprise')),
  add constraint slicing_part_round_positive check (round_number > 0),
  add constraint slicing_part_has_place check (
    num_nonnulls(county_code, agency_key, bank_code, beneficiary_kind, category_key, round_number) > 0
  );

-- A share is the way down to its reserve: `cooperative`, or `cooperative/rural` for a part of that reserve.
alter table credit.share_rule
  drop constraint share_rule_share_known,
  add constraint share_rule_share_known check (
    share ~ '^(cooperative|supporter|person|enterprise|target_group|rural|decile_[1-9])(/(cooperative|supporter|person|enterprise|target_group|rural|decile_[1-9])){0,2}$'
  );

alter table credit.award
  add column agency_key text,
  add column bank_code text,
  -- What the beneficiary was found to be, as far as a share rule asks: target_group, rural, decile_3.
  add column beneficiary_groups text[] not null default '{}',
  drop constraint award_share_known,
  drop constraint award_reserve_is_for_cooperatives,
  add constraint award_agency_fk foreign key (agency_key) references party.agency (agency_key),
  add constraint award_bank_fk foreign key (bank_code) references party.bank (bank_code),
  add constraint award_share_is_the_beneficiarys check (
    share = 'open' or string_to_array(share, '/') <@ (beneficiary_groups || beneficiary_kind)
  );

create view credit.read_slice with (security_invoker = true) as
select s.province_id, s.id as slice_id, s.line_id, s.parent_id, s.axis, s.job_target,
  s.county_code, c.name_fa as county_fa, c.name_en as county_en,
  s.agency_key, a.short_fa as agency_fa, a.short_en as agency_en,
  s.bank_code, b.name_fa as bank_fa, b.name_en as bank_en,
  s.beneficiary_kind,
  s.category_key, k.name_fa as category_fa, k.name_en as category_en,
  s.round_number
from credit.slice s
left join place.read_county c on c.province_id = s.province_id and c.county_code = s.county_code
left join party.read_agency a on a.agency_key = s.agency_key
left join party.read_bank b on b.bank_code = s.bank_code
left join occupation.read_category k on k.category_key = s.category_key;
grant select on credit.read_slice to karsaz_app;

-- A figure of a reserve counts what is locked inside it too. Two halves, one for each side, so that both are found
-- by the index of their accounts.
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
  a.beneficiary_kind,
  a.beneficiary_id
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
  a.beneficiary_kind,
  a.beneficiary_id
from ledger.read_transfer t
join ledger.read_account x on x.province_id = t.province_id and x.id = t.debit_account_id
join credit.effect e on e.side = 'debit' and e.transfer_kind = t.kind and e.from_stage = x.kind
join credit.slice s on s.province_id = x.province_id and s.id = x.owner_id
join credit.line l on l.province_id = s.province_id and l.id = s.line_id
left join credit.award a on a.province_id = t.province_id and a.id = t.reference_id
where t.phase in ('post', 'confirm');
