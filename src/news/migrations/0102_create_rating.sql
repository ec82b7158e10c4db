-- Stars and comments of readers. Nothing here says who a reader is: a rating bears a hash that is another one under
-- each item, a comment the name that its author chose, or none.

create table news.rating (
  province_id smallint not null,
  item_id uuid not null,
  reader_hash bytea not null,
  stars smallint not null,
  rated_at timestamptz(3) not null,
  constraint rating_pk primary key (province_id, item_id, reader_hash),
  constraint rating_item_fk foreign key (province_id, item_id) references news.item (province_id, item_id),
  constraint rating_stars_one_to_five check (stars between 1 and 5),
  constraint rating_reader_is_hash check (length(reader_hash) = 32)
);
comment on table news.rating is
  'kept: one row for a reader of an item, who may change the stars; count and sum are taken from the rows';
grant select, insert on news.rating to karsaz_app;
grant update (stars, rated_at) on news.rating to karsaz_app;

create table news.comment (
  province_id smallint not null,
  comment_id uuid not null,
  item_id uuid not null,
  code text not null,
  pen_name text,
  body text not null,
  -- What the four rules found in it, by place; empty for a comment without any hint.
  hints jsonb not null,
  sent_at timestamptz(3) not null,
  constraint comment_pk primary key (province_id, comment_id),
  constraint comment_code_once unique (province_id, code),
  constraint comment_item_key unique (province_id, comment_id, item_id),
  constraint comment_item_fk foreign key (province_id, item_id) references news.item (province_id, item_id),
  constraint comment_said check (length(btrim(body)) > 0),
  constraint comment_pen_name_said check (length(btrim(pen_name)) > 0)
);
comment on table news.comment is 'appended: comments as they were sent; who wrote one follows it by its code';
grant select, insert on news.comment to karsaz_app;

create table news.ruling (
  province_id smallint not null,
  comment_id uuid not null,
  seq smallint not null,
  ruling text not null,
  rule text,
  note text,
  -- Null where the rules decided by themselves.
  ruled_by_person uuid,
  ruled_by_user uuid,
  ruled_at timestamptz(3) not null,
  constraint ruling_pk primary key (province_id, comment_id, seq),
  constraint ruling_comment_fk foreign key (province_id, comment_id)
    references news.comment (province_id, comment_id),
  constraint ruling_holds_account foreign key (ruled_by_user, ruled_by_person)
    references access.account_holder (user_id, person_id),
  constraint ruling_known check (ruling in ('publish', 'reject', 'remove')),
  constraint ruling_no_has_rule check (
    ruling = 'publish' or rule in ('off_topic', 'finglish', 'advertising', 'insult')
  ),
  constraint ruling_of_machine_publishes check (ruled_by_person is not null or ruling = 'publish')
);
comment on table news.ruling is 'appended: every decision on a comment and every removal, with its rule and who made it';
grant select, insert on news.ruling to karsaz_app;

create table news.comment_standing (
  province_id smallint not null,
  comment_id uuid not null,
  item_id uuid not null,
  state text not null,
  seq smallint not null,
  moved_at timestamptz(3) not null,
  constraint comment_standing_pk primary key (province_id, comment_id),
  constraint comment_standing_comment_fk foreign key (province_id, comment_id, item_id)
    references news.comment (province_id, comment_id, item_id),
  constraint comment_standing_known check (state in ('held', 'published', 'rejected', 'removed'))
);
comment on table news.comment_standing is 'projection: where each comment stands after its rulings';
create index comment_standing_item_idx on news.comment_standing (province_id, item_id, state, moved_at);
create index comment_standing_queue_idx on news.comment_standing (province_id, state, moved_at);
grant select, insert on news.comment_standing to karsaz_app;
grant update (state, seq, moved_at) on news.comment_standing to karsaz_app;

-- A clear case is answered while its author still sees the form; what stays of it is the rule and a hash.
create table news.returned_comment (
  province_id smallint not null,
  returned_comment_id uuid not null,
  item_id uuid not null,
  rules text[] not null,
  body_hash bytea not null,
  returned_at timestamptz(3) not null,
  constraint returned_comment_pk primary key (province_id, returned_comment_id),
  constraint returned_comment_item_fk foreign key (province_id, item_id) references news.item (province_id, item_id),
  constraint returned_comment_names_rule check (cardinality(rules) > 0)
);
comment on table news.returned_comment is
  'appended: comments that the rules gave back at once, by which rule; the text itself is not kept';
grant select, insert on news.returned_comment to karsaz_app;

create table news.comment_setting (
  province_id smallint not null,
  comment_setting_id uuid not null,
  publishes_unhinted boolean not null,
  set_by_person uuid not null,
  set_by_user uuid not null,
  set_at timestamptz(3) not null,
  constraint comment_setting_pk primary key (province_id, comment_setting_id),
  constraint comment_setting_province_fk foreign key (province_id) references place.province (province_id),
  constraint comment_setting_holds_account foreign key (set_by_user, set_by_person)
    references access.account_holder (user_id, person_id)
);
comment on table news.comment_setting is
  'appended: whether comments without any hint appear at once; the newest holds, without one they wait';
grant select, insert on news.comment_setting to karsaz_app;

alter table news.rating enable row level security;
alter table news.rating force row level security;
alter table news.comment enable row level security;
alter table news.comment force row level security;
alter table news.ruling enable row level security;
alter table news.ruling force row level security;
alter table news.comment_standing enable row level security;
alter table news.comment_standing force row level security;
alter table news.returned_comment enable row level security;
alter table news.returned_comment force row level security;
alter table news.comment_setting enable row level security;
alter table news.comment_setting force row level security;

create policy rating_read on news.rating for select using (
  (province_id = platform.scope_province() or platform.reads_all())
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy rating_add on news.rating for insert with check (
  province_id = platform.scope_province()
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy rating_move on news.rating for update
  using (
    province_id = platform.scope_province()
    and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province());
create policy comment_read on news.comment for select using (
  (province_id = platform.scope_province() or platform.reads_all())
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy comment_add on news.comment for insert with check (
  province_id = platform.scope_province()
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy ruling_read on news.ruling for select using (
  (province_id = platform.scope_province() or platform.reads_all())
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy ruling_add on news.ruling for insert with check (
  province_id = platform.scope_province()
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy comment_standing_read on news.comment_standing for select using (
  (province_id = platform.scope_province() or platform.reads_all())
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy comment_standing_add on news.comment_standing for insert with check (
  province_id = platform.scope_province()
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy comment_standing_move on news.comment_standing for update
  using (
    province_id = platform.scope_province()
    and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
  )
  with check (province_id = platform.scope_province());
create policy returned_comment_read on news.returned_comment for select using (
  (province_id = platform.scope_province() or platform.reads_all())
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy returned_comment_add on news.returned_comment for insert with check (
  province_id = platform.scope_province()
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy comment_setting_read on news.comment_setting for select using (
  (province_id = platform.scope_province() or platform.reads_all())
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
create policy comment_setting_add on news.comment_setting for insert with check (
  province_id = platform.scope_province()
  and platform.scope_county() is null and platform.scope_office() is null and platform.scope_person() is null
);
