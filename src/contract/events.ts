import { z } from 'zod';

const id = z.int().positive();
const appointment = z.object({ appointmentId: id, doctorId: id, version: z.int() });
const doctor = z.object({ doctorId: id });

/** What has happened, in the past tense. Payloads carry ids; a subscriber reads the present state itself. */
export const event = z.discriminatedUnion('name', [
  z.object({ name: z.literal('appointment.booked'), data: appointment }),
  z.object({ name: z.literal('appointment.cancelled'), data: appointment }),
  z.object({ name: z.literal('appointment.rescheduled'), data: appointment }),
  z.object({ name: z.literal('schedule.changed'), data: doctor }),
  z.object({ name: z.literal('doctor.changed'), data: doctor }),
]);
export type Event = z.output<typeof event>;
export type EventName = Event['name'];
