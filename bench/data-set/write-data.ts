import pg from 'pg';
import { refreshSearch } from '../../src/appointments/doctors/refresh-search.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { hashPassword } from '../../src/platform/passwords.ts';
import { inventName } from '../../src/services/demo/invent-name.ts';
import { createRandom } from '../../src/services/demo/random.ts';
import * as layout from './layout.ts';

/** Fills a migrated database. Foreign keys hold by construction and are not checked; all other constraints are. */
export async function writeData(url: string, clock: Clock): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`set session_replication_role = replica; set synchronous_commit = off`);
    await writePeople(client);
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
  await writeSearch(url, clock);
}

async function writePeople(client: pg.Client): Promise<void> {
  const random = createRandom(1);
  const people = Array.from({ length: layout.doctors }, () => {
    const gender = random.chance(0.4) ? 'female' : 'male';
    const name = inventName(random, gender);
    return { gender, en: name.en, bn: name.bn };
  });
  const hash = await hashPassword(layout.password);
  await client.query(
    `insert into users (id, full_name, email, password_hash, user_type, license_number, experience_years, consultation_fee)
     overriding system value
     select n, name, 'doctor' || n || '@example.org', $2, 'doctor', 'A-' || n, 1 + n % 40, 400 + n % 23 * 50
     from unnest($1::text[]) with ordinality as given (name, n)`,
    [people.map(({ en }) => en), hash],
  );
  await client.query(
    `insert into doctors (user_id, slug, name_bn, gender, qualifications, about_en, approval)
     select n, 'doctor-' || n, name, gender, 'MBBS, FCPS', 'Sees patients every evening.', 'approved'
     from unnest($1::text[], $2::text[]) with ordinality as given (name, gender, n)`,
    [people.map(({ bn }) => bn), people.map(({ gender }) => gender)],
  );
  await client.query(
    `insert into users (id, full_name, email, password_hash, user_type)
     overriding system value
     select n, 'Patient ' || n, 'patient' || n || '@example.org', $1, 'patient'
     from generate_series(${layout.doctors + 1}, ${layout.firstBookingAccount + layout.bookingAccounts - 1}) n`,
    [hash],
  );
}

const { doctors, appointmentsPerDoctor, placesPerSitting, bookedEvenings, eveningToday } = layout;

