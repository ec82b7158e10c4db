-- An office calls the one whom a case is about to come, and what came of it. Every row says the whole of the
-- appointment as it stands after it, so that the last row of a case is all that anybody needs.

create table casework.appointment (
  province_id smallint not null,
  case_id uuid not null,
  -- Of the case: its first appointment, what followed, its second.
  seq integer not null,
  entry_id uuid not null,
  appointment_id uuid not null,
  entry text not null,
  prev_seq integer,
  -- Of the row before this one, whether an appointment was open; a first row follows none.
  was_open boolean not null,
  is_open boolean not null,
  -- The appointment that this row says more of; null where it begins one.
  follows_id uuid,
  meets_at timestamptz(3) not null,
  place text not null,
  purpose text not null,
  bring text not null,
  reason text,
  county_code text,
  office_id uuid,
  review_office_id uuid,
  subject_id uuid not null,
  by_user uuid not null,
  by_person uuid not null,
  by_role text not null,
  entered_at timestamptz(3) not null,
  constraint appointment_pkey primary key (province_id, case_id, seq),
  constraint appointment_entry_once unique (province_id, entry_id),
  constraint appointment_stand unique (province_id, case_id, seq, is_open),
  constraint appointment_row unique (province_id, case_id, seq, appointment_id),
  constraint appointment_of_case foreign key (province_id, case_id) references casework.case_file (province_id, id),
  -- At most one is open: a row begins where the row before it ended.
  constraint appointment_after foreign key (province_id, case_id, prev_seq, was_open)
    references casework.appointment (province_id, case_id, seq, is_open),
  constraint appointment_follows foreign key (province_id, case_id, prev_seq, follows_id)
    references casework.appointment (province_id, case_id, seq, appointment_id),
  constraint appointment_in_order check (
    (seq = 1 and prev_seq is null and not was_open) or (seq > 1 and prev_seq is not null and prev_seq = seq - 1)
  ),
  constraint appointment_steps check (
    (entry = 'set' and not was_open and is_open and follows_id is null)
    or (entry in ('moved', 'asked') and was_open and is_open and follows_id is not null)
    or (entry in ('cancelled', 'came', 'absent') and was_open and not is_open and follows_id is not null)
  ),
  constraint appointment_same check (follows_id is null or follows_id = appointment_id),
  constraint appointment_reasoned check (
    (entry in ('asked', 'cancelled')) = (reason is not null) and length(reason) between 1 and 500
  ),
  constraint appointment_length check (
    length(place) between 1 and 300 and length(purpose) between 1 and 500 and length(bring) <= 500
  )
);
comment on table casework.appointment is
  'appended: appointments at an office and what came of each: moved, another time asked for, cancelled, came, absent';
-- Once in an appointment, whatever races.
create unique index appointment_asked_once on casework.appointment (province_id, appointment_id)
  where entry = 'asked';
create index appointment_by_time on casework.appointment (province_id, meets_at, case_id);
grant select, insert on casework.appointment to karsaz_app;
revoke update, delete, truncate on casework.appointment from karsaz_app;

alter table casework.appointment enable row level security;
alter table casework.appointment force row level security;
create policy appointment_read on casework.appointment for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
-- Whoever is called asks for another time and sets none.
create policy appointment_add on casework.appointment for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or (subject_id::text = platform.scope_person() and entry = 'asked'))
);

create table casework.reminder (
  province_id smallint not null,
  case_id uuid not null,
  appointment_id uuid not null,
  -- One that is moved is told again of its new time.
  meets_at timestamptz(3) not null,
  county_code text,
  office_id uuid,
  review_office_id uuid,
  subject_id uuid not null,
  reminded_at timestamptz(3) not null,
  constraint reminder_pkey primary key (province_id, appointment_id, meets_at),
  constraint reminder_of_case foreign key (province_id, case_id) references casework.case_file (province_id, id)
);
comment on table casework.reminder is 'appended: that somebody was told of an appointment on the working day before it';
grant select, insert on casework.reminder to karsaz_app;
revoke update, delete, truncate on casework.reminder from karsaz_app;

alter table casework.reminder enable row level security;
alter table casework.reminder force row level security;
create policy reminder_read on casework.reminder for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
create policy reminder_add on casework.reminder for insert with check (
  province_id = platform.scope_province() and platform.scope_county() is null
  and platform.scope_office() is null and platform.scope_person() is null
);
