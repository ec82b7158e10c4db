-- Nearly every person is seen by the province and the county of residence alone, and those are found by other indexes.
drop index party.person_by_reader;
create index person_by_reader on party.person using gin (readers) where cardinality(readers) > 2;
