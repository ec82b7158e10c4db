-- Who brought the list that an open report is of.
create unique index bank_list_entry_by_transfer on credit.bank_list_entry (province_id, part_transfer_id)
  where part_transfer_id is not null;
