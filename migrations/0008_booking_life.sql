-- A booking's whole life: holds, patients without an account, approval, desk moves and their undoing, the chamber's rules.

-- Who is seen need not have an account: guests, callers, walk-ins. Several people may share one mobile.
alter table patients
  alter column user_id drop not null,
  alter column relation drop not null,
  add column mobile varchar(14) check (mobile ~ '^\+88[0-9]{11}$'),
  add column email varchar(100) check (email = lower(email)),
  add column created_by integer references users (id),
  add constraint patients_related_to_an_account check ((user_id is null) = (relation is null));
create index patients_by_mobile on patients (mobile) where mobile is not null;
create index patients_by_email on patients (email) where email is not null;

-- The rules of a chamber for those who book by themselves; the desk may do otherwise, with a reason.
alter table chambers
  add column cancel_notice_minutes integer not null default 0 check (cancel_notice_minutes between 0 and 43200),
  add column reschedule_notice_minutes integer not null default 0 check (reschedule_notice_minutes between 0 and 43200),
  add column most_reschedules smallint not null default 3 check (most_reschedules between 0 and 100),
  -- Live bookings to come of one patient: with one doctor, and in all.
  add column most_per_doctor smallint not null default 5 check (most_per_doctor between 1 and 100),
  add column most_in_all smallint not null default 20 check (most_in_all between 1 and 100),
  -- So many no-shows within so many days, and the patient books at the desk only. Null: never.
  add column no_show_limit smallint default 3 check (no_show_limit between 1 and 100),
  add column no_show_days smallint not null default 180 check (no_show_days between 1 and 1000),
  -- Share of the fee to be paid before an online booking stands; a hold waits for it so long.
  add column deposit_percent smallint not null default 0 check (deposit_percent between 0 and 100),
  add column deposit_minutes integer not null default 120 check (deposit_minutes between 5 and 10080),
  -- What of a payment is given back on a cancellation in time, and on a later one.
  add column refund_percent smallint not null default 100 check (refund_percent between 0 and 100),
  add column late_refund_percent smallint not null default 0 check (late_refund_percent between 0 and 100);

alter table doctor_settings add column needs_approval boolean not null default false;

-- A follow-up or report is for those who were seen by this doctor at most so many days before. Null: for everybody.
alter table visit_types add column window_days smallint check (window_days between 1 and 1000);
alter table visit_types add constraint visit_types_window check (window_days is null or kind <> 'new');

-- Which chambers an assistant runs the desk of: for one doctor there, or for all.
create table assistant_attachments (
  id integer generated always as identity primary key,
  assistant_id integer not null references users (id),
  chamber_id integer not null references chambers (id),
  doctor_id integer references doctors (user_id),
  created_by integer references users (id),
  created_at timestamptz not null,
  constraint assistant_attachments_once unique nulls not distinct (assistant_id, chamber_id, doctor_id)
);

alter table appointments
  -- A place can be held before it is known who will come.
  alter column patient_id drop not null,
  -- Null: a guest, who has no account.
  alter column booked_by drop not null,
  add column expires_at timestamptz,
  -- Digest of the address that holds: addresses are personal data.
  add column held_from bytea,
  -- What must be paid before a held place becomes a booking.
  add column deposit numeric(10, 2) check (deposit > 0 and deposit <= fee),
  add column reschedules smallint not null default 0,
  add constraint appointments_hold_ends check ((status = 'held') = (expires_at is not null)),
  add constraint appointments_someone_comes
    check (patient_id is not null or status in ('held', 'expired', 'cancelled'));
create index appointments_held on appointments (doctor_id, expires_at) where status = 'held';
create index appointments_pending on appointments (lower(period)) where status = 'pending';
create index appointments_held_by on appointments (booked_by) where status = 'held';
create index appointments_held_for on appointments (patient_id) where status = 'held';
create index appointments_held_from on appointments (held_from) where status = 'held';

alter table appointment_history
  add column step text not null default 'moved' check (step in (
    'held', 'renewed', 'booked', 'approved', 'declined', 'rescheduled', 'swapped', 'kept', 'moved', 'cancelled', 'expired',
    'arrived', 'started', 'completed', 'missed', 'undone')),
  -- The place after the step; null in rows from before.
  add column period tstzrange,
  add column serial smallint;

create function refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'check_violation', constraint = 'append_only';
end $$;
create trigger append_only before update or delete on appointment_history
  for each row execute function refuse_rewriting();