const statements = [
  `insert into patients (id, user_id, full_name, relation) overriding system value
   select n, 10000 + (n - 1) / 10 + 1, 'Patient ' || n, case when n % 10 = 1 then 'self' else 'other' end
   from generate_series(1, ${layout.storedPatients}) n`,
  `insert into patients (id, user_id, full_name, relation) overriding system value
   select ${layout.firstBookingPatient} + n, ${layout.firstBookingAccount} + n % ${layout.bookingAccounts},
          'Patient ' || n, case when n < ${layout.bookingAccounts} then 'self' else 'other' end
   from generate_series(0, ${layout.bookingPatients} - 1) n`,
  `insert into sign_ins (id, user_id, token_hash, rotated_at, created_at, expires_at)
   select ('00000000-0000-4000-8000-' || lpad(to_hex(id), 12, '0'))::uuid, id, '', '2026-11-01', '2026-11-01', '2027-11-01'
   from users where user_type = 'patient'`,
  `insert into doctor_specializations (doctor_id, specialization_id)
   select n, 1 + (n * 7 + extra) % (select count(*)::int from specializations)
   from generate_series(1, ${doctors}) n, generate_series(0, n % 2) extra`,
  `insert into chambers (id, name, name_bn, address, division, district, thana) overriding system value
   select n, t.name || ' Medical Centre ' || n, t.name_bn || ' মেডিকেল সেন্টার', n || ' Station Road', t.division,
          t.district, t.name
   from generate_series(1, ${layout.chambers}) n
     join (select *, row_number() over (order by code) as place, count(*) over () as places from thanas) t
       on t.place = 1 + n % t.places`,
  `insert into visit_types (id, doctor_id, chamber_id, kind, minutes, fee) overriding system value
   select n * 2 - first, n, (n - 1) % ${layout.chambers} + 1, case first when 1 then 'new' else 'follow_up' end, 15,
          (400 + n % 23 * 50) / (2 - first)
   from generate_series(1, ${doctors}) n, generate_series(0, 1) first`,
  `insert into schedules (id, doctor_id, chamber_id, weekday, from_time, to_time, mode, slot_minutes) overriding system value
   select (n - 1) * 14 + case part when 'evening' then 0 else 7 end + weekday, n, (n - 1) % ${layout.chambers} + 1, weekday,
          case part when 'evening' then time '17:00' else time '10:00' end,
          case part when 'evening' then time '19:00' else time '12:00' end, 'timed', 15
   from generate_series(1, ${doctors}) n, generate_series(1, 7) weekday, (values ('evening'), ('morning')) parts (part)
   where part = 'evening' or n % 4 <> 0 or (n / 4 + weekday) % 3 = 0`,
  `insert into sessions (id, schedule_id, doctor_id, chamber_id, date, period, mode) overriding system value
   select (n - 1) * ${bookedEvenings} + evening + 1, (n - 1) * 14 + extract(isodow from day)::int, n,
          (n - 1) % ${layout.chambers} + 1, day,
          tstzrange(day + interval '17:00' - interval '6:00', day + interval '19:00' - interval '6:00'), 'timed'
   from generate_series(1, ${doctors}) n, generate_series(0, ${bookedEvenings} - 1) evening,
        lateral (select date '2026-11-02' + evening - ${eveningToday} as day)
   order by n, evening`,
  // The patient follows from doctor and time so that nobody is in two places: 10,000 doctors, ten blocks of patients.
  `insert into appointments (id, session_id, doctor_id, chamber_id, patient_id, visit_type_id, booked_by, channel, status,
                             period, occupied, promised_local, time_zone, fee, created_at)
   select (n - 1) * ${appointmentsPerDoctor} + k + 1, (n - 1) * ${bookedEvenings} + evening + 1, n,
          (n - 1) % ${layout.chambers} + 1, patient, n * 2 - 1, 10000 + (patient - 1) / 10 + 1, 'online', 'confirmed',
          tstzrange(starts, starts + interval '15 minutes'), tstzrange(starts, starts + interval '15 minutes'),
          to_char(starts + interval '6:00', 'YYYY-MM-DD"T"HH24:MI:SS'), 'Asia/Dhaka', 400 + n % 23 * 50, '2026-10-20'
   from generate_series(1, ${doctors}) n, generate_series(0, ${appointmentsPerDoctor} - 1) k,
        lateral (select case when n % 4 = 0 then k / 8 else k / 5 end as evening,
                        case when n % 4 = 0 then k % 8 else k % 5 * 3 % 8 end as place) at,
        lateral (select timestamptz '2026-11-02 11:00+00' + (evening - ${eveningToday}) * interval '1 day'
                          + place * interval '15 minutes' as starts,
                        n + 10000 * ((evening * ${placesPerSitting} + place) % 10) as patient) who
   order by n, k`,
  `insert into appointment_history (appointment_id, version, to_status, by_user, at)
   select id, 1, status, booked_by, created_at from appointments order by id`,
  ...(['users', 'patients', 'chambers', 'visit_types', 'schedules', 'sessions', 'appointments'] as const).map(
    (table) => `select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`,
  ),
];

/** By the project's own command, eight at a time. */
async function writeSearch(url: string, clock: Clock): Promise<void> {
  const { pool, close } = openDatabase({ url, connections: 8, onError: () => undefined });
  try {
    const left = Array.from({ length: doctors }, (_, index) => index + 1).values();
    await pool.query('vacuum analyze');
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (const id of left) await refreshSearch(pool, id, clock.now());
      }),
    );
  } finally {
    await close();
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('vacuum analyze');
  await client.query('checkpoint');
  await client.end();
}
