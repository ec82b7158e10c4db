-- Licences of home-based jobs: the request with its inquiries, review and two signatures, the licence with its chain
-- of renewals, and its end. The acts stand in casework; here stands what they are about.

create schema licence;
grant usage on schema licence to karsaz_app;

create table licence.condition (
  condition_number text not null,
  text_fa text not null,
  text_en text not null,
  in_force_from platform.day not null,
  in_force_until platform.day,
  source_keys text[] not null,
  constraint condition_pkey primary key (condition_number),
  constraint condition_days_in_order check (in_force_until >= in_force_from),
  constraint condition_has_source check (cardinality(source_keys) > 0)
);
comment on table licence.condition is
  'kept: reference. Published conditions, dated; a refusal cites one by its number. Readable by all: no row-level security.';
grant select on licence.condition to karsaz_app;

create table licence.request (
  province_id smallint not null,
  request_id uuid not null,
  person_id uuid not null,
  -- Whose own the request is: the applicant's account, or the person where an office entered it.
  subject_id uuid not null,
  county_code text not null,
  occupation_id smallint not null,
  category_key text not null,
  agency_key text not null,
  office_id uuid not null,
  extra_check text,
  review_office_id uuid,
  renews_licence_id uuid,
  self_service boolean not null,
  submitted_on platform.day not null,
  promised_on platform.day not null,
  state text not null,
  version integer not null,
  moved_at timestamptz(3) not null,
  constraint request_pk primary key (province_id, request_id),
  constraint request_case_fk foreign key (province_id, request_id)
    references casework.case_file (province_id, id),
  constraint request_person_fk foreign key (province_id, person_id)
    references party.person (province_id, person_id),
  constraint request_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint request_occupation_fk foreign key (occupation_id)
    references occupation.occupation (occupation_id),
  constraint request_category_fk foreign key (category_key) references occupation.category (category_key),
  constraint request_agency_fk foreign key (agency_key) references party.agency (agency_key),
  constraint request_office_fk foreign key (province_id, office_id)
    references party.agency_office (province_id, office_id),
  constraint request_review_office_fk foreign key (province_id, review_office_id)
    references party.agency_office (province_id, office_id),
  constraint request_starred_has_office check ((extra_check is null) = (review_office_id is null)),
  constraint request_promise_in_order check (promised_on >= submitted_on)
);
comment on table licence.request is
  'kept: requests for a licence; state, version and moved_at repeat those of the case';
create index request_by_state on licence.request (province_id, state, submitted_on);
create index request_by_person on licence.request (province_id, person_id);

create table licence.inquiry (
  province_id smallint not null,
  inquiry_id uuid not null,
  request_id uuid not null,
  subject_id uuid not null,
  county_code text not null,
  office_id uuid not null,
  kind text not null,
  answer text not null,
  asked_at timestamptz(3) not null,
  constraint inquiry_pk primary key (province_id, inquiry_id, kind),
  constraint inquiry_request_fk foreign key (province_id, request_id)
    references licence.request (province_id, request_id),
  constraint inquiry_kind_known check (kind in ('identity', 'government_employment')),
  constraint inquiry_answer_known check (answer in ('clear', 'conflict', 'unknown'))
);
comment on table licence.inquiry is
  'appended: what was answered to an inquiry about the applicant; unknown is never clear';

create table licence.first_signature (
  province_id smallint not null,
  first_signature_id uuid not null,
  request_id uuid not null,
  subject_id uuid not null,
  county_code text not null,
  office_id uuid not null,
  signed_by_person uuid not null,
  signed_by_user uuid not null,
  signed_at timestamptz(3) not null,
  constraint first_signature_pk primary key (province_id, first_signature_id),
  constraint first_signature_signer_key unique (province_id, first_signature_id, request_id, signed_by_person),
  constraint first_signature_request_fk foreign key (province_id, request_id)
    references licence.request (province_id, request_id),
  constraint first_signature_signer_holds_account foreign key (signed_by_user, signed_by_person)
    references access.account_holder (user_id, person_id),
  constraint first_signature_not_for_oneself check (signed_by_person <> subject_id)
);
comment on table licence.first_signature is 'appended: first signatures of the competent agency';

