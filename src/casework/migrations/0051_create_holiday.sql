-- The calendar of offices as dated data (L13): official holidays and the days of the week that are off.

create table casework.holiday (
  day platform.day not null,
  title_fa text not null,
  kind text not null,
  certainty text not null,
  note text[] not null,
  source_keys text[] not null,
  constraint holiday_pkey primary key (day, title_fa),
  constraint holiday_kind_known check (kind in ('solar', 'lunar', 'single'))
);
comment on table casework.holiday is 'kept: reference, official holidays from data/holidays.csv';
grant select on casework.holiday to karsaz_app;

create table casework.weekend (
  -- ISO 8601: Monday is 1, Friday 5.
  weekday smallint not null,
  first_day platform.day not null,
  last_day platform.day,
  basis text not null,
  certainty text not null,
  source_keys text[] not null,
  constraint weekend_pkey primary key (weekday, first_day),
  constraint weekend_weekday_known check (weekday between 1 and 7),
  constraint weekend_days_in_order check (last_day >= first_day)
);
comment on table casework.weekend is
  'kept: reference, weekdays on which offices are closed and from when to when, from data/weekends.csv';
grant select on casework.weekend to karsaz_app;
