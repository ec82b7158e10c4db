-- Codes are compared byte by byte: their order is nobody's alphabet, and that of Persian costs ten times as much at
-- each step down an index.
drop policy name_word_read on party.name_word;
alter table party.name_word
  alter column form type text collate "C",
  alter column county_code type text collate "C";
create policy name_word_read on party.name_word for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and (party.reader() = 'province' or county_code = platform.scope_county())
  );
alter table party.fact alter column kind type text collate "C";
