-- Cooperatives from the request of their founders on; members, shares and boards as entries that are only ever
-- added, and the invitations of the finder.

create schema cooperative;
grant usage on schema cooperative to karsaz_app;

create table cooperative.rule (
  rule_key text not null,
  -- `any` where the rule asks for neither kind of membership.
  membership text not null,
  value integer not null,
  divisor integer not null,
  valid_from platform.day not null,
  valid_until platform.day,
  confirmed boolean not null,
  source_keys text[] not null,
  constraint rule_pk primary key (rule_key, membership, valid_from),
  constraint rule_membership_known check (membership in ('special', 'public', 'any')),
  constraint rule_positive check (value > 0 and divisor > 0),
  constraint rule_days_in_order check (valid_until >= valid_from),
  constraint rule_has_source check (cardinality(source_keys) > 0)
);
comment on table cooperative.rule is
  'kept: reference. Dated rules of cooperatives with their sources. Readable by all: no row-level security.';
grant select on cooperative.rule to karsaz_app;

create table cooperative.cooperative (
  province_id smallint not null,
  cooperative_id uuid not null,
  name text not null,
  kind text not null,
  membership text not null,
  county_code text not null,
  occupation_id smallint,
  share_price bigint not null,
  -- The first of the founders, who speaks for them and is told of each step.
  subject_id uuid not null,
  opened_by_person uuid not null,
  founded_on platform.day not null,
  registry_number text,
  legal_id text,
  state text not null,
  version integer not null,
  moved_at timestamptz(3) not null,
  constraint cooperative_pk primary key (province_id, cooperative_id),
  constraint cooperative_opener_key unique (province_id, cooperative_id, opened_by_person),
  constraint cooperative_legal_id_once unique (province_id, legal_id),
  constraint cooperative_case_fk foreign key (province_id, cooperative_id)
    references casework.case_file (province_id, id),
  constraint cooperative_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint cooperative_occupation_fk foreign key (occupation_id)
    references occupation.occupation (occupation_id),
  constraint cooperative_subject_fk foreign key (province_id, subject_id)
    references party.person (province_id, person_id),
  constraint cooperative_kind_known check (kind in ('producer', 'distributor', 'supply', 'housing',
    'construction', 'village', 'rural', 'knowledge', 'employment_services')),
  constraint cooperative_membership_known check (membership in ('special', 'public')),
  constraint cooperative_share_price_positive check (share_price > 0),
  constraint cooperative_registered_whole check ((registry_number is null) = (legal_id is null))
);
comment on table cooperative.cooperative is
  'kept: cooperatives and those being formed; state, version and moved_at repeat those of the case';
create index cooperative_by_county on cooperative.cooperative (province_id, county_code);

create table cooperative.formation_agreement (
  province_id smallint not null,
  agreement_id uuid not null,
  cooperative_id uuid not null,
  county_code text not null,
  opened_by_person uuid not null,
  agreed_by_person uuid not null,
  constraint formation_agreement_pk primary key (province_id, agreement_id),
  constraint formation_agreement_cooperative_fk foreign key (province_id, cooperative_id, opened_by_person)
    references cooperative.cooperative (province_id, cooperative_id, opened_by_person),
  constraint formation_agreement_four_eyes check (agreed_by_person <> opened_by_person)
);
comment on table cooperative.formation_agreement is 'appended: agreements (موافقت‌نامه), never by the officer who entered the founders';

create table cooperative.share_entry (
  province_id smallint not null,
  entry_id uuid not null,
  person_id uuid not null,
  cooperative_id uuid not null,
  county_code text not null,
  shares integer not null,
  paid bigint not null,
  happened_on platform.day not null,
  constraint share_entry_pk primary key (province_id, entry_id, person_id),
  constraint share_entry_cooperative_fk foreign key (province_id, cooperative_id)
    references cooperative.cooperative (province_id, cooperative_id),
  constraint share_entry_person_fk foreign key (province_id, person_id)
    references party.person (province_id, person_id),
  constraint share_entry_says_something check (shares <> 0 or paid <> 0)
);
comment on table cooperative.share_entry is
  'appended: what members take, pay and give back, by the act of the case that bears the id of the entry';
create index share_entry_by_cooperative on cooperative.share_entry (province_id, cooperative_id);
create index share_entry_by_person on cooperative.share_entry (province_id, person_id);

create table cooperative.board_seat (
  province_id smallint not null,
  election_id uuid not null,
  person_id uuid not null,
  cooperative_id uuid not null,
  county_code text not null,
  office text not null,
  from_on platform.day not null,
  until_on platform.day not null,
  constraint board_seat_pk primary key (province_id, election_id, person_id),
  constraint board_seat_cooperative_fk foreign key (province_id, cooperative_id)
    references cooperative.cooperative (province_id, cooperative_id),
  constraint board_seat_person_fk foreign key (province_id, person_id)
    references party.person (province_id, person_id),
  constraint board_seat_office_known check (office in ('chair', 'member', 'inspector', 'manager')),
  constraint board_seat_term_in_order check (until_on > from_on)
);
comment on table cooperative.board_seat is
  'appended: boards, inspectors and managers as assemblies elected them, each for a term';
create index board_seat_by_cooperative on cooperative.board_seat (province_id, cooperative_id);

create table cooperative.invitation (
  province_id smallint not null,
  county_code text not null,
  occupation_id smallint not null,
  person_id uuid not null,
  invitation_id uuid not null,
  invited_by_person uuid not null,
  invited_on platform.day not null,
  constraint invitation_pk primary key (province_id, county_code, occupation_id, person_id),
  constraint invitation_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint invitation_occupation_fk foreign key (occupation_id)
    references occupation.occupation (occupation_id),
  constraint invitation_person_fk foreign key (province_id, person_id)
    references party.person (province_id, person_id)
);
comment on table cooperative.invitation is
  'appended: who was invited to form a cooperative in an occupation and county, each once';

alter table cooperative.cooperative enable row level security;
alter table cooperative.cooperative force row level security;
alter table cooperative.formation_agreement enable row level security;
alter table cooperative.formation_agreement force row level security;
alter table cooperative.share_entry enable row level security;
alter table cooperative.share_entry force row level security;
alter table cooperative.board_seat enable row level security;
alter table cooperative.board_seat force row level security;
alter table cooperative.invitation enable row level security;
alter table cooperative.invitation force row level security;

-- No agency and no branch has a part in cooperatives; a person sees the one for which they speak.
create policy cooperative_read on cooperative.cooperative for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
create policy cooperative_add on cooperative.cooperative for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy cooperative_move on cooperative.cooperative for update
  using (
    province_id = platform.scope_province()
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province());
create policy formation_agreement_read on cooperative.formation_agreement for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy formation_agreement_add on cooperative.formation_agreement for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy share_entry_read on cooperative.share_entry for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy share_entry_add on cooperative.share_entry for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy board_seat_read on cooperative.board_seat for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy board_seat_add on cooperative.board_seat for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy invitation_read on cooperative.invitation for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy invitation_add on cooperative.invitation for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);

grant select, insert on cooperative.cooperative to karsaz_app;
grant update (state, version, moved_at, registry_number, legal_id) on cooperative.cooperative to karsaz_app;
grant select, insert on cooperative.formation_agreement to karsaz_app;
grant select, insert on cooperative.share_entry to karsaz_app;
grant select, insert on cooperative.board_seat to karsaz_app;
grant select, insert on cooperative.invitation to karsaz_app;
