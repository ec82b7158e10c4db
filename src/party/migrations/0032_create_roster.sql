-- Lists of persons out of spreadsheets: the file as it was sent until it is taken in or dropped, and every row
-- that could not be taken, with its reasons.

create table party.roster (
  province_id smallint not null,
  roster_id uuid not null,
  form text not null,
  file_name text not null,
  file_hash text not null,
  told_on platform.day not null,
  state text not null,
  content bytea,
  sample jsonb,
  total_rows integer not null default 0,
  bad_rows integer not null default 0,
  passed_rows integer not null default 0,
  passed_line integer not null default 0,
  entered_persons integer not null default 0,
  known_persons integer not null default 0,
  added_facts integer not null default 0,
  problem_fa text,
  problem_en text,
  sent_at timestamptz(3) not null,
  sender_user_id uuid not null,
  sender_person_id uuid not null,
  finished_at timestamptz(3),
  constraint roster_pkey primary key (province_id, roster_id),
  constraint roster_province foreign key (province_id) references place.province (province_id),
  constraint roster_form_known check (form in ('natural', 'legal')),
  constraint roster_state_known check (
    state in ('received', 'checked', 'waiting', 'taken', 'dropped', 'unreadable')
  ),
  constraint roster_keeps_file_until_end check (
    (content is null and sample is null) or state in ('received', 'checked', 'waiting')
  ),
  constraint roster_rows_counted check (total_rows >= 0 and bad_rows between 0 and total_rows)
);
comment on table party.roster is
  'kept: lists of persons that were sent; the file goes when the list is taken in or dropped.';
create index roster_with_work on party.roster (province_id, roster_id) where state in ('received', 'waiting');
alter table party.roster enable row level security;
alter table party.roster force row level security;
create policy roster_read on party.roster for select
  using ((province_id = platform.scope_province() or platform.reads_all()) and party.reader() = 'province');
create policy roster_add on party.roster for insert with check (province_id = platform.scope_province());
create policy roster_change on party.roster for update
  using (province_id = platform.scope_province()) with check (province_id = platform.scope_province());
grant select, insert, update on party.roster to karsaz_app;

create table party.roster_fault (
  province_id smallint not null,
  roster_id uuid not null,
  line integer not null,
  cells jsonb not null,
  faults jsonb not null,
  constraint roster_fault_pkey primary key (province_id, roster_id, line),
  constraint roster_fault_roster foreign key (province_id, roster_id)
    references party.roster (province_id, roster_id)
);
comment on table party.roster_fault is
  'kept: rows of a list that were not taken in, as they were written, with the field and the rule of each fault; taken away with the list.';
alter table party.roster_fault enable row level security;
alter table party.roster_fault force row level security;
create policy roster_fault_read on party.roster_fault for select
  using ((province_id = platform.scope_province() or platform.reads_all()) and party.reader() = 'province');
create policy roster_fault_add on party.roster_fault for insert
  with check (province_id = platform.scope_province());
create policy roster_fault_take on party.roster_fault for delete
  using (province_id = platform.scope_province());
grant select, insert, delete on party.roster_fault to karsaz_app;
