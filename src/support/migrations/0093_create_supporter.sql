-- Supporters and drivers with their dated capacity. The acts stand in casework; here stands what they are about.

create schema support;
grant usage on schema support to karsaz_app;

create table support.supporter (
  province_id smallint not null,
  supporter_id uuid not null,
  person_id uuid not null,
  kind text not null,
  county_code text not null,
  -- The counties whose offices may see the supporter: its own, and those in which it has a capacity.
  counties text[] not null,
  record_years smallint not null,
  orders_unit text not null,
  orders_period text not null,
  listed boolean not null,
  opened_by_person uuid not null,
  entered_on platform.day not null,
  -- The act by which the capacity that waits, or that was decided last, was proposed, and by whom.
  proposal_id uuid not null,
  proposed_by_person uuid not null,
  ended_on platform.day,
  ended_year smallint,
  ended_at timestamptz(3),
  ended_act uuid,
  state text not null,
  version integer not null,
  moved_at timestamptz(3) not null,
  constraint supporter_pk primary key (province_id, supporter_id),
  constraint supporter_opener_key unique (province_id, supporter_id, opened_by_person),
  constraint supporter_person_key unique (province_id, supporter_id, person_id),
  constraint supporter_case_fk foreign key (province_id, supporter_id)
    references casework.case_file (province_id, id),
  constraint supporter_person_fk foreign key (province_id, person_id)
    references party.person (province_id, person_id),
  constraint supporter_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint supporter_kind_known check (kind in ('supporter', 'driver')),
  constraint supporter_orders_known check (orders_unit in ('piece', 'rial') and orders_period in ('month', 'year')),
  constraint supporter_record_positive check (record_years > 0),
  constraint supporter_own_county_sees check (counties @> array[county_code]),
  constraint supporter_ending_whole check (
    (ended_on is null) = (ended_year is null) and (ended_on is null) = (ended_at is null)
    and (ended_on is null) = (ended_act is null) and (ended_on is null) = (state <> 'ended')
  )
);
comment on table support.supporter is
  'kept: supporters and drivers; state, version and moved_at repeat those of the case, the ending is written once';
-- A person is one supporter at a time.
create unique index supporter_once on support.supporter (province_id, person_id)
  where state not in ('ended', 'turned_down', 'withdrawn');

create table support.approval (
  province_id smallint not null,
  supporter_id uuid not null,
  approval_id uuid not null,
  county_code text not null,
  counties text[] not null,
  kind text not null,
  opened_by_person uuid not null,
  approved_by_person uuid not null,
  approved_on platform.day not null,
  approved_year smallint not null,
  recorded_at timestamptz(3) not null,
  constraint approval_pk primary key (province_id, supporter_id),
  constraint approval_supporter_fk foreign key (province_id, supporter_id, opened_by_person)
    references support.supporter (province_id, supporter_id, opened_by_person),
  constraint approval_four_eyes check (approved_by_person <> opened_by_person)
);
comment on table support.approval is 'appended: approvals of supporters, never by the officer who entered them';

create table support.capacity (
  province_id smallint not null,
  supporter_id uuid not null,
  category_key text not null,
  county_code text not null,
  capacity_id uuid not null,
  -- The record that takes the places back when the supporter ends.
  closing_id uuid not null,
  proposal_id uuid not null,
  jobs integer not null,
  orders bigint,
  from_on platform.day not null,
  proposed_by_person uuid not null,
  proposed_on platform.day not null,
  constraint capacity_pk primary key (province_id, supporter_id, category_key, county_code, capacity_id),
  constraint capacity_once unique (province_id, supporter_id, proposal_id, category_key, county_code),
  constraint capacity_whole_key unique (
    province_id, supporter_id, category_key, county_code, capacity_id, jobs, proposed_by_person
  ),
  constraint capacity_supporter_fk foreign key (province_id, supporter_id)
    references support.supporter (province_id, supporter_id),
  constraint capacity_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint capacity_category_fk foreign key (category_key) references occupation.category (category_key),
  constraint capacity_not_below_none check (jobs >= 0 and orders >= 0),
  constraint capacity_not_backdated check (from_on >= proposed_on)
);
comment on table support.capacity is
  'appended: versions of a capacity as they were proposed: places for home workers and orders, by category and county';

