import { sql } from 'kysely';
import type { AppointmentStatus, HistoryStep } from '../../contract/appointments.ts';
import type { Tx } from '../../platform/database.ts';
import type { Closure } from '../../scheduling/closures.ts';
import { formatLocal } from '../../scheduling/format-instant.ts';
import { occupied } from '../../scheduling/places.ts';
import { MINUTE_MS, overlaps, type EpochMs, type Range } from '../../scheduling/range.ts';
import { sittings, type Sitting } from '../../scheduling/sittings.ts';
import { inventVisits, type FindPatient, type InventedVisit } from './invent-visits.ts';
import type { DemoDoctor } from './make-doctors.ts';
import { makePayments, type Attended } from './make-payments.ts';
import type { DemoPatient } from './make-people.ts';
import type { Random } from './random.ts';

type Input = {
  random: Random;
  doctors: DemoDoctor[];
  /** By doctor. */
  closures: Map<number, Closure[]>;
  patients: DemoPatient[];
  /** Who runs the desk, by chamber. */
  desks: ReadonlyMap<number, number>;
  now: Temporal.Instant;
};
type Booked = { doctor: DemoDoctor; sitting: Sitting; visits: InventedVisit[] };
type Appointment = { doctor: DemoDoctor; sitting: Sitting; visit: InventedVisit; steps: Step[] };
type Step = { step: HistoryStep; status: AppointmentStatus; at: EpochMs; by: number; reason: string | null };

export const pastDays = 30;
const comingDays = 14;

/**
 * The appointments of the past month and the coming fortnight with their sessions and history, and how many they are.
 * In bulk, since the booking command refuses the past; the same constraints hold for every row.
 */
export async function makeAppointments(tx: Tx, input: Input): Promise<number> {
  const { random, doctors, patients, desks } = input;
  const now = input.now.epochMilliseconds;
  const today = input.now.toZonedDateTimeISO('Asia/Dhaka').toPlainDate();
  const dates = {
    from: today.subtract({ days: pastDays }).toString(),
    to: today.add({ days: comingDays }).toString(),
  };
  const patientFinder = findPatients(random, { patients, now });
  const booked: Booked[] = [];
  for (const doctor of doctors) {
    const findPatient = patientFinder(doctor);
    const closures = input.closures.get(doctor.id) ?? [];
    for (const sitting of sittings(doctor.rules, dates)) {
      const visits = inventVisits(random, { doctor, closures, sitting, findPatient, now });
      if (visits.length > 0) booked.push({ doctor, sitting, visits });
    }
  }
  const sessionIds = await insertSessions(tx, booked);
  const appointments = booked
    .flatMap(({ doctor, sitting, visits }) =>
      visits.map((visit) => ({
        doctor,
        sitting,
        visit,
        steps: tellSteps(random, {
          doctor,
          visit,
          desk: desks.get(sitting.rule.chamberId) ?? doctor.id,
          now,
        }),
      })),
    )
    .toSorted((a, b) => a.visit.booked - b.visit.booked);
  const ids = await insertAppointments(tx, { appointments, sessionIds });
  await makePayments(tx, { random, attended: attendedOf(appointments, { ids, desks }) });
  return appointments.length;
}

