-- A statement that says «پشتیبان» narrows by the kind of receiver, as credits have it: here all records are of that kind.

create or replace view support.read_supporter with (security_invoker = true) as
select
  approval.province_id, approval.approval_id as record_id, approval.county_code,
  approval.approved_year as budget_year, approval.approved_on as happened_on, approval.recorded_at,
  'home_jobs'::text as programme, approval.supporter_id, approval.kind, 1::bigint as supporters,
  'supporter'::text as beneficiary_kind
from support.approval approval
union all
select
  supporter.province_id, supporter.ended_act, supporter.county_code, supporter.ended_year, supporter.ended_on,
  supporter.ended_at, 'home_jobs'::text, supporter.supporter_id, supporter.kind, -1::bigint,
  'supporter'::text
from support.supporter supporter
where supporter.ended_on is not null;

create or replace view support.read_capacity with (security_invoker = true) as
select
  approval.province_id, approval.capacity_id as record_id, approval.county_code,
  approval.from_year as budget_year, approval.from_on as happened_on, approval.recorded_at,
  'home_jobs'::text as programme, approval.category_key, approval.supporter_id, approval.change::bigint as places,
  'supporter'::text as beneficiary_kind
from support.capacity_approval approval
union all
select
  approval.province_id, capacity.closing_id, approval.county_code,
  case when approval.from_on > supporter.ended_on then approval.from_year else supporter.ended_year end,
  greatest(supporter.ended_on, approval.from_on), supporter.ended_at, 'home_jobs'::text, approval.category_key,
  approval.supporter_id, -approval.change::bigint, 'supporter'::text
from support.capacity_approval approval
join support.capacity capacity
  on capacity.province_id = approval.province_id and capacity.supporter_id = approval.supporter_id
  and capacity.category_key = approval.category_key and capacity.county_code = approval.county_code
  and capacity.capacity_id = approval.capacity_id
join support.supporter supporter
  on supporter.province_id = approval.province_id and supporter.supporter_id = approval.supporter_id
where supporter.ended_on is not null;

create or replace view support.read_link with (security_invoker = true) as
select
  link.province_id, link.link_id as record_id, link.county_code, link.linked_year as budget_year,
  link.linked_on as happened_on, link.recorded_at, 'home_jobs'::text as programme, link.category_key,
  link.agency_key, link.supporter_id, link.worker_id, link.contract_id, 1::bigint as links,
  'supporter'::text as beneficiary_kind
from support.link link
union all
select
  link.province_id, link.ended_act, link.county_code, link.ended_year, link.ended_on, link.ended_at,
  'home_jobs'::text, link.category_key, link.agency_key, link.supporter_id, link.worker_id, link.contract_id,
  -1::bigint, 'supporter'::text
from support.link link
where link.ended_on is not null;
