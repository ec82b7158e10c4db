-- The last seal of each day, and the seal that holds a row, among the seals of years.
create index seal_by_instant on ledger.seal (province_id, sealed_at);
create index seal_by_through on ledger.seal (province_id, source, through_at);
