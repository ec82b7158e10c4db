-- What officers say about a case beside its acts, and the filters that somebody keeps under a name.

create index task_open_by_kind on casework.task
  (province_id, kind, (coalesce(due_on, date '2999-12-31')), case_id) where leads;

create table casework.note (
  province_id smallint not null,
  note_id uuid not null,
  case_id uuid not null,
  county_code text,
  office_id uuid,
  subject_id uuid,
  by_user uuid not null,
  by_person uuid not null,
  by_role text not null,
  noted_at timestamptz(3) not null,
  -- May name a person, so it can be erased lawfully; who said something and when stays (L4).
  body text,
  erased_at timestamptz(3),
  erased_by_user uuid,
  erased_by_person uuid,
  erased_under text,
  constraint note_pkey primary key (province_id, note_id),
  constraint note_of_case foreign key (province_id, case_id) references casework.case_file (province_id, id),
  constraint note_length check (length(body) between 1 and 4000),
  constraint note_goes_by_erasure check (
    (body is null) = (erased_at is not null and erased_by_user is not null and erased_by_person is not null
      and erased_under is not null)
  ),
  constraint note_four_eyes check (erased_by_person <> by_person)
);
comment on table casework.note is
  'kept: notes on cases; a body only ever goes, under the letter that orders it and by another person than its writer';
create index note_by_case on casework.note (province_id, case_id, noted_at);
grant select, insert on casework.note to karsaz_app;
grant update (body, erased_at, erased_by_user, erased_by_person, erased_under) on casework.note to karsaz_app;

alter table casework.note enable row level security;
alter table casework.note force row level security;
-- Notes are among officers: whoever a case is about does not read them.
create policy note_read on casework.note for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and platform.scope_person() is null
);
create policy note_add on casework.note for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and platform.scope_person() is null
);
create policy note_erase on casework.note for update
  using (
    province_id = platform.scope_province()
    and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province() and body is null);

create table casework.saved_view (
  province_id smallint not null,
  user_id uuid not null,
  view_id uuid not null,
  name text not null,
  query text not null,
  saved_at timestamptz(3) not null,
  constraint saved_view_pkey primary key (province_id, user_id, view_id),
  constraint saved_view_name_once unique (province_id, user_id, name),
  constraint saved_view_name_length check (length(name) between 1 and 60),
  constraint saved_view_query_length check (length(query) <= 500)
);
comment on table casework.saved_view is 'kept: the filters of the list of cases that somebody keeps under a name';
alter table casework.saved_view enable row level security;
alter table casework.saved_view force row level security;
-- Readers of all provinces keep none: they write nowhere.
create policy saved_view_of_province on casework.saved_view
  using (province_id = platform.scope_province()) with check (province_id = platform.scope_province());
grant select, insert, update, delete on casework.saved_view to karsaz_app;
