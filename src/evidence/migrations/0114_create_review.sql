-- What a person decided about a verdict of the check. The statement itself is not kept: its hash finds the same text
-- again, and the sentence of the figure the same sentence in another text.

create table evidence.review (
  province_id smallint not null,
  id uuid not null,
  statement_hash bytea not null,
  -- Unicode code points into the statement.
  starts_at integer not null,
  ends_at integer not null,
  phrase text not null,
  phrase_hash bytea not null,
  -- Where in its sentence the figure stands, and the figure as printed.
  phrase_at integer not null,
  figure text not null,
  -- The verdict of the check at that moment and what it bound the figure to, whatever the person says.
  verdict text not null,
  indicator text,
  decision text not null,
  -- What a corrected figure speaks of; its value is read from the records whenever it is shown.
  bound_indicator text,
  bound_year smallint,
  bound_county text,
  bound_only text,
  reason text,
  reviewed_by_person uuid not null,
  reviewed_by_user uuid not null,
  reviewed_role text not null,
  reviewed_at timestamptz(3) not null,
  constraint review_pk primary key (province_id, id),
  constraint review_province_fk foreign key (province_id) references place.province (province_id),
  constraint review_county_fk foreign key (province_id, bound_county)
    references place.county (province_id, county_code),
  constraint review_reviewer_holds_account foreign key (reviewed_by_user, reviewed_by_person)
    references access.account_holder (user_id, person_id),
  constraint review_hashes_are_sha256 check (length(statement_hash) = 32 and length(phrase_hash) = 32),
  constraint review_place_in_order check (starts_at >= 0 and starts_at < ends_at and phrase_at >= 0),
  constraint review_phrase_short check (length(phrase) between 1 and 1000),
  constraint review_verdict_known check (
    verdict in ('supported', 'contradicted', 'ambiguous', 'promise', 'no_record', 'not_a_claim')
  ),
  constraint review_decision_known check (decision in ('accepted', 'corrected', 'rejected')),
  constraint review_binds_when_corrected check (
    (decision = 'corrected') = (bound_indicator is not null and bound_year is not null)
  ),
  constraint review_binding_whole check (
    bound_indicator is not null or (bound_year is null and bound_county is null and bound_only is null)
  ),
  constraint review_reason_said check (
    case when reason is null then decision = 'accepted' else length(btrim(reason)) between 1 and 500 end
  )
);
comment on table evidence.review is
  'appended: what persons decided about verdicts of the check, each with who, when and why; the newest of a figure is in force';
create index review_phrase_idx on evidence.review (province_id, phrase_hash, phrase_at);

grant select, insert on evidence.review to karsaz_app;
revoke update, delete, truncate on evidence.review from karsaz_app;

-- A verdict tells of the records of the whole province: whoever sees only a part of them sees no review either.
alter table evidence.review enable row level security;
alter table evidence.review force row level security;
create policy review_read on evidence.review for select
  using (
    (province_id = platform.scope_province() or platform.reads_all())
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
create policy review_write on evidence.review for insert
  with check (
    province_id = platform.scope_province()
    and platform.scope_county() is null
    and platform.scope_office() is null
    and platform.scope_person() is null
  );
