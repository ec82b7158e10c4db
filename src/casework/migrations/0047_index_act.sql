-- What was recorded lately, for the sealing (L14).
create index act_recorded on casework.act using brin (recorded_at) with (pages_per_range = 32);
