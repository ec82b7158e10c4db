-- Which pending transfers are still open and end by themselves. The transfers know it too, but among millions
-- that ended long ago: whoever voids what is due must not read those again each time.

create table ledger.expiry (
  province_id smallint not null,
  pending_id uuid not null,
  expires_at timestamptz(3) not null,
  debit_county_code text,
  credit_county_code text,
  constraint expiry_pkey primary key (province_id, pending_id),
  constraint expiry_of_transfer foreign key (province_id, pending_id)
    references ledger.transfer (province_id, id)
);
comment on table ledger.expiry is
  'projection: the open pending transfers that end by themselves; a row goes when its transfer is ended';
create index expiry_by_instant on ledger.expiry (province_id, expires_at);

grant select, insert, delete on ledger.expiry to karsaz_app;

alter table ledger.expiry enable row level security;
alter table ledger.expiry force row level security;

-- As the transfers themselves: a county sees and ends what has an end in it (L9).
create policy expiry_read on ledger.expiry for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (
    platform.scope_county() is null
    or debit_county_code = platform.scope_county()
    or credit_county_code = platform.scope_county()
  )
);
create policy expiry_open on ledger.expiry for insert with check (
  province_id = platform.scope_province()
  and (
    platform.scope_county() is null
    or debit_county_code = platform.scope_county()
    or credit_county_code = platform.scope_county()
  )
);
create policy expiry_end on ledger.expiry for delete using (
  province_id = platform.scope_province()
  and (
    platform.scope_county() is null
    or debit_county_code = platform.scope_county()
    or credit_county_code = platform.scope_county()
  )
);