create table support.capacity_approval (
  province_id smallint not null,
  supporter_id uuid not null,
  category_key text not null,
  county_code text not null,
  capacity_id uuid not null,
  jobs integer not null,
  -- By how much the places change against the version before.
  change integer not null,
  -- As proposed, and never before the day of the approval: what held yesterday is not changed today.
  from_on platform.day not null,
  from_year smallint not null,
  proposed_by_person uuid not null,
  approved_by_person uuid not null,
  recorded_at timestamptz(3) not null,
  constraint capacity_approval_pk
    primary key (province_id, supporter_id, category_key, county_code, capacity_id),
  constraint capacity_approval_jobs_key
    unique (province_id, supporter_id, category_key, county_code, capacity_id, jobs),
  constraint capacity_approval_capacity_fk foreign key (
    province_id, supporter_id, category_key, county_code, capacity_id, jobs, proposed_by_person
  ) references support.capacity (
    province_id, supporter_id, category_key, county_code, capacity_id, jobs, proposed_by_person
  ),
  constraint capacity_approval_four_eyes check (approved_by_person <> proposed_by_person)
);
comment on table support.capacity_approval is
  'appended: versions of a capacity that hold, each approved by another person than proposed it';

alter table support.supporter enable row level security;
alter table support.supporter force row level security;
alter table support.approval enable row level security;
alter table support.approval force row level security;
alter table support.capacity enable row level security;
alter table support.capacity force row level security;
alter table support.capacity_approval enable row level security;
alter table support.capacity_approval force row level security;

-- Agencies and banks have no part in supporters themselves; an agency sees the contracts that lie with it.
create policy supporter_read on support.supporter for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or counties @> array[platform.scope_county()])
  and platform.scope_office() is null
  and (platform.scope_person() is null or person_id::text = platform.scope_person())
);
create policy supporter_add on support.supporter for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy supporter_move on support.supporter for update
  using (
    province_id = platform.scope_province()
    and (platform.scope_county() is null or counties @> array[platform.scope_county()])
    and platform.scope_office() is null and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province());
create policy approval_read on support.approval for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or counties @> array[platform.scope_county()])
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy approval_add on support.approval for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy capacity_read on support.capacity for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy capacity_add on support.capacity for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy capacity_approval_read on support.capacity_approval for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy capacity_approval_add on support.capacity_approval for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);

grant select, insert on support.supporter to karsaz_app;
grant update (
  state, version, moved_at, counties, listed, proposal_id, proposed_by_person, ended_on, ended_year, ended_at,
  ended_act
) on support.supporter to karsaz_app;
grant select, insert on support.approval to karsaz_app;
grant select, insert on support.capacity to karsaz_app;
grant select, insert on support.capacity_approval to karsaz_app;

-- A supporter counts from its approval until it ends.
create view support.read_supporter with (security_invoker = true) as
select
  approval.province_id, approval.approval_id as record_id, approval.county_code,
  approval.approved_year as budget_year, approval.approved_on as happened_on, approval.recorded_at,
  'home_jobs'::text as programme, approval.supporter_id, approval.kind, 1::bigint as supporters
from support.approval approval
union all
select
  supporter.province_id, supporter.ended_act, supporter.county_code, supporter.ended_year, supporter.ended_on,
  supporter.ended_at, 'home_jobs'::text, supporter.supporter_id, supporter.kind, -1::bigint
from support.supporter supporter
where supporter.ended_on is not null;
grant select on support.read_supporter to karsaz_app;

-- Places from the first day of each version; the end of the supporter takes them back.
create view support.read_capacity with (security_invoker = true) as
select
  approval.province_id, approval.capacity_id as record_id, approval.county_code,
  approval.from_year as budget_year, approval.from_on as happened_on, approval.recorded_at,
  'home_jobs'::text as programme, approval.category_key, approval.supporter_id, approval.change::bigint as places
from support.capacity_approval approval
union all
select
  approval.province_id, capacity.closing_id, approval.county_code,
  case when approval.from_on > supporter.ended_on then approval.from_year else supporter.ended_year end,
  greatest(supporter.ended_on, approval.from_on), supporter.ended_at, 'home_jobs'::text, approval.category_key,
  approval.supporter_id, -approval.change::bigint
from support.capacity_approval approval
join support.capacity capacity
  on capacity.province_id = approval.province_id and capacity.supporter_id = approval.supporter_id
  and capacity.category_key = approval.category_key and capacity.county_code = approval.county_code
  and capacity.capacity_id = approval.capacity_id
join support.supporter supporter
  on supporter.province_id = approval.province_id and supporter.supporter_id = approval.supporter_id
where supporter.ended_on is not null;
grant select on support.read_capacity to karsaz_app;
