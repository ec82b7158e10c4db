-- The ledger: accounts, and transfers of one row each, so that every transfer balances by construction.
-- Nothing is erased (L4): a transfer is only ever added; a correction is another transfer.

create schema ledger;
grant usage on schema ledger to karsaz_app;

create table ledger.account (
  province_id smallint not null,
  id uuid not null,
  owner_id uuid not null,
  kind text not null,
  share text not null,
  county_code text,
  bounded boolean not null,
  debits_posted bigint not null default 0,
  debits_pending bigint not null default 0,
  credits_posted bigint not null default 0,
  credits_pending bigint not null default 0,
  version bigint not null default 0,
  -- The instant of the latest transfer: a later one is never recorded before it, whatever the clocks say.
  moved_at timestamptz(3),
  constraint account_pkey primary key (province_id, id),
  constraint account_once unique (province_id, owner_id, kind, share),
  constraint account_sums_not_negative check (
    debits_posted >= 0 and debits_pending >= 0 and credits_posted >= 0 and credits_pending >= 0
  ),
  constraint account_not_overdrawn check (not bounded or debits_posted + debits_pending <= credits_posted),
  constraint account_version_not_negative check (version >= 0)
);
comment on table ledger.account is 'kept: the accounts and their sums; each sum equals the replay of its transfers';

create table ledger.transfer (
  province_id smallint not null,
  id uuid not null,
  phase text not null,
  kind text not null,
  debit_account_id uuid not null,
  credit_account_id uuid not null,
  debit_version bigint not null,
  credit_version bigint not null,
  debit_county_code text,
  credit_county_code text,
  amount bigint not null,
  reference_id uuid not null,
  pending_id uuid,
  reverses_id uuid,
  happened_on platform.day not null,
  -- A pending transfer may end by itself: past this instant it is confirmed no more, and a void drops it.
  expires_at timestamptz(3),
  recorded_at timestamptz(3) not null,
  -- What both accounts held after this transfer (L12): a past instant is read off one row, however many lie
  -- before it. `verify` and the tests replay them from zero.
  debit_debits_posted bigint not null,
  debit_debits_pending bigint not null,
  debit_credits_posted bigint not null,
  debit_credits_pending bigint not null,
  credit_debits_posted bigint not null,
  credit_debits_pending bigint not null,
  credit_credits_posted bigint not null,
  credit_credits_pending bigint not null,
  content_hash bytea not null,
  constraint transfer_pkey primary key (province_id, id),
  constraint transfer_phase_known check (phase in ('post', 'pend', 'confirm', 'void')),
  constraint transfer_amount_positive check (amount > 0),
  constraint transfer_two_accounts check (debit_account_id <> credit_account_id),
  constraint transfer_ends_a_pending check ((phase in ('confirm', 'void')) = (pending_id is not null)),
  constraint transfer_versions_positive check (debit_version > 0 and credit_version > 0),
  constraint transfer_expiry_of_pending check (expires_at is null or (phase = 'pend' and expires_at > recorded_at)),
  constraint transfer_hash_whole check (octet_length(content_hash) = 32),
  constraint transfer_debit_version unique (province_id, debit_account_id, debit_version),
  constraint transfer_credit_version unique (province_id, credit_account_id, credit_version),
  constraint transfer_debit_account foreign key (province_id, debit_account_id)
    references ledger.account (province_id, id),
  constraint transfer_credit_account foreign key (province_id, credit_account_id)
    references ledger.account (province_id, id),
  constraint transfer_pending foreign key (province_id, pending_id)
    references ledger.transfer (province_id, id),
  constraint transfer_reverses foreign key (province_id, reverses_id)
    references ledger.transfer (province_id, id)
);
comment on table ledger.transfer is 'appended: every movement of money between two accounts of a province';

-- A pending transfer is ended once, whoever races.
create unique index transfer_pending_ended_once on ledger.transfer (province_id, pending_id)
  where pending_id is not null;
create index transfer_by_reversed on ledger.transfer (province_id, reverses_id) where reverses_id is not null;
create index transfer_by_reference on ledger.transfer (province_id, reference_id);

grant select, insert on ledger.transfer to karsaz_app;
revoke update, delete, truncate on ledger.transfer from karsaz_app;
grant select, insert on ledger.account to karsaz_app;
-- Only the sums move: an account never changes its owner, its county or its limit.
grant update (debits_posted, debits_pending, credits_posted, credits_pending, version, moved_at)
  on ledger.account to karsaz_app;

alter table ledger.account enable row level security;
alter table ledger.account force row level security;
alter table ledger.transfer enable row level security;
alter table ledger.transfer force row level security;

-- Everyone sees only what is theirs (L9). A county sees a transfer when either end is its own; accounts of no
-- county belong to the province and are hidden from it. Writing is never wider than reading.
create policy account_read on ledger.account for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
);
create policy account_open on ledger.account for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
);
create policy account_move on ledger.account for update
  using (
    province_id = platform.scope_province()
    and (platform.scope_county() is null or county_code = platform.scope_county())
  )
  with check (
    province_id = platform.scope_province()
    and (platform.scope_county() is null or county_code = platform.scope_county())
  );
create policy transfer_read on ledger.transfer for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (
    platform.scope_county() is null
    or debit_county_code = platform.scope_county()
    or credit_county_code = platform.scope_county()
  )
);
create policy transfer_append on ledger.transfer for insert with check (
  province_id = platform.scope_province()
  and (
    platform.scope_county() is null
    or debit_county_code = platform.scope_county()
    or credit_county_code = platform.scope_county()
  )
);

create view ledger.read_account with (security_invoker = true) as
select
  province_id, id, owner_id, kind, share, county_code, bounded,
  debits_posted, debits_pending, credits_posted, credits_pending, version, moved_at
from ledger.account;
grant select on ledger.read_account to karsaz_app;

create view ledger.read_transfer with (security_invoker = true) as
select
  province_id, id, phase, kind, debit_account_id, credit_account_id, debit_version, credit_version,
  debit_county_code, credit_county_code, amount, reference_id, pending_id, reverses_id, happened_on,
  expires_at, recorded_at,
  debit_debits_posted, debit_debits_pending, debit_credits_posted, debit_credits_pending,
  credit_debits_posted, credit_debits_pending, credit_credits_posted, credit_credits_pending, content_hash
from ledger.transfer;
grant select on ledger.read_transfer to karsaz_app;
