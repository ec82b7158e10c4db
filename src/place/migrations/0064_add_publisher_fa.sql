-- The files that every start reads fill it in.
alter table place.source add column publisher_fa text not null default '';
alter table place.source alter column publisher_fa drop default;
