-- Three-party contracts, their signatures, and the links of home workers that come of them.

create table support.contract (
  province_id smallint not null,
  contract_id uuid not null,
  number text not null,
  supporter_id uuid not null,
  supporter_person_id uuid not null,
  worker_id uuid not null,
  -- What the worker builds on: a licence, or a request for one that is under way.
  basis text not null,
  basis_id uuid not null,
  occupation_id smallint not null,
  category_key text not null,
  county_code text not null,
  agency_key text not null,
  office_id uuid not null,
  orders bigint not null,
  drafted_by_person uuid not null,
  drafted_on platform.day not null,
  state text not null,
  version integer not null,
  moved_at timestamptz(3) not null,
  constraint contract_pk primary key (province_id, contract_id),
  constraint contract_number_once unique (province_id, number),
  constraint contract_parties_key unique (province_id, contract_id, supporter_person_id, worker_id),
  constraint contract_case_fk foreign key (province_id, contract_id)
    references casework.case_file (province_id, id),
  constraint contract_supporter_fk foreign key (province_id, supporter_id, supporter_person_id)
    references support.supporter (province_id, supporter_id, person_id),
  constraint contract_worker_fk foreign key (province_id, worker_id)
    references party.person (province_id, person_id),
  constraint contract_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint contract_occupation_fk foreign key (occupation_id)
    references occupation.occupation (occupation_id),
  constraint contract_category_fk foreign key (category_key) references occupation.category (category_key),
  constraint contract_agency_fk foreign key (agency_key) references party.agency (agency_key),
  constraint contract_office_fk foreign key (province_id, office_id)
    references party.agency_office (province_id, office_id),
  constraint contract_basis_known check (basis in ('licence', 'request')),
  constraint contract_not_with_oneself check (worker_id <> supporter_person_id),
  constraint contract_orders_not_below_none check (orders >= 0)
);
comment on table support.contract is
  'kept: three-party contracts of a supporter, a home worker and an agency; state, version and moved_at repeat those of the case';
-- One contract that is not closed for a person and occupation: nobody is tied to two supporters at once.
create unique index contract_once on support.contract (province_id, worker_id, occupation_id)
  where state not in ('declined', 'cancelled', 'ended');
create index contract_by_supporter on support.contract (province_id, supporter_id);

create table support.signature (
  province_id smallint not null,
  contract_id uuid not null,
  party text not null,
  signature_id uuid not null,
  supporter_person_id uuid not null,
  worker_id uuid not null,
  county_code text not null,
  office_id uuid not null,
  signed_by_person uuid not null,
  signed_by_user uuid not null,
  signed_at timestamptz(3) not null,
  constraint signature_pk primary key (province_id, contract_id, party),
  constraint signature_nobody_for_two unique (province_id, contract_id, signed_by_person),
  constraint signature_contract_fk foreign key (province_id, contract_id, supporter_person_id, worker_id)
    references support.contract (province_id, contract_id, supporter_person_id, worker_id),
  constraint signature_signer_holds_account foreign key (signed_by_user, signed_by_person)
    references access.account_holder (user_id, person_id),
  constraint signature_party_known check (party in ('supporter', 'worker', 'agency')),
  constraint signature_not_for_the_other check (
    (party = 'supporter' or signed_by_person <> supporter_person_id)
    and (party = 'worker' or signed_by_person <> worker_id)
  )
);
comment on table support.signature is
  'appended: signatures of the three parties, each the act of another person; at a counter the officer before whom it was signed';

