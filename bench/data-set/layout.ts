/**
 * The numbers by which the stored data are laid out, so that a bench can name a free place or a patient without asking.
 * Every doctor sits from 17:00 to 19:00 on every day, and from 10:00 to 12:00 on every day, busy ones on two or three a
 * week; a place takes 15 minutes. Evenings of the last 4 and the next 16 days are partly booked.
 */
export const doctors = 10_000;
export const appointmentsPerDoctor = 100;
export const placesPerSitting = 8;
/** Of accounts 10,001 … 20,000, ten each: they have the stored appointments. */
export const storedPatients = 100_000;
/** Accounts 20,001 … 22,000 and patients 100,001 … 120,000 have none yet: benches book for them. */
export const bookingAccounts = 2_000;
export const bookingPatients = 20_000;
export const firstBookingAccount = 20_001;
export const firstBookingPatient = 100_001;
/** Of every account. */
export const password = 'Shomoy#bench-1';

/** Every fourth doctor's booked evenings are full; of the others' 5 of 8 places are taken. */
export const isBusy = (doctorId: number): boolean => doctorId % 4 === 0;
/** Places of a booked evening that the others have free. */
export const freePlacesOfEvening = [2, 5, 7] as const;
/** Evenings are counted from 29 October; today's is the fifth. */
export const bookedEvenings = 20;
export const eveningToday = 4;

export const eveningSession = (doctorId: number, evening: number): number =>
  (doctorId - 1) * bookedEvenings + evening + 1;
/** ISO weekday 1 … 7. */
export const eveningSchedule = (doctorId: number, weekday: number): number => (doctorId - 1) * 14 + weekday;
export const newVisitOf = (doctorId: number): number => doctorId * 2 - 1;
export const chambers = 2_000;
export const chamberOf = (doctorId: number): number => ((doctorId - 1) % chambers) + 1;
