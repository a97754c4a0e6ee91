import type pg from 'pg';

const perDoctor = 2_500;

/** How so many appointments of three years, from 1 January 2024 on, are laid out: 2,500 for each doctor. */
export function visitLayout(size: number) {
  const doctors = Math.ceil(size / perDoctor);
  return { doctors, admin: doctors + 1, patients: doctors * 125, appointments: doctors * perDoctor };
}

/** Writes them into a migrated database, with their history and payments. */
export async function writeVisits(client: pg.Client, size: number): Promise<void> {
  const layout = visitLayout(size);
  console.log(`making ${layout.appointments} appointments`);
  await client.query('set session_replication_role = replica; set synchronous_commit = off');
  for (const statement of statementsOf(layout)) await client.query(statement);
}

// Every doctor has their own 125 patients, four visits on each of 625 days from 1 January 2024 on. What is random follows
// from the number, so that every run has the same data.
const statementsOf = ({ doctors, admin, patients }: ReturnType<typeof visitLayout>): string[] => [
  `insert into users (id, full_name, email, password_hash, user_type, license_number, experience_years, consultation_fee)
   overriding system value
   select n, 'Doctor ' || n, 'doctor' || n || '@example.org', '', 'doctor', 'A-' || n, 5, 500
   from generate_series(1, ${doctors}) n`,
  `insert into users (id, full_name, email, password_hash, user_type) overriding system value
   values (${admin}, 'Admin', 'admin@example.org', '', 'admin'), (${admin + 1}, 'Patient', 'p@example.org', '', 'patient')`,
  `insert into sign_ins (id, user_id, token_hash, rotated_at, created_at, expires_at)
   values (('00000000-0000-4000-8000-' || lpad(to_hex(${admin}), 12, '0'))::uuid, ${admin}, '', '2026-11-01', '2026-11-01',
           '2027-11-01')`,
  `insert into doctors (user_id, slug, approval) select n, 'doctor-' || n, 'approved' from generate_series(1, ${doctors}) n`,
  `insert into doctor_specializations (doctor_id, specialization_id)
   select n, 1 + (n * 7 + extra) % (select count(*)::int from specializations)
   from generate_series(1, ${doctors}) n, generate_series(0, n % 2) extra`,
  `insert into chambers (id, name, address, division, district, thana) overriding system value
   select n, 'Chamber ' || n, 'Station Road', 'Dhaka', 'Dhaka', 'Dhanmondi' from generate_series(1, ${Math.ceil(doctors / 5)}) n`,
  `insert into visit_types (id, doctor_id, chamber_id, kind, minutes, fee) overriding system value
   select n, n, (n - 1) / 5 + 1, 'new', 15, 800.50 from generate_series(1, ${doctors}) n`,
  `insert into schedules (id, doctor_id, chamber_id, weekday, from_time, to_time, mode, slot_minutes) overriding system value
   select n, n, (n - 1) / 5 + 1, 1, '17:00', '19:00', 'timed', 15 from generate_series(1, ${doctors}) n`,
  `insert into sessions (id, schedule_id, doctor_id, chamber_id, date, period, mode) overriding system value
   select n, n, n, (n - 1) / 5 + 1, '2024-01-01', '[2024-01-01 00:00+00,2027-01-01 00:00+00)', 'timed'
   from generate_series(1, ${doctors}) n`,
  `insert into patients (id, full_name) overriding system value
   select n, 'Patient ' || n from generate_series(1, ${patients}) n`,
  // Reading does not use them, and they take most of the time of writing.
  'alter table appointments drop constraint appointments_doctor_free, drop constraint appointments_patient_free',
  // In the order in which they were booked, doctor beside doctor, as they come in life.
  `insert into appointments (id, session_id, doctor_id, chamber_id, patient_id, visit_type_id, channel, status, period, occupied,
                             promised_local, time_zone, fee, created_at)
   select k::bigint * ${doctors} + n, n, n, (n - 1) / 5 + 1, (n - 1) * 125 + k % 125 + 1, n,
     (array['online', 'online', 'phone', 'walk_in'])[1 + (k + n) % 4], status,
     tstzrange(starts, starts + interval '15 minutes'), tstzrange(starts, starts + interval '15 minutes'), '', 'Asia/Dhaka',
     800.50, starts - ((k * 37 + n) % 20000) * interval '1 minute'
   from generate_series(0, ${perDoctor - 1}) k, generate_series(1, ${doctors}) n,
     lateral (select timestamptz '2024-01-01 11:00+00' + (k / 4 * 7 / 4) * interval '1 day'
                + (k % 4) * interval '15 minutes' + n % 6 * interval '1 hour' as starts,
              (k * 7919 + n * 104729) % 100 as luck) at,
     lateral (select case when starts > timestamptz '2026-11-02' then 'confirmed' when luck < 78 then 'completed'
                when luck < 88 then 'cancelled' when luck < 97 then 'no_show' else 'expired' end as status) became
   order by 1`,
  `insert into appointment_history (appointment_id, version, step, from_status, to_status, by_user, at)
   select a.id, step.version, step.step, step.source, step.target, ${admin + 1}, step.at
   from appointments a, lateral (values
     (1, 'booked', null, case when a.status = 'expired' then 'pending' else 'confirmed' end, a.created_at),
     (2, 'arrived', 'confirmed', 'arrived', lower(a.period) - (a.id % 40) * interval '1 minute'),
     (3, 'started', 'arrived', 'in_consultation', lower(a.period) + (a.id % 90) * interval '1 minute'),
     (4, 'completed', 'in_consultation', 'completed', lower(a.period) + (a.id % 90 + 10) * interval '1 minute'),
     (2, a.status, case when a.status = 'expired' then 'pending' else 'confirmed' end, a.status, lower(a.period))
   ) step (version, step, source, target, at)
   where case a.status when 'completed' then step.version <> 2 or step.step = 'arrived'
              when 'confirmed' then step.step = 'booked'
              else step.step = 'booked' or (step.step = a.status and step.version = 2) end
     and step.step <> 'no_show'
   order by step.at`,
  `insert into payments (appointment_id, appointment_version, kind, amount, currency, method, provider, chamber_id, receipt_year,
                         receipt_number, taken_by, at)
   select id, 1, 'payment', 800.50, 'BDT', 'cash', 'desk', chamber_id, 2026, id::text, ${admin}, lower(period)
   from appointments where status = 'completed' order by appointments.id`,
  'vacuum analyze',
];
