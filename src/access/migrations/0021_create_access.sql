create schema access;
grant usage on schema access to karsaz_app;

create table access.person (
  person_id uuid not null,
  identity_hash bytea not null,
  name text not null,
  entered_at timestamptz(3) not null,
  constraint person_pkey primary key (person_id),
  constraint person_identity_once unique (identity_hash),
  constraint person_identity_is_sha256 check (octet_length(identity_hash) = 32)
);
comment on table access.person is
  'kept: coordinator. The persons behind accounts, told apart by a keyed hash of the national id, which is not stored.';
grant select, insert on access.person to karsaz_app;

create table access.account_holder (
  user_id uuid not null,
  person_id uuid not null,
  constraint account_holder_pkey primary key (user_id),
  constraint account_holder_of_person unique (user_id, person_id),
  constraint account_holder_account foreign key (user_id) references auth.user_account (id),
  constraint account_holder_person foreign key (person_id) references access.person (person_id)
);
comment on table access.account_holder is
  'appended: coordinator. Which person holds which account, for ever: four eyes count persons (L6).';
grant select, insert on access.account_holder to karsaz_app;

-- A role granted to an account in a scope. province_id is -1 for what is of no province: administrators of the
-- installation, auditors, the ministry.
create table access.role_grant (
  province_id smallint not null,
  grant_id uuid not null,
  user_id uuid not null,
  person_id uuid not null,
  role text not null,
  county_code text,
  office_id uuid,
  starts_on platform.day not null,
  ends_on platform.day,
  needs_approval boolean not null,
  proposer_user_id uuid not null,
  proposer_person_id uuid not null,
  proposed_at timestamptz(3) not null,
  constraint role_grant_pkey primary key (province_id, grant_id),
  constraint role_grant_as_approved
    unique (province_id, grant_id, proposer_person_id, person_id, needs_approval),
  constraint role_grant_holder foreign key (user_id, person_id)
    references access.account_holder (user_id, person_id),
  constraint role_grant_proposer foreign key (proposer_user_id, proposer_person_id)
    references access.account_holder (user_id, person_id),
  constraint role_grant_county foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint role_grant_province_known check (province_id between -1 and 99),
  constraint role_grant_days_in_order check (ends_on is null or ends_on >= starts_on),
  -- The two roles that decide over money and over access: nobody gives them alone.
  constraint role_grant_powerful_needs_approval check (needs_approval = (role in ('administrator', 'director'))),
  constraint role_grant_scope_fits_role check (
    case role
      when 'administrator' then county_code is null and office_id is null
      when 'ministry' then province_id = -1 and county_code is null and office_id is null
      when 'auditor' then province_id = -1 and county_code is null and office_id is null
      when 'director' then province_id >= 0 and county_code is null and office_id is null
      when 'deputy' then province_id >= 0 and county_code is null and office_id is null
      when 'editor' then province_id >= 0 and county_code is null and office_id is null
      when 'applicant' then province_id >= 0 and county_code is null and office_id is null
      when 'county_office' then province_id >= 0 and county_code is not null and office_id is null
      when 'agency' then province_id >= 0 and office_id is not null
      when 'bank' then province_id >= 0 and office_id is not null
      else false
    end
  )
);
comment on table access.role_grant is
  'appended: a role proposed for an account in a scope. It is in force from its first day, once approved where it needs that, until it ends.';
create index role_grant_by_user on access.role_grant (user_id);
alter table access.role_grant enable row level security;
alter table access.role_grant force row level security;
create policy role_grant_read on access.role_grant for select
  using (province_id = platform.scope_province() or platform.scope_province() = -1 or platform.reads_all());
create policy role_grant_add on access.role_grant for insert
  with check (province_id = platform.scope_province() or platform.scope_province() = -1);
revoke update, delete, truncate on access.role_grant from karsaz_app;
grant select, insert on access.role_grant to karsaz_app;

create table access.role_grant_approval (
  province_id smallint not null,
  grant_id uuid not null,
  proposer_person_id uuid not null,
  person_id uuid not null,
  needs_approval boolean not null,
  approver_user_id uuid not null,
  approver_person_id uuid not null,
  approved_at timestamptz(3) not null,
  constraint role_grant_approval_pkey primary key (province_id, grant_id),
  constraint role_grant_approval_of_grant
    foreign key (province_id, grant_id, proposer_person_id, person_id, needs_approval)
    references access.role_grant (province_id, grant_id, proposer_person_id, person_id, needs_approval),
  constraint role_grant_approval_approver foreign key (approver_user_id, approver_person_id)
    references access.account_holder (user_id, person_id),
  constraint role_grant_approval_only_where_needed check (needs_approval),
  constraint role_grant_approval_four_eyes check (approver_person_id <> proposer_person_id),
  constraint role_grant_approval_not_to_oneself check (approver_person_id <> person_id)
);
comment on table access.role_grant_approval is
  'appended: the second signature under a grant, by another person than its proposer and its holder (L6).';
alter table access.role_grant_approval enable row level security;
alter table access.role_grant_approval force row level security;
create policy role_grant_approval_read on access.role_grant_approval for select
  using (province_id = platform.scope_province() or platform.scope_province() = -1 or platform.reads_all());
create policy role_grant_approval_add on access.role_grant_approval for insert
  with check (province_id = platform.scope_province() or platform.scope_province() = -1);
revoke update, delete, truncate on access.role_grant_approval from karsaz_app;
grant select, insert on access.role_grant_approval to karsaz_app;

