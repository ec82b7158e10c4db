-- A message has a state, and says by what and why: it waits, was sent, was refused for good, or was given up after
-- many tries. A job takes it by moving its due_at on and sends it outside any transaction.
alter table platform.message
  drop constraint message_sent_by_somebody,
  drop column failure,
  add column state text not null default 'waiting',
  add column due_at timestamptz(3),
  -- Why the last try failed, and what the other side said, without secrets and addresses.
  add column reason text,
  add column answer text,
  -- Raised when it is sent again after a refusal: the other side sees another id and looks at it anew.
  add column sending smallint not null default 1,
  -- The same message by e-mail, beside the one by SMS.
  add column copy_of uuid;

alter table platform.message no force row level security;
update platform.message set
  state = case when sent_at is null then 'waiting' else 'sent' end,
  tried_at = case when sent_at is null then tried_at else coalesce(tried_at, sent_at) end,
  due_at = made_at;
alter table platform.message force row level security;

alter table platform.message
  alter column due_at set not null,
  add constraint message_state_known check (state in ('waiting', 'sent', 'refused', 'given_up')),
  add constraint message_sent_on_a_day check ((state = 'sent') = (sent_at is not null)),
  add constraint message_state_of_somebody check (
    state = 'waiting' or (carrier is not null and tried_at is not null)
  ),
  add constraint message_undelivered_has_reason check (state in ('waiting', 'sent') or reason is not null),
  add constraint message_reason_known check (
    reason in ('no_phone', 'no_email', 'wordless', 'refused', 'sign_in', 'encryption', 'timeout', 'unavailable')
  ),
  add constraint message_answer_short check (length(answer) <= 200),
  add constraint message_copied_once unique (province_id, copy_of);

drop index platform.message_waiting;
create index message_waiting on platform.message (province_id, due_at, message_id) where state = 'waiting';
create index message_undelivered on platform.message (province_id, tried_at, message_id)
  where state in ('refused', 'given_up');

grant update (channel, state, due_at, reason, answer, sending) on platform.message to karsaz_app;
