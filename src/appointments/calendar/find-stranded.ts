import { misfitsOf, type PromisedVisit } from '../../scheduling/misfits.ts';
import type { Reason } from '../../scheduling/verdict.ts';
import type { DoctorCalendar, PromisedAppointment } from './queries.ts';

export type Stranded = { appointment: PromisedAppointment; reasons: Reason[] };

/**
 * The appointments that lose their place between two states of the calendars, each with what takes it away. One that was
 * outside the hours before (booked over capacity, or kept at an earlier change) is not asked about again for the same
 * reason.
 */
export function findStranded(
  promised: readonly PromisedAppointment[],
  change: { before: readonly DoctorCalendar[]; after: readonly DoctorCalendar[] },
): Stranded[] {
  const byDoctor = (calendars: readonly DoctorCalendar[]) =>
    new Map(calendars.map((calendar) => [calendar.doctorId, calendar]));
  const before = byDoctor(change.before);
  const after = byDoctor(change.after);
  return promised.flatMap((appointment) => {
    const was = misfits(appointment, before);
    const reasons = misfits(appointment, after).filter((reason) => !was.includes(reason));
    return reasons.length > 0 ? [{ appointment, reasons }] : [];
  });
}

export const asVisit = ({ chamberId, serial, starts, ends }: PromisedAppointment): PromisedVisit => ({
  chamberId,
  serial,
  period: { start: starts, end: ends },
});

function misfits(appointment: PromisedAppointment, calendars: Map<number, DoctorCalendar>): Reason[] {
  const calendar = calendars.get(appointment.doctorId);
  if (!calendar) throw new Error(`no calendar of doctor ${appointment.doctorId} was read`);
  return misfitsOf(asVisit(appointment), calendar);
}
