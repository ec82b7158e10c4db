-- The occupations that the list names on a day, as records that each edition adds or takes away: an edition is in force
-- until the next one is. An edition is published after those before it (`publishEdition`), so no past day changes.
create view occupation.read_listing with (security_invoker = true) as
  with edition as (
    select edition_id, in_force_from, published_at, lag(edition_id) over (order by in_force_from) as former_id,
      -- The Jalali year of the day: the leap years of 1300 to 1500 follow this rule of thirty-three years.
      (
        select max(year) from generate_series(1300, 1500) as year
        where date '1921-03-21' + 365 * (year - 1300) + (8 * year + 21) / 33 - (8 * 1300 + 21) / 33 <= in_force_from
      )::smallint as jalali_year
    from occupation.edition_publication where province_id = -1
  ), entry as (
    select edition_id, occupation_id, title_fa, category_key
    from occupation.edition_entry where province_id = -1
  ), change as (
    select edition.edition_id, edition.in_force_from, edition.jalali_year, edition.published_at, entry.occupation_id,
      entry.title_fa, entry.category_key, 1::bigint as listed
    from edition join entry on entry.edition_id = edition.edition_id
    where not exists (
      select from entry as former
      where former.edition_id = edition.former_id and former.occupation_id = entry.occupation_id
    )
    union all
    select edition.edition_id, edition.in_force_from, edition.jalali_year, edition.published_at, former.occupation_id,
      former.title_fa, former.category_key, -1::bigint
    from edition join entry as former on former.edition_id = edition.former_id
    where not exists (
      select from entry
      where entry.edition_id = edition.edition_id and entry.occupation_id = former.occupation_id
    )
  )
  select
    province.province_id,
    -- A change has no id of its own: it is known by its province, edition and occupation.
    md5(concat_ws(' ', province.province_id, change.edition_id, change.occupation_id))::uuid as record_id,
    null::text as county_code,
    change.jalali_year as budget_year,
    change.in_force_from as happened_on,
    change.published_at as recorded_at,
    'home_jobs'::text as programme,
    change.category_key,
    change.title_fa,
    change.occupation_id,
    change.listed
  from change cross join place.read_province province;
grant select on occupation.read_listing to karsaz_app;
