create schema occupation;
grant usage on schema occupation to karsaz_app;

create table occupation.category (
  category_key text not null,
  name_fa text not null,
  name_en text not null,
  agency_key text,
  agency_basis text,
  extra_check text,
  in_use_from smallint,
  in_use_until smallint,
  note text[] not null,
  source_keys text[] not null,
  constraint category_pkey primary key (category_key),
  constraint category_key_form check (category_key ~ '^[a-z_]+$'),
  constraint category_agency foreign key (agency_key) references party.agency (agency_key),
  constraint category_extra_check foreign key (extra_check) references party.agency (agency_key),
  constraint category_agency_basis_known check (agency_basis in ('source', 'reading')),
  constraint category_agency_has_basis check ((agency_key is null) = (agency_basis is null)),
  constraint category_years_in_order check (in_use_until >= in_use_from),
  constraint category_has_source check (cardinality(source_keys) > 0)
);
comment on table occupation.category is
  'kept: reference. Occupational categories, the competent agency (null: not confirmed) and the body of a further approval. Years are Jalali. Readable by all: no row-level security.';
grant select on occupation.category to karsaz_app;

create table occupation.occupation (
  occupation_id smallint not null,
  title_fa text not null,
  title_en text not null,
  search_text text not null,
  category_key text not null,
  category_basis text not null,
  agency_key text,
  named_in smallint,
  title_kind text not null,
  note text[] not null,
  source_keys text[] not null,
  constraint occupation_pkey primary key (occupation_id),
  constraint occupation_title_once unique (title_fa),
  constraint occupation_category foreign key (category_key) references occupation.category (category_key),
  constraint occupation_agency foreign key (agency_key) references party.agency (agency_key),
  constraint occupation_category_basis_known check (category_basis in ('source', 'reading')),
  constraint occupation_title_kind_known check (title_kind in ('list_item', 'licence_title', 'plan_wording')),
  constraint occupation_has_source check (cardinality(source_keys) > 0)
);
comment on table occupation.occupation is
  'kept: reference. Occupations by title; title_kind says whether the title stands in an official list. Readable by all: no row-level security.';
comment on column occupation.occupation.search_text is
  'Both titles as the search compares them: one form of each letter, no spaces or marks, lower case.';
grant select on occupation.occupation to karsaz_app;

create table occupation.loan_opening (
  province_id smallint not null,
  loan_opening_id uuid not null,
  budget_year smallint not null,
  category_key text not null,
  open boolean not null,
  in_force_from platform.day not null,
  reason_fa text not null,
  source_key text not null,
  recorded_at timestamptz(3) not null,
  constraint loan_opening_pkey primary key (province_id, loan_opening_id),
  -- One word a day: of two on the same day nobody could say which holds.
  constraint loan_opening_once_a_day unique (province_id, budget_year, category_key, in_force_from),
  constraint loan_opening_province foreign key (province_id) references place.province (province_id),
  constraint loan_opening_category foreign key (category_key) references occupation.category (category_key),
  constraint loan_opening_source foreign key (source_key) references place.source (source_key),
  constraint loan_opening_has_reason check (length(btrim(reason_fa)) > 0),
  constraint loan_opening_year_jalali check (budget_year between 1300 and 1500)
);
comment on table occupation.loan_opening is
  'appended: a province opens or closes a category for loans in a budget year, from a day on; the latest word in force holds.';
alter table occupation.loan_opening enable row level security;
alter table occupation.loan_opening force row level security;
create policy loan_opening_read on occupation.loan_opening for select
  using (province_id = platform.scope_province() or platform.reads_all());
create policy loan_opening_add on occupation.loan_opening for insert
  with check (province_id = platform.scope_province());
grant select, insert on occupation.loan_opening to karsaz_app;

create view occupation.read_category with (security_invoker = true) as
  select category_key, name_fa, name_en, agency_key, extra_check, in_use_from, in_use_until
  from occupation.category;
grant select on occupation.read_category to karsaz_app;

create view occupation.read_occupation with (security_invoker = true) as
  select occupation_id, title_fa, title_en, category_key, agency_key from occupation.occupation;
grant select on occupation.read_occupation to karsaz_app;

create view occupation.read_loan_opening with (security_invoker = true) as
  select province_id, budget_year, category_key, open, in_force_from, recorded_at from occupation.loan_opening;
grant select on occupation.read_loan_opening to karsaz_app;
