-- A fact is found by its id alone, so that the same id is refused for another person: the key begins with the person.
-- Not unique: an earlier version let one id stand under two persons, and such a register must still start.
-- What came by a list bears ids that were made here, and half a million of them a list would cost.
create index fact_by_id on party.fact (province_id, fact_id) where source <> 'list';