create table access.role_grant_end (
  province_id smallint not null,
  grant_id uuid not null,
  ender_user_id uuid not null,
  ender_person_id uuid not null,
  reason text not null,
  ended_at timestamptz(3) not null,
  constraint role_grant_end_pkey primary key (province_id, grant_id),
  constraint role_grant_end_of_grant foreign key (province_id, grant_id)
    references access.role_grant (province_id, grant_id),
  constraint role_grant_end_ender foreign key (ender_user_id, ender_person_id)
    references access.account_holder (user_id, person_id),
  constraint role_grant_end_has_reason check (length(reason) between 1 and 500)
);
comment on table access.role_grant_end is
  'appended: a grant taken back, or a proposal declined, at once; who did it and why.';
alter table access.role_grant_end enable row level security;
alter table access.role_grant_end force row level security;
create policy role_grant_end_read on access.role_grant_end for select
  using (province_id = platform.scope_province() or platform.scope_province() = -1 or platform.reads_all());
create policy role_grant_end_add on access.role_grant_end for insert
  with check (province_id = platform.scope_province() or platform.scope_province() = -1);
revoke update, delete, truncate on access.role_grant_end from karsaz_app;
grant select, insert on access.role_grant_end to karsaz_app;

create table access.audit_event (
  province_id smallint not null,
  event_id uuid not null,
  at timestamptz(3) not null,
  event text not null,
  user_id uuid,
  person_id uuid,
  role text,
  subject text,
  subject_id text,
  facts jsonb not null,
  constraint audit_event_pkey primary key (province_id, event_id),
  constraint audit_event_form check (event ~ '^[a-z]+\.[a-z_]+$'),
  constraint audit_event_facts_flat check (jsonb_typeof(facts) = 'object')
);
comment on table access.audit_event is
  'appended: who did or read what, and what was refused. Facts hold ids and hashes only (L4). province_id -1: of no province.';
create index audit_event_by_time on access.audit_event (province_id, at);
alter table access.audit_event enable row level security;
alter table access.audit_event force row level security;
create policy audit_event_read on access.audit_event for select
  using (province_id = platform.scope_province() or platform.scope_province() = -1 or platform.reads_all());
create policy audit_event_add on access.audit_event for insert
  with check (province_id = platform.scope_province() or platform.scope_province() = -1);
revoke update, delete, truncate on access.audit_event from karsaz_app;
grant select, insert on access.audit_event to karsaz_app;

create table access.one_time_link (
  link_id uuid not null,
  purpose text not null,
  user_id uuid,
  token_hash bytea not null,
  uses_left smallint not null,
  made_at timestamptz(3) not null,
  expires_at timestamptz(3) not null,
  -- The account of an administrator or a director is opened to a new password by two persons, for whoever could
  -- do it alone could then act as the other one (L6).
  person_id uuid,
  maker_person_id uuid,
  needs_confirmation boolean not null,
  confirmer_person_id uuid,
  constraint one_time_link_pkey primary key (link_id),
  constraint one_time_link_token_once unique (token_hash),
  constraint one_time_link_token_is_sha256 check (octet_length(token_hash) = 32),
  constraint one_time_link_account foreign key (user_id) references auth.user_account (id),
  constraint one_time_link_purpose_known check (purpose in ('first_administrators', 'password')),
  constraint one_time_link_has_account check ((purpose = 'password') = (user_id is not null)),
  constraint one_time_link_uses check (uses_left between 0 and 2),
  constraint one_time_link_holder foreign key (user_id, person_id)
    references access.account_holder (user_id, person_id),
  constraint one_time_link_has_maker check (
    (purpose = 'password') = (person_id is not null and maker_person_id is not null)
  ),
  constraint one_time_link_four_eyes check (confirmer_person_id <> maker_person_id),
  constraint one_time_link_not_by_oneself check (confirmer_person_id <> person_id)
);
comment on table access.one_time_link is
  'kept: coordinator. Addresses that open once: for the first two administrators, and for a new password. Only the hash of the token is here.';
grant select, insert, update on access.one_time_link to karsaz_app;

create table access.sign_in_limit (
  limit_key text not null,
  tries integer not null,
  since timestamptz(3) not null,
  constraint sign_in_limit_pkey primary key (limit_key),
  constraint sign_in_limit_tries_positive check (tries > 0)
);
comment on table access.sign_in_limit is
  'kept: own key limit_key. Tries to sign in since the beginning of a window, by name, by address and by both.';
grant select, insert, update, delete on access.sign_in_limit to karsaz_app;

-- When in force is asked of a day by the caller; here stands what does not depend on the day.
create view access.read_role_grant with (security_invoker = true) as
  select
    granted.province_id,
    granted.grant_id,
    granted.user_id,
    granted.person_id,
    granted.role,
    granted.county_code,
    granted.office_id,
    granted.starts_on,
    granted.ends_on,
    granted.needs_approval,
    granted.proposer_person_id,
    granted.proposed_at,
    approval.approver_person_id,
    approval.approved_at,
    ended.ended_at,
    case
      when ended.grant_id is not null then 'ended'
      when granted.needs_approval and approval.grant_id is null then 'proposed'
      else 'granted'
    end as standing
  from access.role_grant granted
  left join access.role_grant_approval approval
    on approval.province_id = granted.province_id and approval.grant_id = granted.grant_id
  left join access.role_grant_end ended
    on ended.province_id = granted.province_id and ended.grant_id = granted.grant_id;
grant select on access.read_role_grant to karsaz_app;

create view access.read_user with (security_invoker = true) as
  select account.id as user_id, holder.person_id, account.username, account.name, account.locked_at
  from auth.user_account account
  join access.account_holder holder on holder.user_id = account.id;
grant select on access.read_user to karsaz_app;
