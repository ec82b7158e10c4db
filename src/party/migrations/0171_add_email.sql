-- An e-mail address is told of a person like a phone: dated, with its source; in force is the latest.
alter table party.person add column email text collate "C";

alter table party.fact drop constraint fact_kind_known;
alter table party.fact add constraint fact_kind_known check (
  kind in (
    'first_name', 'last_name', 'father_name', 'born_on', 'gender', 'county_code', 'settlement', 'decile',
    'woman_head', 'disability', 'veteran', 'employment', 'client_of', 'household', 'address', 'phone', 'email',
    'account', 'activity'
  )
);
