-- News of a province: texts in numbered versions, written by one person and approved by another, what of them was
-- made public with what the check said of its figures, and pictures.

create schema news;
grant usage on schema news to karsaz_app;

create table news.item (
  province_id smallint not null,
  item_id uuid not null,
  state text not null,
  version integer not null,
  moved_at timestamptz(3) not null,
  -- The newest text, and the one that everybody reads; null before the first publication.
  text_number smallint not null,
  public_number smallint,
  first_published_at timestamptz(3),
  last_published_at timestamptz(3),
  constraint item_pk primary key (province_id, item_id),
  constraint item_case_fk foreign key (province_id, item_id) references casework.case_file (province_id, id),
  constraint item_public_has_instants check (
    (public_number is null) = (first_published_at is null) and (public_number is null) = (last_published_at is null)
  )
);
comment on table news.item is
  'kept: items of news; state, version and moved_at repeat those of the case, the numbers those of its texts';
create index item_published_idx on news.item (province_id, first_published_at, item_id);
grant select, insert on news.item to karsaz_app;
grant update (state, version, moved_at, text_number, public_number, first_published_at, last_published_at)
  on news.item to karsaz_app;

create table news.item_text (
  province_id smallint not null,
  item_id uuid not null,
  number smallint not null,
  category text not null,
  tags text[] not null,
  -- The day of which the news speaks; the check reads «this year» against it.
  dated_on platform.day not null,
  title_fa text not null,
  summary_fa text not null,
  body_fa text not null,
  title_en text,
  summary_en text,
  body_en text,
  search_text text not null,
  -- What a correction of a published text puts right, in words for its readers.
  erratum text,
  written_by_person uuid not null,
  written_by_user uuid not null,
  written_at timestamptz(3) not null,
  constraint item_text_pk primary key (province_id, item_id, number),
  constraint item_text_writer_key unique (province_id, item_id, number, written_by_person),
  constraint item_text_item_fk foreign key (province_id, item_id) references news.item (province_id, item_id),
  constraint item_text_writer_holds_account foreign key (written_by_user, written_by_person)
    references access.account_holder (user_id, person_id),
  constraint item_text_said check (length(btrim(title_fa)) > 0 and length(btrim(body_fa)) > 0),
  constraint item_text_english_whole check (
    (title_en is null) = (body_en is null) and (title_en is null) = (summary_en is null)
  )
);
comment on table news.item_text is 'appended: every text of an item; what was published stays as it was read';
grant select, insert on news.item_text to karsaz_app;

create table news.approval (
  province_id smallint not null,
  item_id uuid not null,
  number smallint not null,
  written_by_person uuid not null,
  approved_by_person uuid not null,
  approved_by_user uuid not null,
  approved_at timestamptz(3) not null,
  constraint approval_pk primary key (province_id, item_id, number),
  constraint approval_writer_fk foreign key (province_id, item_id, number, written_by_person)
    references news.item_text (province_id, item_id, number, written_by_person),
  constraint approval_holds_account foreign key (approved_by_user, approved_by_person)
    references access.account_holder (user_id, person_id),
  constraint approval_four_eyes check (approved_by_person <> written_by_person)
);
comment on table news.approval is 'appended: the second person who read a text before it was made public (L6)';
grant select, insert on news.approval to karsaz_app;

create table news.item_publication (
  province_id smallint not null,
  item_id uuid not null,
  number smallint not null,
  -- Figures of the text with their verdict and its reason, as the check found them at that instant.
  findings jsonb not null,
  contradicted smallint not null,
  -- Why a text with a contradicted figure is public nonetheless; shown under the name of the role that signed it.
  reason text,
  published_by_person uuid not null,
  published_by_user uuid not null,
  published_role text not null,
  published_at timestamptz(3) not null,
  constraint item_publication_pk primary key (province_id, item_id, number),
  constraint item_publication_approval_fk foreign key (province_id, item_id, number)
    references news.approval (province_id, item_id, number),
  constraint item_publication_holds_account foreign key (published_by_user, published_by_person)
    references access.account_holder (user_id, person_id),
  constraint item_publication_contradicted_has_reason check (
    contradicted = 0 or length(btrim(reason)) > 0
  )
);
comment on table news.item_publication is 'appended: texts that were made public, with what the check said of them';
grant select, insert on news.item_publication to karsaz_app;

create table news.image (
  province_id smallint not null,
  image_id uuid not null,
  item_id uuid not null,
  alt_fa text not null,
  alt_en text not null,
  media_type text not null,
  width integer not null,
  height integer not null,
  added_at timestamptz(3) not null,
  constraint image_pk primary key (province_id, image_id),
  constraint image_item_fk foreign key (province_id, item_id) references news.item (province_id, item_id),
  constraint image_media_known check (media_type in ('image/png', 'image/jpeg')),
  constraint image_described check (length(btrim(alt_fa)) > 0 and length(btrim(alt_en)) > 0),
  constraint image_has_size check (width > 0 and height > 0)
);
comment on table news.image is 'appended: pictures of an item with their descriptions; the bytes are a document';
create index image_item_idx on news.image (province_id, item_id, added_at);
grant select, insert on news.image to karsaz_app;

-- Drafts are the directorate's own; what is published is read for everybody by the server, over all provinces.
alter table news.item enable row level security;
alter table news.item force row level security;
alter table news.item_text enable row level security;
alter table news.item_text force row level security;
alter table news.approval enable row level security;
alter table news.approval force row level security;
alter table news.item_publication enable row level security;
alter table news.item_publication force row level security;
alter table news.image enable row level security;
alter table news.image force row level security;

create policy item_read on news.item for select using (
  (province_id = platform.scope_province() or platform.reads_all())
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy item_add on news.item for insert with check (
  province_id = platform.scope_province()
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy item_move on news.item for update
  using (
    province_id = platform.scope_province()
    and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province());
create policy item_text_read on news.item_text for select using (
  (province_id = platform.scope_province() or platform.reads_all())
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy item_text_add on news.item_text for insert with check (
  province_id = platform.scope_province()
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy approval_read on news.approval for select using (
  (province_id = platform.scope_province() or platform.reads_all())
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy approval_add on news.approval for insert with check (
  province_id = platform.scope_province()
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy item_publication_read on news.item_publication for select using (
  (province_id = platform.scope_province() or platform.reads_all())
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy item_publication_add on news.item_publication for insert with check (
  province_id = platform.scope_province()
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy image_read on news.image for select using (
  (province_id = platform.scope_province() or platform.reads_all())
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy image_add on news.image for insert with check (
  province_id = platform.scope_province()
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
