-- Persons, natural and legal, kept once per province. The plain national id, the names and the facts of a person
-- stand in this schema and in no other (L4).

-- Under which name the reader of this transaction is let in to a person: an office, a county, or the whole
-- province. A person's row lists the names that open it.
create function party.reader() returns text
  language sql stable parallel safe
  return coalesce(platform.scope_person(), platform.scope_office(), platform.scope_county(), 'province');

-- The one person whose facts a narrow reader has opened in this transaction, found under that person's own fence.
create function party.opened_person() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('app.opened_person', true), '')::uuid;

create table party.identity (
  identity_hash bytea not null,
  kept_in smallint not null,
  constraint identity_pkey primary key (identity_hash, kept_in),
  constraint identity_province foreign key (kept_in) references place.province (province_id),
  constraint identity_is_sha256 check (octet_length(identity_hash) = 32)
);
comment on table party.identity is
  'appended: own key identity_hash. In which provinces a person is kept: only the keyed hash of the id, so that persons are matched nationally and no province reads another''s facts.';
alter table party.identity enable row level security;
alter table party.identity force row level security;
create policy identity_read on party.identity for select using (true);
create policy identity_add on party.identity for insert with check (kept_in = platform.scope_province());
revoke update, delete, truncate on party.identity from karsaz_app;
grant select, insert on party.identity to karsaz_app;

create table party.erasure (
  province_id smallint not null,
  erasure_id uuid not null,
  person_id uuid not null,
  reason text not null,
  reference text not null,
  erased_at timestamptz(3) not null,
  eraser_user_id uuid not null,
  eraser_person_id uuid not null,
  constraint erasure_pkey primary key (province_id, erasure_id),
  constraint erasure_once unique (province_id, person_id),
  constraint erasure_of_person unique (province_id, erasure_id, person_id),
  constraint erasure_eraser foreign key (eraser_user_id, eraser_person_id)
    references access.account_holder (user_id, person_id),
  constraint erasure_has_reason check (length(reason) between 1 and 500),
  constraint erasure_has_reference check (length(reference) between 1 and 100)
);
comment on table party.erasure is
  'appended: the act by which a person''s facts were lawfully erased, with its reason and the letter that orders it.';
alter table party.erasure enable row level security;
alter table party.erasure force row level security;
create policy erasure_read on party.erasure for select
  using (province_id = platform.scope_province() or platform.reads_all());
create policy erasure_add on party.erasure for insert
  with check (province_id = platform.scope_province());
revoke update, delete, truncate on party.erasure from karsaz_app;
grant select, insert on party.erasure to karsaz_app;

create table party.person (
  province_id smallint not null,
  person_id uuid not null,
  form text not null,
  identity_hash bytea not null,
  national_id text collate "C",
  first_name text,
  last_name text,
  father_name text,
  born_on platform.day,
  gender text,
  sort_key text collate "C" not null,
  readers text[] not null,
  -- The facts in force, each of the kind of its column; null where nothing is known.
  county_code text not null,
  settlement text,
  decile text,
  woman_head text,
  disability text,
  veteran text,
  employment text,
  client_of text,
  household text collate "C",
  address text,
  phone text collate "C",
  account text collate "C",
  activity text,
  entered_at timestamptz(3) not null,
  merged_into uuid,
  erasure_id uuid,
  constraint person_pkey primary key (province_id, person_id),
  constraint person_identity_once unique (province_id, identity_hash),
  constraint person_county foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint person_merged_into foreign key (province_id, merged_into)
    references party.person (province_id, person_id),
  constraint person_not_merged_into_itself check (merged_into <> person_id),
  constraint person_erasure foreign key (province_id, erasure_id, person_id)
    references party.erasure (province_id, erasure_id, person_id),
  constraint person_identity_is_sha256 check (octet_length(identity_hash) = 32),
  constraint person_form_known check (form in ('natural', 'legal')),
  constraint person_national_id_form check (
    case form when 'natural' then national_id ~ '^[0-9]{10}$' else national_id ~ '^[0-9]{11}$' end
  ),
  constraint person_has_name_until_erased check ((erasure_id is null) = (last_name is not null)),
  constraint person_has_id_until_erased check ((erasure_id is null) = (national_id is not null)),
  constraint person_readers_named check (readers @> array['province'])
);
comment on table party.person is
  'kept: persons, natural and legal, once per province, with the facts in force as a projection of party.fact. readers names who may see the row: the province, counties of residence or of a case, offices that it was handed to.';
create index person_by_name on party.person (province_id, form, sort_key, person_id);
create index person_by_national_id on party.person (province_id, national_id);
create index person_by_phone on party.person (province_id, phone) where phone is not null;
create index person_by_household on party.person (province_id, household) where household is not null;
create index person_by_account on party.person (province_id, account) where account is not null;
create index person_by_birth on party.person (province_id, born_on, sort_key) where born_on is not null;
-- Offices are handed few persons of many; counties are found by their words.
create index person_by_reader on party.person using gin (readers);
alter table party.person enable row level security;
alter table party.person force row level security;
create policy person_read on party.person for select
  using ((province_id = platform.scope_province() or platform.reads_all()) and readers @> array[party.reader()]);
