-- A deed done on a page without JavaScript is told too, by the address of that page.
alter table access.audit_event
  drop constraint audit_event_route_form,
  add constraint audit_event_route_form check (route ~ '^[A-Z]+ /[A-Za-z0-9_.:*/-]*$');