-- The moves of an appointment. The same table stands in src/appointments/booking/policy.ts; a test compares them.
create table appointment_moves (
  from_status text not null,
  to_status text not null,
  primary key (from_status, to_status)
);
insert into appointment_moves values
  ('held', 'pending'), ('held', 'confirmed'), ('held', 'cancelled'), ('held', 'expired'),
  ('pending', 'confirmed'), ('pending', 'cancelled'), ('pending', 'expired'),
  ('confirmed', 'arrived'), ('confirmed', 'in_consultation'), ('confirmed', 'completed'), ('confirmed', 'cancelled'),
  ('confirmed', 'no_show'),
  ('arrived', 'in_consultation'), ('arrived', 'completed'), ('arrived', 'cancelled'), ('arrived', 'no_show'),
  ('in_consultation', 'completed'),
  ('no_show', 'arrived'),
  -- Undoing the last move at the desk; an appointment that is moved after its arrival is expected again.
  ('arrived', 'confirmed'), ('in_consultation', 'arrived'), ('in_consultation', 'confirmed'),
  ('completed', 'in_consultation'), ('completed', 'arrived'), ('completed', 'confirmed'), ('no_show', 'confirmed');

-- What a constraint cannot say because it needs other rows, or the row as it was.
create or replace function guard_appointment() returns trigger language plpgsql as $$
declare
  session record;
  most record;
begin
  if tg_op = 'UPDATE' then
    if new.status <> old.status and not exists (
      select from appointment_moves where from_status = old.status and to_status = new.status) then
      raise exception 'an appointment does not go from % to %', old.status, new.status
        using errcode = 'check_violation', constraint = 'appointments_move';
    end if;
    if (new.doctor_id, new.chamber_id) is distinct from (old.doctor_id, old.chamber_id)
      or (old.patient_id is not null and new.patient_id is distinct from old.patient_id)
      or (old.status <> 'held' and (new.visit_type_id, new.fee, new.currency)
        is distinct from (old.visit_type_id, old.fee, old.currency)) then
      raise exception 'whom an appointment is with and for, and its fee, do not change'
        using errcode = 'check_violation', constraint = 'appointments_stay';
    end if;
  end if;
  if tg_op = 'INSERT' or new.session_id <> old.session_id or new.period <> old.period
    or new.serial is distinct from old.serial then
    select s.mode, s.capacity, s.period into session from sessions s where s.id = new.session_id;
    if (session.mode = 'serial') <> (new.serial is not null)
      or (session.mode = 'serial' and new.serial > session.capacity and new.overbook_reason is null)
      or (session.mode = 'serial' and lower(new.period) < lower(session.period))
      or (session.mode = 'timed' and not new.period <@ session.period and new.overbook_reason is null) then
      raise exception 'the place does not lie in its session'
        using errcode = 'check_violation', constraint = 'appointments_in_session';
    end if;
  end if;
  -- A patient's online bookings take turns here, so that the count is true: each statement of a function sees what
  -- has been committed until then.
  -- An offer of the waitlist is a hold without a deposit, and counts when it is accepted.
  if new.channel = 'online' and new.overbook_reason is null
    and (new.status in ('pending', 'confirmed') or (new.status = 'held' and new.deposit is not null))
    and (tg_op = 'INSERT' or (old.status = 'held' and old.deposit is null)) then
    perform pg_advisory_xact_lock(hashtextextended('patient ' || new.patient_id, 0));
    select c.most_per_doctor, c.most_in_all into most from chambers c where c.id = new.chamber_id;
    if (select count(*) >= most.most_in_all
               or count(*) filter (where a.doctor_id = new.doctor_id) >= most.most_per_doctor
        from appointments a
        where a.patient_id = new.patient_id and a.id <> new.id
          and a.period && tstzrange(new.created_at, null)
          and a.status not in ('cancelled', 'no_show', 'expired')
          and (a.status in ('pending', 'confirmed') or (a.deposit is not null and a.expires_at > new.created_at))) then
      raise exception 'the patient has as many bookings as the chamber allows'
        using errcode = 'check_violation', constraint = 'appointments_patient_limit';
    end if;
  end if;
  return new;
end $$;

-- Every step has its row in the history, whatever the code forgets; looked at when the transaction ends.
create function guard_history() returns trigger language plpgsql as $$
begin
  if not exists (select from appointment_history h
                 where h.appointment_id = new.id and h.version = new.version and h.to_status = new.status) then
    raise exception 'appointment % went to % without a row in its history', new.id, new.status
      using errcode = 'check_violation', constraint = 'appointments_in_history';
  end if;
  return null;
end $$;
create constraint trigger guard_history after update on appointments deferrable initially deferred
  for each row when (old.version <> new.version or old.status <> new.status) execute function guard_history();

-- What staff did that others may ask about: overbooking, swaps, money, looking patients up.
create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  by_user integer references users (id),
  action text not null,
  appointment_id bigint references appointments (id),
  patient_id integer references patients (id),
  detail jsonb not null default '{}'
);
create trigger append_only before update or delete on audit_log
  for each row execute function refuse_rewriting();

-- A doctor's own note on a visit; nobody else reads it.
create table visit_notes (
  appointment_id bigint not null references appointments (id),
  author_id integer not null references users (id),
  text varchar(2000) not null,
  updated_at timestamptz not null,
  primary key (appointment_id, author_id)
);
