-- Figures with a permanent address: what was published, frozen with the position as of which it was read, what
-- was put right since, and what readers doubted.

create schema evidence;
grant usage on schema evidence to karsaz_app;

create table evidence.publication (
  province_id smallint not null,
  id uuid not null,
  indicator text not null,
  definition_version smallint not null,
  county_code text,
  budget_year smallint,
  happened_from platform.day,
  happened_until platform.day,
  only_values jsonb not null,
  without_values jsonb not null,
  -- Nothing is or will be recorded at or before this instant that was not read.
  as_of timestamptz(3) not null,
  value bigint not null,
  -- What a ratio divides by; null for a sum or count.
  below bigint,
  records integer not null,
  records_hash bytea not null,
  sentence text,
  published_by_person uuid not null,
  published_by_user uuid not null,
  published_role text not null,
  published_at timestamptz(3) not null,
  constraint publication_pk primary key (province_id, id),
  constraint publication_province_fk foreign key (province_id) references place.province (province_id),
  constraint publication_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint publication_publisher_holds_account foreign key (published_by_user, published_by_person)
    references access.account_holder (user_id, person_id),
  constraint publication_records_not_negative check (records >= 0),
  constraint publication_read_before_published check (as_of <= published_at),
  constraint publication_hash_is_sha256 check (length(records_hash) = 32),
  constraint publication_sentence_short check (length(sentence) between 1 and 500)
);
comment on table evidence.publication is
  'appended: published figures, frozen; the address /f/<id> shows each for ever and recomputes it (L8)';
create index publication_published_idx on evidence.publication (province_id, published_at, id);

create table evidence.erratum (
  province_id smallint not null,
  id uuid not null,
  publication_id uuid not null,
  value bigint not null,
  below bigint,
  as_of timestamptz(3) not null,
  note text not null,
  issued_by_person uuid not null,
  issued_by_user uuid not null,
  issued_at timestamptz(3) not null,
  constraint erratum_pk primary key (province_id, id),
  constraint erratum_publication_fk foreign key (province_id, publication_id)
    references evidence.publication (province_id, id),
  constraint erratum_issuer_holds_account foreign key (issued_by_user, issued_by_person)
    references access.account_holder (user_id, person_id),
  constraint erratum_note_said check (length(btrim(note)) between 1 and 1000)
);
comment on table evidence.erratum is 'appended: what a published figure is now, and why, in the words of who put it right';
create index erratum_publication_idx on evidence.erratum (province_id, publication_id, issued_at);

create table evidence.doubt (
  province_id smallint not null,
  id uuid not null,
  publication_id uuid not null,
  claim text not null,
  raised_at timestamptz(3) not null,
  due_on platform.day not null,
  constraint doubt_pk primary key (province_id, id),
  constraint doubt_publication_fk foreign key (province_id, publication_id)
    references evidence.publication (province_id, id),
  constraint doubt_claim_said check (length(btrim(claim)) between 1 and 1000)
);
comment on table evidence.doubt is
  'appended: «this figure is wrong», from anybody, without a name; shown with its answer, due on a day';
create index doubt_publication_idx on evidence.doubt (province_id, publication_id, raised_at);

create table evidence.doubt_answer (
  province_id smallint not null,
  doubt_id uuid not null,
  answer text not null,
  answered_by_person uuid not null,
  answered_by_user uuid not null,
  answered_at timestamptz(3) not null,
  constraint doubt_answer_pk primary key (province_id, doubt_id),
  constraint doubt_answer_doubt_fk foreign key (province_id, doubt_id) references evidence.doubt (province_id, id),
  constraint doubt_answer_holds_account foreign key (answered_by_user, answered_by_person)
    references access.account_holder (user_id, person_id),
  constraint doubt_answer_said check (length(btrim(answer)) between 1 and 1000)
);
comment on table evidence.doubt_answer is 'appended: answers to doubts, one each, in the open';

grant select, insert on evidence.publication to karsaz_app;
revoke update, delete, truncate on evidence.publication from karsaz_app;
grant select, insert on evidence.erratum to karsaz_app;
revoke update, delete, truncate on evidence.erratum from karsaz_app;
grant select, insert on evidence.doubt to karsaz_app;
revoke update, delete, truncate on evidence.doubt from karsaz_app;
grant select, insert on evidence.doubt_answer to karsaz_app;
revoke update, delete, truncate on evidence.doubt_answer from karsaz_app;

-- What is published is for everybody; only the directorate of the province publishes, corrects and answers. A doubt
-- is written for the reader by the server, in the scope of the province alone.
alter table evidence.publication enable row level security;
alter table evidence.publication force row level security;
create policy publication_read on evidence.publication for select
  using (province_id = platform.scope_province() or platform.reads_all());
create policy publication_write on evidence.publication for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

alter table evidence.erratum enable row level security;
alter table evidence.erratum force row level security;
create policy erratum_read on evidence.erratum for select
  using (province_id = platform.scope_province() or platform.reads_all());
create policy erratum_write on evidence.erratum for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

alter table evidence.doubt enable row level security;
alter table evidence.doubt force row level security;
create policy doubt_read on evidence.doubt for select
  using (province_id = platform.scope_province() or platform.reads_all());
create policy doubt_write on evidence.doubt for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

alter table evidence.doubt_answer enable row level security;
alter table evidence.doubt_answer force row level security;
create policy doubt_answer_read on evidence.doubt_answer for select
  using (province_id = platform.scope_province() or platform.reads_all());
create policy doubt_answer_write on evidence.doubt_answer for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
