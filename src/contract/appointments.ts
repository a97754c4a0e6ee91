import { z } from 'zod';
import * as fields from './fields.ts';
import { route } from './route.ts';

const tag = 'Appointments';

export const appointmentStatuses = [
  'held',
  'pending',
  'confirmed',
  'arrived',
  'in_consultation',
  'completed',
  'cancelled',
  'no_show',
  'expired',
] as const;
export const appointmentStatus = z.enum(appointmentStatuses);
export type AppointmentStatus = z.output<typeof appointmentStatus>;

const party = z.object({ id: z.int(), fullName: z.string(), nameBn: z.string().nullable() });

const visitKind = z.enum(['new', 'follow_up', 'report']);
export const channel = z.enum(['online', 'phone', 'walk_in']);

/** What a booking and a hold both say about the visit. */
export const visitFacts = {
  mode: z.enum(['timed', 'serial']),
  /** Half-open, with the chamber's offset. */
  period: z.object({ start: fields.toldInstant, end: fields.toldInstant }),
  timeZone: z.string(),
  serial: z.int().optional(),
  fee: fields.money,
  visitTypeId: z.int(),
  visitKind,
  doctor: party.extend({ slug: z.string() }),
  chamber: party.extend({
    address: z.string(),
    addressBn: z.string().nullable(),
    phone: z.string().nullable(),
  }),
};

/** What stands on a booking, wherever it is shown. */
export const appointment = z.object({
  id: z.int(),
  /** Short and readable over the phone, such as `K7QX-93`. */
  reference: z.string(),
  status: appointmentStatus,
  ...visitFacts,
  channel,
  /** Over capacity, or beside another visit. */
  overbooked: z.boolean(),
  patient: z.object({ id: z.int(), fullName: z.string() }),
  notes: z.string().nullable(),
  /** A held booking that waits for its deposit, or an offer of the waitlist: until when. */
  expiresAt: fields.toldInstant.nullable(),
  /** To be paid before a held booking stands. */
  deposit: fields.money.nullable(),
  /** By the chamber's policy, for the patient, even when it has passed; null: its state does not allow it. */
  cancelUntil: fields.toldInstant.nullable(),
  rescheduleUntil: fields.toldInstant.nullable(),
  reschedulesLeft: z.int(),
  /** Path of the page that shows this booking without signing in. */
  liveUrl: z.string(),
  version: z.int(),
  createdAt: fields.toldInstant,
});
export type Appointment = z.output<typeof appointment>;

/** Whom a place is with, in a request. */
export const visit = { doctorId: fields.id, chamberId: fields.id, visitTypeId: fields.id };

