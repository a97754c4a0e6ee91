import { z } from 'zod';
import type { Appointment } from '../../../src/contract/appointments.ts';
import { type Keep, readKept, withKept } from '../../lib/kept.ts';
import type { Visit } from '../../lib/visit.ts';
import { appointmentToken } from '../appointments/appointment-path.ts';

const keptBooking = z.object({ id: z.int(), token: z.string().regex(/^[\w-]{20,64}$/) });

const keep: Keep<z.output<typeof keptBooking>> = { name: 'booked', schema: keptBooking, seconds: 30 * 60 };

/** What this browser has booked last. */
export const readBooked = (visit: Visit) => readKept(visit, keep);

export const withBooked = (visit: Visit, booked: Pick<Appointment, 'id' | 'liveUrl'>): Visit =>
  withKept(visit, keep, { id: booked.id, token: appointmentToken(booked) });
