-- What people decided about two records that may be one person. Proposals are computed of the present facts each
-- time and stored nowhere, so nothing can go stale; decisions are only added, and the last one of a pair holds.
create table party.duplicate_decision (
  province_id smallint not null,
  decision_id uuid not null,
  first_id uuid not null,
  second_id uuid not null,
  verdict text not null,
  kept_id uuid,
  reasons text[] not null,
  decided_at timestamptz(3) not null,
  decider_user_id uuid not null,
  decider_person_id uuid not null,
  constraint duplicate_decision_pkey primary key (province_id, decision_id),
  constraint duplicate_decision_first foreign key (province_id, first_id)
    references party.person (province_id, person_id),
  constraint duplicate_decision_second foreign key (province_id, second_id)
    references party.person (province_id, person_id),
  constraint duplicate_decision_pair_in_order check (first_id < second_id),
  constraint duplicate_decision_verdict_known check (verdict in ('same', 'different', 'undone')),
  constraint duplicate_decision_keeps_one check (
    (verdict = 'same') = (kept_id is not null) and (kept_id is null or kept_id in (first_id, second_id))
  )
);
comment on table party.duplicate_decision is
  'appended: that two records are one person, are two, or that a merge was taken back; by whom and on what likeness.';
create index duplicate_decision_by_pair on party.duplicate_decision (province_id, first_id, second_id, decided_at);
alter table party.duplicate_decision enable row level security;
alter table party.duplicate_decision force row level security;
create policy duplicate_decision_read on party.duplicate_decision for select
  using (province_id = platform.scope_province() or platform.reads_all());
create policy duplicate_decision_add on party.duplicate_decision for insert
  with check (province_id = platform.scope_province());
revoke update, delete, truncate on party.duplicate_decision from karsaz_app;
grant select, insert on party.duplicate_decision to karsaz_app;
create index person_merged on party.person (province_id, merged_into) where merged_into is not null;
