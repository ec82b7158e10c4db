-- The trail says of each request whether it read, did or was refused, by which route, and which records it named.
alter table access.audit_event
  add column outcome text not null default 'did',
  add column route text,
  add column status smallint,
  add column record_ids uuid[] not null default '{}',
  add constraint audit_event_outcome_known check (outcome in ('read', 'did', 'refused')),
  add constraint audit_event_route_form check (route ~ '^[A-Z]+ /api/[A-Za-z0-9_.:*/-]*$');

comment on table access.audit_event is
  'appended: who read, did or was refused what, kept for as long as the installation. Ids, codes and hashes only (L4). province_id -1: of no province.';

-- What was written before these columns stood.
alter table access.audit_event no force row level security;
update access.audit_event set
  outcome = case event when 'access.sign_in_refused' then 'refused' else 'did' end,
  record_ids = case when subject_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
    then array[subject_id::uuid] else '{}' end;
alter table access.audit_event force row level security;

create index audit_event_by_user on access.audit_event (province_id, user_id, event_id);
create index audit_event_refused on access.audit_event (province_id, event_id) where outcome = 'refused';
create index audit_event_by_record on access.audit_event using gin (record_ids);

-- Who sees a part of a province only does not see who looked at it.
drop policy audit_event_read on access.audit_event;
create policy audit_event_read on access.audit_event for select
  using (
    (province_id = platform.scope_province() or platform.scope_province() = -1 or platform.reads_all())
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
