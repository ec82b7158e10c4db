-- Placement agencies and their dated permits. The acts stand in casework; here stands what they are about. No person
-- stands in these tables but those who proposed and approved.

create schema placement;
grant usage on schema placement to karsaz_app;

create table placement.agency (
  province_id smallint not null,
  agency_id uuid not null,
  county_code text not null,
  name text not null,
  kind text not null,
  channel text not null,
  permit_number text not null,
  address text,
  phone text not null,
  listed boolean not null,
  opened_by_person uuid not null,
  entered_on platform.day not null,
  -- The permit that waits for its approval, or that was decided last, and who proposed it.
  permit_id uuid not null,
  permit_proposed_by uuid not null,
  ended_on platform.day,
  state text not null,
  version integer not null,
  moved_at timestamptz(3) not null,
  constraint agency_pk primary key (province_id, agency_id),
  constraint agency_opener_key unique (province_id, agency_id, opened_by_person),
  constraint agency_county_key unique (province_id, agency_id, county_code),
  constraint agency_case_fk foreign key (province_id, agency_id)
    references casework.case_file (province_id, id),
  constraint agency_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint agency_kind_known check (kind in ('domestic', 'abroad')),
  constraint agency_channel_known check (channel in ('office', 'online')),
  constraint agency_named check (name <> '' and permit_number <> '' and phone <> ''),
  constraint agency_office_has_address check (channel = 'online' or address is not null),
  constraint agency_ending_whole check ((ended_on is null) = (state not in ('ended', 'annulled')))
);
comment on table placement.agency is
  'kept: placement agencies; state, version and moved_at repeat those of the case, the ending is written once';
-- A permit is of one agency at a time.
create unique index agency_permit_once on placement.agency (province_id, permit_number)
  where state not in ('ended', 'annulled', 'turned_down', 'withdrawn');

create table placement.permit (
  province_id smallint not null,
  agency_id uuid not null,
  permit_id uuid not null,
  county_code text not null,
  -- The number of the act by which it was proposed, in the case.
  seq integer not null,
  valid_from platform.day not null,
  valid_until platform.day not null,
  proposed_by_person uuid not null,
  proposed_on platform.day not null,
  constraint permit_pk primary key (province_id, agency_id, permit_id),
  constraint permit_seq_once unique (province_id, agency_id, seq),
  constraint permit_proposer_key unique (province_id, agency_id, permit_id, proposed_by_person),
  constraint permit_agency_fk foreign key (province_id, agency_id, county_code)
    references placement.agency (province_id, agency_id, county_code),
  constraint permit_days_in_order check (valid_until >= valid_from)
);
comment on table placement.permit is
  'appended: work permits as they were proposed: the first one, one that was corrected, and each renewal';

create table placement.permit_approval (
  province_id smallint not null,
  agency_id uuid not null,
  permit_id uuid not null,
  county_code text not null,
  -- Who entered the agency never approves its first permit, even where another person corrected it; null at a renewal.
  opened_by_person uuid,
  proposed_by_person uuid not null,
  approved_by_person uuid not null,
  approved_on platform.day not null,
  recorded_at timestamptz(3) not null,
  constraint permit_approval_pk primary key (province_id, agency_id, permit_id),
  constraint permit_approval_permit_fk foreign key (province_id, agency_id, permit_id, proposed_by_person)
    references placement.permit (province_id, agency_id, permit_id, proposed_by_person),
  constraint permit_approval_opener_fk foreign key (province_id, agency_id, opened_by_person)
    references placement.agency (province_id, agency_id, opened_by_person),
  constraint permit_approval_agency_fk foreign key (province_id, agency_id, county_code)
    references placement.agency (province_id, agency_id, county_code),
  constraint permit_approval_four_eyes check (
    approved_by_person <> proposed_by_person and approved_by_person <> opened_by_person
  )
);
comment on table placement.permit_approval is
  'appended: permits that hold, each approved by another person than proposed it';

alter table placement.agency enable row level security;
alter table placement.agency force row level security;
alter table placement.permit enable row level security;
alter table placement.permit force row level security;
alter table placement.permit_approval enable row level security;
alter table placement.permit_approval force row level security;

-- Executive agencies and banks read what was approved once; what waits is the directorate's and the county's.
create policy agency_read on placement.agency for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null
    or state in ('valid', 'renewal_proposed', 'suspended', 'annulled', 'ended')
  )
  and platform.scope_person() is null
);
create policy agency_add on placement.agency for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy agency_move on placement.agency for update
  using (
    province_id = platform.scope_province()
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province());
create policy permit_read on placement.permit for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_person() is null
);
create policy permit_add on placement.permit for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);
create policy permit_approval_read on placement.permit_approval for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_person() is null
);
create policy permit_approval_add on placement.permit_approval for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and platform.scope_office() is null and platform.scope_person() is null
);

grant select, insert on placement.agency to karsaz_app;
grant update (
  name, kind, channel, permit_number, address, phone, listed, permit_id, permit_proposed_by, ended_on, state,
  version, moved_at
) on placement.agency to karsaz_app;
grant select, insert on placement.permit to karsaz_app;
grant select, insert on placement.permit_approval to karsaz_app;
