import type { Closure } from '../../scheduling/closures.ts';
import { freePlaces, occupied, type Place, type PlacesQuery } from '../../scheduling/places.ts';
import { MINUTE_MS, type EpochMs } from '../../scheduling/range.ts';
import type { Sitting } from '../../scheduling/sittings.ts';
import { judgeSerial } from '../../scheduling/verdict.ts';
import type { Channel } from '../../scheduling/weekly-rules.ts';
import type { DemoDoctor } from './make-doctors.ts';
import type { DemoPatient } from './make-people.ts';
import type { Random } from './random.ts';

/** A booked place and what became of it. */
export type InventedVisit = {
  patient: DemoPatient;
  visitType: DemoDoctor['visitTypes'][number];
  place: Place;
  channel: Channel;
  booked: EpochMs;
  /** Null: nobody cancelled. */
  cancelled: EpochMs | null;
  absent: boolean;
  /** When they came, went in and left, as far as that has happened. */
  arrived: EpochMs | null;
  began: EpochMs | null;
  finished: EpochMs | null;
};

/** Picks someone whom this doctor could see and who has no other visit at that time. */
export type FindPatient = (place: Place) => DemoPatient | null;

/** The visits of one sitting, in the order they were booked. The engine says which places there were at each booking. */
export function inventVisits(
  random: Random,
  {
    doctor,
    closures,
    sitting,
    findPatient,
    now,
  }: {
    doctor: DemoDoctor;
    closures: readonly Closure[];
    sitting: Sitting;
    findPatient: FindPatient;
    now: EpochMs;
  },
): InventedVisit[] {
  const visitTypes = doctor.visitTypes.filter((type) => type.chamberId === sitting.rule.chamberId);
  const visits: InventedVisit[] = [];
  const seen = new Set<number>();
  for (const booked of inventBookingTimes(random, { doctor, sitting, now })) {
    const visitType = random.pickWeighted(visitTypes, (type) => shareOfKind[type.kind]);
    const taken = visits
      .filter((visit) => visit.cancelled === null || visit.cancelled > booked)
      .map((visit) => ({ ...occupied(visit.place, sitting.rule), chamberId: sitting.rule.chamberId }))
      .toSorted((a, b) => a.start - b.start);
    const channel = chooseChannel(random, sitting.start - booked);
    const place = choosePlace(random, sitting, {
      visitMinutes: visitType.minutes,
      taken,
      travelMinutes: doctor.travelMinutes,
      closures,
      closedSessions: new Set(),
      channel,
      now: booked,
    });
    const patient = place && findPatient(place);
    if (!place || !patient || seen.has(patient.id)) continue;
    const lastToCancel = Math.min(now, place.start - 30 * MINUTE_MS);
    const cancels = random.chance(0.07) && lastToCancel > booked;
    if (!cancels) seen.add(patient.id);
    visits.push({
      patient,
      visitType,
      place,
      channel,
      booked,
      cancelled: cancels ? wholeMinute(booked + random.fraction() * (lastToCancel - booked)) : null,
      absent: !cancels && random.chance(0.06),
      arrived: null,
      began: null,
      finished: null,
    });
  }
  return holdSitting(random, { sitting, visits, now });
}

const shareOfKind = { new: 0.55, follow_up: 0.32, report: 0.13 };

const DAY_MS = 1_440 * MINUTE_MS;

/** When people book, sorted: most within two days before the sitting, the earliest nine days before. */
function inventBookingTimes(
  random: Random,
  { doctor, sitting, now }: { doctor: DemoDoctor; sitting: Sitting; now: EpochMs },
): EpochMs[] {
  const { rule } = sitting;
  const length = sitting.end - sitting.start;
  const places = rule.capacity ?? length / (rule.slotMinutes * MINUTE_MS);
  const daysAhead = Math.max(0, (sitting.start - now) / DAY_MS);
  const wanted =
    places * doctor.popularity * Math.max(0.1, 1 - daysAhead / 14) * (0.6 + 0.8 * random.fraction());
  // What is left of a whole is a chance, or doctors with few patients would have none.
  const count = Math.floor(wanted) + (random.chance(wanted % 1) ? 1 : 0);
  const latest = Math.min(now, sitting.start - rule.noticeMinutes * MINUTE_MS);
  return Array.from({ length: count }, () =>
    wholeMinute(latest - 9 * DAY_MS * random.fraction() ** 2.5),
  ).toSorted((a, b) => a - b);
}

function chooseChannel(random: Random, lead: number): Channel {
  if (lead < 4 * 60 * MINUTE_MS && random.chance(0.4)) return 'walk_in';
  return random.chance(0.65) ? 'online' : 'phone';
}

/** Serials go out as the engine says; of clock times the earlier ones are liked better. */
function choosePlace(random: Random, sitting: Sitting, query: PlacesQuery): Place | undefined {
  if (sitting.rule.mode === 'timed') {
    const places = freePlaces(sitting, query);
    return places[Math.floor(places.length * random.fraction() ** 1.4)];
  }
  const verdict = judgeSerial(sitting, {
    ...query,
    patientTaken: [],
    patientLimitReached: false,
    doctorActive: true,
  });
  return verdict.free ? verdict.place : undefined;
}

/** Sees the patients one after the other, the doctor up to 35 minutes late, as far as the clock has come. */
function holdSitting(
  random: Random,
  { sitting, visits, now }: { sitting: Sitting; visits: InventedVisit[]; now: EpochMs },
): InventedVisit[] {
  let free = sitting.start + random.whole(0, 35) * MINUTE_MS;
  const outcomes = new Map<InventedVisit, Pick<InventedVisit, 'arrived' | 'began' | 'finished'>>();
  for (const visit of visits.toSorted((a, b) => a.place.start - b.place.start)) {
    const { start, end } = visit.place;
    if (visit.cancelled !== null || visit.absent) continue;
    const arrived = Math.max(visit.booked, start - random.whole(-5, 30) * MINUTE_MS);
    const began = Math.max(free, arrived + MINUTE_MS);
    const finished =
      began + wholeMinute(Math.max(2 * MINUTE_MS, (end - start) * (0.6 + 0.5 * random.fraction())));
    free = finished;
    const past = (at: EpochMs): EpochMs | null => (at <= now ? at : null);
    outcomes.set(visit, { arrived: past(arrived), began: past(began), finished: past(finished) });
  }
  return visits.map((visit) => ({ ...visit, ...outcomes.get(visit) }));
}

const wholeMinute = (instant: number): EpochMs => Math.floor(instant / MINUTE_MS) * MINUTE_MS;
