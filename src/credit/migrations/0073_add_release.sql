-- A reserve, or a part of it, given up to the open part of one slice: one person proposes it, another approves it
-- under a resolution (L3, L6). The money itself is transfers of the ledger.

create table credit.release (
  province_id smallint not null,
  id uuid not null,
  line_id uuid not null,
  slice_id uuid not null,
  -- The county of the slice; null is a matter of the province, which county offices do not see.
  county_code text,
  share text not null,
  amount bigint not null,
  reason text not null,
  proposed_by_person uuid not null,
  proposed_by_user uuid not null,
  constraint release_pk primary key (province_id, id),
  constraint release_proposer_key unique (province_id, id, proposed_by_person),
  constraint release_line_fk foreign key (province_id, line_id) references credit.line (province_id, id),
  constraint release_slice_fk foreign key (province_id, slice_id) references credit.slice (province_id, id),
  constraint release_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint release_case_fk foreign key (province_id, id) references casework.case_file (province_id, id),
  constraint release_proposer_holds_account foreign key (proposed_by_user, proposed_by_person)
    references access.account_holder (user_id, person_id),
  constraint release_share_known check (
    share ~ '^(cooperative|supporter|person|enterprise|target_group|rural|decile_[1-9])(/(cooperative|supporter|person|enterprise|target_group|rural|decile_[1-9])){0,2}$'
  ),
  constraint release_amount_positive check (amount > 0),
  constraint release_has_reason check (length(btrim(reason)) > 0)
);
comment on table credit.release is 'appended: proposals to give a part of a reserve up to the open part of its slice';
create index release_line_idx on credit.release (province_id, line_id);
create index release_slice_idx on credit.release (province_id, slice_id);

create table credit.release_approval (
  province_id smallint not null,
  release_id uuid not null,
  county_code text,
  proposed_by_person uuid not null,
  approved_by_person uuid not null,
  approved_by_user uuid not null,
  resolution_number text not null,
  resolution_day platform.day not null,
  constraint release_approval_pk primary key (province_id, release_id),
  constraint release_approval_proposer_fk foreign key (province_id, release_id, proposed_by_person)
    references credit.release (province_id, id, proposed_by_person),
  constraint release_approval_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint release_approval_approver_holds_account foreign key (approved_by_user, approved_by_person)
    references access.account_holder (user_id, person_id),
  constraint release_approval_four_eyes check (approved_by_person <> proposed_by_person)
);
comment on table credit.release_approval is 'appended: approvals by another person under a resolution (L3, L6)';

grant select, insert on credit.release to karsaz_app;
revoke update, delete, truncate on credit.release from karsaz_app;
alter table credit.release enable row level security;
alter table credit.release force row level security;
create policy release_read on credit.release for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy release_write on credit.release for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

grant select, insert on credit.release_approval to karsaz_app;
revoke update, delete, truncate on credit.release_approval from karsaz_app;
alter table credit.release_approval enable row level security;
alter table credit.release_approval force row level security;
create policy release_approval_read on credit.release_approval for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy release_approval_write on credit.release_approval for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
