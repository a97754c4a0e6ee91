import type { Subscribers } from '../platform/bus.ts';
import type { Tx } from '../platform/database.ts';
import type { Deps } from '../platform/deps.ts';
import { refreshSearchRow } from './doctors/refresh-search.ts';

/** Whatever can change a doctor's first free place or search words refreshes their search row. */
export function appointmentSubscribers({ clock }: Pick<Deps, 'clock'>): Subscribers {
  const refresh = [
    ({ data }: { data: { doctorId: number } }, tx: Tx) => refreshSearchRow(tx, data.doctorId, clock.now()),
  ];
  const taken = [
    ({ data }: { data: { doctorId: number; appointmentId: number } }, tx: Tx) =>
      refreshSearchRow(tx, data.doctorId, clock.now(), { booked: data.appointmentId }),
  ];
  return {
    'appointment.booked': taken,
    'appointment.requested': taken,
    'appointment.held': taken,
    'appointment.declined': refresh,
    'appointment.cancelled': refresh,
    'appointment.expired': refresh,
    'appointment.rescheduled': refresh,
    // A no-show leaves the place, and may get it back.
    'appointment.attended': refresh,
    'schedule.changed': refresh,
    'doctor.changed': refresh,
  };
}
