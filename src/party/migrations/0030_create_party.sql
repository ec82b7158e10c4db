create schema party;
grant usage on schema party to karsaz_app;

create table party.agency (
  agency_key text not null,
  name_fa text not null,
  name_en text not null,
  short_fa text not null,
  short_en text not null,
  source_keys text[] not null,
  constraint agency_pkey primary key (agency_key),
  constraint agency_key_form check (agency_key ~ '^[a-z_]+$'),
  constraint agency_has_source check (cardinality(source_keys) > 0)
);
comment on table party.agency is
  'kept: reference. Executive agencies and support bodies, as kinds of body that each province has. Readable by all: no row-level security.';
grant select on party.agency to karsaz_app;

create table party.agency_role (
  agency_key text not null,
  role text not null,
  constraint agency_role_pkey primary key (agency_key, role),
  constraint agency_role_agency foreign key (agency_key) references party.agency (agency_key),
  constraint agency_role_known check (
    role in (
      'first_signature', 'second_signature', 'extra_check', 'introduces_target_group',
      'working_group_chair', 'working_group_secretary', 'working_group_member', 'runs_note_18'
    )
  )
);
comment on table party.agency_role is
  'kept: reference. What an agency may be asked for. Readable by all: no row-level security.';
grant select on party.agency_role to karsaz_app;

create table party.bank (
  bank_code text not null,
  name_fa text not null,
  name_en text not null,
  card_prefixes text[] not null,
  status text not null,
  successor text,
  note text[] not null,
  source_keys text[] not null,
  constraint bank_pkey primary key (bank_code),
  constraint bank_code_form check (bank_code ~ '^[0-9]{3}$'),
  constraint bank_successor foreign key (successor) references party.bank (bank_code),
  constraint bank_status_known check (status in ('open', 'central', 'merged', 'closed', 'second_code')),
  constraint bank_open_has_no_successor check (status <> 'open' or successor is null),
  constraint bank_has_source check (cardinality(source_keys) > 0)
);
comment on table party.bank is
  'kept: reference. Banks by the three digits of the Sheba; only an open one is offered in a form, the others explain old records. Readable by all: no row-level security.';
grant select on party.bank to karsaz_app;

create table party.branch (
  province_id smallint not null,
  branch_id uuid not null,
  bank_code text not null,
  branch_code text not null,
  county_code text not null,
  name_fa text not null,
  name_en text,
  opened_at timestamptz(3) not null,
  source_key text not null,
  constraint branch_pkey primary key (province_id, branch_id),
  constraint branch_code_once unique (province_id, bank_code, branch_code),
  constraint branch_bank foreign key (bank_code) references party.bank (bank_code),
  constraint branch_county foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint branch_source foreign key (source_key) references place.source (source_key),
  constraint branch_code_form check (branch_code ~ '^[0-9A-Za-z-]{1,20}$')
);
comment on table party.branch is
  'kept: the branches of banks in one province, each in one county; opened_at is when it was entered here.';
alter table party.branch enable row level security;
alter table party.branch force row level security;
create policy branch_read on party.branch for select
  using (province_id = platform.scope_province() or platform.reads_all());
create policy branch_add on party.branch for insert
  with check (province_id = platform.scope_province());
grant select, insert on party.branch to karsaz_app;

create table party.agency_office (
  province_id smallint not null,
  office_id uuid not null,
  agency_key text not null,
  county_code text,
  name_fa text not null,
  name_en text,
  opened_at timestamptz(3) not null,
  source_key text not null,
  constraint agency_office_pkey primary key (province_id, office_id),
  -- One office of a body in a county, and one for the whole province (county_code null).
  constraint agency_office_once unique nulls not distinct (province_id, agency_key, county_code),
  constraint agency_office_province foreign key (province_id) references place.province (province_id),
  constraint agency_office_county foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint agency_office_agency foreign key (agency_key) references party.agency (agency_key),
  constraint agency_office_source foreign key (source_key) references place.source (source_key)
);
comment on table party.agency_office is
  'kept: the offices of agencies in one province; an officer of an agency signs in under one of them.';
alter table party.agency_office enable row level security;
alter table party.agency_office force row level security;
create policy agency_office_read on party.agency_office for select
  using (province_id = platform.scope_province() or platform.reads_all());
create policy agency_office_add on party.agency_office for insert
  with check (province_id = platform.scope_province());
grant select, insert on party.agency_office to karsaz_app;

create table party.agent_bank (
  province_id smallint not null,
  budget_year smallint not null,
  programme text not null,
  bank_code text not null,
  source_key text not null,
  note text[] not null,
  constraint agent_bank_pkey primary key (province_id, budget_year, programme, bank_code),
  constraint agent_bank_province foreign key (province_id) references place.province (province_id),
  constraint agent_bank_bank foreign key (bank_code) references party.bank (bank_code),
  constraint agent_bank_source foreign key (source_key) references place.source (source_key),
  constraint agent_bank_programme_known check (programme in ('home_jobs', 'note_18', 'rural')),
  constraint agent_bank_year_jalali check (budget_year between 1300 and 1500)
);
comment on table party.agent_bank is
  'kept: which banks act as agents of a programme in one province under the budget law of one year.';
alter table party.agent_bank enable row level security;
alter table party.agent_bank force row level security;
create policy agent_bank_read on party.agent_bank for select
  using (province_id = platform.scope_province() or platform.reads_all());
create policy agent_bank_add on party.agent_bank for insert
  with check (province_id = platform.scope_province());
create policy agent_bank_change on party.agent_bank for update
  using (province_id = platform.scope_province())
  with check (province_id = platform.scope_province());
grant select, insert on party.agent_bank to karsaz_app;

create view party.read_agency with (security_invoker = true) as
  select agency_key, name_fa, name_en, short_fa, short_en from party.agency;
grant select on party.read_agency to karsaz_app;

create view party.read_agency_role with (security_invoker = true) as
  select agency_key, role from party.agency_role;
grant select on party.read_agency_role to karsaz_app;

create view party.read_bank with (security_invoker = true) as
  select bank_code, name_fa, name_en, status, successor from party.bank;
grant select on party.read_bank to karsaz_app;

create view party.read_branch with (security_invoker = true) as
  select province_id, branch_id, bank_code, branch_code, county_code, name_fa, name_en from party.branch;
grant select on party.read_branch to karsaz_app;

create view party.read_agency_office with (security_invoker = true) as
  select province_id, office_id, agency_key, county_code, name_fa, name_en from party.agency_office;
grant select on party.read_agency_office to karsaz_app;

create view party.read_agent_bank with (security_invoker = true) as
  select province_id, budget_year, programme, bank_code, source_key from party.agent_bank;
grant select on party.read_agent_bank to karsaz_app;
