-- A deputy approves divisions and confirms payments, so a second administrator approves a deputy too. Grants of before
-- stand as they were given.
alter table access.role_grant drop constraint role_grant_powerful_needs_approval;
alter table access.role_grant add constraint role_grant_powerful_needs_approval
  check (needs_approval = (role in ('administrator', 'director', 'deputy'))) not valid;
