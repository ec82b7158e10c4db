-- Cases: a list of acts from which the state follows. The database itself refuses an act that the declared
-- table does not know, or that does not start where the act before it ended.

create schema casework;
grant usage on schema casework to karsaz_app;

create table casework.transition (
  kind text not null,
  from_state text not null,
  act text not null,
  to_state text not null,
  -- No longer declared: stays for the acts that once used it.
  withdrawn boolean not null default false,
  constraint transition_pkey primary key (kind, from_state, act, to_state)
);
comment on table casework.transition is
  'kept: reference, the lawful steps of every kind of case, written from the declarations of the rooms';
grant select on casework.transition to karsaz_app;

create table casework.case_file (
  province_id smallint not null,
  id uuid not null,
  kind text not null,
  state text not null,
  version integer not null,
  county_code text,
  office_id uuid,
  subject_id uuid,
  moved_at timestamptz(3) not null,
  constraint case_file_pkey primary key (province_id, id),
  constraint case_file_of_kind unique (province_id, id, kind),
  constraint case_file_version_positive check (version > 0)
);
comment on table casework.case_file is 'projection: where each case stands, rebuilt by replaying casework.act';
create index case_file_by_state on casework.case_file (province_id, kind, state, moved_at);
create index case_file_by_subject on casework.case_file (province_id, subject_id) where subject_id is not null;

create table casework.act (
  province_id smallint not null,
  id uuid not null,
  case_id uuid not null,
  kind text not null,
  seq integer not null,
  prev_seq integer,
  act text not null,
  from_state text not null,
  to_state text not null,
  by_user uuid not null,
  by_person uuid not null,
  by_role text not null,
  county_code text,
  office_id uuid,
  subject_id uuid,
  facts jsonb not null,
  reason text,
  happened_on platform.day not null,
  recorded_at timestamptz(3) not null,
  constraint act_pkey primary key (province_id, id),
  constraint act_followable unique (province_id, case_id, seq, to_state),
  constraint act_one_in_place unique (province_id, case_id, seq),
  constraint act_seq_positive check (seq > 0),
  constraint act_names_the_one_before check (prev_seq is not distinct from nullif(seq - 1, 0)),
  constraint act_first_is_birth check ((seq = 1) = (from_state = 'unborn')),
  constraint act_facts_object check (jsonb_typeof(facts) = 'object'),
  constraint act_lawful foreign key (kind, from_state, act, to_state)
    references casework.transition (kind, from_state, act, to_state),
  constraint act_follows foreign key (province_id, case_id, prev_seq, from_state)
    references casework.act (province_id, case_id, seq, to_state),
  constraint act_of_case foreign key (province_id, case_id, kind)
    references casework.case_file (province_id, id, kind)
);
comment on table casework.act is 'appended: every act on every case';

grant select, insert on casework.act to karsaz_app;
revoke update, delete, truncate on casework.act from karsaz_app;
grant select, insert on casework.case_file to karsaz_app;
-- What a case is, whose and where, is fixed when it is opened; only where it stands moves.
grant update (state, version, moved_at) on casework.case_file to karsaz_app;

alter table casework.case_file enable row level security;
alter table casework.case_file force row level security;
alter table casework.act enable row level security;
alter table casework.act force row level security;

-- Everyone sees only what is theirs (L9): a county its cases, an office (agency, branch) those that lie with
-- it, an applicant their own. A case without county is the province's and hidden from counties, and likewise
-- for office and person. A policy may hold no subquery, so the act carries the same columns as its case.
create policy case_file_read on casework.case_file for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
create policy case_file_open on casework.case_file for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
create policy case_file_move on casework.case_file for update
  using (
    province_id = platform.scope_province()
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and (platform.scope_office() is null or office_id::text = platform.scope_office())
    and (platform.scope_person() is null or subject_id::text = platform.scope_person())
  )
  with check (
    province_id = platform.scope_province()
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and (platform.scope_office() is null or office_id::text = platform.scope_office())
    and (platform.scope_person() is null or subject_id::text = platform.scope_person())
  );
create policy act_read on casework.act for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
create policy act_append on casework.act for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);

create view casework.read_case with (security_invoker = true) as
select province_id, id, kind, state, version, county_code, office_id, subject_id, moved_at
from casework.case_file;
grant select on casework.read_case to karsaz_app;

create view casework.read_act with (security_invoker = true) as
select
  province_id, id, case_id, kind, seq, act, from_state, to_state, by_user, by_person, by_role, county_code,
  office_id, subject_id, facts, reason, happened_on, recorded_at
from casework.act;
grant select on casework.read_act to karsaz_app;