create table licence.licence (
  province_id smallint not null,
  licence_id uuid not null,
  number text not null,
  origin text not null,
  request_id uuid,
  person_id uuid,
  subject_id uuid,
  county_code text not null,
  office_id uuid,
  occupation_id smallint not null,
  category_key text not null,
  agency_key text not null,
  issue_year smallint not null,
  issued_on platform.day not null,
  valid_from platform.day not null,
  expires_on platform.day not null,
  first_signature_id uuid,
  first_signed_by_person uuid,
  second_signed_by_person uuid,
  second_signed_by_user uuid,
  renews_licence_id uuid,
  renews_expires_on platform.day,
  source_key text not null,
  recorded_at timestamptz(3) not null,
  constraint licence_pk primary key (province_id, licence_id),
  constraint licence_number_once unique (province_id, number),
  constraint licence_request_once unique (province_id, request_id),
  constraint licence_renewed_once unique (province_id, renews_licence_id),
  constraint licence_expiry_key unique (province_id, licence_id, expires_on),
  constraint licence_request_fk foreign key (province_id, request_id)
    references licence.request (province_id, request_id),
  constraint licence_person_fk foreign key (province_id, person_id)
    references party.person (province_id, person_id),
  constraint licence_county_fk foreign key (province_id, county_code)
    references place.county (province_id, county_code),
  constraint licence_occupation_fk foreign key (occupation_id)
    references occupation.occupation (occupation_id),
  constraint licence_category_fk foreign key (category_key) references occupation.category (category_key),
  constraint licence_agency_fk foreign key (agency_key) references party.agency (agency_key),
  constraint licence_source_fk foreign key (source_key) references place.source (source_key),
  constraint licence_first_signature_fk
    foreign key (province_id, first_signature_id, request_id, first_signed_by_person)
    references licence.first_signature (province_id, first_signature_id, request_id, signed_by_person),
  constraint licence_second_signer_holds_account foreign key (second_signed_by_user, second_signed_by_person)
    references access.account_holder (user_id, person_id),
  constraint licence_renews_fk foreign key (province_id, renews_licence_id, renews_expires_on)
    references licence.licence (province_id, licence_id, expires_on),
  constraint licence_origin_known check (origin in ('signed', 'history')),
  constraint licence_signed_has_signatures check (
    (origin = 'history') = (request_id is null)
    and (origin = 'history') = (first_signature_id is null)
    and (origin = 'history') = (first_signed_by_person is null)
    and (origin = 'history') = (second_signed_by_person is null)
    and (origin = 'history') = (second_signed_by_user is null)
    and (origin = 'signed') <= (person_id is not null and subject_id is not null)
  ),
  constraint licence_four_eyes check (second_signed_by_person <> first_signed_by_person),
  constraint licence_not_for_oneself check (
    second_signed_by_person <> subject_id and first_signed_by_person <> subject_id
  ),
  constraint licence_year_jalali check (issue_year between 1300 and 1500),
  constraint licence_days_in_order check (expires_on > valid_from and valid_from >= issued_on),
  constraint licence_renewal_named check ((renews_licence_id is null) = (renews_expires_on is null)),
  constraint licence_chain_without_overlap check (valid_from > renews_expires_on)
);
comment on table licence.licence is
  'appended: licences, issued by the second signature or taken over from an earlier register (origin history)';
create index licence_by_issue on licence.licence (province_id, issued_on);
create index licence_by_person on licence.licence (province_id, person_id) where person_id is not null;

create table licence.ending (
  province_id smallint not null,
  licence_id uuid not null,
  act_id uuid not null,
  kind text not null,
  person_id uuid,
  subject_id uuid,
  county_code text not null,
  office_id uuid,
  ended_on platform.day not null,
  reason_fa text not null,
  barred_until platform.day,
  recorded_at timestamptz(3) not null,
  constraint ending_pk primary key (province_id, licence_id),
  constraint ending_licence_fk foreign key (province_id, licence_id)
    references licence.licence (province_id, licence_id),
  constraint ending_act_fk foreign key (province_id, act_id) references casework.act (province_id, id),
  constraint ending_kind_known check (kind in ('cancelled', 'annulled')),
  -- A mere cancellation lets the holder apply again at once; a proven abuse bars (1402, two years).
  constraint ending_annulment_bars check ((kind = 'annulled') = (barred_until is not null)),
  constraint ending_has_reason check (length(btrim(reason_fa)) > 0)
);
comment on table licence.ending is 'appended: cancellations, and annulments with the day until which the holder is barred';

create table licence.numbering (
  province_id smallint not null,
  year smallint not null,
  last integer not null,
  constraint numbering_pk primary key (province_id, year),
  constraint numbering_positive check (last > 0)
);
comment on table licence.numbering is 'kept: the last number of a province in a year';

alter table licence.request enable row level security;
alter table licence.request force row level security;
alter table licence.inquiry enable row level security;
alter table licence.inquiry force row level security;
alter table licence.first_signature enable row level security;
alter table licence.first_signature force row level security;
alter table licence.licence enable row level security;
alter table licence.licence force row level security;
alter table licence.ending enable row level security;
alter table licence.ending force row level security;
alter table licence.numbering enable row level security;
alter table licence.numbering force row level security;

create policy request_read on licence.request for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
create policy request_add on licence.request for insert with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
create policy request_move on licence.request for update
  using (province_id = platform.scope_province())
  with check (province_id = platform.scope_province());
create policy inquiry_read on licence.inquiry for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
create policy inquiry_add on licence.inquiry for insert with check (province_id = platform.scope_province());
create policy first_signature_read on licence.first_signature for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
create policy first_signature_add on licence.first_signature for insert
  with check (province_id = platform.scope_province());
create policy licence_read on licence.licence for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
create policy licence_add on licence.licence for insert with check (province_id = platform.scope_province());
create policy ending_read on licence.ending for select using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (platform.scope_office() is null or office_id::text = platform.scope_office())
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
create policy ending_add on licence.ending for insert with check (province_id = platform.scope_province());
create policy numbering_read on licence.numbering for select using (province_id = platform.scope_province());
create policy numbering_add on licence.numbering for insert with check (province_id = platform.scope_province());
create policy numbering_raise on licence.numbering for update
  using (province_id = platform.scope_province())
  with check (province_id = platform.scope_province());

grant select, insert on licence.request to karsaz_app;
grant update (state, version, moved_at, submitted_on, promised_on) on licence.request to karsaz_app;
grant select, insert on licence.inquiry to karsaz_app;
grant select, insert on licence.first_signature to karsaz_app;
grant select, insert on licence.licence to karsaz_app;
grant select, insert on licence.ending to karsaz_app;
grant select, insert, update (last) on licence.numbering to karsaz_app;

-- A licence counts once, in the year of its issue. A licence has no budget year: its own year stands there.
create view licence.read_issue with (security_invoker = true) as
select
  licence.province_id,
  licence.licence_id as record_id,
  licence.county_code,
  licence.issue_year as budget_year,
  licence.issued_on as happened_on,
  licence.recorded_at,
  'home_jobs'::text as programme,
  licence.category_key,
  licence.agency_key,
  case when licence.renews_licence_id is null then 'new' else 'renewal' end as issue_kind,
  1::bigint as licences
from licence.licence licence;
grant select on licence.read_issue to karsaz_app;
