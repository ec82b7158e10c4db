-- A case may need the approval of another office beside the one with which it lies, e.g. of the health body for a
-- starred occupation. That office sees the case with all that belongs to it, and the task stands with whichever of
-- the two has to act.

alter table casework.case_file add column review_office_id uuid;
alter table casework.act add column review_office_id uuid;
alter table casework.tracking add column review_office_id uuid;
-- The one of the two that is not waited for.
alter table casework.task add column other_office_id uuid;
alter table casework.hold add column review_office_id uuid;
alter table casework.note add column review_office_id uuid;
create index case_file_by_review_office on casework.case_file
  (province_id, review_office_id, moved_at desc, id desc) where review_office_id is not null;

alter policy case_file_read on casework.case_file using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
alter policy case_file_open on casework.case_file with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
alter policy case_file_move on casework.case_file using (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
) with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
alter policy act_read on casework.act using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
alter policy act_append on casework.act with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
alter policy tracking_read on casework.tracking using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
alter policy tracking_add on casework.tracking with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
alter policy task_read on casework.task using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or other_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
alter policy task_write on casework.task using (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or other_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
) with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or other_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
alter policy hold_read on casework.hold using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
alter policy hold_add on casework.hold with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and (platform.scope_person() is null or subject_id::text = platform.scope_person())
);
alter policy note_read on casework.note using (
  (platform.reads_all() or province_id = platform.scope_province())
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and platform.scope_person() is null
);
alter policy note_add on casework.note with check (
  province_id = platform.scope_province()
  and (platform.scope_county() is null or county_code = platform.scope_county())
  and (
    platform.scope_office() is null or office_id::text = platform.scope_office()
    or review_office_id::text = platform.scope_office()
  )
  and platform.scope_person() is null
);
