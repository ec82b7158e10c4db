-- A division is divided anew mid-year: one person proposes the new sum of each part, another approves it under a
-- resolution. What the parts had when it was proposed stands beside it: if that has changed, it is refused.

create table credit.redivision (
  province_id smallint not null,
  id uuid not null,
  line_id uuid not null,
  -- The slice that was divided.
  slice_id uuid not null,
  -- Its county; null is a matter of the province, which county offices do not see.
  county_code text,
  reason text not null,
  proposed_by_person uuid not null,
  proposed_by_user uuid not null,
  constraint redivision_pk primary key (province_id, id),
  constraint redivision_proposer_key unique (province_id, id, proposed_by_person),
  constraint redivision_line_fk foreign key (province_id, line_id) references credit.line (province_id, id),
  constraint redivision_slice_fk foreign key (province_id, slice_id) references credit.slice (province_id, id),
  constraint redivision_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint redivision_case_fk foreign key (province_id, id) references casework.case_file (province_id, id),
  constraint redivision_proposer_holds_account foreign key (proposed_by_user, proposed_by_person)
    references access.account_holder (user_id, person_id),
  constraint redivision_has_reason check (length(btrim(reason)) > 0)
);
comment on table credit.redivision is 'appended: proposals to divide a divided slice anew';
create index redivision_slice_idx on credit.redivision (province_id, slice_id);

create table credit.redivision_part (
  province_id smallint not null,
  redivision_id uuid not null,
  slice_id uuid not null,
  county_code text,
  amount_before bigint not null,
  amount_after bigint not null,
  jobs_before integer not null,
  jobs_after integer not null,
  constraint redivision_part_pk primary key (province_id, redivision_id, slice_id),
  constraint redivision_part_redivision_fk foreign key (province_id, redivision_id)
    references credit.redivision (province_id, id),
  constraint redivision_part_slice_fk foreign key (province_id, slice_id) references credit.slice (province_id, id),
  constraint redivision_part_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint redivision_part_amounts_not_negative check (amount_before >= 0 and amount_after >= 0),
  constraint redivision_part_jobs_not_negative check (jobs_before >= 0 and jobs_after >= 0)
);
comment on table credit.redivision_part is 'appended: what each part had, and what it is to have';

create table credit.redivision_approval (
  province_id smallint not null,
  redivision_id uuid not null,
  county_code text,
  proposed_by_person uuid not null,
  approved_by_person uuid not null,
  approved_by_user uuid not null,
  resolution_number text not null,
  resolution_day platform.day not null,
  constraint redivision_approval_pk primary key (province_id, redivision_id),
  constraint redivision_approval_proposer_fk foreign key (province_id, redivision_id, proposed_by_person)
    references credit.redivision (province_id, id, proposed_by_person),
  constraint redivision_approval_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint redivision_approval_approver_holds_account foreign key (approved_by_user, approved_by_person)
    references access.account_holder (user_id, person_id),
  constraint redivision_approval_four_eyes check (approved_by_person <> proposed_by_person)
);
comment on table credit.redivision_approval is 'appended: approvals by another person under a resolution (L6)';

grant select, insert on credit.redivision to karsaz_app;
revoke update, delete, truncate on credit.redivision from karsaz_app;
alter table credit.redivision enable row level security;
alter table credit.redivision force row level security;
create policy redivision_read on credit.redivision for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy redivision_write on credit.redivision for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

grant select, insert on credit.redivision_part to karsaz_app;
revoke update, delete, truncate on credit.redivision_part from karsaz_app;
alter table credit.redivision_part enable row level security;
alter table credit.redivision_part force row level security;
create policy redivision_part_read on credit.redivision_part for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy redivision_part_write on credit.redivision_part for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

grant select, insert on credit.redivision_approval to karsaz_app;
revoke update, delete, truncate on credit.redivision_approval from karsaz_app;
alter table credit.redivision_approval enable row level security;
alter table credit.redivision_approval force row level security;
create policy redivision_approval_read on credit.redivision_approval for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy redivision_approval_write on credit.redivision_approval for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

-- What a part was given is less by what goes back to the slice above, and more by what comes out of it.
insert into credit.effect (transfer_kind, from_stage, stage, sign, side) values
  ('redivide_back', 'available', 'sliced', -1, 'debit'),
  ('redivide', 'available', 'sliced', 1, 'credit');
