-- The newest transfers of a province, or those of some days, among the transfers of years.
create index transfer_by_day on ledger.transfer (province_id, happened_on, id);
