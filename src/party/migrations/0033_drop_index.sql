-- A list of a hundred thousand persons pays for each index of a person. A whole id is found by its hash; words are
-- taken away by the keys under which they stand, and their table is a projection, which needs no key to persons.
drop index party.person_by_national_id;
drop index party.name_word_of_person;
drop index party.person_by_birth;
create index person_by_birth on party.person (province_id, born_on) where born_on is not null;
alter table party.name_word drop constraint name_word_person;
-- What is kept until a list is taken in is packed already.
alter table party.roster alter column content set storage external;
