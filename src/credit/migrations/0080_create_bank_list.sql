-- What a bank sends back of its own books: lists of referrals, contracts and payments. A list is kept as it came;
-- what was recorded out of it stands in its entries, and the money in the ledger.

create table credit.bank_list (
  province_id smallint not null,
  id uuid not null,
  line_id uuid not null,
  bank_code text not null,
  file_hash text not null,
  file_name text not null,
  -- The list whose bad rows this one mends; both are confirmed by the same signed letter.
  mends_id uuid,
  letter_number text not null,
  letter_day platform.day not null,
  -- What the bank says in its letter that the rows are.
  stated_count integer not null,
  stated_sum bigint not null,
  uploaded_by_person uuid not null,
  uploaded_by_user uuid not null,
  constraint bank_list_pk primary key (province_id, id),
  constraint bank_list_uploader_key unique (province_id, id, uploaded_by_person),
  constraint bank_list_line_fk foreign key (province_id, line_id) references credit.line (province_id, id),
  constraint bank_list_bank_fk foreign key (bank_code) references party.bank (bank_code),
  constraint bank_list_mends_fk foreign key (province_id, mends_id) references credit.bank_list (province_id, id),
  constraint bank_list_case_fk foreign key (province_id, id) references casework.case_file (province_id, id),
  constraint bank_list_uploader_holds_account foreign key (uploaded_by_user, uploaded_by_person)
    references access.account_holder (user_id, person_id),
  constraint bank_list_hash_is_sha256 check (file_hash ~ '^[0-9a-f]{64}$'),
  constraint bank_list_counts_not_negative check (stated_count >= 0 and stated_sum >= 0)
);
comment on table credit.bank_list is 'appended: lists of a bank as they came, with what the bank states of their totals';
create index bank_list_by_file on credit.bank_list (province_id, line_id, bank_code, file_hash);

create table credit.bank_list_row (
  province_id smallint not null,
  list_id uuid not null,
  line_number integer not null,
  stage text,
  award_id uuid,
  tracking text,
  branch_code text,
  county_code text,
  category_key text,
  amount bigint,
  happened_on platform.day,
  -- Cells that could not be read, and every cell as it was written: for the file of errors.
  faults jsonb not null,
  written jsonb not null,
  constraint bank_list_row_pk primary key (province_id, list_id, line_number),
  constraint bank_list_row_list_fk foreign key (province_id, list_id) references credit.bank_list (province_id, id),
  constraint bank_list_row_stage_known check (stage in ('referred', 'contracted', 'paid'))
);
comment on table credit.bank_list_row is 'appended: the rows of a list as they came';

-- The accounts of a bank for what it reports beyond one slice belong to this row (L2).
create table credit.excess (
  province_id smallint not null,
  id uuid not null,
  line_id uuid not null,
  slice_id uuid not null,
  bank_code text not null,
  county_code text,
  constraint excess_pk primary key (province_id, id),
  constraint excess_once unique (province_id, slice_id, bank_code),
  constraint excess_line_fk foreign key (province_id, line_id) references credit.line (province_id, id),
  constraint excess_slice_fk foreign key (province_id, slice_id) references credit.slice (province_id, id),
  constraint excess_bank_fk foreign key (bank_code) references party.bank (bank_code)
);
comment on table credit.excess is 'appended: whose accounts hold what a bank reports beyond a slice';

create table credit.bank_list_entry (
  province_id smallint not null,
  id uuid not null,
  list_id uuid not null,
  line_number integer not null,
  line_id uuid not null,
  bank_code text not null,
  row_key text not null,
  stage text not null,
  tracking text not null,
  award_id uuid,
  branch_code text not null,
  amount bigint not null,
  happened_on platform.day not null,
  -- What of it was held for the award, what went beyond the slice, and the pending transfer of each.
  part bigint not null,
  part_transfer_id uuid,
  beyond bigint not null,
  beyond_transfer_id uuid,
  excess_id uuid,
  county_code text,
  constraint bank_list_entry_pk primary key (province_id, id),
  -- The same row of the same bank is recorded once, in whatever file it comes again (L5).
  constraint bank_list_entry_once unique (province_id, line_id, bank_code, row_key),
  constraint bank_list_entry_row_fk foreign key (province_id, list_id, line_number)
    references credit.bank_list_row (province_id, list_id, line_number),
  constraint bank_list_entry_award_fk foreign key (province_id, award_id) references credit.award (province_id, id),
  constraint bank_list_entry_excess_fk foreign key (province_id, excess_id) references credit.excess (province_id, id),
  constraint bank_list_entry_stage_known check (stage in ('referred', 'contracted', 'paid')),
  constraint bank_list_entry_amount_positive check (amount > 0),
  constraint bank_list_entry_whole check (stage <> 'paid' or part + beyond = amount),
  constraint bank_list_entry_parts_held
    check (part >= 0 and beyond >= 0
      and (part > 0) = (part_transfer_id is not null)
      and (beyond > 0) = (beyond_transfer_id is not null and excess_id is not null))
);
comment on table credit.bank_list_entry is 'appended: rows of lists that were recorded, and the transfers that hold their money';
create index bank_list_entry_by_list on credit.bank_list_entry (province_id, list_id);
create index bank_list_entry_by_tracking on credit.bank_list_entry (province_id, bank_code, tracking);
create index bank_list_entry_by_excess on credit.bank_list_entry (province_id, excess_id) where excess_id is not null;