/** A place, in a request: one of the two. */
export const place = {
  startsAt: fields.instant.optional(),
  sessionKey: z
    .string()
    .regex(/^[0-9]{1,10}\.(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$/, 'Use a sessionKey of the availability')
    .optional(),
};

export const guestToken = z.string().regex(/^[A-Za-z0-9_-]{20,100}$/, 'Use the guestToken as it was given');

type Place = { startsAt?: string | undefined; sessionKey?: string | undefined };

/** For `superRefine`. */
export const refuseTwoPlaces = fields.refuseMistakes(({ startsAt, sessionKey }: Place) =>
  (startsAt === undefined) === (sessionKey === undefined)
    ? [
        {
          path: 'startsAt',
          message: 'Give startsAt for a timed place or sessionKey for a serial, one of the two',
        },
      ]
    : [],
);

const refusals = [
  'slot_taken',
  'session_full',
  'quota_used',
  'patient_busy',
  'patient_limit',
  'outside_hours',
  'too_soon',
  'too_far',
  'session_closed',
  'doctor_inactive',
] as const;
const repeated = ['key_reused', 'request_in_progress'] as const;

export const bookAppointment = route({
  method: 'POST',
  path: '/appointments',
  summary: 'Book a place: a start time in a timed session, the next serial in a serial one',
  tag,
  access: 'anyone',
  idempotent: true,
  body: z
    .strictObject({
      ...visit,
      /** Oneself when left out; at the desk anybody who is known there. */
      patientId: fields.id.optional(),
      /** Of `POST /guests`, for whoever is not signed in. */
      guestToken: guestToken.optional(),
      ...place,
      /** A place held before; when it has ended, the place is taken anew if it is still free. */
      holdId: fields.id.optional(),
      holdToken: z
        .string()
        .regex(/^[A-Za-z0-9_-]{20,64}$/, 'Use the token of the hold')
        .optional(),
      /** How the patient came; the desk only. */
      channel: channel.exclude(['online']).optional(),
      /** Books over capacity, beside another visit or against notice and limits; the desk only. */
      overbookReason: fields.line(500).optional(),
      notes: fields.text(500).optional(),
    })
    .superRefine(refuseTwoPlaces),
  ok: { status: 201, body: appointment },
  problems: [...refusals, 'no_recent_visit', ...repeated],
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

const one = z.strictObject({ id: fields.idInUrl });
const reason = z.strictObject({ reason: fields.text(500).optional() });
/** The version the caller saw; when it has changed since, nothing is done. */
const seen = { version: z.int().positive().optional() };
const desk = ['assistant', 'doctor', 'admin'] as const;

export const cancelAppointment = route({
  method: 'POST',
  path: '/appointments/{id}/cancellation',
  summary: 'Cancel an appointment; its place is free at once',
  tag,
  access: 'signed-in',
  idempotent: true,
  params: one,
  body: reason.extend(seen),
  ok: { status: 201, body: appointment },
  problems: ['wrong_state', 'too_late', 'changed_meanwhile', ...repeated],
});

const newPlace = z.strictObject(place);

export const rescheduleAppointment = route({
  method: 'POST',
  path: '/appointments/{id}/reschedule',
  summary: 'Move an appointment to another place of the same doctor and chamber, in one step',
  tag,
  access: 'signed-in',
  idempotent: true,
  params: one,
  body: newPlace
    .extend({
      ...seen,
      /** Against notice, limits and capacity; the desk only. */
      overbookReason: fields.line(500).optional(),
    })
    .superRefine(refuseTwoPlaces),
  ok: { status: 201, body: appointment },
  problems: [
    ...refusals,
    'wrong_state',
    'too_late',
    'too_many_reschedules',
    'changed_meanwhile',
    ...repeated,
  ],
});

/** A move at the desk: every one is a resource of its own. */
const deskMove = <const Path extends string>(path: Path, summary: string) =>
  route({
    method: 'POST',
    path,
    summary,
    tag,
    access: desk,
    idempotent: true,
    params: one,
    body: reason.extend(seen),
    ok: { status: 201, body: appointment },
    problems: ['wrong_state', 'slot_taken', 'patient_busy', 'changed_meanwhile', ...repeated],
  });

export const approveAppointment = deskMove('/appointments/{id}/approval', 'Approve a request');
export const declineAppointment = deskMove(
  '/appointments/{id}/decline',
  'Decline a request; its place is free at once',
);
export const arrive = deskMove('/appointments/{id}/arrival', 'The patient has arrived');
export const startVisit = deskMove('/appointments/{id}/start', 'The patient goes in');
export const completeVisit = deskMove('/appointments/{id}/completion', 'The visit is over');
export const missVisit = deskMove('/appointments/{id}/no-show', 'The patient did not come');
export const undoMove = deskMove(
  '/appointments/{id}/undo',
  'Take the last move at the desk back, within ten minutes',
);

export const swapAppointments = route({
  method: 'POST',
  path: '/appointments/swap',
  summary: 'Two appointments of one doctor and chamber change places, in one step',
  tag,
  access: desk,
  idempotent: true,
  body: z.strictObject({ first: fields.id, second: fields.id, reason: fields.line(500).optional() }),
  ok: { status: 201, body: z.object({ items: z.array(appointment) }) },
  problems: ['wrong_state', 'slot_taken', 'patient_busy', ...repeated],
});

export const historyStep = z.enum([
  'held',
  'renewed',
  'booked',
  'approved',
  'declined',
  'rescheduled',
  'swapped',
  'kept',
  'moved',
  'cancelled',
  'expired',
  'arrived',
  'started',
  'completed',
  'missed',
  'undone',
]);
export type HistoryStep = z.output<typeof historyStep>;

export const getHistory = route({
  method: 'GET',
  path: '/appointments/{id}/history',
  summary: 'Everything that happened to an appointment, oldest first',
  tag,
  access: desk,
  params: one,
  ok: {
    status: 200,
    body: z.object({
      items: z.array(
        z.object({
          version: z.int(),
          step: historyStep,
          from: appointmentStatus.nullable(),
          to: appointmentStatus,
          /** The place after the step; null in records from before places were kept. */
          period: z.object({ start: fields.toldInstant, end: fields.toldInstant }).nullable(),
          serial: z.int().nullable(),
          /** Null: by private link, as a guest, or by time itself. */
          by: z.object({ id: z.int(), fullName: z.string() }).nullable(),
          at: fields.toldInstant,
          reason: z.string().nullable(),
        }),
      ),
    }),
  },
});

const note = z.object({ text: z.string(), updatedAt: fields.toldInstant.nullable() });

export const getVisitNote = route({
  method: 'GET',
  path: '/appointments/{id}/note',
  summary: 'The doctor’s own note on a visit; nobody else can read it',
  tag,
  access: ['doctor'],
  params: one,
  ok: { status: 200, body: note },
});

export const putVisitNote = route({
  method: 'PUT',
  path: '/appointments/{id}/note',
  summary: 'Write the own note on a visit; an empty one takes it away',
  tag,
  access: ['doctor'],
  params: one,
  body: z.strictObject({ text: fields.text(2000) }),
  ok: { status: 200, body: note },
});

const byLink = z.strictObject({
  token: z.string().regex(/^[A-Za-z0-9_-]{20,64}$/, 'Use the link as it was sent'),
});
const live = appointment.omit({ notes: true });

export const getLive = route({
  method: 'GET',
  path: '/live/{token}',
  summary: 'An appointment by its private link, without signing in',
  tag,
  access: 'public',
  params: byLink,
  ok: { status: 200, body: live },
});

export const cancelLive = route({
  method: 'POST',
  path: '/live/{token}/cancellation',
  summary: 'Cancel an appointment by its private link, without signing in',
  tag,
  access: 'public',
  idempotent: true,
  params: byLink,
  body: reason,
  ok: { status: 201, body: live },
  problems: ['wrong_state', 'too_late', ...repeated],
});

export const rescheduleLive = route({
  method: 'POST',
  path: '/live/{token}/reschedule',
  summary: 'Move an appointment by its private link, without signing in',
  tag,
  access: 'public',
  idempotent: true,
  params: byLink,
  body: newPlace.superRefine(refuseTwoPlaces),
  ok: { status: 201, body: live },
  problems: [...refusals, 'wrong_state', 'too_late', 'too_many_reschedules', ...repeated],
});
