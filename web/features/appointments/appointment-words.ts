import type { Appointment } from '../../../src/contract/appointments.ts';
import { digits } from '../../lib/digits.ts';
import { formatTime, wallDate, wallTime } from '../../lib/times.ts';
import { formatDateWithYear } from '../../lib/dates.ts';
import type { Visit } from '../../lib/visit.ts';

/** Ways of saying an appointment that several pages share. */
export type SeenAppointment = Omit<Appointment, 'notes'>;

export const isLive = ({ status }: Pick<Appointment, 'status'>): boolean =>
  status !== 'cancelled' && status !== 'no_show' && status !== 'expired' && status !== 'completed';

/** It still lies ahead, or is going on. */
export const isAheadOrOn = (visit: Visit, one: Pick<Appointment, 'status' | 'period'>): boolean =>
  isLive(one) && Temporal.Instant.from(one.period.end).epochMilliseconds > visit.context.now;

/** By its state and the chamber's time limit; the API has the last word. */
export const canCancel = (visit: Visit, { cancelUntil }: Pick<Appointment, 'cancelUntil'>): boolean =>
  isAhead(visit, cancelUntil);

export const canMove = (
  visit: Visit,
  { rescheduleUntil, reschedulesLeft }: Pick<Appointment, 'rescheduleUntil' | 'reschedulesLeft'>,
): boolean => isAhead(visit, rescheduleUntil) && reschedulesLeft > 0;

const isAhead = ({ context }: Visit, instant: string | null): boolean =>
  instant !== null && Temporal.Instant.from(instant).epochMilliseconds > context.now;

/** `Wednesday 25 November 2026, 5:30pm`; with its number where the session goes by serials. */
export function appointmentWhen(visit: Visit, { period, serial }: SeenAppointment): string {
  const { m, language } = visit;
  const time = formatTime(language, wallTime(period.start));
  const when = serial === undefined ? time : m.booking.serialAbout(digits(language, serial), time);
  const number = serial === undefined ? '' : `${m.booking.serial} `;
  return `${formatDateWithYear(language, wallDate(period.start))}, ${number}${when}`;
}
