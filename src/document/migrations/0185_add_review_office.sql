-- Files of a case are seen by the office whose approval the case needs, too.

alter table document.document add column review_office_id uuid;
alter table document.chunk add column review_office_id uuid;
alter table document.erasure add column review_office_id uuid;

alter policy document_read on document.document using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or person_id::text = platform.scope_person())
);
alter policy document_enter on document.document with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or person_id::text = platform.scope_person())
);
alter policy chunk_read on document.chunk using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or person_id::text = platform.scope_person())
);
alter policy chunk_enter on document.chunk with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or person_id::text = platform.scope_person())
);
alter policy erasure_read on document.erasure using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or person_id::text = platform.scope_person())
);
