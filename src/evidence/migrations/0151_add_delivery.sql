-- Reports that somebody is given again and again, each kept as it stood on its day: a figure of it may have moved since.

create table evidence.subscription (
  province_id smallint not null,
  subscription_id uuid not null,
  county_code text,
  user_id uuid not null,
  person_id uuid not null,
  rhythm text not null,
  begun_on platform.day not null,
  begun_at timestamptz(3) not null,
  ended_at timestamptz(3),
  constraint subscription_pk primary key (province_id, subscription_id),
  constraint subscription_province_fk foreign key (province_id) references place.province (province_id),
  constraint subscription_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint subscription_holds_account foreign key (user_id, person_id)
    references access.account_holder (user_id, person_id),
  constraint subscription_rhythm_known check (rhythm in ('week', 'month')),
  constraint subscription_ends_after_it_began check (ended_at >= begun_at)
);
comment on table evidence.subscription is
  'kept: who is given the report of which place every week or month, until it is ended';
create unique index subscription_once on evidence.subscription (province_id, user_id, county_code) nulls not distinct
  where ended_at is null;

create table evidence.delivery (
  province_id smallint not null,
  subscription_id uuid not null,
  due_on platform.day not null,
  county_code text,
  report jsonb not null,
  delivered_at timestamptz(3) not null,
  constraint delivery_pk primary key (province_id, subscription_id, due_on),
  constraint delivery_subscription_fk foreign key (province_id, subscription_id)
    references evidence.subscription (province_id, subscription_id)
);
comment on table evidence.delivery is
  'appended: a report as it stood when it was due; it holds sums and counts of places and no person';

alter table evidence.subscription enable row level security;
alter table evidence.subscription force row level security;
alter table evidence.delivery enable row level security;
alter table evidence.delivery force row level security;

-- A report tells of all records of its place: whoever sees only a part of them reads and orders none.
create policy subscription_of_place on evidence.subscription
  using (
    province_id = platform.scope_province() and platform.scope_office() is null and platform.scope_person() is null
    and (platform.scope_county() is null or county_code = platform.scope_county())
  )
  with check (
    province_id = platform.scope_province() and platform.scope_office() is null and platform.scope_person() is null
    and (platform.scope_county() is null or county_code = platform.scope_county())
  );
create policy delivery_read on evidence.delivery for select
  using (
    province_id = platform.scope_province() and platform.scope_office() is null and platform.scope_person() is null
    and (platform.scope_county() is null or county_code = platform.scope_county())
  );
create policy delivery_add on evidence.delivery for insert
  with check (
    province_id = platform.scope_province() and platform.scope_office() is null and platform.scope_person() is null
    and (platform.scope_county() is null or county_code = platform.scope_county())
  );

grant select, insert on evidence.subscription to karsaz_app;
grant update (ended_at) on evidence.subscription to karsaz_app;
grant select, insert on evidence.delivery to karsaz_app;
