-- What banks had paid of a line before the province began with Karsaz: entered once, by slice and share, with its source;
-- one person proposes it, another approves it under a resolution, and a mistaken one is taken back whole. It names sums
-- of the whole province: no county office sees it, but its transfers stand in the accounts of their own slices.

create table credit.opening (
  province_id smallint not null,
  id uuid not null,
  line_id uuid not null,
  -- The last day whose payments are in it.
  paid_until platform.day not null,
  source_number text not null,
  source_day platform.day not null,
  source_title text not null,
  -- What the source says of itself: the rows add up to it.
  stated_loans integer not null,
  stated_sum bigint not null,
  proposed_by_person uuid not null,
  proposed_by_user uuid not null,
  constraint opening_pk primary key (province_id, id),
  constraint opening_proposer_key unique (province_id, id, proposed_by_person),
  constraint opening_line_fk foreign key (province_id, line_id) references credit.line (province_id, id),
  constraint opening_case_fk foreign key (province_id, id) references casework.case_file (province_id, id),
  constraint opening_proposer_holds_account foreign key (proposed_by_user, proposed_by_person)
    references access.account_holder (user_id, person_id),
  constraint opening_has_title check (length(btrim(source_title)) > 0),
  constraint opening_stated_positive check (stated_loans > 0 and stated_sum > 0)
);
comment on table credit.opening is 'appended: what banks had paid of a line before the beginning, proposed with its source';
create index opening_line_idx on credit.opening (province_id, line_id);

create table credit.opening_row (
  province_id smallint not null,
  opening_id uuid not null,
  slice_id uuid not null,
  share text not null,
  amount bigint not null,
  loans integer not null,
  jobs integer not null,
  constraint opening_row_pk primary key (province_id, opening_id, slice_id, share),
  constraint opening_row_opening_fk foreign key (province_id, opening_id) references credit.opening (province_id, id),
  constraint opening_row_slice_fk foreign key (province_id, slice_id) references credit.slice (province_id, id),
  constraint opening_row_amount_positive check (amount > 0),
  constraint opening_row_counts_right check (loans > 0 and jobs >= 0)
);
comment on table credit.opening_row is 'appended: what was paid out of one share of one slice before the beginning';

create table credit.opening_approval (
  province_id smallint not null,
  opening_id uuid not null,
  proposed_by_person uuid not null,
  approved_by_person uuid not null,
  approved_by_user uuid not null,
  resolution_number text not null,
  resolution_day platform.day not null,
  constraint opening_approval_pk primary key (province_id, opening_id),
  constraint opening_approval_proposer_fk foreign key (province_id, opening_id, proposed_by_person)
    references credit.opening (province_id, id, proposed_by_person),
  constraint opening_approval_approver_holds_account foreign key (approved_by_user, approved_by_person)
    references access.account_holder (user_id, person_id),
  constraint opening_approval_four_eyes check (approved_by_person <> proposed_by_person)
);
comment on table credit.opening_approval is 'appended: approvals by another person under a resolution (L6)';

create table credit.takeback (
  province_id smallint not null,
  -- The act on the case of the opening by which it was proposed.
  id uuid not null,
  opening_id uuid not null,
  reason text not null,
  proposed_by_person uuid not null,
  proposed_by_user uuid not null,
  constraint takeback_pk primary key (province_id, id),
  constraint takeback_proposer_key unique (province_id, id, opening_id, proposed_by_person),
  constraint takeback_opening_fk foreign key (province_id, opening_id) references credit.opening (province_id, id),
  constraint takeback_proposer_holds_account foreign key (proposed_by_user, proposed_by_person)
    references access.account_holder (user_id, person_id),
  constraint takeback_has_reason check (length(btrim(reason)) > 0)
);
comment on table credit.takeback is 'appended: proposals to take an approved opening back, each with its reason';
create index takeback_opening_idx on credit.takeback (province_id, opening_id);

create table credit.takeback_approval (
  province_id smallint not null,
  takeback_id uuid not null,
  opening_id uuid not null,
  -- The act on the case of the opening by which it was done.
  id uuid not null,
  proposed_by_person uuid not null,
  approved_by_person uuid not null,
  approved_by_user uuid not null,
  resolution_number text not null,
  resolution_day platform.day not null,
  constraint takeback_approval_pk primary key (province_id, takeback_id),
  -- An opening is taken back once.
  constraint takeback_approval_once unique (province_id, opening_id),
  constraint takeback_approval_proposer_fk foreign key (province_id, takeback_id, opening_id, proposed_by_person)
    references credit.takeback (province_id, id, opening_id, proposed_by_person),
  constraint takeback_approval_approver_holds_account foreign key (approved_by_user, approved_by_person)
    references access.account_holder (user_id, person_id),
  constraint takeback_approval_four_eyes check (approved_by_person <> proposed_by_person)
);
comment on table credit.takeback_approval is 'appended: openings taken back, as confirmed by another person (L6)';

grant select, insert on credit.opening to karsaz_app;
revoke update, delete, truncate on credit.opening from karsaz_app;
alter table credit.opening enable row level security;
alter table credit.opening force row level security;
create policy opening_read on credit.opening for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy opening_write on credit.opening for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

