import type { Appointment, AppointmentStatus, getHistory, HistoryStep } from '../../contract/appointments.ts';
import type { RouteAnswer } from '../../contract/route.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { formatInstant } from '../../scheduling/format-instant.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import { deadline, isMovable, leadsTo } from './policy.ts';
import { makeReference } from './make-reference.ts';
import { signLink } from './sign-link.ts';

/** An appointment with all that is said about it; times in epoch milliseconds. */
export type AppointmentRow = {
  id: number;
  status: AppointmentStatus;
  mode: 'timed' | 'serial';
  starts: EpochMs;
  ends: EpochMs;
  timeZone: string;
  serial: number | null;
  fee: string;
  currency: string;
  visitTypeId: number;
  visitKind: 'new' | 'follow_up' | 'report';
  doctor: Appointment['doctor'];
  chamber: Appointment['chamber'];
  patient: Appointment['patient'];
  channel: Appointment['channel'];
  overbooked: boolean;
  /** Until when a held place is kept. */
  expires: EpochMs | null;
  deposit: string | null;
  reschedules: number;
  policy: { cancelNoticeMinutes: number; rescheduleNoticeMinutes: number; mostReschedules: number };
  notes: string | null;
  version: number;
  created: EpochMs;
};

export type HistoryRow = {
  version: number;
  step: HistoryStep;
  from: AppointmentStatus | null;
  to: AppointmentStatus;
  starts: EpochMs | null;
  ends: EpochMs | null;
  serial: number | null;
  by: { id: number; fullName: string } | null;
  at: EpochMs;
  reason: string | null;
};

/** The facts that a booking and a hold share. */
export const presentVisit = (row: VisitRow) => ({
  mode: row.mode,
  period: { start: formatInstant(row.starts, row.timeZone), end: formatInstant(row.ends, row.timeZone) },
  timeZone: row.timeZone,
  ...(row.serial === null ? {} : { serial: row.serial }),
  fee: { amount: row.fee, currency: row.currency },
  visitTypeId: row.visitTypeId,
  visitKind: row.visitKind,
  doctor: row.doctor,
  chamber: row.chamber,
});

export type VisitRow = Pick<
  AppointmentRow,
  | 'mode'
  | 'starts'
  | 'ends'
  | 'timeZone'
  | 'serial'
  | 'fee'
  | 'currency'
  | 'visitTypeId'
  | 'visitKind'
  | 'doctor'
  | 'chamber'
>;

export function presentAppointment(secrets: Secrets, row: AppointmentRow): Appointment {
  const { starts, timeZone, policy } = row;
  const until = (noticeMinutes: number) => formatInstant(deadline({ starts, noticeMinutes }), timeZone);
  return {
    id: row.id,
    reference: makeReference(row.id),
    status: row.status,
    ...presentVisit(row),
    channel: row.channel,
    overbooked: row.overbooked,
    patient: row.patient,
    notes: row.notes,
    expiresAt: row.expires === null ? null : formatInstant(row.expires, timeZone),
    deposit: row.deposit === null ? null : { amount: row.deposit, currency: row.currency },
    cancelUntil:
      leadsTo('cancelled', row.status, 'patient') === null ? null : until(policy.cancelNoticeMinutes),
    rescheduleUntil: isMovable(row.status, 'patient') ? until(policy.rescheduleNoticeMinutes) : null,
    reschedulesLeft: Math.max(0, policy.mostReschedules - row.reschedules),
    liveUrl: `/a/${signLink(secrets, row.id)}`,
    version: row.version,
    createdAt: formatInstant(row.created, timeZone),
  };
}

/** A history in the chamber's time. */
export const presentHistory = (rows: readonly HistoryRow[], timeZone: string) =>
  rows.map(({ starts, ends, at, ...row }): RouteAnswer<typeof getHistory>['items'][number] => ({
    ...row,
    period:
      starts === null || ends === null
        ? null
        : { start: formatInstant(starts, timeZone), end: formatInstant(ends, timeZone) },
    at: formatInstant(at, timeZone),
  }));
