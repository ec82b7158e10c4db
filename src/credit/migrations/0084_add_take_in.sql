-- What a bank paid beyond a slice and a director took into it had been referred and contracted at the bank, as what was
-- paid before an opening had: without that the funnel of a line would widen.
insert into credit.effect (transfer_kind, from_stage, stage, sign) values
  ('take_in', 'available', 'referred', 1),
  ('take_in', 'available', 'contracted', 1);

-- A takeback is looked for by its opening; an index that begins with two columns of the key which approvals refer to
-- would be taken for that key.
drop index credit.takeback_opening_idx;
create index takeback_opening_idx on credit.takeback (opening_id);
