import type pg from 'pg';
import type { visitLayout } from '../visits.ts';

type Layout = ReturnType<typeof visitLayout>;

/** Doctors without a past in the first chamber, who sit from 9:00 to 21:00 every day, a quarter of an hour for each visit. */
export const bookable = { doctors: 40, days: 20, placesADay: 48 };
/** Patients who have never been booked for. */
export const newcomers = 20_000;

/** The numbers of the first of both. */
export const firstOf = ({ doctors, patients }: Layout) => ({ doctor: doctors + 3, newcomer: patients + 1 });

/** The schedule has made all reports but those of October 2026. */
export const doneMonths = `
  insert into monthly_report_runs (time_zone, year, month, done_at)
  select 'Asia/Dhaka', extract(year from month)::int, extract(month from month)::int, month + interval '1 month 2 hours'
  from generate_series(timestamp '2025-10-01', timestamp '2026-09-01', interval '1 month') month`;

/** Makes the stored visits ones that others can be booked beside. What keeps visits apart was left out, and takes long. */
export async function writeBookable(client: pg.Client, layout: Layout): Promise<void> {
  const { doctor, newcomer } = firstOf(layout);
  await client.query('set maintenance_work_mem = 1000000');
  for (const statement of statementsOf(doctor, newcomer)) await client.query(statement);
}

const statementsOf = (doctor: number, newcomer: number): string[] => [
  ...['schedules', 'sessions', 'appointments'].map(
    (table) => `select setval(pg_get_serial_sequence('${table}', 'id'), max(id)) from ${table}`,
  ),
  ...Object.entries({
    users: `(id, full_name, email, password_hash, user_type, license_number, experience_years, consultation_fee)
      overriding system value
      select n, 'Doctor ' || n, 'doctor' || n || '@example.org', '', 'doctor', 'A-' || n, 5, 500`,
    doctors: `(user_id, slug, approval) select n, 'doctor-' || n, 'approved'`,
    visit_types: `(id, doctor_id, chamber_id, kind, minutes, fee) overriding system value
      select n, n, 1, 'new', 15, 800.50`,
    schedules: `(doctor_id, chamber_id, weekday, from_time, to_time, mode, slot_minutes)
      select n, 1, weekday, '09:00', '21:00', 'timed', 15`,
  }).map(
    ([table, columns]) => `
      insert into ${table} ${columns}
      from generate_series(${doctor}, ${doctor + bookable.doctors - 1}) n
        ${table === 'schedules' ? ', generate_series(1, 7) weekday' : ''}`,
  ),
  `insert into patients (id, full_name) overriding system value
   select n, 'Newcomer ' || n from generate_series(${newcomer}, ${newcomer + newcomers - 1}) n`,
  doneMonths,
  `alter table appointments
     add constraint appointments_doctor_free exclude using gist (doctor_id with =, occupied with &&)
       where (status not in ('cancelled', 'no_show', 'expired') and overbook_reason is null),
     add constraint appointments_patient_free exclude using gist (patient_id with =, period with &&)
       where (status not in ('cancelled', 'no_show', 'expired'))`,
  'vacuum analyze',
];
