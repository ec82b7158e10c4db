-- What happens to a line after its letters of notification: its deadline is put off, money is taken back, it is
-- closed. Each is a letter of its own; the money moves in the ledger.

create table credit.revision (
  province_id smallint not null,
  -- Also the id of the act on the line's case, which says who recorded it and when.
  id uuid not null,
  line_id uuid not null,
  act text not null,
  letter_number text not null,
  letter_day platform.day not null,
  reason text not null,
  -- What went back to the notifier, and the part of it that came out of the reserve.
  amount bigint,
  locked bigint,
  deadline_before platform.day,
  deadline platform.day,
  constraint revision_pk primary key (province_id, id),
  constraint revision_line_fk foreign key (province_id, line_id) references credit.line (province_id, id),
  constraint revision_letter_once unique (province_id, line_id, letter_number),
  constraint revision_act_known check (act in ('extend', 'cut', 'close')),
  constraint revision_has_reason check (length(btrim(reason)) > 0),
  constraint revision_moves_money check ((act = 'extend') = (amount is null) and (amount is null) = (locked is null)),
  constraint revision_amount_right check (amount >= 0 and locked >= 0 and locked <= amount and (act <> 'cut' or amount > 0)),
  constraint revision_moves_deadline check (
    (act = 'extend') = (deadline is not null) and (deadline is null) = (deadline_before is null)
  ),
  constraint revision_deadline_later check (deadline > deadline_before)
);
comment on table credit.revision is
  'appended: the letters that changed a line after its notification: extensions, cuts, the close';
create index revision_line_idx on credit.revision (province_id, line_id);
grant select, insert on credit.revision to karsaz_app;
revoke update, delete, truncate on credit.revision from karsaz_app;
grant update (deadline) on credit.line to karsaz_app;

-- Like the letters of notification, they name sums of the whole province.
alter table credit.revision enable row level security;
alter table credit.revision force row level security;
create policy revision_read on credit.revision for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy revision_write on credit.revision for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );

-- Money that goes up from a slice to its parent lessens what the slice was given: the turnover is that of the side
-- from which it went. Two branches, since a condition that chooses the side would hide the indexes of both accounts.
alter table credit.effect add column side text not null default 'credit';
alter table credit.effect add constraint effect_side_known check (side in ('credit', 'debit'));
insert into credit.effect (transfer_kind, from_stage, stage, sign, side) values
  ('unslice', 'available', 'sliced', -1, 'debit'),
  ('cut', 'available', 'allocated', -1, 'credit'),
  ('cut', 'available', 'handed_back', 1, 'credit'),
  ('hand_back', 'available', 'handed_back', 1, 'credit');

create or replace view credit.read_movement with (security_invoker = true) as
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
join credit.effect e on e.transfer_kind = t.kind and e.from_stage = coalesce(d.kind, 'available') and e.side = 'credit'
join credit.slice s on s.province_id = f.province_id and s.id = f.owner_id
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
  d.share,
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
  a.beneficiary_kind,
  a.beneficiary_id
from ledger.read_transfer t
join ledger.read_account d on d.province_id = t.province_id and d.id = t.debit_account_id
join credit.effect e on e.transfer_kind = t.kind and e.from_stage = d.kind and e.side = 'debit'
join credit.slice s on s.province_id = d.province_id and s.id = d.owner_id
join credit.line l on l.province_id = s.province_id and l.id = s.line_id
left join credit.award a on a.province_id = t.province_id and a.id = t.reference_id
where t.phase in ('post', 'confirm');
