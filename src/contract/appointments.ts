import { z } from 'zod';
import * as fields from './fields.ts';
import { route } from './route.ts';

const tag = 'Appointments';

export const appointmentStatus = z.enum([
  'held',
  'pending',
  'confirmed',
  'arrived',
  'in_consultation',
  'completed',
  'cancelled',
  'no_show',
  'expired',
]);
export type AppointmentStatus = z.output<typeof appointmentStatus>;

const party = z.object({ id: z.int(), fullName: z.string(), nameBn: z.string().nullable() });

/** What stands on a booking, wherever it is shown. */
export const appointment = z.object({
  id: z.int(),
  /** Short and readable over the phone, such as `K7QX-93`. */
  reference: z.string(),
  status: appointmentStatus,
  mode: z.enum(['timed', 'serial']),
  /** Half-open, with the chamber's offset. */
  period: z.object({ start: fields.toldInstant, end: fields.toldInstant }),
  timeZone: z.string(),
  serial: z.int().optional(),
  fee: fields.money,
  visitTypeId: z.int(),
  visitKind: z.enum(['new', 'follow_up', 'report']),
  doctor: party.extend({ slug: z.string() }),
  chamber: party.extend({
    address: z.string(),
    addressBn: z.string().nullable(),
    phone: z.string().nullable(),
  }),
  patient: z.object({ id: z.int(), fullName: z.string() }),
  notes: z.string().nullable(),
  /** Path of the page that shows this booking without signing in. */
  liveUrl: z.string(),
  version: z.int(),
  createdAt: fields.toldInstant,
});
export type Appointment = z.output<typeof appointment>;

export const bookAppointment = route({
  method: 'POST',
  path: '/appointments',
  summary: 'Book a place: a start time in a timed session, the next serial in a serial one',
  tag,
  access: 'signed-in',
  idempotent: true,
  body: z
    .strictObject({
      doctorId: fields.id,
      chamberId: fields.id,
      visitTypeId: fields.id,
      /** Oneself when left out. */
      patientId: fields.id.optional(),
      startsAt: fields.instant.optional(),
      sessionKey: z
        .string()
        .regex(/^[0-9]{1,10}\.(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$/, 'Use a sessionKey of the availability')
        .optional(),
      notes: fields.text(500).optional(),
    })
    .superRefine((body, context) => {
      if ((body.startsAt === undefined) === (body.sessionKey === undefined))
        context.addIssue({
          code: 'custom',
          path: ['startsAt'],
          message: 'Give startsAt for a timed place or sessionKey for a serial, one of the two',
        });
    }),
  ok: { status: 201, body: appointment },
  problems: [
    'slot_taken',
    'session_full',
    'patient_busy',
    'outside_hours',
    'too_soon',
    'too_far',
    'doctor_inactive',
    'key_reused',
    'request_in_progress',
  ],
});

export const listAppointments = route({
  method: 'GET',
  path: '/appointments',
  summary: 'The appointments the caller may see, newest visit first',
  tag,
  access: 'signed-in',
  query: z.strictObject({
    doctorId: fields.idInUrl.optional(),
    patientId: fields.idInUrl.optional(),
    status: appointmentStatus.optional(),
    /** Visits that start at or after this instant. */
    from: fields.instant.optional(),
    /** Visits that start before this instant. */
    to: fields.instant.optional(),
    ...fields.paging,
  }),
  ok: { status: 200, body: fields.listOf(appointment) },
});

export const getAppointment = route({
  method: 'GET',
  path: '/appointments/{id}',
  summary: 'One appointment',
  tag,
  access: 'signed-in',
  params: z.strictObject({ id: fields.idInUrl }),
  ok: { status: 200, body: appointment },
});

const cancellation = z.strictObject({ reason: fields.text(500).optional() });

export const cancelAppointment = route({
  method: 'POST',
  path: '/appointments/{id}/cancellation',
  summary: 'Cancel an appointment; its place is free at once',
  tag,
  access: 'signed-in',
  idempotent: true,
  params: z.strictObject({ id: fields.idInUrl }),
  body: cancellation,
  ok: { status: 201, body: appointment },
  problems: ['wrong_state', 'key_reused'],
});

const byLink = z.strictObject({
  token: z.string().regex(/^[A-Za-z0-9_-]{20,64}$/, 'Use the link as it was sent'),
});

export const getLive = route({
  method: 'GET',
  path: '/live/{token}',
  summary: 'An appointment by its private link, without signing in',
  tag,
  access: 'public',
  params: byLink,
  ok: { status: 200, body: appointment.omit({ notes: true }) },
});

export const cancelLive = route({
  method: 'POST',
  path: '/live/{token}/cancellation',
  summary: 'Cancel an appointment by its private link, without signing in',
  tag,
  access: 'public',
  params: byLink,
  body: cancellation,
  ok: { status: 201, body: appointment.omit({ notes: true }) },
  problems: ['wrong_state'],
});
