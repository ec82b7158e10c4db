-- What each law came to when it was last asked, province by province: the public board reads it. The offending
-- records are not stored; whoever may see them asks again.

create table evidence.law_state (
  province_id smallint not null,
  law text not null,
  breaches integer not null,
  asked_at timestamptz(3) not null,
  -- Since when it holds, or is broken, without a change.
  since timestamptz(3) not null,
  constraint law_state_pk primary key (province_id, law),
  constraint law_state_province_fk foreign key (province_id) references place.province (province_id),
  constraint law_state_breaches_counted check (breaches >= 0),
  constraint law_state_in_order check (since <= asked_at)
);
comment on table evidence.law_state is
  'projection: how many records break each law, as the job that asks them found it last; only counts, for everybody';

grant select, insert on evidence.law_state to karsaz_app;
grant update (breaches, asked_at, since) on evidence.law_state to karsaz_app;

alter table evidence.law_state enable row level security;
alter table evidence.law_state force row level security;
-- A count of breaches tells of no case: everybody who reads in the province may see it.
create policy law_state_read on evidence.law_state for select
  using (province_id = platform.scope_province() or platform.reads_all());
create policy law_state_begin on evidence.law_state for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy law_state_move on evidence.law_state for update
  using (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province());
