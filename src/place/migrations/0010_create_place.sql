create schema place;
grant usage on schema place to karsaz_app;

create table place.source (
  source_key text not null,
  publisher text not null,
  address text,
  licence text not null,
  used_for text not null,
  constraint source_pkey primary key (source_key),
  constraint source_key_form check (source_key ~ '^[a-z0-9_]+$')
);
comment on table place.source is
  'kept: reference. Where a figure or a name was taken from; every row of the catalogues names one or more.';
grant select on place.source to karsaz_app;

create table place.province (
  province_id smallint not null,
  slug text not null,
  name_fa text not null,
  name_en text not null,
  iso_code text not null,
  constraint province_pkey primary key (province_id),
  constraint province_slug_once unique (slug),
  constraint province_iso_code_once unique (iso_code),
  constraint province_id_is_official_code check (province_id between 0 and 99),
  constraint province_slug_form check (slug ~ '^[a-z]+(-[a-z]+)*$')
);
comment on table place.province is
  'kept: reference. The provinces; province_id is the code of the Statistical Centre and of ISO 3166-2:IR. Readable by all: no row-level security.';
grant select on place.province to karsaz_app;

create table place.county (
  province_id smallint not null,
  county_code text not null,
  name_fa text not null,
  name_en text not null,
  sci_code text,
  listed_year smallint,
  cut_from text,
  name_1395 text,
  note text[] not null,
  source_keys text[] not null,
  constraint county_pkey primary key (province_id, county_code),
  constraint county_of_province foreign key (province_id) references place.province (province_id),
  constraint county_cut_from foreign key (province_id, cut_from) references place.county (province_id, county_code),
  -- The first two digits are the province: a county stands in exactly one province by construction.
  -- A code with x is ours, for a county that has no official code yet.
  constraint county_code_names_province check (
    county_code ~ '^[0-9]{2}([0-9]{2}|x[0-9])$' and left(county_code, 2) = lpad(province_id::text, 2, '0')
  ),
  constraint county_code_is_official_code check (sci_code is null or sci_code = county_code),
  constraint county_has_source check (cardinality(source_keys) > 0)
);
comment on table place.county is
  'kept: reference. The counties in the boundaries of the list of listed_year; cut_from is the county that still carries the older figures. Readable by all: no row-level security.';
grant select on place.county to karsaz_app;

create table place.area (
  area_code text not null,
  province_id smallint,
  county_code text,
  constraint area_pkey primary key (area_code),
  constraint area_province foreign key (province_id) references place.province (province_id),
  constraint area_county foreign key (province_id, county_code) references place.county (province_id, county_code),
  constraint area_code_follows_place check (
    area_code = coalesce(county_code, 'IR' || coalesce('-' || lpad(province_id::text, 2, '0'), ''))
  ),
  constraint area_county_has_province check (county_code is null or province_id is not null)
);
comment on table place.area is
  'kept: reference. What an indicator can speak of: the country, a province or a county. Readable by all: no row-level security.';
grant select on place.area to karsaz_app;

create table place.indicator (
  indicator text not null,
  unit text not null,
  name_fa text not null,
  name_en text not null,
  definition_fa text not null,
  definition_en text not null,
  constraint indicator_pkey primary key (indicator),
  constraint indicator_unit_known check (unit in ('person', 'household', 'percent', 'rial_per_year'))
);
comment on table place.indicator is
  'kept: reference. The indicators of places, each with one unit. Readable by all: no row-level security.';
grant select on place.indicator to karsaz_app;

create table place.indicator_value (
  area_code text not null,
  indicator text not null,
  year smallint not null,
  period text not null,
  sex text not null,
  source_key text not null,
  series text not null,
  value numeric(18, 2) not null,
  note text[] not null,
  -- Two sources may give the same figure of the same season, and differ: both stand.
  constraint indicator_value_pkey primary key (area_code, indicator, year, period, sex, source_key),
  constraint indicator_value_area foreign key (area_code) references place.area (area_code),
  constraint indicator_value_indicator foreign key (indicator) references place.indicator (indicator),
  constraint indicator_value_source foreign key (source_key) references place.source (source_key),
  constraint indicator_value_year_jalali check (year between 1300 and 1500),
  constraint indicator_value_period_known check (
    period in ('census', 'year', 'spring', 'summer', 'autumn', 'winter')
  ),
  constraint indicator_value_sex_known check (sex in ('all', 'male', 'female')),
  constraint indicator_value_not_negative check (value >= 0)
);
comment on table place.indicator_value is
  'kept: reference. One figure of one area, year, period, sex and source; figures of different series are never chained. Readable by all: no row-level security.';
comment on column place.indicator_value.note is
  'Doubts and remarks, as keys of the room''s words, with a parameter after a colon.';
grant select on place.indicator_value to karsaz_app;

create view place.read_province with (security_invoker = true) as
  select province_id, slug, name_fa, name_en, iso_code from place.province;
grant select on place.read_province to karsaz_app;

create view place.read_county with (security_invoker = true) as
  select province_id, county_code, name_fa, name_en, listed_year, cut_from from place.county;
grant select on place.read_county to karsaz_app;

-- value_hundredths is whole: a formula can take it as a weight without leaving exact numbers.
create view place.read_indicator_value with (security_invoker = true) as
  select
    area.province_id,
    area.county_code,
    figure.indicator,
    figure.year,
    figure.period,
    figure.sex,
    figure.series,
    figure.value,
    (figure.value * 100)::bigint as value_hundredths,
    indicator.unit,
    figure.note,
    figure.source_key
  from place.indicator_value figure
  join place.area area on area.area_code = figure.area_code
  join place.indicator indicator on indicator.indicator = figure.indicator;
grant select on place.read_indicator_value to karsaz_app;

create view place.read_source with (security_invoker = true) as
  select source_key, publisher, address, licence from place.source;
grant select on place.read_source to karsaz_app;
