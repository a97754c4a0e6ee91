-- Whoever has been told, by an administrator, where to choose a password: for an account that was made for them, or again.
create table invitations (
  id integer generated always as identity primary key,
  user_id integer not null references users (id),
  invited_by integer not null references users (id),
  invited_at timestamptz not null
);
create index invitations_by_user on invitations (user_id, invited_at);
create trigger append_only before update or delete on invitations for each row execute function refuse_rewriting();

-- A message can be about an invitation. Its `version` is then the invitation's id, so that `messages_once` holds as it is.
-- `not valid`: rows from before hold by what they were checked against then, and nobody waits for a look at all of them.
alter table messages
  add column invitation_id integer,
  add constraint messages_invitation foreign key (invitation_id) references invitations (id) not valid,
  add constraint messages_invitation_version check (invitation_id is null or version = invitation_id) not valid,
  drop constraint messages_about,
  add constraint messages_about check (num_nonnulls(appointment_id, code_id, report_id, invitation_id) = 1) not valid,
  drop constraint messages_kind_check,
  add constraint messages_kind_check check (kind in (
    'verify', 'password_reset', 'sign_in', 'guest', 'invitation',
    'booked', 'requested', 'approved', 'declined', 'rescheduled', 'cancelled', 'session_moved', 'session_cancelled',
    'reminder', 'doctor_late', 'nearly_next', 'waitlist_offer', 'deposit_due', 'deposit_expired', 'monthly_report',
    'event')) not valid;
