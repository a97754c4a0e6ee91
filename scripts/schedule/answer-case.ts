import { formatInstant } from '../../src/scheduling/format-instant.ts';
import { freePlacesOfAll } from '../../src/scheduling/places.ts';
import type { Place } from '../../src/scheduling/places.ts';
import { planSeries, seriesDates } from '../../src/scheduling/series.ts';
import { parseSessionKey, sittings } from '../../src/scheduling/sittings.ts';
import type { Sitting } from '../../src/scheduling/sittings.ts';
import { judgeSerial, judgeStart } from '../../src/scheduling/verdict.ts';
import type { Circumstances, Reason, Verdict } from '../../src/scheduling/verdict.ts';
import { readClosures, readInstant, readRange } from './case.ts';
import type { ScheduleCase } from './case.ts';

/** What is printed: times are RFC 3339 in the chamber's zone. */
export type Answer =
  | { readonly sittings: SpeltSitting[] }
  | SpeltVerdict
  | { readonly visits: ({ readonly date: string } & SpeltVerdict)[] };

type SpeltPlace = { readonly start: string; readonly end: string; readonly serial?: number };
type SpeltSitting = {
  readonly sessionKey: string;
  readonly chamberId: number;
  readonly start: string;
  readonly end: string;
  readonly places: SpeltPlace[];
};
type SpeltVerdict =
  | ({ readonly free: true; readonly sessionKey: string } & SpeltPlace)
  | { readonly free: false; readonly reasons: Reason[] };

export function answerCase(of: ScheduleCase): Answer {
  const { rules, query } = of;
  const circumstances = readCircumstances(of);
  switch (query.kind) {
    case 'availability': {
      const all = sittings(rules, query);
      const places = freePlacesOfAll(all, { ...circumstances, visitMinutes: query.visitMinutes });
      return { sittings: all.map((sitting, index) => spellSitting(sitting, places[index] ?? [])) };
    }
    case 'explain': {
      const startsAt = readInstant(query.startsAt);
      const all = sittings(rules, datesAround(startsAt));
      return spellVerdict(judgeStart(all, { ...circumstances, startsAt, visitMinutes: query.visitMinutes }));
    }
    case 'explain_serial': {
      const date = parseSessionKey(query.sessionKey)?.date;
      const all = date === undefined ? [] : sittings(rules, { from: date, to: date });
      const sitting = all.find(({ sessionKey }) => sessionKey === query.sessionKey);
      if (sitting === undefined) return { free: false, reasons: ['outside_hours'] };
      return spellVerdict(judgeSerial(sitting, circumstances));
    }
    case 'series': {
      const { at, chamberId, visitMinutes } = query;
      const dates = seriesDates(query);
      const visits = planSeries({ ...circumstances, rules, dates, at, chamberId, visitMinutes });
      return { visits: visits.map((visit) => ({ date: visit.date, ...spellVerdict(visit) })) };
    }
    default:
      return query satisfies never;
  }
}

function readCircumstances(of: ScheduleCase): Circumstances {
  const { travelMinutes, channel, patientLimitReached, doctorActive } = of;
  const byStart = (a: { start: number }, b: { start: number }) => a.start - b.start;
  return {
    taken: of.taken.map(readRange).toSorted(byStart),
    travelMinutes,
    closures: readClosures(of),
    closedSessions: new Set(of.closedSessions),
    channel,
    patientTaken: of.patientTaken.map(readRange).toSorted(byStart),
    patientLimitReached,
    now: readInstant(of.now),
    doctorActive,
  };
}

/** A UTC date can be either neighbour's in the chamber, and last night's sitting may still be under way. */
function datesAround(instant: number): { from: string; to: string } {
  const date = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO('UTC').toPlainDate();
  return { from: date.subtract({ days: 2 }).toString(), to: date.add({ days: 1 }).toString() };
}

function spellSitting(sitting: Sitting, places: readonly Place[]): SpeltSitting {
  const { sessionKey, rule } = sitting;
  return {
    sessionKey,
    chamberId: rule.chamberId,
    ...spellPlace(sitting, sitting),
    places: places.map((place) => spellPlace(place, sitting)),
  };
}

function spellVerdict(verdict: Verdict): SpeltVerdict {
  if (!verdict.free) return { free: false, reasons: verdict.reasons };
  const { sitting, place } = verdict;
  return { free: true, sessionKey: sitting.sessionKey, ...spellPlace(place, sitting) };
}

function spellPlace({ start, end, serial }: Place, { rule }: Sitting): SpeltPlace {
  const times = { start: formatInstant(start, rule.zone), end: formatInstant(end, rule.zone) };
  return serial === undefined ? times : { ...times, serial };
}