grant select, insert on credit.opening_row to karsaz_app;
revoke update, delete, truncate on credit.opening_row from karsaz_app;
alter table credit.opening_row enable row level security;
alter table credit.opening_row force row level security;
create policy opening_row_read on credit.opening_row for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy opening_row_write on credit.opening_row for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

grant select, insert on credit.opening_approval to karsaz_app;
revoke update, delete, truncate on credit.opening_approval from karsaz_app;
alter table credit.opening_approval enable row level security;
alter table credit.opening_approval force row level security;
create policy opening_approval_read on credit.opening_approval for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy opening_approval_write on credit.opening_approval for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

grant select, insert on credit.takeback to karsaz_app;
revoke update, delete, truncate on credit.takeback from karsaz_app;
alter table credit.takeback enable row level security;
alter table credit.takeback force row level security;
create policy takeback_read on credit.takeback for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy takeback_write on credit.takeback for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

grant select, insert on credit.takeback_approval to karsaz_app;
revoke update, delete, truncate on credit.takeback_approval from karsaz_app;
alter table credit.takeback_approval enable row level security;
alter table credit.takeback_approval force row level security;
create policy takeback_approval_read on credit.takeback_approval for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy takeback_approval_write on credit.takeback_approval for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

-- What was paid had been referred and contracted. It counts for no reservation: nothing was drawn in Karsaz, and the
-- forecast of a line reads how fast it is drawn on.
insert into credit.effect (transfer_kind, from_stage, stage, sign) values
  ('pay_opening', 'available', 'referred', 1),
  ('pay_opening', 'available', 'contracted', 1),
  ('pay_opening', 'available', 'paid', 1),
  ('take_back_opening', 'paid', 'referred', -1),
  ('take_back_opening', 'paid', 'contracted', -1),
  ('take_back_opening', 'paid', 'paid', -1);

-- A payment from before the beginning names no award; whose it was is known where its slice or its share says so. The
-- number of awards is that of `award_id`: what refers to anything else is none.
create or replace view credit.read_movement with (security_invoker = true) as
select t.province_id,
  t.id as record_id,
  s.county_code,
  l.budget_year,
  t.happened_on,
  t.recorded_at,
  e.stage,
  e.sign * t.amount as amount,
  split_part(x.share, '/', 1) as share,
  s.axis,
  s.category_key,
  -- A category of which nothing was said is open.
  case when s.category_key is null then null
    when coalesce((select o.open from occupation.read_loan_opening o
      where o.province_id = s.province_id and o.budget_year = l.budget_year and o.category_key = s.category_key
      order by o.in_force_from desc limit 1), true) then 'open' else 'closed' end as category_loans,
  l.programme,
  l.id as line_id,
  s.id as slice_id,
  t.reference_id,
  case when t.kind in ('pay_opening', 'take_back_opening')
    then coalesce(s.beneficiary_kind, substring(x.share from '^(person|cooperative|supporter|enterprise)(/|$)'))
    else a.beneficiary_kind end as beneficiary_kind,
  a.beneficiary_id,
  a.id as award_id
from ledger.read_transfer t
-- A county office does not see the account of the province from which its slice came; only a division crosses
-- from one slice to another, so what is hidden is the available sum of the parent.
left join ledger.read_account d on d.province_id = t.province_id and d.id = t.debit_account_id
join ledger.read_account x on x.province_id = t.province_id and x.id = t.credit_account_id
join credit.effect e on e.side = 'credit' and e.transfer_kind = t.kind
  and e.from_stage = coalesce(d.kind, 'available')
join credit.slice s on s.province_id = x.province_id and s.id = x.owner_id
join credit.line l on l.province_id = s.province_id and l.id = s.line_id
left join credit.award a on a.province_id = t.province_id and a.id = t.reference_id
where t.phase in ('post', 'confirm')
union all
select t.province_id,
  t.id as record_id,
  s.county_code,
  l.budget_year,
  t.happened_on,
  t.recorded_at,
  e.stage,
  e.sign * t.amount as amount,
  split_part(x.share, '/', 1) as share,
  s.axis,
  s.category_key,
  case when s.category_key is null then null
    when coalesce((select o.open from occupation.read_loan_opening o
      where o.province_id = s.province_id and o.budget_year = l.budget_year and o.category_key = s.category_key
      order by o.in_force_from desc limit 1), true) then 'open' else 'closed' end as category_loans,
  l.programme,
  l.id as line_id,
  s.id as slice_id,
  t.reference_id,
  case when t.kind in ('pay_opening', 'take_back_opening')
    then coalesce(s.beneficiary_kind, substring(x.share from '^(person|cooperative|supporter|enterprise)(/|$)'))
    else a.beneficiary_kind end as beneficiary_kind,
  a.beneficiary_id,
  a.id as award_id
from ledger.read_transfer t
join ledger.read_account x on x.province_id = t.province_id and x.id = t.debit_account_id
join credit.effect e on e.side = 'debit' and e.transfer_kind = t.kind and e.from_stage = x.kind
join credit.slice s on s.province_id = x.province_id and s.id = x.owner_id
join credit.line l on l.province_id = s.province_id and l.id = s.line_id
left join credit.award a on a.province_id = t.province_id and a.id = t.reference_id
where t.phase in ('post', 'confirm');
