import { sql } from 'kysely';
import { recordOffers } from '../../appointments/offers/record-offers.ts';
import { refreshSearch } from '../../appointments/doctors/refresh-search.ts';
import type { Deps } from '../../platform/deps.ts';
import type { Tx } from '../../platform/database.ts';
import { hashPassword } from '../../platform/passwords.ts';
import { cities } from './cities.ts';
import { makeAppointments, pastDays } from './make-appointments.ts';
import { makeCalendar } from './make-calendar.ts';
import { makeDesks } from './make-desks.ts';
import { demoLicence, makeDoctors } from './make-doctors.ts';
import { makePatients, makeStaff, type Hashes } from './make-people.ts';
import { createRandom } from './random.ts';

/** A few accounts to show where somebody may want to sign in; all their people are invented. */
export const demoLogins: readonly { who: string; login: string; password: string }[] = [
  { who: 'admin', login: 'admin@example.com', password: 'Admin@123' },
  { who: 'doctor', login: 'dr.smith@example.com', password: 'Doctor@1' },
  { who: 'assistant', login: 'assistant@example.com', password: 'Assistant@1' },
  { who: 'patient', login: 'patient1@example.com', password: 'Patient@1' },
];

type Seeding = Pick<Deps, 'db' | 'pool' | 'clock'>;

/**
 * Makes the demonstration around the present day, unless it is there: the same people, hours and visits for the same
 * instant. All rows are made in one transaction, so an interrupted start leaves none; search rows that are missing
 * afterwards are made by the next start.
 */
export async function seedDemo(deps: Seeding, say: (line: string) => void): Promise<void> {
  const { db, pool, clock } = deps;
  const started = performance.now();
  const now = clock.now();
  const made = (await isThere(db)) ? null : await makeEverything(deps, { now, say });
  await refreshMissing(deps, now);
  if (!made) return;
  // Later starts leave it to the job.
  await recordOffers(deps, now, { since: now.subtract({ hours: 24 * pastDays }) });
  // Without statistics the first searches would be planned for empty tables.
  await pool.query(
    `analyze users, patients, doctors, doctor_specializations, doctor_search, chambers, visit_types, schedules,
             doctor_settings, assistant_attachments, exceptions, sessions, appointments, appointment_history, payments`,
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(
    `Demo data is ready: ${made.doctors} doctors, ${made.patients} patients, ${made.appointments} appointments (${seconds} s).`,
  );
}

/** A demonstration's doctors cannot be told from real ones by name, but nobody else has such licences. */
async function isThere(db: Deps['db'] | Tx): Promise<boolean> {
  const doctor = await db
    .selectFrom('users')
    .select('id')
    .where('license_number', 'like', `${demoLicence}%`)
    .limit(1)
    .executeTakeFirst();
  return doctor !== undefined;
}

type Counts = { doctors: number; patients: number; appointments: number };

async function makeEverything(
  { db }: Seeding,
  { now, say }: { now: Temporal.Instant; say: (line: string) => void },
): Promise<Counts | null> {
  const wanted = cities.reduce((sum, city) => sum + city.doctors, 0);
  say(`Making demo data: ${wanted} doctors with a month and a half of appointments …`);
  const hashes = await hashPasswords();
  return db.transaction().execute(async (tx) => {
    // Of two that seed at once, the second finds everything done.
    await sql`select pg_advisory_xact_lock(hashtextextended('demo data', 0))`.execute(tx);
    if (await isThere(tx)) return null;
    const random = createRandom(20_261_102);
    const staff = await makeStaff(tx, {
      random,
      cities,
      hashes,
      registered: now.subtract({ hours: 24 * 700 }),
    });
    const doctors = await makeDoctors(tx, { random, cities, hashes, adminId: staff.adminId, now });
    const desks = await makeDesks(tx, { doctors, staff, now });
    const closures = await makeCalendar(tx, { doctors, adminId: staff.adminId, now });
    const patients = await makePatients(tx, { random, cities, hashes, now });
    const appointments = await makeAppointments(tx, { random, doctors, closures, patients, desks, now });
    return { doctors: doctors.length, patients: patients.length, appointments };
  });
}

const ownDoctorPasswords = 5;
const ownPatientPasswords = 20;

/** `Doctor@1` … and `Patient@1` …; one hash takes 20 ms of two cores, so those past the last share the first one's. */
async function hashPasswords(): Promise<Hashes> {
  const numbered = (word: string, count: number) =>
    Promise.all(Array.from({ length: count }, (_, index) => hashPassword(`${word}@${index + 1}`)));
  const [admin, assistant, doctors, patients] = await Promise.all([
    hashPassword('Admin@123'),
    hashPassword('Assistant@1'),
    numbered('Doctor', ownDoctorPasswords),
    numbered('Patient', ownPatientPasswords),
  ]);
  return { admin, assistant, doctors, patients };
}

/** Before the first visitor searches: the jobs that registration queued run only after the start. */
async function refreshMissing({ db, pool }: Seeding, now: Temporal.Instant): Promise<void> {
  const missing = await db
    .selectFrom('doctors')
    .innerJoin('users', 'users.id', 'doctors.user_id')
    .leftJoin('doctor_search', 'doctor_search.doctor_id', 'doctors.user_id')
    .select('doctors.user_id as id')
    .where('doctor_search.doctor_id', 'is', null)
    .where('doctors.approval', '=', 'approved')
    .where('users.status', '=', 'active')
    .orderBy('doctors.user_id')
    .execute();
  const waiting = missing.values();
  const refreshNext = async (): Promise<void> => {
    for (const { id } of waiting) await refreshSearch(pool, id, now);
  };
  await Promise.all(Array.from({ length: atOnce }, refreshNext));
}

// Two cores are busy with four; the pool has at least as many connections.
const atOnce = 4;
