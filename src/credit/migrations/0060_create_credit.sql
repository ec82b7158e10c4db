-- Credit lines, the tree of slices, their divisions under four eyes, and the awards drawn from them. Every sum is
-- an account of the ledger and every step a transfer; here stands what a sum belongs to.

create schema credit;
grant usage on schema credit to karsaz_app;

create table credit.line (
  province_id smallint not null,
  id uuid not null,
  budget_year smallint not null,
  note text not null,
  paragraph text,
  item text,
  pot text not null,
  programme text not null,
  rate_kind text not null,
  rate_hundredths integer not null,
  grace_months smallint not null,
  term_months smallint not null,
  deadline platform.day not null,
  -- The case of a line is the province's and hidden from county offices; what they must know of it stands here.
  state text not null,
  version integer not null,
  notified_on platform.day,
  constraint line_pk primary key (province_id, id),
  constraint line_province_fk foreign key (province_id) references place.province (province_id),
  constraint line_case_fk foreign key (province_id, id) references casework.case_file (province_id, id),
  constraint line_pot_known check (pot in ('national', 'provincial')),
  constraint line_programme_known check (programme in ('home_jobs', 'ministry_bank_mou', 'rural', 'note_18')),
  constraint line_rate_kind_known check (rate_kind in ('fee', 'profit', 'subsidy')),
  constraint line_rate_not_negative check (rate_hundredths >= 0),
  constraint line_term_positive check (term_months > 0 and grace_months >= 0),
  constraint line_budget_year_jalali check (budget_year between 1300 and 1500),
  constraint line_version_positive check (version > 0),
  constraint line_notified_unless_draft check ((state = 'draft') = (notified_on is null))
);
comment on table credit.line is
  'kept: a lending quota on agent banks under one budget note and year; state and version repeat those of its case';

create table credit.notification (
  province_id smallint not null,
  id uuid not null,
  line_id uuid not null,
  letter_number text not null,
  letter_day platform.day not null,
  amount bigint not null,
  constraint notification_pk primary key (province_id, id),
  constraint notification_line_fk foreign key (province_id, line_id) references credit.line (province_id, id),
  constraint notification_letter_once unique (province_id, line_id, letter_number),
  constraint notification_amount_positive check (amount > 0)
);
comment on table credit.notification is 'appended: the letters by which a line was notified or topped up';

create table credit.share_rule (
  province_id smallint not null,
  line_id uuid not null,
  share text not null,
  rule_type text not null,
  numerator integer not null,
  denominator integer not null,
  valid_from platform.day not null,
  legal_reference text not null,
  constraint share_rule_pk primary key (province_id, line_id, share, valid_from),
  constraint share_rule_line_fk foreign key (province_id, line_id) references credit.line (province_id, id),
  constraint share_rule_type_known check (rule_type in ('reserve')),
  constraint share_rule_share_known check (share in ('cooperative')),
  constraint share_rule_is_fraction check (numerator >= 0 and denominator > 0 and numerator <= denominator),
  constraint share_rule_has_reference check (length(btrim(legal_reference)) > 0)
);
comment on table credit.share_rule is 'appended: the dated reserves of a line; a rule is followed by another, never changed';

create table credit.slice (
  province_id smallint not null,
  id uuid not null,
  line_id uuid not null,
  parent_id uuid,
  axis text not null,
  county_code text,
  category_key text,
  job_target integer not null,
  constraint slice_pk primary key (province_id, id),
  constraint slice_line_fk foreign key (province_id, line_id) references credit.line (province_id, id),
  constraint slice_parent_fk foreign key (province_id, parent_id) references credit.slice (province_id, id),
  constraint slice_place_once unique nulls not distinct (province_id, line_id, parent_id, county_code, category_key),
  constraint slice_county_fk foreign key (province_id, county_code) references place.county (province_id, county_code),
  constraint slice_category_fk foreign key (category_key) references occupation.category (category_key),
  constraint slice_axis_known check (axis in ('province', 'county', 'category')),
  constraint slice_root_is_province check ((parent_id is null) = (axis = 'province')),
  constraint slice_county_named check (axis <> 'county' or county_code is not null),
  constraint slice_category_named check ((axis = 'category') = (category_key is not null)),
  constraint slice_province_has_no_county check (axis <> 'province' or county_code is null),
  constraint slice_job_target_not_negative check (job_target >= 0)
);
comment on table credit.slice is 'kept: the tree of slices of a line; its sums are accounts of the ledger';

