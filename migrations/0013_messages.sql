-- The ledger of everything that is told to anybody, and what shapes it: templates, choices of the readers, webhooks.

-- Minutes before the visit at which reminders go out.
alter table chambers
  add column reminder_minutes integer[] not null default '{1440,120}'
    check (cardinality(reminder_minutes) <= 5 and 5 <= all (reminder_minutes) and 20160 >= all (reminder_minutes));

-- Other programs that want to know what happens to appointments.
create table webhooks (
  id integer generated always as identity primary key,
  url varchar(500) not null,
  -- Encrypted.
  secret bytea not null,
  events text[] not null check (cardinality(events) > 0),
  created_by integer references users (id),
  created_at timestamptz not null,
  ended_at timestamptz
);

-- One row for each message to one recipient over one channel. Written when the event is handled, worked through by the
-- database's clock alone: workers whose clocks are wrong do no harm.
create table messages (
  id bigint generated always as identity primary key,
  -- What it is about: an appointment in one of its versions, or a code.
  appointment_id bigint references appointments (id),
  -- Its row is dropped after two days, this one is kept.
  code_id uuid,
  version integer not null default 1,
  -- `event`: what a webhook gets.
  kind text not null check (kind in (
    'verify', 'password_reset', 'sign_in', 'guest',
    'booked', 'requested', 'approved', 'declined', 'rescheduled', 'cancelled', 'session_moved', 'session_cancelled',
    'reminder', 'doctor_late', 'nearly_next', 'waitlist_offer', 'deposit_expired', 'event')),
  -- Of a reminder: before the visit; of a delay: how late. Else 0.
  minutes integer not null default 0,
  channel text not null check (channel in ('email', 'sms', 'in_app', 'webhook')),
  -- Address, number, id of the user or of the webhook; empty when nobody could be reached.
  recipient varchar(100) not null,
  -- Null: without an account.
  user_id integer references users (id),
  language text not null check (language in ('bn', 'en')),
  state text not null check (state in (
    'pending', 'sending', 'sent', 'failed', 'missed', 'suppressed', 'unknown', 'cancelled')),
  -- The promised moment, and from when on it would come too late to be worth it.
  due_at timestamptz not null,
  stale_at timestamptz not null,
  -- The next try: `due_at`, later after a try that failed.
  try_at timestamptz not null,
  tries smallint not null default 0,
  -- Raised by every claim: what an earlier claimant still wants to write finds no row.
  fence integer not null default 0,
  leased_until timestamptz,
  -- When it was given out of hand, to whom, and what can be done when no answer came: the same key again, which is taken
  -- once only; asking whether it was taken; or telling a person.
  handed_at timestamptz,
  provider text,
  on_loss text check (on_loss in ('repeat', 'look_up', 'tell')),
  -- What the provider said, and its number for it.
  answer varchar(300),
  reference varchar(200),
  -- Of an SMS.
  parts smallint,
  cost numeric(10, 4),
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  -- A person's decision about an unknown or failed one.
  resolved_by integer references users (id),
  resolved_at timestamptz,
  check (num_nonnulls(appointment_id, code_id) = 1),
  check ((state = 'sending') = (leased_until is not null)),
  check ((state in ('pending', 'sending')) = (finished_at is null)),
  check (handed_at is null or on_loss is not null),
  constraint messages_once
    unique nulls not distinct (appointment_id, code_id, version, kind, minutes, channel, recipient)
);
create index messages_due on messages (channel, try_at) where state = 'pending';
create index messages_leased on messages (leased_until) where state = 'sending';
create index messages_under_way on messages (channel, recipient) where state = 'sending';
create index messages_for_people on messages (id) where state in ('unknown', 'failed');
create index messages_by_code on messages (code_id) where code_id is not null;

-- What a signed-in reader finds in the app itself.
create table notifications (
  message_id bigint primary key references messages (id),
  user_id integer not null references users (id),
  kind text not null,
  title varchar(200) not null,
  text varchar(1000) not null,
  -- Below the site's root; null: there is nothing to open.
  path varchar(200),
  created_at timestamptz not null default now(),
  read_at timestamptz
);
create index notifications_by_user on notifications (user_id, message_id desc);
create index notifications_unread on notifications (user_id) where read_at is null;

-- What would have gone out, where neither a mail server nor an SMS gateway is configured: the demonstration.
create table mailbox (
  message_id bigint primary key references messages (id),
  channel text not null check (channel in ('email', 'sms')),
  recipient varchar(100) not null,
  title varchar(200),
  text text not null,
  calendar text,
  created_at timestamptz not null default now()
);

-- Wording that replaces the one in the code.
create table message_templates (
  kind text not null,
  channel text not null check (channel in ('email', 'sms', 'in_app')),
  language text not null check (language in ('bn', 'en')),
  -- Null: an SMS.
  title varchar(200),
  text varchar(4000) not null,
  updated_by integer references users (id),
  updated_at timestamptz not null,
  primary key (kind, channel, language),
  check ((channel = 'sms') = (title is null))
);

-- What a user wants to be told and how, where it differs from the usual.
create table notification_choices (
  user_id integer not null references users (id),
  kind text not null,
  channel text not null check (channel in ('email', 'sms', 'in_app')),
  wanted boolean not null,
  primary key (user_id, kind, channel)
);

-- Local times between which only what cannot wait is sent. Without a row the site's own hours; with nulls none.
create table quiet_hours (
  user_id integer primary key references users (id),
  from_time time(0),
  until_time time(0),
  check ((from_time is null) = (until_time is null)),
  check (from_time <> until_time)
);
