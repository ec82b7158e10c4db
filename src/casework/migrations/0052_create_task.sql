-- What waits for whom until when: the inbox. Every row follows from acts, the declaration of the kind and the
-- calendar; `rebuild` writes it anew and the tests compare.

alter table casework.case_file add column opener_id uuid not null;
alter table casework.case_file add column opened_at timestamptz(3) not null;
-- The day on which the case came into its state, and the last day of the limit that runs there.
alter table casework.case_file add column since_on platform.day not null;
alter table casework.case_file add column due_on platform.day;
grant update (since_on, due_on) on casework.case_file to karsaz_app;

-- Lists of a county and of a province, newest first, at any number of cases.
create index case_file_by_county on casework.case_file (province_id, county_code, moved_at desc, id desc);
create index case_file_by_province on casework.case_file (province_id, moved_at desc, id desc);
create index case_file_by_office on casework.case_file (province_id, office_id, moved_at desc, id desc)
  where office_id is not null;

-- The number by which people speak of a case: eight digits and a check digit, unique in its province. Drawn, not
-- counted: a counter would line up all who open a case, and its numbers could be guessed.
create table casework.tracking (
  province_id smallint not null,
  number text not null,
  case_id uuid not null,
  county_code text,
  office_id uuid,
  subject_id uuid,
  constraint tracking_pkey primary key (province_id, number),
  constraint tracking_once_a_case unique (province_id, case_id),
  constraint tracking_of_case foreign key (province_id, case_id) references casework.case_file (province_id, id),
  constraint tracking_number_form check (number ~ '^\d{9}$')
);
comment on table casework.tracking is 'appended: the tracking number of each case';
grant select, insert on casework.tracking to karsaz_app;
revoke update, delete, truncate on casework.tracking from karsaz_app;

create table casework.task (
  province_id smallint not null,
  case_id uuid not null,
  role text not null,
  -- One row of each open case leads, so that a case waiting for two roles is one in a list of cases.
  leads boolean not null,
  kind text not null,
  state text not null,
  version integer not null,
  county_code text,
  office_id uuid,
  subject_id uuid,
  since timestamptz(3) not null,
  due_on platform.day,
  -- Who took it upon themselves, as a person, for as long as the case stands where it stands.
  holder_id uuid,
  constraint task_pkey primary key (province_id, case_id, role),
  constraint task_of_case foreign key (province_id, case_id, kind)
    references casework.case_file (province_id, id, kind)
);
comment on table casework.task is
  'projection: which role each open case waits for and until when, from casework.act and casework.hold';
create index task_by_role on casework.task
  (province_id, role, (coalesce(due_on, date '2999-12-31')), case_id);
create index task_by_county on casework.task
  (province_id, county_code, role, (coalesce(due_on, date '2999-12-31')), case_id);
create index task_by_office on casework.task
  (province_id, office_id, role, (coalesce(due_on, date '2999-12-31')), case_id) where office_id is not null;
create index task_open_by_county on casework.task
  (province_id, county_code, (coalesce(due_on, date '2999-12-31')), case_id) where leads;
create index task_open_by_province on casework.task
  (province_id, (coalesce(due_on, date '2999-12-31')), case_id) where leads;
create index task_by_holder on casework.task
  (province_id, holder_id, (coalesce(due_on, date '2999-12-31')), case_id) where holder_id is not null;
create index task_by_subject on casework.task (province_id, subject_id) where subject_id is not null;
grant select, insert, delete on casework.task to karsaz_app;
grant update (due_on, holder_id) on casework.task to karsaz_app;

create table casework.hold (
  province_id smallint not null,
  hold_id uuid not null,
  case_id uuid not null,
  -- The number of acts so far: a case that moves on is in nobody's hand any more.
  version integer not null,
  -- Null gives it back.
  holder_id uuid,
  county_code text,
  office_id uuid,
  subject_id uuid,
  by_user uuid not null,
  by_person uuid not null,
  by_role text not null,
  held_at timestamptz(3) not null,
  constraint hold_pkey primary key (province_id, hold_id),
  constraint hold_of_case foreign key (province_id, case_id) references casework.case_file (province_id, id)
);
comment on table casework.hold is 'appended: who took a case upon themselves, or gave it back';
create index hold_by_case on casework.hold (province_id, case_id, version, held_at);
grant select, insert on casework.hold to karsaz_app;
revoke update, delete, truncate on casework.hold from karsaz_app;

-- A limit that passed was told once; the case is late because of its due day, not because of this row.
create table casework.escalation (
  province_id smallint not null,
  case_id uuid not null,
  version integer not null,
  due_on platform.day not null,
  county_code text,
  office_id uuid,
  subject_id uuid,
  roles text[] not null,
  escalated_at timestamptz(3) not null,
  constraint escalation_pkey primary key (province_id, case_id, version, due_on),
  constraint escalation_of_case foreign key (province_id, case_id) references casework.case_file (province_id, id)
);
comment on table casework.escalation is 'appended: each limit that passed, and the roles that were told';
grant select, insert on casework.escalation to karsaz_app;
revoke update, delete, truncate on casework.escalation from karsaz_app;

alter table casework.tracking enable row level security;
alter table casework.tracking force row level security;
alter table casework.task enable row level security;
alter table casework.task force row level security;
alter table casework.hold enable row level security;
alter table casework.hold force row level security;
alter table casework.escalation enable row level security;
alter table casework.escalation force row level security;

create policy tracking_read on casework.tracking for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
create policy tracking_add on casework.tracking for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
create policy task_read on casework.task for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
create policy task_write on casework.task
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
create policy hold_read on casework.hold for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
create policy hold_add on casework.hold for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
create policy escalation_read on casework.escalation for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
create policy escalation_add on casework.escalation for insert with check (
  province_id = platform.scope_province() and platform.scope_county() is null
  and platform.scope_office() is null and platform.scope_person() is null
);

create or replace view casework.read_case with (security_invoker = true) as
select
  province_id, id, kind, state, version, county_code, office_id, subject_id, moved_at, opener_id, opened_at,
  since_on, due_on
from casework.case_file;