create table credit.slicing (
  province_id smallint not null,
  id uuid not null,
  slice_id uuid not null,
  -- The county of the slice that is divided; null is a matter of the province, which county offices do not see.
  county_code text,
  axis text not null,
  amount bigint not null,
  proposed_by_person uuid not null,
  proposed_by_user uuid not null,
  constraint slicing_pk primary key (province_id, id),
  constraint slicing_proposer_key unique (province_id, id, proposed_by_person),
  constraint slicing_slice_fk foreign key (province_id, slice_id) references credit.slice (province_id, id),
  constraint slicing_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint slicing_case_fk foreign key (province_id, id) references casework.case_file (province_id, id),
  constraint slicing_proposer_holds_account foreign key (proposed_by_user, proposed_by_person)
    references access.account_holder (user_id, person_id),
  constraint slicing_axis_known check (axis in ('county', 'category')),
  constraint slicing_amount_positive check (amount > 0)
);
comment on table credit.slicing is 'appended: proposals to divide a slice';
create index slicing_slice_idx on credit.slicing (province_id, slice_id);

create table credit.slicing_part (
  province_id smallint not null,
  slicing_id uuid not null,
  part_number smallint not null,
  county_code text,
  category_key text,
  amount bigint not null,
  job_target integer not null,
  -- Weights, bounds and sources beside each part, so that a county reads how its own number was made and no other.
  formula jsonb,
  explanation jsonb,
  constraint slicing_part_pk primary key (province_id, slicing_id, part_number),
  constraint slicing_part_slicing_fk foreign key (province_id, slicing_id) references credit.slicing (province_id, id),
  constraint slicing_part_county_fk foreign key (province_id, county_code) references place.county (province_id, county_code),
  constraint slicing_part_category_fk foreign key (category_key) references occupation.category (category_key),
  constraint slicing_part_amount_not_negative check (amount >= 0),
  constraint slicing_part_job_target_not_negative check (job_target >= 0),
  constraint slicing_part_has_place check (county_code is not null or category_key is not null)
);
comment on table credit.slicing_part is 'appended: the parts of a proposal, with each number explained';

create table credit.slicing_approval (
  province_id smallint not null,
  slicing_id uuid not null,
  county_code text,
  proposed_by_person uuid not null,
  approved_by_person uuid not null,
  approved_by_user uuid not null,
  resolution_number text not null,
  resolution_day platform.day not null,
  constraint slicing_approval_pk primary key (province_id, slicing_id),
  constraint slicing_approval_proposer_fk foreign key (province_id, slicing_id, proposed_by_person)
    references credit.slicing (province_id, id, proposed_by_person),
  constraint slicing_approval_approver_holds_account foreign key (approved_by_user, approved_by_person)
    references access.account_holder (user_id, person_id),
  constraint slicing_approval_four_eyes check (approved_by_person <> proposed_by_person)
);
comment on table credit.slicing_approval is 'appended: approvals by another person under a resolution (L6)';

create table credit.award (
  province_id smallint not null,
  id uuid not null,
  line_id uuid not null,
  slice_id uuid not null,
  county_code text,
  share text not null,
  amount bigint not null,
  beneficiary_kind text not null,
  beneficiary_id uuid not null,
  jobs integer not null,
  constraint award_pk primary key (province_id, id),
  constraint award_slice_fk foreign key (province_id, slice_id) references credit.slice (province_id, id),
  constraint award_line_fk foreign key (province_id, line_id) references credit.line (province_id, id),
  constraint award_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint award_share_known check (share in ('open', 'cooperative')),
  constraint award_case_fk foreign key (province_id, id) references casework.case_file (province_id, id),
  constraint award_amount_positive check (amount > 0),
  constraint award_jobs_not_negative check (jobs >= 0),
  constraint award_beneficiary_kind_known
    check (beneficiary_kind in ('person', 'cooperative', 'supporter', 'enterprise')),
  constraint award_reserve_is_for_cooperatives check (share <> 'cooperative' or beneficiary_kind = 'cooperative')
);
comment on table credit.award is 'appended: what was awarded to whom out of which slice; its way is its case and its transfers';
create index award_slice_idx on credit.award (province_id, slice_id, id);

-- What a transfer does to the turnover of a stage. A release undoes every stage it had reached.
create table credit.effect (
  transfer_kind text not null,
  from_stage text not null,
  stage text not null,
  sign smallint not null,
  constraint effect_pk primary key (transfer_kind, from_stage, stage),
  constraint effect_sign_is_one check (sign in (1, -1))
);
comment on table credit.effect is 'kept: reference table of the turnovers that a kind of transfer adds to or takes from';
insert into credit.effect (transfer_kind, from_stage, stage, sign) values
  ('notify', 'notifier', 'allocated', 1),
  ('slice', 'available', 'sliced', 1),
  ('reserve', 'available', 'reserved', 1),
  ('refer', 'reserved', 'referred', 1),
  ('contract', 'referred', 'contracted', 1),
  ('pay', 'contracted', 'paid', 1),
  ('release', 'reserved', 'reserved', -1),
  ('release', 'referred', 'reserved', -1),
  ('release', 'referred', 'referred', -1),
  ('release', 'contracted', 'reserved', -1),
  ('release', 'contracted', 'referred', -1),
  ('release', 'contracted', 'contracted', -1);

