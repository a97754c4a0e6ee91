import * as layout from '../data-set/layout.ts';
import { origin } from '../clock.ts';

/** A place that the stored data leave free, and somebody whom no stored appointment keeps from it. */
export type FreePlace = {
  doctorId: number;
  /** Counted from 29 October. */
  evening: number;
  /** Epoch milliseconds. */
  starts: number;
  patientId: number;
  accountId: number;
};

const minute = 60_000;
// From today's evening at 17:00 in Dhaka.
const firstEvening = origin.epochMilliseconds + 9 * 60 * minute;

/** All of them: doctor after doctor, so that neighbours never meet, and each of the 20,000 patients in turn. */
export function* freePlaces({ skip = 0 } = {}): Generator<FreePlace, void> {
  let count = 0;
  for (let evening = layout.eveningToday; evening < layout.bookedEvenings; evening++) {
    for (const place of layout.freePlacesOfEvening) {
      for (let doctorId = 1; doctorId <= layout.doctors; doctorId++) {
        if (layout.isBusy(doctorId)) continue;
        const patient = count % layout.bookingPatients;
        if (count++ < skip) continue;
        yield {
          doctorId,
          evening,
          starts: firstEvening + (evening - layout.eveningToday) * 24 * 60 * minute + place * 15 * minute,
          patientId: layout.firstBookingPatient + patient,
          accountId: layout.firstBookingAccount + (patient % layout.bookingAccounts),
        };
      }
    }
  }
}

export function take(places: Iterator<FreePlace>, count: number): FreePlace[] {
  return Array.from({ length: count }, () => {
    const next = places.next();
    if (next.done) throw new Error('the stored data have no more free places');
    return next.value;
  });
}
