-- Files attached to anything, kept in the database in chunks: a backup carries them, they are stored with the
-- deed that needs them or not at all, and the fences of a row hold for its content as well (decision 0014).

create schema document;
grant usage on schema document to karsaz_app;

create table document.retention (
  retention_key text not null,
  name_fa text not null,
  name_en text not null,
  -- Null: for ever.
  years smallint,
  -- False: a proposal of ours, until the directorate names the rule it follows.
  confirmed boolean not null,
  constraint retention_pkey primary key (retention_key),
  constraint retention_years_positive check (years > 0)
);
comment on table document.retention is
  'kept: reference, how long each class of document is kept, from data/retention.csv';
grant select on document.retention to karsaz_app;

create table document.document (
  province_id smallint not null,
  document_id uuid not null,
  -- What it is attached to, in the word of the room that holds it. No key: this room knows no other.
  subject_kind text not null,
  subject_id uuid not null,
  county_code text,
  office_id uuid,
  person_id uuid,
  -- The name under which it was sent may name a person, so it goes with the content.
  name text,
  media_type text not null,
  byte_count integer not null,
  chunk_count smallint not null,
  sha256 bytea not null,
  retention_key text not null,
  kept_until platform.day,
  entered_by_user uuid not null,
  entered_by_person uuid not null,
  entered_by_role text not null,
  entered_at timestamptz(3) not null,
  erasure_id uuid,
  constraint document_pkey primary key (province_id, document_id),
  constraint document_entered_by unique (province_id, document_id, entered_by_person),
  constraint document_retention foreign key (retention_key) references document.retention (retention_key),
  constraint document_has_content check (byte_count > 0 and chunk_count > 0),
  constraint document_sha256_is_sha256 check (octet_length(sha256) = 32),
  constraint document_name_goes_by_erasure check ((name is null) = (erasure_id is not null))
);
comment on table document.document is
  'kept: each file with its hash and its place; nothing of it changes but that its name goes with its erasure';
create index document_by_subject on document.document (province_id, subject_kind, subject_id, entered_at);

create table document.erasure (
  province_id smallint not null,
  erasure_id uuid not null,
  document_id uuid not null,
  county_code text,
  office_id uuid,
  person_id uuid,
  entered_by_person uuid not null,
  by_user uuid not null,
  by_person uuid not null,
  by_role text not null,
  basis text not null,
  letter_number text not null,
  reason text not null,
  erased_at timestamptz(3) not null,
  constraint erasure_pkey primary key (province_id, erasure_id),
  constraint erasure_once unique (province_id, document_id),
  constraint erasure_of_document unique (province_id, document_id, erasure_id),
  constraint erasure_repeats_who_entered foreign key (province_id, document_id, entered_by_person)
    references document.document (province_id, document_id, entered_by_person),
  constraint erasure_four_eyes check (by_person <> entered_by_person),
  constraint erasure_basis_known check (basis in ('retention_over', 'court_order', 'subject_request', 'wrong_file'))
);
comment on table document.erasure is
  'appended: each lawful erasure of a content, by another person than the one who entered it (L4, L6)';

alter table document.document add constraint document_erased_by
  foreign key (province_id, document_id, erasure_id)
  references document.erasure (province_id, document_id, erasure_id);

create table document.chunk (
  province_id smallint not null,
  document_id uuid not null,
  number smallint not null,
  county_code text,
  office_id uuid,
  person_id uuid,
  bytes bytea,
  erasure_id uuid,
  constraint chunk_pkey primary key (province_id, document_id, number),
  constraint chunk_of_document foreign key (province_id, document_id)
    references document.document (province_id, document_id),
  constraint chunk_erased_by foreign key (province_id, document_id, erasure_id)
    references document.erasure (province_id, document_id, erasure_id),
  constraint chunk_goes_by_erasure check ((bytes is null) = (erasure_id is not null)),
  constraint chunk_size check (octet_length(bytes) between 1 and 262144)
);
comment on table document.chunk is 'kept: the content in parts of 256 KiB; a part changes only by its erasure';
-- Pictures and PDFs are compressed already.
alter table document.chunk alter column bytes set storage external;

grant select, insert on document.document to karsaz_app;
grant update (name, erasure_id) on document.document to karsaz_app;
grant select, insert on document.chunk to karsaz_app;
grant update (bytes, erasure_id) on document.chunk to karsaz_app;
grant select, insert on document.erasure to karsaz_app;
revoke update, delete, truncate on document.erasure from karsaz_app;

alter table document.document enable row level security;
alter table document.document force row level security;
alter table document.chunk enable row level security;
alter table document.chunk force row level security;
alter table document.erasure enable row level security;
alter table document.erasure force row level security;

-- As in casework: a province its own, a county, office and person what names them; null is hidden from them.
create policy document_read on document.document for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or person_id::text = platform.scope_person())
);
create policy document_enter on document.document for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or person_id::text = platform.scope_person())
);
-- A change can only take away: whoever erases sees the whole province.
create policy document_erase on document.document for update
  using (
    province_id = platform.scope_province()
    and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province() and name is null);
create policy chunk_read on document.chunk for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or person_id::text = platform.scope_person())
);
create policy chunk_enter on document.chunk for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or person_id::text = platform.scope_person())
);
create policy chunk_erase on document.chunk for update
  using (
    province_id = platform.scope_province()
    and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province() and bytes is null);
create policy erasure_read on document.erasure for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or person_id::text = platform.scope_person())
);
create policy erasure_add on document.erasure for insert with check (
  province_id = platform.scope_province()
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);

create view document.read_document with (security_invoker = true) as
select
  province_id, document_id, subject_kind, subject_id, county_code, office_id, person_id, name, media_type,
  byte_count, sha256, retention_key, kept_until, entered_by_user, entered_by_person, entered_by_role, entered_at,
  erasure_id
from document.document;
grant select on document.read_document to karsaz_app;
