import type { Appointment, AppointmentStatus } from '../../contract/appointments.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { formatInstant } from '../../scheduling/format-instant.ts';
import type { EpochMs } from '../../scheduling/range.ts';
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
  notes: string | null;
  version: number;
  created: EpochMs;
};

export function presentAppointment(secrets: Secrets, row: AppointmentRow): Appointment {
  return {
    id: row.id,
    reference: makeReference(row.id),
    status: row.status,
    mode: row.mode,
    period: { start: formatInstant(row.starts, row.timeZone), end: formatInstant(row.ends, row.timeZone) },
    timeZone: row.timeZone,
    ...(row.serial === null ? {} : { serial: row.serial }),
    fee: { amount: row.fee, currency: row.currency },
    visitTypeId: row.visitTypeId,
    visitKind: row.visitKind,
    doctor: row.doctor,
    chamber: row.chamber,
    patient: row.patient,
    notes: row.notes,
    liveUrl: `/a/${signLink(secrets, row.id)}`,
    version: row.version,
    createdAt: formatInstant(row.created, row.timeZone),
  };
}
