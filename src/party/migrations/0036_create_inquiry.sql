-- Questions to the registers of other bodies about a person, and what they answered. A question is written with
-- what waits to be asked in one transaction, so that none is lost; a job asks. Nothing that was answered is
-- overwritten: asked again, it is another question with another answer.

create table party.inquiry (
  province_id smallint not null,
  inquiry_id uuid not null,
  person_id uuid not null,
  kind text not null,
  provider text not null,
  is_simulated boolean not null,
  asked_at timestamptz(3) not null,
  asker_user_id uuid not null,
  asker_person_id uuid not null,
  constraint inquiry_pkey primary key (province_id, inquiry_id),
  constraint inquiry_of_person unique (province_id, person_id, kind, inquiry_id),
  constraint inquiry_person foreign key (province_id, person_id)
    references party.person (province_id, person_id),
  constraint inquiry_asker foreign key (asker_user_id, asker_person_id)
    references access.account_holder (user_id, person_id),
  constraint inquiry_kind_known check (
    kind in ('civil_registry', 'decile', 'tax', 'bounced_cheque', 'other_loan')
  ),
  constraint inquiry_provider_named check (length(provider) between 1 and 80)
);
comment on table party.inquiry is
  'appended: what was asked of a register about a person, by whom and when; is_simulated says that no register was asked.';
alter table party.inquiry enable row level security;
alter table party.inquiry force row level security;
create policy inquiry_read on party.inquiry for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (party.reader() = 'province' or person_id = party.opened_person())
  );
create policy inquiry_add on party.inquiry for insert with check (province_id = platform.scope_province());
revoke update, delete, truncate on party.inquiry from karsaz_app;
grant select, insert on party.inquiry to karsaz_app;

create table party.inquiry_wait (
  province_id smallint not null,
  person_id uuid not null,
  kind text not null,
  inquiry_id uuid not null,
  tries smallint not null default 0,
  due_at timestamptz(3) not null,
  failure text,
  constraint inquiry_wait_pkey primary key (province_id, person_id, kind),
  constraint inquiry_wait_inquiry foreign key (province_id, person_id, kind, inquiry_id)
    references party.inquiry (province_id, person_id, kind, inquiry_id),
  constraint inquiry_wait_failure_known check (failure in ('down', 'slow', 'malformed')),
  constraint inquiry_wait_tries_counted check (tries >= 0)
);
comment on table party.inquiry_wait is
  'kept: the question of each kind that waits for its answer, at most one a person; taken away with the answer. due_at is when it is asked next, failure how the last try ended.';
create index inquiry_wait_due on party.inquiry_wait (province_id, due_at);
alter table party.inquiry_wait enable row level security;
alter table party.inquiry_wait force row level security;
create policy inquiry_wait_read on party.inquiry_wait for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (party.reader() = 'province' or person_id = party.opened_person())
  );
create policy inquiry_wait_add on party.inquiry_wait for insert
  with check (province_id = platform.scope_province());
create policy inquiry_wait_change on party.inquiry_wait for update
  using (province_id = platform.scope_province()) with check (province_id = platform.scope_province());
create policy inquiry_wait_take on party.inquiry_wait for delete using (province_id = platform.scope_province());
grant select, insert, update, delete on party.inquiry_wait to karsaz_app;

create table party.inquiry_answer (
  province_id smallint not null,
  inquiry_id uuid not null,
  person_id uuid not null,
  kind text not null,
  verdict text not null,
  answer jsonb,
  reference text,
  failure text,
  tries smallint not null,
  answered_at timestamptz(3) not null,
  valid_until platform.day,
  fact_id uuid,
  erasure_id uuid,
  constraint inquiry_answer_pkey primary key (province_id, inquiry_id),
  constraint inquiry_answer_inquiry foreign key (province_id, person_id, kind, inquiry_id)
    references party.inquiry (province_id, person_id, kind, inquiry_id),
  constraint inquiry_answer_erasure foreign key (province_id, erasure_id, person_id)
    references party.erasure (province_id, erasure_id, person_id),
  constraint inquiry_answer_verdict_known check (verdict in ('clear', 'conflict', 'told', 'unknown')),
  constraint inquiry_answer_failure_known check (failure in ('down', 'slow', 'malformed')),
  constraint inquiry_answer_unknown_without_answer check ((verdict = 'unknown') = (failure is not null)),
  constraint inquiry_answer_until_erased check (
    (answer is not null) = (verdict <> 'unknown' and erasure_id is null)
  ),
  constraint inquiry_answer_has_reference check ((answer is null) or (reference is not null)),
  constraint inquiry_answer_expires check ((valid_until is null) = (verdict = 'unknown')),
  constraint inquiry_answer_fact_told check (fact_id is null or (verdict = 'told' and kind = 'decile'))
);
comment on table party.inquiry_answer is
  'kept: what a register answered, or that it did not, only ever added: the one change that the policy lets through is to empty an answer under an erasure. Good until valid_until; fact_id is the fact that was recorded of it.';
alter table party.inquiry_answer enable row level security;
alter table party.inquiry_answer force row level security;
create policy inquiry_answer_read on party.inquiry_answer for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (party.reader() = 'province' or person_id = party.opened_person())
  );
create policy inquiry_answer_add on party.inquiry_answer for insert
  with check (province_id = platform.scope_province());
create policy inquiry_answer_empty on party.inquiry_answer for update
  using (province_id = platform.scope_province())
  with check (province_id = platform.scope_province() and answer is null and erasure_id is not null);
revoke update, delete, truncate on party.inquiry_answer from karsaz_app;
grant select, insert, update (answer, reference, erasure_id) on party.inquiry_answer to karsaz_app;

-- What a simulated register told is never taken for what a real one did.
alter table party.fact drop constraint fact_source_known;
alter table party.fact add constraint fact_source_known
  check (source in ('declared', 'document', 'inquiry', 'visit', 'list', 'simulated'));
