-- The rates of the lines as records: each begins with the rate of its line and changes by the rates set from a day on.
-- Together they are the sum of the rates in force, beside as many hundreds as there are lines. A line counts once it is
-- notified, and so do its rates: one set while it was a draft begins no earlier than the line.
create or replace view credit.read_rate with (security_invoker = true) as
  with dated as (
    select line.province_id, line.id as record_id, line.id as line_id, line.notified_on as happened_on,
      opened.opened_at as recorded_at, line.rate_hundredths::bigint as rate, 10000::bigint as lines_hundredths
    from credit.line
    join casework.read_case opened on opened.province_id = line.province_id and opened.id = line.id
    where line.notified_on is not null
    union all
    select parameter.province_id, parameter.id, parameter.line_id,
      greatest(parameter.valid_from, line.notified_on)::platform.day, act.recorded_at,
      parameter.value - lag(parameter.value, 1, line.rate_hundredths::bigint)
        over (partition by parameter.province_id, parameter.line_id order by parameter.valid_from), 0
    from credit.parameter
    join credit.line on line.province_id = parameter.province_id and line.id = parameter.line_id
    join casework.read_act act on act.province_id = parameter.province_id and act.case_id = parameter.line_id
      and act.id = parameter.id
    where parameter.name = 'rate' and line.notified_on is not null
  )
  select dated.province_id, dated.record_id, null::text as county_code, line.budget_year, dated.happened_on,
    dated.recorded_at, line.programme, line.note, line.rate_kind, dated.rate, dated.lines_hundredths
  from dated join credit.line on line.province_id = dated.province_id and line.id = dated.line_id;
