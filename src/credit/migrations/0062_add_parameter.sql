-- The dated terms of a line: a new value begins on a day, by a legal reference, and the older ones stay. What the line
-- was drafted with holds until the first of them.

create table credit.parameter (
  province_id smallint not null,
  -- Also the id of the act on the line's case, which says who set it and when.
  id uuid not null,
  line_id uuid not null,
  name text not null,
  -- For whom a ceiling holds.
  beneficiary_kind text,
  rate_kind text,
  -- Rials, months, or hundredths of a percent.
  value bigint not null,
  valid_from platform.day not null,
  legal_reference text not null,
  constraint parameter_pk primary key (province_id, id),
  constraint parameter_line_fk foreign key (province_id, line_id) references credit.line (province_id, id),
  constraint parameter_once unique nulls not distinct (province_id, line_id, name, beneficiary_kind, valid_from),
  constraint parameter_name_known
    check (name in ('rate', 'grace_months', 'term_months', 'ceiling_per_beneficiary', 'ceiling_per_job')),
  constraint parameter_ceiling_is_for
    check ((name in ('ceiling_per_beneficiary', 'ceiling_per_job')) = (beneficiary_kind is not null)),
  constraint parameter_beneficiary_kind_known
    check (beneficiary_kind in ('person', 'cooperative', 'supporter', 'enterprise')),
  constraint parameter_rate_has_kind check ((name = 'rate') = (rate_kind is not null)),
  constraint parameter_rate_kind_known check (rate_kind in ('fee', 'profit', 'subsidy')),
  constraint parameter_value_not_negative check (value >= 0),
  constraint parameter_has_reference check (length(btrim(legal_reference)) > 0)
);
comment on table credit.parameter is
  'appended: the dated terms and ceilings of a line; a value is followed by another, never changed';
grant select, insert on credit.parameter to karsaz_app;
revoke update, delete, truncate on credit.parameter from karsaz_app;

-- Who sees the terms of a line sees how they changed: a county office decides awards by them.
alter table credit.parameter enable row level security;
alter table credit.parameter force row level security;
create policy parameter_read on credit.parameter for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy parameter_write on credit.parameter for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
