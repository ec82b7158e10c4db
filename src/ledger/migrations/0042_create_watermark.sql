-- The watermark of each province (L12): up to `closed_at` nothing is recorded any more. An instant is announced
-- first; whoever posts after that records later than it; when all who were posting at that moment have ended,
-- it is closed.

create table ledger.watermark (
  province_id smallint not null,
  announced_at timestamptz(3) not null,
  closed_at timestamptz(3),
  constraint watermark_pkey primary key (province_id),
  constraint watermark_was_announced check (closed_at <= announced_at)
);
comment on table ledger.watermark is 'kept: the newest closed instant of each province, moved on only forwards';

grant select, insert on ledger.watermark to karsaz_app;
grant update (announced_at, closed_at) on ledger.watermark to karsaz_app;

alter table ledger.watermark enable row level security;
alter table ledger.watermark force row level security;

-- An instant says nothing of any county: whoever works in the province may read it and move it on.
create policy watermark_read on ledger.watermark for select using (
  platform.reads_all() or province_id = platform.scope_province()
);
create policy watermark_begin on ledger.watermark for insert with check (
  province_id = platform.scope_province()
);
create policy watermark_move on ledger.watermark for update
  using (province_id = platform.scope_province())
  with check (province_id = platform.scope_province());
