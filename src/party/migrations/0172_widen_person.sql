-- Whom a reserve is for is told by the registry, not by whoever enters the award.
create or replace view party.read_person with (security_invoker = true) as
  select province_id, person_id, form, identity_hash, first_name, last_name, county_code, merged_into, settlement,
    decile, client_of
  from party.person;
