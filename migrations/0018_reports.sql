-- Monthly reports: what a doctor's month came to, as it was when somebody looked. A version is never changed; a month that
-- is looked at again and has other rows gets another one.

create table monthly_reports (
  id integer generated always as identity primary key,
  doctor_id integer not null references doctors (user_id),
  year smallint not null check (year between 2000 and 2199),
  month smallint not null check (month between 1 and 12),
  version integer not null check (version >= 1),
  -- Null: the schedule.
  made_by integer references users (id),
  made_at timestamptz not null,
  -- The month had ended in all chambers that it has appointments in.
  closed boolean not null,
  patient_visits integer not null check (patient_visits between 0 and appointments),
  appointments integer not null,
  earnings numeric(14, 2) not null check (earnings >= 0),
  -- Fees of several currencies have no sum: then nothing is written here, and with it no report.
  currency char(3) not null,
  -- The rows behind the figures as they stood: appointments with their start and status, by time. A patient and a fee
  -- never change. As arrays, since a month of all doctors is then 2,000 rows and not 140,000.
  row_ids bigint[] not null,
  row_starts timestamptz[] not null,
  row_statuses text[] not null,
  unique (doctor_id, year, month, version),
  check (cardinality(row_ids) = cardinality(row_starts) and cardinality(row_ids) = cardinality(row_statuses)),
  check (appointments between 0 and cardinality(row_ids))
);
create trigger append_only before update or delete on monthly_reports
  for each row execute function refuse_rewriting();

-- The months that the schedule has done, by zone: after downtime it goes on where it was.
create table monthly_report_runs (
  time_zone text not null,
  year smallint not null,
  month smallint not null,
  done_at timestamptz not null,
  primary key (time_zone, year, month)
);

-- A message can be about a report. Its `version` is then the report's id, so that `messages_once` holds as it is.
-- `not valid`: rows from before hold by what they were checked against then, and nobody waits for a look at all of them.
alter table messages
  add column report_id integer,
  add constraint messages_report foreign key (report_id) references monthly_reports (id) not valid,
  add constraint messages_report_version check (report_id is null or version = report_id) not valid,
  drop constraint messages_check,
  add constraint messages_about check (num_nonnulls(appointment_id, code_id, report_id) = 1) not valid,
  drop constraint messages_kind_check,
  add constraint messages_kind_check check (kind in (
    'verify', 'password_reset', 'sign_in', 'guest',
    'booked', 'requested', 'approved', 'declined', 'rescheduled', 'cancelled', 'session_moved', 'session_cancelled',
    'reminder', 'doctor_late', 'nearly_next', 'waitlist_offer', 'deposit_expired', 'monthly_report', 'event')) not valid;
