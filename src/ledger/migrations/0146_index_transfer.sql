-- The transfers of some days and kinds: whoever adds up payments does not walk through referrals. Without a kind, the few
-- kinds there are are skipped through.
create index transfer_by_kind on ledger.transfer (province_id, kind, happened_on, id);
drop index ledger.transfer_by_day;