create table credit.bank_list_confirmation (
  province_id smallint not null,
  list_id uuid not null,
  uploaded_by_person uuid not null,
  confirmed_by_person uuid not null,
  confirmed_by_user uuid not null,
  signed_number text not null,
  signed_day platform.day not null,
  signed_count integer not null,
  signed_sum bigint not null,
  constraint bank_list_confirmation_pk primary key (province_id, list_id),
  constraint bank_list_confirmation_uploader_fk foreign key (province_id, list_id, uploaded_by_person)
    references credit.bank_list (province_id, id, uploaded_by_person),
  constraint bank_list_confirmation_holds_account foreign key (confirmed_by_user, confirmed_by_person)
    references access.account_holder (user_id, person_id),
  constraint bank_list_confirmation_four_eyes check (confirmed_by_person <> uploaded_by_person)
);
comment on table credit.bank_list_confirmation is
  'appended: the signed list of the bank that confirms what was reported, entered by another person (L6, L11)';

create table credit.intake (
  province_id smallint not null,
  id uuid not null,
  excess_id uuid not null,
  county_code text,
  amount bigint not null,
  resolution_number text not null,
  resolution_day platform.day not null,
  by_person uuid not null,
  by_user uuid not null,
  constraint intake_pk primary key (province_id, id),
  constraint intake_excess_fk foreign key (province_id, excess_id) references credit.excess (province_id, id),
  constraint intake_holds_account foreign key (by_user, by_person) references access.account_holder (user_id, person_id),
  constraint intake_amount_positive check (amount > 0)
);
comment on table credit.intake is 'appended: what a slice took in of what a bank had reported beyond it, by which resolution';

-- A payment that is taken in stood at no earlier stage of the slice.
insert into credit.effect (transfer_kind, from_stage, stage, sign) values ('take_in', 'available', 'paid', 1);

grant select, insert on credit.bank_list to karsaz_app;
revoke update, delete, truncate on credit.bank_list from karsaz_app;
grant select, insert on credit.bank_list_row to karsaz_app;
revoke update, delete, truncate on credit.bank_list_row from karsaz_app;
grant select, insert on credit.excess to karsaz_app;
revoke update, delete, truncate on credit.excess from karsaz_app;
grant select, insert on credit.bank_list_entry to karsaz_app;
revoke update, delete, truncate on credit.bank_list_entry from karsaz_app;
grant select, insert on credit.bank_list_confirmation to karsaz_app;
revoke update, delete, truncate on credit.bank_list_confirmation from karsaz_app;
grant select, insert on credit.intake to karsaz_app;
revoke update, delete, truncate on credit.intake from karsaz_app;

-- A list holds rows of all counties and is the province's; what it left beyond a slice shows in its county (L9).
alter table credit.bank_list enable row level security;
alter table credit.bank_list force row level security;
create policy bank_list_read on credit.bank_list for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy bank_list_write on credit.bank_list for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

alter table credit.bank_list_row enable row level security;
alter table credit.bank_list_row force row level security;
create policy bank_list_row_read on credit.bank_list_row for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy bank_list_row_write on credit.bank_list_row for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

alter table credit.bank_list_confirmation enable row level security;
alter table credit.bank_list_confirmation force row level security;
create policy bank_list_confirmation_read on credit.bank_list_confirmation for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy bank_list_confirmation_write on credit.bank_list_confirmation for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

alter table credit.bank_list_entry enable row level security;
alter table credit.bank_list_entry force row level security;
create policy bank_list_entry_read on credit.bank_list_entry for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy bank_list_entry_write on credit.bank_list_entry for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

alter table credit.excess enable row level security;
alter table credit.excess force row level security;
create policy excess_read on credit.excess for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy excess_write on credit.excess for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

alter table credit.intake enable row level security;
alter table credit.intake force row level security;
create policy intake_read on credit.intake for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (platform.scope_county() is null or county_code = platform.scope_county())
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy intake_write on credit.intake for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