/** For each doctor, a search among the people of their division who fit their specialization. */
function findPatients(
  random: Random,
  { patients, now }: { patients: DemoPatient[]; now: EpochMs },
): (doctor: DemoDoctor) => FindPatient {
  const busy = new Map<number, Range[]>();
  const timesOf = ({ id }: DemoPatient): Range[] => busy.get(id) ?? [];
  const ahead = (times: readonly Range[]): number => times.filter(({ start }) => start > now - DAY_MS).length;
  return ({ city, specializations: [specialization = 'medicine'] }) => {
    const groups: readonly DemoPatient['group'][] = womenOnly.has(specialization)
      ? ['female']
      : childrenOnly.has(specialization)
        ? ['child']
        : ['female', 'male'];
    const suitable = patients.filter(
      ({ division, group }) => division === city.division && groups.includes(group),
    );
    const withDoctor = new Map<number, Range[]>();
    // Whose account is shown to visitors has something to come.
    const [first] = patients;
    const shown = first && suitable.includes(first) ? first : null;
    const choose = (place: Range): DemoPatient =>
      shown && place.start > now + DAY_MS && ahead(timesOf(shown)) < 2 ? shown : random.pick(suitable);
    return (place) => {
      // A few tries: where nobody has time, the place stays free.
      for (let tries = 0; tries < 6; tries++) {
        const patient = choose(place);
        const times = timesOf(patient);
        if (times.some((time) => overlaps(time, place))) continue;
        // As many to come as chambers let one patient book.
        const own = withDoctor.get(patient.id) ?? [];
        if (ahead(own) >= mostPerDoctor || ahead(times) >= mostInAll) continue;
        busy.set(patient.id, [...times, place]);
        withDoctor.set(patient.id, [...own, place]);
        return patient;
      }
      return null;
    };
  };
}

const DAY_MS = 1_440 * MINUTE_MS;
const mostPerDoctor = 5;
const mostInAll = 20;

const womenOnly: ReadonlySet<string> = new Set(['gynaecology-obstetrics', 'infertility', 'breast-surgery']);
const childrenOnly: ReadonlySet<string> = new Set(['paediatrics', 'neonatology', 'paediatric-surgery']);

/** What has happened to an appointment so far: its history, whose last status it has. */
function tellSteps(
  random: Random,
  { doctor, visit, desk, now }: { doctor: DemoDoctor; visit: InventedVisit; desk: number; now: EpochMs },
): Step[] {
  const booker = visit.channel === 'online' ? visit.patient.userId : desk;
  const steps: Step[] = [{ step: 'booked', status: 'confirmed', at: visit.booked, by: booker, reason: null }];
  const add = (step: keyof typeof leadsTo, at: EpochMs | null, by: number, reason: string | null = null) => {
    if (at !== null && at <= now) steps.push({ step, status: leadsTo[step], at, by, reason });
  };
  const byPatient = random.chance(0.8);
  add(
    'cancelled',
    visit.cancelled,
    byPatient ? visit.patient.userId : desk,
    byPatient ? null : 'The patient asked by phone',
  );
  if (visit.absent) add('missed', visit.place.end + 30 * MINUTE_MS, desk);
  add('arrived', visit.arrived, desk);
  add('started', visit.began, doctor.id);
  add('completed', visit.finished, doctor.id);
  return steps;
}

const leadsTo = {
  cancelled: 'cancelled',
  missed: 'no_show',
  arrived: 'arrived',
  started: 'in_consultation',
  completed: 'completed',
} as const satisfies Partial<Record<HistoryStep, AppointmentStatus>>;

/** The ids of the sessions by their keys. */
async function insertSessions(tx: Tx, booked: Booked[]): Promise<Map<string, number>> {
  const rows = booked.map(({ doctor, sitting, visits }) => ({
    schedule_id: sitting.rule.scheduleId,
    doctor_id: doctor.id,
    chamber_id: sitting.rule.chamberId,
    date: sitting.date,
    period: rangeText(sitting),
    mode: sitting.rule.mode,
    capacity: sitting.rule.capacity,
    created_at: instantText(visits[0]?.booked ?? sitting.start),
  }));
  const ids = new Map<string, number>();
  for (const batch of inBatches(rows)) {
    const { rows: inserted } = await sql<{ id: number; key: string }>`
      insert into sessions (schedule_id, doctor_id, chamber_id, date, period, mode, capacity, created_at)
      select schedule_id, doctor_id, chamber_id, date, period, mode, capacity, created_at
      from jsonb_populate_recordset(null::sessions, ${JSON.stringify(batch)}::jsonb)
      returning id, schedule_id || '.' || date as key`.execute(tx);
    for (const { id, key } of inserted) ids.set(key, id);
  }
  return ids;
}