create table support.link (
  province_id smallint not null,
  link_id uuid not null,
  contract_id uuid not null,
  supporter_id uuid not null,
  worker_id uuid not null,
  occupation_id smallint not null,
  category_key text not null,
  county_code text not null,
  agency_key text not null,
  office_id uuid not null,
  orders bigint not null,
  -- The place that the link takes, of as many as the capacity had when it was taken.
  place_number integer not null,
  capacity_id uuid not null,
  capacity_jobs integer not null,
  first_party text not null,
  second_party text not null,
  third_party text not null,
  linked_on platform.day not null,
  linked_year smallint not null,
  recorded_at timestamptz(3) not null,
  ended_on platform.day,
  ended_year smallint,
  ended_at timestamptz(3),
  ended_act uuid,
  constraint link_pk primary key (province_id, link_id),
  constraint link_contract_once unique (province_id, contract_id),
  constraint link_contract_fk foreign key (province_id, contract_id)
    references support.contract (province_id, contract_id),
  constraint link_capacity_fk
    foreign key (province_id, supporter_id, category_key, county_code, capacity_id, capacity_jobs)
    references support.capacity_approval (
      province_id, supporter_id, category_key, county_code, capacity_id, jobs
    ),
  constraint link_place_in_capacity check (place_number between 1 and capacity_jobs),
  constraint link_supporter_signed foreign key (province_id, contract_id, first_party)
    references support.signature (province_id, contract_id, party),
  constraint link_worker_signed foreign key (province_id, contract_id, second_party)
    references support.signature (province_id, contract_id, party),
  constraint link_agency_signed foreign key (province_id, contract_id, third_party)
    references support.signature (province_id, contract_id, party),
  constraint link_three_parties check (
    first_party = 'supporter' and second_party = 'worker' and third_party = 'agency'
  ),
  constraint link_ending_whole check (
    (ended_on is null) = (ended_year is null) and (ended_on is null) = (ended_at is null)
    and (ended_on is null) = (ended_act is null) and ended_on >= linked_on
  )
);
comment on table support.link is
  'kept: home workers linked to a supporter by a contract that all three signed; only its ending is ever written';
create unique index link_place_once
  on support.link (province_id, supporter_id, category_key, county_code, place_number) where ended_on is null;
create unique index link_worker_once on support.link (province_id, worker_id, occupation_id)
  where ended_on is null;
create index link_by_worker on support.link (province_id, worker_id);
create index link_by_supporter on support.link (province_id, supporter_id);

create table support.numbering (
  province_id smallint not null,
  year smallint not null,
  last integer not null,
  constraint numbering_pk primary key (province_id, year),
  constraint numbering_positive check (last > 0)
);
comment on table support.numbering is 'kept: the last number of a contract of a province in a year';

alter table support.contract enable row level security;
alter table support.contract force row level security;
alter table support.signature enable row level security;
alter table support.signature force row level security;
alter table support.link enable row level security;
alter table support.link force row level security;
alter table support.numbering enable row level security;
alter table support.numbering force row level security;

create policy contract_read on support.contract for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (
    platform.scope_person() is null or worker_id::text = platform.scope_person()
    or supporter_person_id::text = platform.scope_person()
  )
);
create policy contract_add on support.contract for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy contract_move on support.contract for update
  using (
    province_id = platform.scope_province()
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and (platform.scope_office() is null or office_id::text = platform.scope_office())
    and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province());
create policy signature_read on support.signature for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (
    platform.scope_person() is null or worker_id::text = platform.scope_person()
    or supporter_person_id::text = platform.scope_person()
  )
);
create policy signature_add on support.signature for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and platform.scope_person() is null
);
create policy link_read on support.link for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or worker_id::text = platform.scope_person())
);
create policy link_add on support.link for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and platform.scope_person() is null
);
create policy link_end on support.link for update
  using (
    province_id = platform.scope_province()
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province() and ended_on is not null);
create policy numbering_read on support.numbering for select using (province_id = platform.scope_province());
create policy numbering_add on support.numbering for insert with check (province_id = platform.scope_province());
create policy numbering_raise on support.numbering for update
  using (province_id = platform.scope_province())
  with check (province_id = platform.scope_province());

grant select, insert on support.contract to karsaz_app;
grant update (state, version, moved_at) on support.contract to karsaz_app;
grant select, insert on support.signature to karsaz_app;
grant select, insert on support.link to karsaz_app;
grant update (ended_on, ended_year, ended_at, ended_act) on support.link to karsaz_app;
grant select, insert, update (last) on support.numbering to karsaz_app;

-- A link, and its contract, count from the day on which all three had signed until they end.
create view support.read_link with (security_invoker = true) as
select
  link.province_id, link.link_id as record_id, link.county_code, link.linked_year as budget_year,
  link.linked_on as happened_on, link.recorded_at, 'home_jobs'::text as programme, link.category_key,
  link.agency_key, link.supporter_id, link.worker_id, link.contract_id, 1::bigint as links
from support.link link
union all
select
  link.province_id, link.ended_act, link.county_code, link.ended_year, link.ended_on, link.ended_at,
  'home_jobs'::text, link.category_key, link.agency_key, link.supporter_id, link.worker_id, link.contract_id,
  -1::bigint
from support.link link
where link.ended_on is not null;
grant select on support.read_link to karsaz_app;
