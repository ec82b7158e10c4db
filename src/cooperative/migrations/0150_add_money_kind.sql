-- What the money of a record is, as statements name it: a figure of capital must say so.
create or replace view cooperative.read_registration with (security_invoker = true) as
  select
    province_id,
    registration_id as record_id,
    county_code,
    registered_year as budget_year,
    registered_on as happened_on,
    recorded_at,
    null::text as programme,
    'cooperative'::text as beneficiary_kind,
    name,
    kind as cooperative_kind,
    capital,
    members::bigint as members,
    1::bigint as cooperatives,
    'capital'::text as money_kind
  from cooperative.registration;