async function insertAppointments(
  tx: Tx,
  { appointments, sessionIds }: { appointments: Appointment[]; sessionIds: Map<string, number> },
): Promise<number[]> {
  // The ids are drawn first, so that the history can name them.
  const { rows: drawn } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('appointments', 'id')) as id
    from generate_series(1, ${appointments.length}::int)`.execute(tx);
  const numbered = appointments.map((appointment, index) => ({ ...appointment, id: drawn[index]?.id }));
  for (const batch of inBatches(numbered.map((each) => appointmentRow(each, sessionIds))))
    await sql`
      insert into appointments (id, session_id, doctor_id, chamber_id, patient_id, visit_type_id, booked_by, channel,
                                status, period, occupied, serial, promised_local, time_zone, fee, version, created_at)
      select id, session_id, doctor_id, chamber_id, patient_id, visit_type_id, booked_by, channel,
             status, period, occupied, serial, promised_local, time_zone, fee, version, created_at
      from jsonb_populate_recordset(null::appointments, ${JSON.stringify(batch)}::jsonb)`.execute(tx);
  for (const batch of inBatches(numbered.flatMap(historyRows)))
    await sql`
      insert into appointment_history (appointment_id, version, step, from_status, to_status, by_user, at, reason,
                                       period, serial)
      select appointment_id, version, step, from_status, to_status, by_user, at, reason, period, serial
      from jsonb_populate_recordset(null::appointment_history, ${JSON.stringify(batch)}::jsonb)`.execute(tx);
  return drawn.map(({ id }) => id);
}

/** Who came, and whose desk they came to. */
const attendedOf = (
  appointments: readonly Appointment[],
  { ids, desks }: { ids: readonly number[]; desks: Input['desks'] },
): Attended[] =>
  appointments.flatMap(({ doctor, sitting: { rule }, visit }, index) => {
    const appointmentId = ids[index];
    if (appointmentId === undefined || visit.arrived === null) return [];
    const desk = desks.get(rule.chamberId) ?? doctor.id;
    return [{ appointmentId, arrived: visit.arrived, fee: visit.visitType.fee, zone: rule.zone, desk }];
  });

type Numbered = Appointment & { id: number | undefined };

function appointmentRow({ id, doctor, sitting, visit, steps }: Numbered, sessionIds: Map<string, number>) {
  const { rule } = sitting;
  const [first] = steps;
  return {
    id,
    session_id: sessionIds.get(sitting.sessionKey),
    doctor_id: doctor.id,
    chamber_id: rule.chamberId,
    patient_id: visit.patient.id,
    visit_type_id: visit.visitType.id,
    booked_by: first?.by,
    channel: visit.channel,
    status: steps.at(-1)?.status,
    period: rangeText(visit.place),
    occupied: rangeText(occupied(visit.place, rule)),
    serial: visit.place.serial ?? null,
    promised_local: formatLocal(visit.place.start, rule.zone),
    time_zone: rule.zone,
    fee: visit.visitType.fee,
    version: steps.length,
    created_at: instantText(visit.booked),
  };
}

const historyRows = ({ id, visit, steps }: Numbered) =>
  steps.map((step, index) => ({
    appointment_id: id,
    version: index + 1,
    step: step.step,
    from_status: steps[index - 1]?.status ?? null,
    to_status: step.status,
    by_user: step.by,
    at: instantText(step.at),
    reason: step.reason,
    period: rangeText(visit.place),
    serial: visit.place.serial ?? null,
  }));

const instantText = (at: EpochMs): string => Temporal.Instant.fromEpochMilliseconds(at).toString();
const rangeText = ({ start, end }: Range): string => `[${instantText(start)},${instantText(end)})`;

// Each statement stays far below the pool's time-out, on a slow disk too.
const batchSize = 2_000;

function* inBatches<Row>(rows: readonly Row[]): Generator<Row[]> {
  for (let from = 0; from < rows.length; from += batchSize) yield rows.slice(from, from + batchSize);
}
