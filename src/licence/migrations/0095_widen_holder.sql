-- A request that was granted stands under its own id still, with the days of the licence that came of it.

create or replace view licence.read_holder with (security_invoker = true) as
select
  licence.province_id,
  licence.licence_id as basis_id,
  'licence'::text as basis,
  licence.person_id,
  licence.county_code,
  licence.office_id,
  licence.occupation_id,
  licence.category_key,
  licence.agency_key,
  licence.valid_from,
  licence.expires_on::date,
  ending.ended_on::date
from licence.licence licence
left join licence.ending ending
  on ending.province_id = licence.province_id and ending.licence_id = licence.licence_id
where licence.person_id is not null
union all
select
  request.province_id,
  request.request_id,
  'request'::text,
  request.person_id,
  request.county_code,
  request.office_id,
  request.occupation_id,
  request.category_key,
  request.agency_key,
  request.submitted_on,
  licence.expires_on::date,
  ending.ended_on::date
from licence.request request
left join licence.licence licence
  on licence.province_id = request.province_id and licence.request_id = request.request_id
left join licence.ending ending
  on ending.province_id = licence.province_id and ending.licence_id = licence.licence_id
where request.state not in ('turned_down', 'upheld', 'withdrawn');
