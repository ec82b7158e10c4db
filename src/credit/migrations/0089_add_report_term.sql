-- One more dated term of a line: for how many days a branch's report of payment waits to be confirmed.

alter table credit.parameter drop constraint parameter_name_known;
alter table credit.parameter add constraint parameter_name_known check (
  name in ('rate', 'grace_months', 'term_months', 'ceiling_per_beneficiary', 'ceiling_per_job', 'report_days')
);
