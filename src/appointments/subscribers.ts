import type { Subscribers } from '../platform/bus.ts';
import type { Deps } from '../platform/deps.ts';
import { refreshSearch } from './doctors/refresh-search.ts';

/** Whatever can change a doctor's first free place or search words refreshes their search row. */
export function appointmentSubscribers({ pool, clock }: Deps): Subscribers {
  const refresh = [
    (happened: { data: { doctorId: number } }) => refreshSearch(pool, happened.data.doctorId, clock.now()),
  ];
  return {
    'appointment.booked': [
      ({ data: { doctorId, appointmentId } }) =>
        refreshSearch(pool, doctorId, clock.now(), { booked: appointmentId }),
    ],
    'appointment.cancelled': refresh,
    'appointment.rescheduled': refresh,
    'schedule.changed': refresh,
    'doctor.changed': refresh,
  };
}
