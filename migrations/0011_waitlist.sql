-- Who waits for a place of a doctor in a chamber, first come first served, and the offers made to them.
create table waitlist_entries (
  id integer generated always as identity primary key,
  doctor_id integer not null references doctors (user_id),
  chamber_id integer not null references chambers (id),
  visit_type_id integer not null references visit_types (id),
  patient_id integer not null references patients (id),
  -- As which a place is looked for: `phone` when the desk wrote the patient down.
  channel text not null check (channel in ('online', 'phone')),
  -- A session, dates of the chamber's calendar, any day, or whatever comes before an appointment of theirs.
  schedule_id integer references schedules (id),
  from_date date,
  to_date date check (to_date >= from_date),
  earlier_than bigint references appointments (id),
  -- Nobody waits for ever.
  last_date date not null,
  status text not null default 'waiting' check (status in ('waiting', 'accepted', 'left', 'ended')),
  -- What an accepted offer became.
  appointment_id bigint references appointments (id),
  -- Null: a guest, or by the private link.
  joined_by integer references users (id),
  joined_at timestamptz not null,
  ended_at timestamptz,
  constraint waitlist_entries_end check ((status = 'waiting') = (ended_at is null)),
  constraint waitlist_entries_accepted check ((status = 'accepted') = (appointment_id is not null)),
  constraint waitlist_entries_session check (schedule_id is null or (from_date is not null and from_date = to_date))
);
create unique index waitlist_entries_once
  on waitlist_entries (patient_id, doctor_id, chamber_id, schedule_id, from_date, to_date, earlier_than)
  nulls not distinct where status = 'waiting';
create index waitlist_entries_line on waitlist_entries (doctor_id, id) where status = 'waiting';
create index waitlist_entries_by_joiner on waitlist_entries (joined_by) where status = 'waiting';

-- An offer is a claim like any other, so the same constraints keep the place. It is told to last until `offered_until`;
-- `expires_at` is a little later, so that the next in line gets the place before it is anybody's.
alter table appointments
  add column offered_to integer references waitlist_entries (id),
  add column offered_until timestamptz,
  add constraint appointments_offer check (
    (offered_to is null) = (offered_until is null)
    and (offered_to is null
         or (status in ('held', 'cancelled', 'expired') and patient_id is not null and deposit is null)));
create unique index appointments_one_offer on appointments (offered_to) where status = 'held';
create index appointments_offered on appointments (offered_to) where offered_to is not null;
