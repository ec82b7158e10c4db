-- The list of occupations in dated editions: proposed by one person, published by another, compared with the one
-- before. An edition is of the whole country, so its rows bear the province -1 (`nationwide`).

create table occupation.edition (
  province_id smallint not null,
  edition_id uuid not null,
  name_fa text not null,
  name_en text,
  decision_number text not null,
  in_force_from platform.day not null,
  source_key text not null,
  content_hash text not null,
  proposed_by_person uuid not null,
  proposed_by_user uuid not null,
  constraint edition_pk primary key (province_id, edition_id),
  constraint edition_proposer_key unique (province_id, edition_id, proposed_by_person),
  constraint edition_day_key unique (province_id, edition_id, in_force_from),
  constraint edition_case_fk foreign key (province_id, edition_id)
    references casework.case_file (province_id, id),
  constraint edition_source_fk foreign key (source_key) references place.source (source_key),
  constraint edition_proposer_holds_account foreign key (proposed_by_user, proposed_by_person)
    references access.account_holder (user_id, person_id),
  constraint edition_nationwide check (province_id = -1),
  constraint edition_has_decision check (length(btrim(decision_number)) > 0)
);
comment on table occupation.edition is
  'appended: editions of the list of occupations, proposed; the list is public';

create table occupation.edition_entry (
  province_id smallint not null,
  edition_id uuid not null,
  occupation_id smallint not null,
  title_fa text not null,
  title_en text not null,
  search_text text not null,
  category_key text not null,
  agency_key text,
  extra_check text,
  constraint edition_entry_pk primary key (province_id, edition_id, occupation_id),
  constraint edition_entry_title_once unique (province_id, edition_id, title_fa),
  constraint edition_entry_edition_fk foreign key (province_id, edition_id)
    references occupation.edition (province_id, edition_id),
  constraint edition_entry_occupation_fk foreign key (occupation_id)
    references occupation.occupation (occupation_id),
  constraint edition_entry_category_fk foreign key (category_key)
    references occupation.category (category_key),
  constraint edition_entry_agency_fk foreign key (agency_key) references party.agency (agency_key),
  constraint edition_entry_extra_check_fk foreign key (extra_check) references party.agency (agency_key),
  constraint edition_entry_nationwide check (province_id = -1)
);
comment on table occupation.edition_entry is
  'appended: what each edition says of each occupation; extra_check set: the occupation is starred';

create table occupation.edition_publication (
  province_id smallint not null,
  edition_id uuid not null,
  in_force_from platform.day not null,
  proposed_by_person uuid not null,
  published_by_person uuid not null,
  published_by_user uuid not null,
  published_at timestamptz(3) not null,
  constraint edition_publication_pk primary key (province_id, edition_id),
  -- Of two editions in force from one day nobody could say which holds.
  constraint edition_publication_one_a_day unique (province_id, in_force_from),
  constraint edition_publication_day_fk foreign key (province_id, edition_id, in_force_from)
    references occupation.edition (province_id, edition_id, in_force_from),
  constraint edition_publication_proposer_fk foreign key (province_id, edition_id, proposed_by_person)
    references occupation.edition (province_id, edition_id, proposed_by_person),
  constraint edition_publication_publisher_holds_account foreign key (published_by_user, published_by_person)
    references access.account_holder (user_id, person_id),
  constraint edition_publication_four_eyes check (published_by_person <> proposed_by_person)
);
comment on table occupation.edition_publication is
  'appended: the second person who published an edition (L6); it is in force from its day on';

-- A province opens or closes one occupation, where the word on its category is too coarse.
create table occupation.occupation_opening (
  province_id smallint not null,
  occupation_opening_id uuid not null,
  budget_year smallint not null,
  occupation_id smallint not null,
  open boolean not null,
  in_force_from platform.day not null,
  reason_fa text not null,
  source_key text not null,
  recorded_at timestamptz(3) not null,
  constraint occupation_opening_pk primary key (province_id, occupation_opening_id),
  constraint occupation_opening_once_a_day unique (province_id, budget_year, occupation_id, in_force_from),
  constraint occupation_opening_province_fk foreign key (province_id) references place.province (province_id),
  constraint occupation_opening_occupation_fk foreign key (occupation_id)
    references occupation.occupation (occupation_id),
  constraint occupation_opening_source_fk foreign key (source_key) references place.source (source_key),
  constraint occupation_opening_has_reason check (length(btrim(reason_fa)) > 0),
  constraint occupation_opening_year_jalali check (budget_year between 1300 and 1500)
);
comment on table occupation.occupation_opening is
  'appended: a province opens or closes one occupation for loans in a budget year, from a day on; it goes before the word on its category';

alter table occupation.edition enable row level security;
alter table occupation.edition force row level security;
alter table occupation.edition_entry enable row level security;
alter table occupation.edition_entry force row level security;
alter table occupation.edition_publication enable row level security;
alter table occupation.edition_publication force row level security;
alter table occupation.occupation_opening enable row level security;
alter table occupation.occupation_opening force row level security;

create policy edition_read on occupation.edition for select using (province_id = -1);
create policy edition_add on occupation.edition for insert
  with check (province_id = platform.scope_province());
create policy edition_entry_read on occupation.edition_entry for select using (province_id = -1);
create policy edition_entry_add on occupation.edition_entry for insert
  with check (province_id = platform.scope_province());
create policy edition_publication_read on occupation.edition_publication for select using (province_id = -1);
create policy edition_publication_add on occupation.edition_publication for insert
  with check (province_id = platform.scope_province());
create policy occupation_opening_read on occupation.occupation_opening for select
  using (province_id = platform.scope_province() or platform.reads_all());
create policy occupation_opening_add on occupation.occupation_opening for insert
  with check (province_id = platform.scope_province());

grant select, insert on occupation.edition to karsaz_app;
grant select, insert on occupation.edition_entry to karsaz_app;
grant select, insert on occupation.edition_publication to karsaz_app;
grant select, insert on occupation.occupation_opening to karsaz_app;

-- An edition brings occupations that no data file of ours has.
grant insert on occupation.occupation to karsaz_app;
alter table occupation.occupation drop constraint occupation_title_kind_known;
alter table occupation.occupation add constraint occupation_title_kind_known
  check (title_kind in ('list_item', 'licence_title', 'plan_wording', 'demonstration'));

create view occupation.read_edition_entry with (security_invoker = true) as
  select
    entry.province_id, entry.edition_id, publication.in_force_from, entry.occupation_id, entry.title_fa,
    entry.title_en, entry.category_key, entry.agency_key, entry.extra_check
  from occupation.edition_entry entry
  join occupation.edition_publication publication
    on publication.province_id = entry.province_id and publication.edition_id = entry.edition_id;
grant select on occupation.read_edition_entry to karsaz_app;

create view occupation.read_occupation_opening with (security_invoker = true) as
  select province_id, budget_year, occupation_id, open, in_force_from, recorded_at
  from occupation.occupation_opening;
grant select on occupation.read_occupation_opening to karsaz_app;
