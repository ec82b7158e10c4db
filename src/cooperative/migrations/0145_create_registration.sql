-- Cooperatives that the registry of companies entered, each once: by an act here, or as an earlier register told them.
-- What the registry entered then stays, whatever the capital and the members become.

create table cooperative.registration (
  province_id smallint not null,
  -- The act of the case, or an id of its own.
  registration_id uuid not null,
  -- Null of an earlier register: no case stands here.
  cooperative_id uuid,
  source_key text,
  county_code text not null,
  name text not null,
  kind text not null,
  capital bigint not null,
  members integer not null,
  registered_on platform.day not null,
  registered_year smallint not null,
  recorded_at timestamptz(3) not null,
  constraint registration_pk primary key (province_id, registration_id),
  constraint registration_once unique (province_id, cooperative_id),
  constraint registration_cooperative_fk foreign key (province_id, cooperative_id)
    references cooperative.cooperative (province_id, cooperative_id),
  constraint registration_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint registration_has_one_origin check ((cooperative_id is null) = (source_key is not null)),
  constraint registration_positive check (capital > 0 and members > 0),
  constraint registration_year_jalali check (registered_year between 1300 and 1500)
);
comment on table cooperative.registration is
  'appended: cooperatives that were registered, with their capital and members on that day';

-- Those that were registered before there was this table. The first of Farvardin of a year is reckoned by the 33-year
-- rule, which agrees with the calendar of every year between the two.
select set_config('app.province', 'all', true);
with nowruz as (
  select y, date '1921-03-21' + 365 * (y - 1300) + (8 * y + 21) / 33 - (8 * 1300 + 21) / 33 as first_day
  from generate_series(1300, 1501) y
)
insert into cooperative.registration (
  province_id, registration_id, cooperative_id, county_code, name, kind, capital, members, registered_on,
  registered_year, recorded_at
)
select c.province_id, a.id, c.cooperative_id, c.county_code, c.name, c.kind, held.shares * c.share_price, held.members,
  a.happened_on, (select max(y) from nowruz where first_day <= a.happened_on), a.recorded_at
from cooperative.cooperative c
join casework.read_act a on a.province_id = c.province_id and a.case_id = c.cooperative_id and a.act = 'register'
cross join lateral (
  select sum(own.shares) as shares, count(*) as members from (
    select sum(e.shares) as shares from cooperative.share_entry e
    where e.province_id = c.province_id and e.cooperative_id = c.cooperative_id and e.happened_on <= a.happened_on
    group by e.person_id having sum(e.shares) > 0
  ) own
) held;
select set_config('app.province', '', true);

alter table cooperative.registration enable row level security;
alter table cooperative.registration force row level security;
create policy registration_read on cooperative.registration for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy registration_add on cooperative.registration for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
grant select, insert on cooperative.registration to karsaz_app;
revoke update, delete, truncate on cooperative.registration from karsaz_app;

-- A cooperative counts once, in the year of its registration, which stands for the budget year it does not have. It is
-- of no programme, and what it is called is what a receiver of loans is called.
create view cooperative.read_registration with (security_invoker = true) as
select province_id, registration_id as record_id, county_code, registered_year as budget_year,
  registered_on as happened_on, recorded_at, null::text as programme, 'cooperative'::text as beneficiary_kind, name,
  kind as cooperative_kind, capital, members::bigint as members,
  1::bigint as cooperatives
from cooperative.registration;
grant select on cooperative.read_registration to karsaz_app;
