-- Transfers between the slices of one parent before the deadline: one person proposes, another approves under a
-- resolution. The money itself is transfers of the ledger; here stands who proposed what, and why.

-- That both ends of a move have the same parent is no rule of the program alone: the key carries the parent.
alter table credit.slice add constraint slice_sibling_key unique (province_id, parent_id, id);

create table credit.reallocation (
  province_id smallint not null,
  id uuid not null,
  line_id uuid not null,
  parent_id uuid not null,
  -- The county of the parent; null is a matter of the province, which county offices do not see.
  county_code text,
  reason text not null,
  proposed_by_person uuid not null,
  proposed_by_user uuid not null,
  constraint reallocation_pk primary key (province_id, id),
  constraint reallocation_proposer_key unique (province_id, id, proposed_by_person),
  constraint reallocation_parent_key unique (province_id, id, parent_id),
  constraint reallocation_line_fk foreign key (province_id, line_id) references credit.line (province_id, id),
  constraint reallocation_parent_fk foreign key (province_id, parent_id) references credit.slice (province_id, id),
  constraint reallocation_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint reallocation_case_fk foreign key (province_id, id) references casework.case_file (province_id, id),
  constraint reallocation_proposer_holds_account foreign key (proposed_by_user, proposed_by_person)
    references access.account_holder (user_id, person_id),
  constraint reallocation_has_reason check (length(btrim(reason)) > 0)
);
comment on table credit.reallocation is 'appended: proposals to move money between the slices of one parent';
create index reallocation_line_idx on credit.reallocation (province_id, line_id);

create table credit.reallocation_move (
  province_id smallint not null,
  reallocation_id uuid not null,
  move_number smallint not null,
  parent_id uuid not null,
  county_code text,
  from_slice_id uuid not null,
  to_slice_id uuid not null,
  amount bigint not null,
  constraint reallocation_move_pk primary key (province_id, reallocation_id, move_number),
  constraint reallocation_move_of_parent_fk foreign key (province_id, reallocation_id, parent_id)
    references credit.reallocation (province_id, id, parent_id),
  constraint reallocation_move_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint reallocation_move_from_fk foreign key (province_id, parent_id, from_slice_id)
    references credit.slice (province_id, parent_id, id),
  constraint reallocation_move_to_fk foreign key (province_id, parent_id, to_slice_id)
    references credit.slice (province_id, parent_id, id),
  constraint reallocation_move_between_two check (from_slice_id <> to_slice_id),
  constraint reallocation_move_amount_positive check (amount > 0)
);
comment on table credit.reallocation_move is 'appended: from which slice to which, and how much';

create table credit.reallocation_approval (
  province_id smallint not null,
  reallocation_id uuid not null,
  county_code text,
  proposed_by_person uuid not null,
  approved_by_person uuid not null,
  approved_by_user uuid not null,
  resolution_number text not null,
  resolution_day platform.day not null,
  constraint reallocation_approval_pk primary key (province_id, reallocation_id),
  constraint reallocation_approval_proposer_fk foreign key (province_id, reallocation_id, proposed_by_person)
    references credit.reallocation (province_id, id, proposed_by_person),
  constraint reallocation_approval_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint reallocation_approval_approver_holds_account foreign key (approved_by_user, approved_by_person)
    references access.account_holder (user_id, person_id),
  constraint reallocation_approval_four_eyes check (approved_by_person <> proposed_by_person)
);
comment on table credit.reallocation_approval is 'appended: approvals by another person under a resolution (L6)';

grant select, insert on credit.reallocation to karsaz_app;
revoke update, delete, truncate on credit.reallocation from karsaz_app;
alter table credit.reallocation enable row level security;
alter table credit.reallocation force row level security;
create policy reallocation_read on credit.reallocation for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy reallocation_write on credit.reallocation for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

grant select, insert on credit.reallocation_move to karsaz_app;
revoke update, delete, truncate on credit.reallocation_move from karsaz_app;
alter table credit.reallocation_move enable row level security;
alter table credit.reallocation_move force row level security;
create policy reallocation_move_read on credit.reallocation_move for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy reallocation_move_write on credit.reallocation_move for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

grant select, insert on credit.reallocation_approval to karsaz_app;
revoke update, delete, truncate on credit.reallocation_approval from karsaz_app;
alter table credit.reallocation_approval enable row level security;
alter table credit.reallocation_approval force row level security;
create policy reallocation_approval_read on credit.reallocation_approval for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy reallocation_approval_write on credit.reallocation_approval for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

-- What a slice was given is less by what it gives on, and more by what it gets, each at its own side.
insert into credit.effect (transfer_kind, from_stage, stage, sign, side) values
  ('reallocate_out', 'available', 'sliced', -1, 'debit'),
  ('reallocate_in', 'available', 'sliced', 1, 'credit');
