import type { Closure } from './closures.ts';
import type { Range } from './range.ts';
import { MINUTE_MS, overlaps } from './range.ts';
import type { Sitting } from './sittings.ts';
import type { Reason } from './verdict.ts';

/** A visit that has been promised. */
export type PromisedVisit = {
  readonly chamberId: number;
  readonly period: Range;
  readonly serial: number | null;
};

/**
 * Why the hours no longer give a promised visit its place; empty while they do. Bookings, notice and horizon do not
 * count, nor does the step between starts: a visit at a quarter past stands in hours that have come to offer thirds. A
 * serial keeps its number and its time. A tentative holiday takes nothing that was promised.
 */
export function misfitsOf(
  visit: PromisedVisit,
  calendar: { readonly sittings: readonly Sitting[]; readonly closures: readonly Closure[] },
): Reason[] {
  const { chamberId, period } = visit;
  const inHours = sittingHolding(visit, calendar.sittings) !== null;
  const closing = calendar.closures.filter(
    (closure) =>
      !closure.tentative &&
      (closure.chamberId === null || closure.chamberId === chamberId) &&
      overlaps(closure.period, period),
  );
  const kinds = new Set(closing.map(({ kind }) => kind));
  return [
    ...(inHours ? [] : (['outside_hours'] as const)),
    ...(kinds.has('time_off') ? (['time_off'] as const) : []),
    ...(kinds.has('holiday') ? (['holiday'] as const) : []),
  ];
}

/** The sitting whose place a promised visit has; null when none gives it. */
export function sittingHolding(visit: PromisedVisit, sittings: readonly Sitting[]): Sitting | null {
  return (
    sittings.find((sitting) => sitting.rule.chamberId === visit.chamberId && holds(sitting, visit)) ?? null
  );
}

function holds(sitting: Sitting, { period, serial }: PromisedVisit): boolean {
  const { mode, capacity, slotMinutes } = sitting.rule;
  if (mode === 'timed') return serial === null && sitting.start <= period.start && period.end <= sitting.end;
  if (serial === null || serial > (capacity ?? 0)) return false;
  return period.start === sitting.start + (serial - 1) * slotMinutes * MINUTE_MS;
}
