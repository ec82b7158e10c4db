-- The page of a person asks for what is attached to cases about them.

create index document_by_person on document.document (province_id, person_id, entered_at desc)
  where person_id is not null;