create policy person_add on party.person for insert
  with check (province_id = platform.scope_province() and readers @> array[party.reader()]);
create policy person_change on party.person for update
  using (province_id = platform.scope_province() and readers @> array[party.reader()])
  with check (province_id = platform.scope_province());
grant select, insert, update on party.person to karsaz_app;

create table party.fact (
  province_id smallint not null,
  person_id uuid not null,
  kind text not null,
  since_on platform.day not null,
  fact_id uuid not null,
  value text,
  source text not null,
  inquired_on platform.day,
  recorded_at timestamptz(3) not null,
  recorder_user_id uuid not null,
  recorder_person_id uuid not null,
  erasure_id uuid,
  constraint fact_pkey primary key (province_id, person_id, kind, since_on, fact_id),
  constraint fact_person foreign key (province_id, person_id)
    references party.person (province_id, person_id),
  constraint fact_erasure foreign key (province_id, erasure_id, person_id)
    references party.erasure (province_id, erasure_id, person_id),
  constraint fact_kind_known check (
    kind in (
      'first_name', 'last_name', 'father_name', 'born_on', 'gender', 'county_code', 'settlement', 'decile',
      'woman_head', 'disability', 'veteran', 'employment', 'client_of', 'household', 'address', 'phone',
      'account', 'activity'
    )
  ),
  constraint fact_source_known check (source in ('declared', 'document', 'inquiry', 'visit', 'list')),
  constraint fact_value_until_erased check ((value is null) = (erasure_id is not null)),
  constraint fact_value_short check (length(value) <= 500)
);
comment on table party.fact is
  'kept: dated facts of persons, only ever added: the one change that the policy lets through is to empty a value under an erasure. In force on a day is the fact of the latest since_on not after it, of two the one recorded later.';
alter table party.fact enable row level security;
alter table party.fact force row level security;
create policy fact_read on party.fact for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (party.reader() = 'province' or person_id = party.opened_person())
  );
create policy fact_add on party.fact for insert with check (province_id = platform.scope_province());
create policy fact_empty on party.fact for update
  using (province_id = platform.scope_province())
  with check (province_id = platform.scope_province() and value is null and erasure_id is not null);
revoke update, delete, truncate on party.fact from karsaz_app;
grant select, insert, update (value, erasure_id) on party.fact to karsaz_app;

create table party.name_word (
  province_id smallint not null,
  form text not null,
  county_code text not null,
  word text collate "C" not null,
  sort_key text collate "C" not null,
  person_id uuid not null,
  is_home boolean not null,
  constraint name_word_pkey primary key (province_id, form, county_code, word, sort_key, person_id),
  constraint name_word_person foreign key (province_id, person_id)
    references party.person (province_id, person_id)
);
comment on table party.name_word is
  'projection: the words of names in a spelling that forgives, for each county that may see the person; is_home marks the county of residence.';
create index name_word_at_home on party.name_word (province_id, form, word, sort_key, person_id) where is_home;
create index name_word_of_person on party.name_word (province_id, person_id);
alter table party.name_word enable row level security;
alter table party.name_word force row level security;
create policy name_word_read on party.name_word for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (party.reader() = 'province' or county_code = platform.scope_county())
  );
create policy name_word_add on party.name_word for insert with check (province_id = platform.scope_province());
create policy name_word_take on party.name_word for delete using (province_id = platform.scope_province());
grant select, insert, delete on party.name_word to karsaz_app;

create table party.reach (
  province_id smallint not null,
  person_id uuid not null,
  reader text not null,
  reason text not null,
  given_at timestamptz(3) not null,
  giver_user_id uuid not null,
  giver_person_id uuid not null,
  constraint reach_pkey primary key (province_id, person_id, reader),
  constraint reach_person foreign key (province_id, person_id)
    references party.person (province_id, person_id),
  constraint reach_has_reason check (length(reason) between 1 and 200)
);
comment on table party.reach is
  'appended: to which county, office or account a person was opened beside the county of residence, by whom and why.';
alter table party.reach enable row level security;
alter table party.reach force row level security;
create policy reach_read on party.reach for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (party.reader() = 'province' or reader = party.reader())
  );
create policy reach_add on party.reach for insert with check (province_id = platform.scope_province());
revoke update, delete, truncate on party.reach from karsaz_app;
grant select, insert on party.reach to karsaz_app;

create view party.read_person with (security_invoker = true) as
  select province_id, person_id, form, identity_hash, first_name, last_name, county_code, merged_into
  from party.person;
grant select on party.read_person to karsaz_app;
