-- Share rules of three types, each proposed by one person and put in force by another under a resolution.

alter table credit.share_rule
  add column last_day platform.day,
  add column proposal_id uuid,
  drop constraint share_rule_pk,
  drop constraint share_rule_type_known,
  add constraint share_rule_pk primary key (province_id, line_id, rule_type, share, valid_from),
  add constraint share_rule_type_known check (rule_type in ('reserve', 'cap', 'priority')),
  add constraint share_rule_last_day_right
    check ((rule_type = 'priority') = (last_day is not null) and last_day >= valid_from);

create table credit.share_rule_proposal (
  province_id smallint not null,
  id uuid not null,
  line_id uuid not null,
  share text not null,
  rule_type text not null,
  numerator integer not null,
  denominator integer not null,
  valid_from platform.day not null,
  last_day platform.day,
  legal_reference text not null,
  proposed_by_person uuid not null,
  proposed_by_user uuid not null,
  constraint share_rule_proposal_pk primary key (province_id, id),
  constraint share_rule_proposal_proposer_key unique (province_id, id, proposed_by_person),
  constraint share_rule_proposal_line_fk foreign key (province_id, line_id) references credit.line (province_id, id),
  constraint share_rule_proposal_case_fk foreign key (province_id, id)
    references casework.case_file (province_id, id),
  constraint share_rule_proposal_proposer_holds_account foreign key (proposed_by_user, proposed_by_person)
    references access.account_holder (user_id, person_id),
  constraint share_rule_proposal_type_known check (rule_type in ('reserve', 'cap', 'priority')),
  constraint share_rule_proposal_is_fraction
    check (numerator >= 0 and denominator > 0 and numerator <= denominator),
  constraint share_rule_proposal_has_reference check (length(btrim(legal_reference)) > 0)
);
comment on table credit.share_rule_proposal is 'appended: share rules that were proposed';
create index share_rule_proposal_line_idx on credit.share_rule_proposal (province_id, line_id);

create table credit.share_rule_approval (
  province_id smallint not null,
  proposal_id uuid not null,
  proposed_by_person uuid not null,
  approved_by_person uuid not null,
  approved_by_user uuid not null,
  resolution_number text not null,
  resolution_day platform.day not null,
  constraint share_rule_approval_pk primary key (province_id, proposal_id),
  constraint share_rule_approval_proposer_fk foreign key (province_id, proposal_id, proposed_by_person)
    references credit.share_rule_proposal (province_id, id, proposed_by_person),
  constraint share_rule_approval_approver_holds_account foreign key (approved_by_user, approved_by_person)
    references access.account_holder (user_id, person_id),
  constraint share_rule_approval_four_eyes check (approved_by_person <> proposed_by_person)
);
comment on table credit.share_rule_approval is 'appended: share rules put in force by another person (L6)';

grant select, insert on credit.share_rule_proposal to karsaz_app;
revoke update, delete, truncate on credit.share_rule_proposal from karsaz_app;
grant select, insert on credit.share_rule_approval to karsaz_app;
revoke update, delete, truncate on credit.share_rule_approval from karsaz_app;

-- A proposal is a matter of the province; the rule itself, once in force, is read by county offices too.
alter table credit.share_rule_proposal enable row level security;
alter table credit.share_rule_proposal force row level security;
create policy share_rule_proposal_read on credit.share_rule_proposal for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy share_rule_proposal_write on credit.share_rule_proposal for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

alter table credit.share_rule_approval enable row level security;
alter table credit.share_rule_approval force row level security;
create policy share_rule_approval_read on credit.share_rule_approval for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy share_rule_approval_write on credit.share_rule_approval for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
