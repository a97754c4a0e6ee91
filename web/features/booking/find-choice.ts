import { type AvailabilitySession, type DoctorProfile, getDoctor } from '../../../src/contract/doctors.ts';
import { addDays, isDate } from '../../lib/dates.ts';
import type { Visit } from '../../lib/visit.ts';
import { dateAt, homeZone, todayIn } from '../../lib/when.ts';
import { askDays, type DoctorChamber, pickVisitType, type VisitType } from '../doctors/find-times.ts';
import { isHoldOf, type KeptHold, readHold, secondsLeft } from './kept-hold.ts';
import type { Order } from './order.ts';

/** A place somebody wants: `startsAt` is the start of a timed place and the expected time of a serial. */
export type Choice = {
  doctor: DoctorProfile;
  chamber: DoctorChamber;
  visitType: VisitType;
  startsAt: string;
  serial: { sessionKey: string; number: number } | null;
  /** The hold by which it is kept for this visitor. */
  held: KeptHold | null;
};

/**
 * What the address of a booking names. `choice` is null when that place is gone, and `at` when the address names none at
 * all.
 */
export type Wanted = {
  doctor: DoctorProfile;
  chamber: DoctorChamber | null;
  choice: Choice | null;
  /** The day it names, in the chamber, and for a timed place the start in epoch milliseconds. */
  at: { date: string; startsAt: number | null } | null;
};

type Place = { session: AvailabilitySession; place: AvailabilitySession['places'][number] };

/** Looks up the place of `/book/:slug?slot=…` or `?session=…`. An unknown doctor is thrown as `not_found`. */
export async function findChoice(visit: Visit, slug: string, query: URLSearchParams): Promise<Wanted> {
  const { doctor } = await visit.call(getDoctor, { params: { id: slug } });
  const bookable = bookableChambers(doctor);
  const chamber = bookable.find(({ id }) => String(id) === query.get('chamber')) ?? null;
  const wish = readWish(query, (chamber ?? bookable[0])?.timeZone ?? homeZone);
  if (!wish) return { doctor, chamber, choice: null, at: null };
  const at = { date: wish.date, startsAt: 'startsAt' in wish ? wish.startsAt : null };
  const own = findHeld(visit, doctor, query);
  if (own) return { doctor, chamber: own.chamber, choice: own, at };
  // A sitting that runs past midnight stands under the day it began on.
  const days = await askDays(visit, doctor, {
    from: addDays(wish.date, -1),
    to: wish.date,
    chamber,
    kind: query.get('visit'),
  });
  const found = allPlaces(days).find(({ session, place }) =>
    'sessionKey' in wish ? session.sessionKey === wish.sessionKey : epoch(place.startsAt) === wish.startsAt,
  );
  const there = found && bookable.find(({ id }) => id === found.session.chamberId);
  const visitType = there && pickVisitType(there, query.get('visit'));
  if (!found || !there || !visitType) return { doctor, chamber, choice: null, at };
  return { doctor, chamber: there, choice: toChoice(doctor, { chamber: there, visitType, found }), at };
}

/**
 * The order that an address with a chamber spells out, whether or not the place is still free: a form that was sent
 * twice must reach the API with the same words twice, since its first sending has taken the place. Else null.
 */
export async function readOrder(visit: Visit, slug: string, query: URLSearchParams): Promise<Order | null> {
  const { doctor } = await visit.call(getDoctor, { params: { id: slug } });
  return orderOf(doctor, query);
}

function orderOf(doctor: DoctorProfile, query: URLSearchParams): Order | null {
  const chamber = bookableChambers(doctor).find(({ id }) => String(id) === query.get('chamber'));
  const visitType = chamber && pickVisitType(chamber, query.get('visit'));
  const wish = readWish(query, chamber?.timeZone ?? homeZone);
  if (!chamber || !visitType || !wish) return null;
  return {
    doctorId: doctor.id,
    chamberId: chamber.id,
    visitTypeId: visitType.id,
    ...('sessionKey' in wish ? { sessionKey: wish.sessionKey } : { startsAt: query.get('slot') ?? '' }),
  };
}

