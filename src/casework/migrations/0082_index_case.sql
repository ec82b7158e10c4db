-- The foreign keys of acts and tasks ask by (province_id, id, kind). On a table that was never analysed an index
-- that begins (province_id, kind) looks as good as the unique one, and each check then reads every case of its
-- kind: 1.7 ms instead of 0.02 at 6,667 awards.

drop index casework.case_file_by_state;
create index case_file_by_state on casework.case_file (province_id, state, kind, moved_at);
