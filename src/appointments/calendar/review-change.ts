import { previewDays, type ChangePreview } from '../../contract/changes.ts';
import type { Tx } from '../../platform/database.ts';
import { formatInstant } from '../../scheduling/format-instant.ts';
import { obstaclesIn } from '../../scheduling/obstacles.ts';
import { freePlacesFrom } from '../../scheduling/places.ts';
import { MINUTE_MS } from '../../scheduling/range.ts';
import type { Sitting } from '../../scheduling/sittings.ts';
import { DAY_MINUTES } from '../../scheduling/weekly-rules.ts';
import { makeReference } from '../booking/make-reference.ts';
import { findNextPlaces, type FoundPlace } from './find-place.ts';
import type { Stranded } from './find-stranded.ts';
import type { DoctorCalendar } from './queries.ts';

type Change = {
  before: readonly DoctorCalendar[];
  after: readonly DoctorCalendar[];
  stranded: readonly Stranded[];
  now: Temporal.Instant;
};

const mostDays = 100;

/** What a change does to the sittings, and what it strands with the places the stranded could have. */
export async function reviewChange(tx: Tx, change: Change): Promise<ChangePreview> {
  const days = compareDays(change);
  return {
    days: days.slice(0, mostDays),
    daysChanged: days.length,
    placesAdded: gain(days, 'after', 'before'),
    placesRemoved: gain(days, 'before', 'after'),
    stranded: await withNextPlaces(tx, change),
  };
}

type Day = ChangePreview['days'][number];

function compareDays({ before, after, now }: Change): Day[] {
  const was = summariesOf(before, now);
  const is = summariesOf(after, now);
  return [...new Set([...was.keys(), ...is.keys()])]
    .map((key) => {
      const [date = '', doctorId, chamberId] = key.split(' ');
      const pair = { before: was.get(key) ?? [], after: is.get(key) ?? [] };
      return { date, doctorId: Number(doctorId), chamberId: Number(chamberId), ...pair };
    })
    .filter((day) => JSON.stringify(day.before) !== JSON.stringify(day.after))
    .toSorted((a, b) => a.date.localeCompare(b.date) || a.doctorId - b.doctorId || a.chamberId - b.chamberId);
}

/** Keys are `date doctor chamber`. */
function summariesOf(calendars: readonly DoctorCalendar[], now: Temporal.Instant): Map<string, Day['after']> {
  const from = now.epochMilliseconds;
  const until = from + previewDays * DAY_MINUTES * MINUTE_MS;
  const summaries = new Map<string, Day['after']>();
  for (const calendar of calendars)
    for (const sitting of calendar.sittings) {
      if (sitting.end <= from || sitting.start >= until) continue;
      const key = `${sitting.date} ${calendar.doctorId} ${sitting.rule.chamberId}`;
      const summary = summarise(sitting, calendar);
      // Where time off or a holiday leaves nothing, the doctor does not sit.
      if (summary.places > 0) summaries.set(key, [...(summaries.get(key) ?? []), summary]);
    }
  return summaries;
}

function summarise(sitting: Sitting, { closures, visitMinutes }: DoctorCalendar): Day['after'][number] {
  const { rule, start, end } = sitting;
  const nothingTaken = {
    taken: [],
    travelMinutes: 0,
    closures,
    closedSessions: new Set<string>(),
    channel: 'online',
  } as const;
  const places = freePlacesFrom(sitting, {
    visitMinutes: visitMinutes.get(rule.chamberId) ?? rule.slotMinutes,
    earliest: start,
    obstacles: obstaclesIn(rule.chamberId, nothingTaken),
  });
  return {
    startsAt: formatInstant(start, rule.zone),
    endsAt: formatInstant(end, rule.zone),
    mode: rule.mode,
    places: places.length,
  };
}

function gain(days: readonly Day[], to: 'before' | 'after', from: 'before' | 'after'): number {
  const count = (sittings: Day['after']) => sittings.reduce((sum, { places }) => sum + places, 0);
  return days.reduce((sum, day) => sum + Math.max(0, count(day[to]) - count(day[from])), 0);
}

async function withNextPlaces(tx: Tx, { stranded, now }: Change): Promise<ChangePreview['stranded']> {
  const shown: ChangePreview['stranded'] = [];
  for (const [, ofDoctor] of Map.groupBy(stranded, ({ appointment }) => appointment.doctorId)) {
    const moving = ofDoctor.map(({ appointment }) => appointment);
    const next = await findNextPlaces(tx, moving, now);
    for (const each of ofDoctor) shown.push(present(each, next.get(each.appointment.id) ?? null));
  }
  return shown;
}

function present(
  { appointment, reasons }: Stranded,
  next: FoundPlace | null,
): ChangePreview['stranded'][number] {
  const { id, doctorId, chamberId, timeZone, serial } = appointment;
  return {
    id,
    reference: makeReference(id),
    doctorId,
    chamberId,
    patient: { id: appointment.patientId, fullName: appointment.patientName },
    mobile: appointment.mobile,
    visitKind: appointment.visitKind,
    period: {
      start: formatInstant(appointment.starts, timeZone),
      end: formatInstant(appointment.ends, timeZone),
    },
    ...(serial === null ? {} : { serial }),
    reasons,
    next: next && {
      startsAt: formatInstant(next.place.start, next.sitting.rule.zone),
      ...(next.place.serial === undefined ? {} : { serial: next.place.serial }),
    },
  };
}
