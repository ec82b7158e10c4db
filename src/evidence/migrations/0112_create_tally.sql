-- Sums of records, kept in step by a job, so that a figure of a year need not walk its transfers. A tally is what the
-- records up to its mark come to; what was recorded after the mark is added from the records themselves, so a value is
-- always that of its list (L8).

create table evidence.tally_mark (
  province_id smallint not null,
  view text not null,
  -- By which columns of the view tallies can be narrowed: tally.parts holds their values in this order.
  columns text[] not null,
  -- Everything recorded at or before this closed instant stands in the tallies, and nothing after it.
  read_until timestamptz(3) not null,
  constraint tally_mark_pk primary key (province_id, view),
  constraint tally_mark_province_fk foreign key (province_id) references place.province (province_id)
);
comment on table evidence.tally_mark is 'projection: up to which closed instant the tallies of a view hold its records';

create table evidence.tally (
  province_id smallint not null,
  view text not null,
  -- The conditions of the figure, as text: «stage=paid».
  measure text not null,
  -- A day, or a month of the Iranian calendar by its first day: whole months are read by the month.
  grain text not null,
  starts_on platform.day not null,
  -- Empty where a record is of no county, or a column has no value.
  county_code text not null,
  budget_year smallint not null,
  parts text[] not null,
  amount bigint not null,
  records integer not null,
  constraint tally_pk primary key (
    province_id, view, measure, grain, starts_on, county_code, budget_year, parts
  ),
  constraint tally_mark_fk foreign key (province_id, view) references evidence.tally_mark (province_id, view),
  constraint tally_grain_known check (grain in ('day', 'month')),
  constraint tally_counts_records check (records > 0)
);
comment on table evidence.tally is
  'projection: sums and counts of records by day and month, county, budget year and parts; rebuilt from the records';

grant select, insert on evidence.tally_mark to karsaz_app;
grant update (columns, read_until) on evidence.tally_mark to karsaz_app;
grant select, insert, delete on evidence.tally to karsaz_app;
grant update (amount, records) on evidence.tally to karsaz_app;

alter table evidence.tally_mark enable row level security;
alter table evidence.tally_mark force row level security;
create policy tally_mark_read on evidence.tally_mark for select
  using (province_id = platform.scope_province() or platform.reads_all());
create policy tally_mark_begin on evidence.tally_mark for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy tally_mark_move on evidence.tally_mark for update
  using (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province());

-- A county office reads the tallies of its county; a sum is of nobody's office or person.
alter table evidence.tally enable row level security;
alter table evidence.tally force row level security;
create policy tally_read on evidence.tally for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy tally_add on evidence.tally for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy tally_move on evidence.tally for update
  using (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province());
create policy tally_drop on evidence.tally for delete
  using (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