grant select on credit.effect to karsaz_app;
grant select, insert on credit.line to karsaz_app;
grant update (state, version, notified_on) on credit.line to karsaz_app;
grant select, insert on credit.notification to karsaz_app;
revoke update, delete, truncate on credit.notification from karsaz_app;
grant select, insert on credit.share_rule to karsaz_app;
revoke update, delete, truncate on credit.share_rule from karsaz_app;
grant select, insert on credit.slice to karsaz_app;
grant update (job_target) on credit.slice to karsaz_app;
grant select, insert on credit.slicing to karsaz_app;
revoke update, delete, truncate on credit.slicing from karsaz_app;
grant select, insert on credit.slicing_part to karsaz_app;
revoke update, delete, truncate on credit.slicing_part from karsaz_app;
grant select, insert on credit.slicing_approval to karsaz_app;
revoke update, delete, truncate on credit.slicing_approval from karsaz_app;
grant select, insert on credit.award to karsaz_app;
revoke update, delete, truncate on credit.award from karsaz_app;

-- Everyone sees only what is theirs (L9). A county office sees the terms of the lines, and of sums only those of
-- its own slices; an office of an agency or bank sees nothing here as long as awards name no branch; a person sees
-- the awards of which they are the beneficiary.

alter table credit.line enable row level security;
alter table credit.line force row level security;
create policy line_read on credit.line for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy line_write on credit.line for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy line_move on credit.line for update
  using (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  )
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

-- The letters name the sum of the whole province.
alter table credit.notification enable row level security;
alter table credit.notification force row level security;
create policy notification_read on credit.notification for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy notification_write on credit.notification for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

alter table credit.share_rule enable row level security;
alter table credit.share_rule force row level security;
create policy share_rule_read on credit.share_rule for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy share_rule_write on credit.share_rule for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

-- To lock a slice before drawing on it, as a county office does, asks for the right to update it.
alter table credit.slice enable row level security;
alter table credit.slice force row level security;
create policy slice_read on credit.slice for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy slice_write on credit.slice for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy slice_move on credit.slice for update
  using (
    province_id = platform.scope_province()
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  )
  with check (
    province_id = platform.scope_province()
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

alter table credit.slicing enable row level security;
alter table credit.slicing force row level security;
create policy slicing_read on credit.slicing for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy slicing_write on credit.slicing for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

alter table credit.slicing_part enable row level security;
alter table credit.slicing_part force row level security;
create policy slicing_part_read on credit.slicing_part for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy slicing_part_write on credit.slicing_part for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

alter table credit.slicing_approval enable row level security;
alter table credit.slicing_approval force row level security;
create policy slicing_approval_read on credit.slicing_approval for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy slicing_approval_write on credit.slicing_approval for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

alter table credit.award enable row level security;
alter table credit.award force row level security;
create policy award_read on credit.award for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and (platform.scope_person() is null or beneficiary_id::text = platform.scope_person())
  );
create policy award_write on credit.award for insert
  with check (
    province_id = platform.scope_province()
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

create view credit.read_line with (security_invoker = true) as
select province_id, id as line_id, budget_year, note, paragraph, item, pot, programme, deadline
from credit.line;
grant select on credit.read_line to karsaz_app;

-- One row for each stage whose turnover a posted transfer moves: the records behind every figure of this room.
create view credit.read_movement with (security_invoker = true) as
select t.province_id,
  t.id as record_id,
  s.county_code,
  l.budget_year,
  t.happened_on,
  t.recorded_at,
  e.stage,
  e.sign * t.amount as amount,
  f.share,
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
  a.beneficiary_kind,
  a.beneficiary_id
from ledger.read_transfer t
-- A county office does not see the account of the province from which its slice came; only a division crosses
-- from one slice to another, so what is hidden is the available sum of the parent.
left join ledger.read_account d on d.province_id = t.province_id and d.id = t.debit_account_id
join ledger.read_account f on f.province_id = t.province_id and f.id = t.credit_account_id
join credit.effect e on e.transfer_kind = t.kind and e.from_stage = coalesce(d.kind, 'available')
join credit.slice s on s.province_id = f.province_id and s.id = f.owner_id
join credit.line l on l.province_id = s.province_id and l.id = s.line_id
left join credit.award a on a.province_id = t.province_id and a.id = t.reference_id
where t.phase in ('post', 'confirm');
grant select on credit.read_movement to karsaz_app;
