-- Whoever complained on the English page is told the decision in English; all before this were told in Persian.

alter table licence.complaint add column language text not null default 'fa'
  constraint complaint_language_known check (language in ('fa', 'en'));