/** The place of an address that is kept for this very visitor, so that nobody, not even they, sees it as free. */
function findHeld(visit: Visit, doctor: DoctorProfile, query: URLSearchParams): Choice | null {
  const held = readHold(visit);
  if (!held || secondsLeft(visit, held) === 0) return null;
  const named = new URLSearchParams(query);
  // The card of a doctor names a time and no chamber.
  if (!named.has('chamber')) named.set('chamber', String(held.chamberId));
  const order = orderOf(doctor, named);
  const chamber = doctor.chambers.find(({ id }) => id === held.chamberId);
  const visitType = chamber?.visitTypes.find(({ id }) => id === held.visitTypeId);
  if (!order || !isHoldOf(held, order) || !chamber || !visitType) return null;
  const { sessionKey, startsAt } = held;
  const serial = sessionKey === null ? null : { sessionKey, number: held.serial ?? 1 };
  return { doctor, chamber, visitType, startsAt, serial, held };
}

/** Three places near one that was lost, in the same chamber if it is known: those the API named, else the next ones. */
export async function findAlternatives(
  visit: Visit,
  { doctor, chamber }: Wanted,
  { query, named }: { query: URLSearchParams; named: readonly string[] },
): Promise<Choice[]> {
  const zone = chamber?.timeZone ?? homeZone;
  const today = todayIn(visit, zone);
  const wish = readWish(query, zone);
  const kind = query.get('visit');
  const from = wish && wish.date > today ? wish.date : today;
  const days = await askDays(visit, doctor, { from, to: addDays(from, 13), chamber, kind });
  const places = allPlaces(days);
  const sought = wish && 'startsAt' in wish ? wish.startsAt : 0;
  const instants = new Set(named.map(epoch));
  const byName = places.filter(({ place }) => instants.has(epoch(place.startsAt)));
  // Of a serial session only the next serial can be had, and that one has just been refused.
  const refused = wish && 'sessionKey' in wish ? wish.sessionKey : null;
  const next = places.filter(
    ({ session, place }) => epoch(place.startsAt) > sought && session.sessionKey !== refused,
  );
  return (byName.length > 0 ? byName : next).slice(0, 3).flatMap((found) => {
    const at = doctor.chambers.find(({ id }) => id === found.session.chamberId);
    const visitType = at && pickVisitType(at, kind);
    return at && visitType ? [toChoice(doctor, { chamber: at, visitType, found })] : [];
  });
}

/** The parameters that name a choice, for `/book/:slug`. */
export function choiceQuery({ chamber, visitType, startsAt, serial }: Choice): Record<string, string> {
  return {
    ...(serial ? { session: serial.sessionKey } : { slot: startsAt }),
    chamber: String(chamber.id),
    visit: visitType.kind,
  };
}

const bookableChambers = (doctor: DoctorProfile): DoctorChamber[] =>
  doctor.chambers.filter(({ visitTypes }) => visitTypes.length > 0);

const epoch = (instant: string): number => Temporal.Instant.from(instant).epochMilliseconds;

function toChoice(
  doctor: DoctorProfile,
  { chamber, visitType, found }: { chamber: DoctorChamber; visitType: VisitType; found: Place },
): Choice {
  const { session, place } = found;
  const serial =
    session.mode === 'serial' ? { sessionKey: session.sessionKey, number: place.serial ?? 1 } : null;
  return { doctor, chamber, visitType, startsAt: place.startsAt, serial, held: null };
}

/** Every place that can be had: all of a timed session, only the next of a serial one; by start. */
const allPlaces = (days: readonly { sessions: readonly AvailabilitySession[] }[]): Place[] =>
  days
    .flatMap(({ sessions }) => sessions)
    .flatMap((session) =>
      (session.mode === 'serial' ? session.places.slice(0, 1) : session.places).map((place) => ({
        session,
        place,
      })),
    )
    .toSorted((a, b) => a.place.startsAt.localeCompare(b.place.startsAt));

type Wish = { date: string; sessionKey: string } | { date: string; startsAt: number };

function readWish(query: URLSearchParams, zone: string): Wish | null {
  const session = /^[0-9]{1,10}\.([0-9]{4}-[0-9]{2}-[0-9]{2})$/.exec(query.get('session') ?? '');
  if (session?.[1]) return isDate(session[1]) ? { date: session[1], sessionKey: session[0] } : null;
  const slot = query.get('slot') ?? '';
  if (!/^20\d\d-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(slot)) return null;
  try {
    const { epochMilliseconds } = Temporal.Instant.from(slot);
    return { date: dateAt(epochMilliseconds, zone), startsAt: epochMilliseconds };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
