-- What a doctor's hours offered when a sitting began, written down shortly afterwards and never changed: hours of the past
-- follow their schedule, so later nobody could say it.

create table offered_sittings (
  id bigint generated always as identity primary key,
  schedule_id integer not null references schedules (id),
  -- By the chamber's calendar.
  date date not null,
  doctor_id integer not null references doctors (user_id),
  chamber_id integer not null references chambers (id),
  starts_at timestamptz not null,
  -- Visits that fit one after the other, whoever took them.
  places smallint not null check (places > 0),
  unique (schedule_id, date)
);
create index offered_sittings_by_time on offered_sittings (starts_at, id);
create index offered_sittings_by_doctor on offered_sittings (doctor_id, starts_at);
create trigger append_only before update or delete on offered_sittings
  for each row execute function refuse_rewriting();

-- From when, and until when, all sittings that began are written down.
create table offers_recorded (
  one boolean primary key default true check (one),
  since timestamptz not null,
  until timestamptz not null check (until >= since)
);
