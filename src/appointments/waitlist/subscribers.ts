import type { Subscribers } from '../../platform/bus.ts';
import type { Tx } from '../../platform/database.ts';
import type { Deps } from '../../platform/deps.ts';
import { offerPlaces } from './offer-places.ts';

/** Whatever can free a place, or give a patient what they wait for, moves the doctor's line. */
export function waitlistSubscribers({ clock }: Pick<Deps, 'clock'>): Subscribers {
  const offer = [
    ({ data: { doctorId } }: { data: { doctorId: number } }, tx: Tx) =>
      offerPlaces(tx, { doctorId }, clock.now()),
  ];
  return {
    'appointment.booked': offer,
    'appointment.requested': offer,
    'appointment.declined': offer,
    'appointment.cancelled': offer,
    'appointment.expired': offer,
    'appointment.rescheduled': offer,
    'appointment.attended': offer,
    'schedule.changed': offer,
    'doctor.changed': offer,
  };
}
