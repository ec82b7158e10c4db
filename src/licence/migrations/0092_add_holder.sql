-- Who holds a licence of a home-based job, or asks for one: what a later room may build on.

create view licence.read_holder with (security_invoker = true) as
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
  licence.expires_on,
  ending.ended_on
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
  null::date,
  null::date
from licence.request request
where request.state not in ('issued', 'turned_down', 'upheld', 'withdrawn');
grant select on licence.read_holder to karsaz_app;
