import {
  type AvailabilitySession,
  type DoctorProfile,
  getAvailability,
} from '../../../src/contract/doctors.ts';
import { addDays, daysBetween, isDate } from '../../lib/dates.ts';
import { wallDate } from '../../lib/times.ts';
import { todayIn } from '../../lib/when.ts';
import type { Visit } from '../../lib/visit.ts';

export type DoctorChamber = DoctorProfile['chambers'][number];
export type VisitType = DoctorChamber['visitTypes'][number];
export type Day = { date: string; sessions: AvailabilitySession[]; free: number };

const daysShown = 14;

/** A doctor's free places in one chamber over the days shown, and where to look when there are none. */
export type Times = {
  chamber: DoctorChamber;
  visitType: VisitType;
  days: Day[];
  /** The day whose places are shown. */
  selected: Day | null;
  /** The first day with a place after the selected one, or after the days shown. */
  nextFree: string | null;
  earlier: string | null;
  later: string | null;
  /** The address named a day that cannot be shown. */
  wrongDay: boolean;
};

/**
 * Null when the doctor has no chamber with a visit type: nothing can be booked then. Sessions that `skips` names are left
 * out.
 */
export async function findTimes(
  visit: Visit,
  doctor: DoctorProfile,
  skips: (session: AvailabilitySession) => boolean = () => false,
): Promise<Times | null> {
  const bookable = doctor.chambers.filter(({ visitTypes }) => visitTypes.length > 0);
  const asked = bookable.find(({ id }) => String(id) === visit.query.get('chamber'));
  const fallback = asked ?? bookable[0];
  if (!fallback) return null;
  const today = todayIn(visit, fallback.timeZone);
  const { first, date, wrongDay } = readDays(visit.query, today);
  const kind = visit.query.get('visit');
  const window = { from: first, to: addDays(first, daysShown - 1) };
  // With several chambers and none chosen, the one that is free first is shown: one question about all of them tells.
  const open = asked || bookable.length === 1 ? fallback : null;
  const found = await askDays(visit, doctor, { ...window, chamber: open, kind });
  const chamber = open ?? chamberOfFirst(found, bookable) ?? fallback;
  const visitType = pickVisitType(chamber, kind);
  if (!visitType) return null;
  const days = found.map((day) => onlyThose(day, (one) => one.chamberId === chamber.id && !skips(one)));
  const chosen = days.find((day) => day.date === date);
  const selected = chosen ?? (date === null ? days.find(({ free }) => free > 0) : undefined) ?? null;
  const nextFree =
    selected && selected.free > 0
      ? null
      : (days.find((day) => day.free > 0 && day.date > (selected?.date ?? ''))?.date ??
        (await firstFreeAfter(visit, doctor, { chamber, kind, after: window.to })));
  return {
    chamber,
    visitType,
    days,
    selected,
    nextFree,
    earlier: first > today ? later(addDays(first, -daysShown), today) : null,
    later: daysBetween(today, first) < lastStart ? addDays(first, daysShown) : null,
    wrongDay,
  };
}

/** The sessions of some days, both dates included, in a chamber or in all, for a kind of visit. */
export async function askDays(
  visit: Visit,
  doctor: DoctorProfile,
  query: { from: string; to: string; chamber: DoctorChamber | null; kind: string | null },
): Promise<Day[]> {
  const type = query.chamber ? pickVisitType(query.chamber, query.kind) : null;
  const answer = await visit.call(getAvailability, {
    params: { id: doctor.id },
    query: {
      from: query.from,
      to: query.to,
      ...(query.chamber ? { chamberId: query.chamber.id } : {}),
      ...(type ? { visitTypeId: type.id } : {}),
    },
  });
  return answer.days.map(({ date, sessions }) => ({ date, sessions, free: countFree(sessions) }));
}

/** The visit type of the kind that was asked for, else of a new visit, else whatever there is. */
export function pickVisitType(chamber: DoctorChamber, kind: string | null): VisitType | null {
  const ofKind = (wanted: string | null) => chamber.visitTypes.find((type) => type.kind === wanted);
  return ofKind(kind) ?? ofKind('new') ?? chamber.visitTypes[0] ?? null;
}

// The furthest fortnight that has a "Later days" link; horizons are a month or two.
const lastStart = 6 * daysShown;
const farAhead = 47;

function readDays(query: URLSearchParams, today: string) {
  const read = (name: string): string | null => {
    const text = query.get(name);
    if (text === null || !isDate(text)) return null;
    const ahead = daysBetween(today, text);
    return ahead >= 0 && ahead <= lastStart + daysShown ? text : null;
  };
  const date = read('date');
  const from = date ?? read('from') ?? today;
  const first = addDays(today, Math.floor(daysBetween(today, from) / daysShown) * daysShown);
  return { first, date, wrongDay: query.has('date') && date === null };
}

function chamberOfFirst(days: readonly Day[], chambers: readonly DoctorChamber[]): DoctorChamber | undefined {
  const sessions = days.find(({ free }) => free > 0)?.sessions ?? [];
  const [first] = sessions
    .filter((session) => countFree([session]) > 0)
    .toSorted((a, b) => a.startsAt.localeCompare(b.startsAt));
  return chambers.find(({ id }) => id === first?.chamberId);
}

function onlyThose(day: Day, wanted: (session: AvailabilitySession) => boolean): Day {
  const sessions = day.sessions.filter(wanted);
  return { date: day.date, sessions, free: countFree(sessions) };
}

async function firstFreeAfter(
  visit: Visit,
  doctor: DoctorProfile,
  query: { chamber: DoctorChamber; kind: string | null; after: string },
): Promise<string | null> {
  // The card's next free place is over all chambers; when even that is null, nothing needs to be asked.
  if (doctor.nextAvailable === null) return null;
  const from = later(addDays(query.after, 1), wallDate(doctor.nextAvailable));
  const days = await askDays(visit, doctor, { ...query, from, to: addDays(from, farAhead) });
  return days.find(({ free }) => free > 0)?.date ?? null;
}

const countFree = (sessions: readonly AvailabilitySession[]): number =>
  sessions.reduce(
    (sum, { mode, places, remaining }) => sum + (mode === 'serial' ? remaining : places.length),
    0,
  );

const later = (one: string, other: string): string => (one > other ? one : other);
