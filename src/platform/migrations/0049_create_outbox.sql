-- What is to be told to people outside the house: written in the transaction of the act that causes it, sent
-- afterwards by a job. A message holds ids and words of the programme, never a name or a number of a telephone.

create table platform.message (
  province_id smallint not null,
  message_id uuid not null,
  channel text not null,
  -- A person, or else a role at the same place.
  person_id uuid,
  role text,
  county_code text,
  office_id uuid,
  topic text not null,
  subject_id uuid not null,
  facts jsonb not null,
  made_at timestamptz(3) not null,
  sent_at timestamptz(3),
  carrier text,
  text_fa text,
  text_en text,
  tries smallint not null default 0,
  tried_at timestamptz(3),
  failure text,
  constraint message_pkey primary key (province_id, message_id),
  constraint message_channel_known check (channel in ('sms', 'email', 'desk')),
  constraint message_to_one check ((person_id is null) <> (role is null)),
  constraint message_sent_by_somebody check ((sent_at is null) = (carrier is null)),
  constraint message_facts_object check (jsonb_typeof(facts) = 'object')
);
comment on table platform.message is
  'kept: messages to people outside, written with what causes them; the job that sends them writes down how it went';
create index message_waiting on platform.message (province_id, made_at) where sent_at is null;
create index message_by_subject on platform.message (province_id, topic, subject_id, made_at);
create index message_by_person on platform.message (province_id, person_id, made_at) where person_id is not null;

grant select, insert on platform.message to karsaz_app;
grant update (sent_at, carrier, text_fa, text_en, tries, tried_at, failure) on platform.message to karsaz_app;

alter table platform.message enable row level security;
alter table platform.message force row level security;
create policy message_read on platform.message for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or person_id::text = platform.scope_person())
);
-- Whoever acts may cause a message to somebody else about the same case, so a person's scope does not bind it.
create policy message_write on platform.message for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
);
create policy message_send on platform.message for update
  using (
    province_id = platform.scope_province()
    and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province());
