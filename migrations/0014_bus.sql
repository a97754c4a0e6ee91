-- Events and jobs: what has been taken, and what could not be done.

-- A consumer's effect and its row here are one transaction: an event that comes again finds the row.
create table inbox (
  consumer text not null,
  event_id uuid not null,
  taken_at timestamptz not null default now(),
  primary key (consumer, event_id)
);
create index inbox_by_age on inbox (taken_at);

-- Jobs, and events for one consumer (task `deliver-event`), that were given up after their last try. They wait for a person.
create table dead_letters (
  id bigint generated always as identity primary key,
  task text not null,
  payload jsonb not null,
  -- What failed, without data of people.
  reason text not null,
  tries integer not null,
  -- Null: it never was a job. A job is given up once.
  job_id bigint unique,
  died_at timestamptz not null default now()
);

-- Whoever may only lock a doctor's row holds the right to update this column: it gives nothing else.
create function refuse_new_doctor_id() returns trigger language plpgsql as $$
begin
  raise exception 'a doctor stays the same user' using errcode = 'check_violation', constraint = 'doctors_stay';
end $$;
create trigger doctors_stay before update of user_id on doctors
  for each row when (old.user_id <> new.user_id) execute function refuse_new_doctor_id();
