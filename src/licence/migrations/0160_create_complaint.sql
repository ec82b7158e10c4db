-- What anybody complains of about the issue of licences: one of the six offences that the licence portal lists. Who
-- complains stays unnamed; what they wrote, and the telephone number they may have left, can be erased lawfully (L4).

create table licence.complaint (
  province_id smallint not null,
  complaint_id uuid not null,
  -- The tracking number of its case, by which whoever complained follows it.
  number text not null,
  offence text not null,
  county_code text not null,
  -- Whose conduct it is about; `labour` is the directorate itself.
  agency_key text not null,
  licence_id uuid,
  body text,
  lodged_at timestamptz(3) not null,
  state text not null,
  version integer not null,
  moved_at timestamptz(3) not null,
  -- The office that was asked for its answer, and the case in which it answers; none before that.
  office_id uuid,
  answer_id uuid,
  erased_at timestamptz(3),
  erased_by_user uuid,
  erased_by_person uuid,
  erased_under text,
  constraint complaint_pk primary key (province_id, complaint_id),
  constraint complaint_number_once unique (province_id, number),
  constraint complaint_answer_once unique (province_id, answer_id),
  constraint complaint_case_fk foreign key (province_id, complaint_id)
    references casework.case_file (province_id, id),
  constraint complaint_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint complaint_agency_fk foreign key (agency_key) references party.agency (agency_key),
  constraint complaint_licence_fk foreign key (province_id, licence_id)
    references licence.licence (province_id, licence_id),
  constraint complaint_office_fk foreign key (province_id, office_id)
    references party.agency_office (province_id, office_id),
  constraint complaint_answer_fk foreign key (province_id, answer_id)
    references casework.case_file (province_id, id),
  constraint complaint_offence_known check (
    offence in (
      'extra_condition', 'extra_fee', 'overdue', 'refusal_without_reason', 'market_saturated', 'forced_visit'
    )
  ),
  constraint complaint_asked_of_an_office check ((office_id is null) = (answer_id is null)),
  constraint complaint_body_length check (length(body) between 10 and 4000),
  constraint complaint_goes_by_erasure check (
    (body is null) = (erased_at is not null and erased_by_user is not null and erased_by_person is not null
      and erased_under is not null)
  )
);
comment on table licence.complaint is
  'kept: complaints; state, version and moved_at repeat those of the case, a body only ever goes by an erasure';
create index complaint_by_day on licence.complaint (province_id, lodged_at desc, complaint_id desc);

create table licence.complaint_phone (
  province_id smallint not null,
  complaint_id uuid not null,
  county_code text not null,
  phone text,
  constraint complaint_phone_pk primary key (province_id, complaint_id),
  constraint complaint_phone_complaint_fk foreign key (province_id, complaint_id)
    references licence.complaint (province_id, complaint_id),
  constraint complaint_phone_form check (phone ~ '^0\d{10}$')
);
comment on table licence.complaint_phone is
  'kept: the telephone number that whoever complained left for an answer; it only ever goes, by an erasure';

alter table licence.complaint enable row level security;
alter table licence.complaint force row level security;
alter table licence.complaint_phone enable row level security;
alter table licence.complaint_phone force row level security;

-- An office reads what it was asked about, and never the number of whoever complained of it.
create policy complaint_read on licence.complaint for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and platform.scope_person() is null
);
create policy complaint_add on licence.complaint for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy complaint_move on licence.complaint for update
  using (
    province_id = platform.scope_province()
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province());
create policy complaint_phone_read on licence.complaint_phone for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy complaint_phone_add on licence.complaint_phone for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy complaint_phone_erase on licence.complaint_phone for update
  using (
    province_id = platform.scope_province()
    and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province() and phone is null);

grant select, insert on licence.complaint to karsaz_app;
grant update (
  state, version, moved_at, office_id, answer_id, body, erased_at, erased_by_user, erased_by_person, erased_under
) on licence.complaint to karsaz_app;
grant select, insert, update (phone) on licence.complaint_phone to karsaz_app;
