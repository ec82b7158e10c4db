-- A confirmed payment that turns out wrong is taken back by a reversal and, where something of it is right, paid again
-- by a transfer of the right sum: proposed by one person, confirmed by another, never an update.

create table credit.correction (
  province_id smallint not null,
  id uuid not null,
  award_id uuid not null,
  county_code text,
  -- The transfer that paid too much.
  payment_id uuid not null,
  paid bigint not null,
  amount bigint not null,
  reason text not null,
  proposed_by_person uuid not null,
  proposed_by_user uuid not null,
  constraint correction_pk primary key (province_id, id),
  constraint correction_proposer_key unique (province_id, id, proposed_by_person),
  constraint correction_award_fk foreign key (province_id, award_id) references credit.award (province_id, id),
  constraint correction_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint correction_proposer_holds_account foreign key (proposed_by_user, proposed_by_person)
    references access.account_holder (user_id, person_id),
  constraint correction_amount_not_negative check (amount >= 0),
  constraint correction_takes_something_back check (amount < paid),
  constraint correction_has_reason check (length(trim(reason)) > 0)
);
comment on table credit.correction is 'appended: confirmed payments proposed to be corrected, each with its reason';
create index correction_award_idx on credit.correction (province_id, award_id);

create table credit.correction_approval (
  province_id smallint not null,
  correction_id uuid not null,
  -- The act on the award by which it was done.
  id uuid not null,
  county_code text,
  proposed_by_person uuid not null,
  approved_by_person uuid not null,
  approved_by_user uuid not null,
  constraint correction_approval_pk primary key (province_id, correction_id),
  constraint correction_approval_proposer_fk foreign key (province_id, correction_id, proposed_by_person)
    references credit.correction (province_id, id, proposed_by_person),
  constraint correction_approval_approver_holds_account foreign key (approved_by_user, approved_by_person)
    references access.account_holder (user_id, person_id),
  constraint correction_approval_four_eyes check (approved_by_person <> proposed_by_person)
);
comment on table credit.correction_approval is 'appended: corrections confirmed by another person (L6)';

-- What was paid so far is smaller by what a correction takes back.
insert into credit.effect (transfer_kind, from_stage, stage, sign) values ('correct', 'paid', 'paid', -1);

grant select, insert on credit.correction to karsaz_app;
revoke update, delete, truncate on credit.correction from karsaz_app;
grant select, insert on credit.correction_approval to karsaz_app;
revoke update, delete, truncate on credit.correction_approval from karsaz_app;

alter table credit.correction enable row level security;
alter table credit.correction force row level security;
create policy correction_read on credit.correction for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy correction_write on credit.correction for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

alter table credit.correction_approval enable row level security;
alter table credit.correction_approval force row level security;
create policy correction_approval_read on credit.correction_approval for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy correction_approval_write on credit.correction_approval for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
