import { z } from 'zod';
import { appointment, guestToken, place, visit, visitFacts } from './appointments.ts';
import * as fields from './fields.ts';
import { route } from './route.ts';

const tag = 'Waitlist';

/** The longest stretch of dates to wait for; who waits for any day waits as long. */
export const waitlistDays = 62;

/** A patient who waits for a place of a doctor in a chamber. */
export const waitlistEntry = z.object({
  id: z.int(),
  /** `offered`: a place is kept for the patient at this moment. */
  status: z.enum(['waiting', 'offered', 'accepted', 'left', 'ended']),
  doctor: visitFacts.doctor,
  chamber: visitFacts.chamber,
  timeZone: z.string(),
  visitTypeId: z.int(),
  visitKind: visitFacts.visitKind,
  /** The number is told to the desk only. */
  patient: z.object({ id: z.int(), fullName: z.string(), mobile: z.string().nullable() }),
  /** One session, dates of the chamber's calendar (both included), or any day when all are null. */
  wants: z.object({
    sessionKey: z.string().nullable(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    /** The booking that an earlier place would be instead of. */
    earlierThan: z.object({ id: z.int(), period: visitFacts.period }).nullable(),
  }),
  /** The last date on which the patient waits. */
  lastDate: z.string(),
  joinedAt: fields.toldInstant,
  /** The place that is kept, as an appointment of this id once it is accepted. */
  offer: z
    .object({
      appointmentId: z.int(),
      mode: visitFacts.mode,
      period: visitFacts.period,
      serial: visitFacts.serial,
      fee: visitFacts.fee,
      until: fields.toldInstant,
    })
    .nullable(),
  /** What an accepted offer became. */
  appointment: z.object({ id: z.int(), liveUrl: z.string() }).nullable(),
  /** Path of the page on which offers are answered without signing in. */
  waitingUrl: z.string(),
});
export type WaitlistEntry = z.output<typeof waitlistEntry>;

type Wants = {
  sessionKey?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  earlierThan?: number | undefined;
};

const refuseMuddledWants = fields.refuseMistakes(({ sessionKey, from, to, earlierThan }: Wants) => {
  const kinds = [sessionKey, from ?? to, earlierThan].filter((kind) => kind !== undefined);
  if (kinds.length > 1)
    return [{ path: 'sessionKey', message: 'Give a sessionKey, from and to, or earlierThan: one of them' }];
  if (from === undefined && to === undefined) return [];
  if (from === undefined || to === undefined) return [{ path: 'from', message: 'Give from and to' }];
  if (to < from) return [{ path: 'to', message: 'The last date is before the first' }];
  const { days } = Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' });
  return days < waitlistDays ? [] : [{ path: 'to', message: `Wait for at most ${waitlistDays} days` }];
});

export const joinWaitlist = route({
  method: 'POST',
  path: '/waitlist',
  summary: 'Wait for a place: of a session, of some dates, of any day, or earlier than a booking',
  tag,
  access: 'anyone',
  idempotent: true,
  perMinute: 60,
  body: z
    .strictObject({
      ...visit,
      /** Oneself when left out; at the desk anybody who is known there. */
      patientId: fields.id.optional(),
      /** Of `POST /guests`, for whoever is not signed in. */
      guestToken: guestToken.optional(),
      sessionKey: place.sessionKey,
      from: fields.date.optional(),
      to: fields.date.optional(),
      earlierThan: fields.id.optional(),
    })
    .superRefine(refuseMuddledWants),
  ok: { status: 201, body: waitlistEntry },
  problems: [
    'already_waiting',
    'patient_limit',
    'doctor_inactive',
    'no_recent_visit',
    'wrong_state',
    'outside_hours',
    'key_reused',
    'request_in_progress',
  ],
});

export const listWaitlist = route({
  method: 'GET',
  path: '/waitlist',
  summary: 'Those who wait, in the order of the line: one’s own and family, or at the desks one runs',
  tag,
  access: 'signed-in',
  query: z.strictObject({
    doctorId: fields.idInUrl.optional(),
    chamberId: fields.idInUrl.optional(),
    ...fields.paging,
  }),
  ok: { status: 200, body: fields.listOf(waitlistEntry) },
});

const one = z.strictObject({ id: fields.idInUrl });

export const leaveWaitlist = route({
  method: 'DELETE',
  path: '/waitlist/{id}',
  summary: 'Wait no longer; a place that is kept goes to the next in line',
  tag,
  access: 'signed-in',
  params: one,
  ok: { status: 204 },
});

/** Which offer is meant; without it whichever is open. */
const answer = z.strictObject({ appointmentId: fields.id.optional() });

const takingProblems = [
  'offer_ended',
  'patient_busy',
  'patient_limit',
  'no_recent_visit',
  'too_late',
  'too_many_reschedules',
  'wrong_state',
  'outside_hours',
  'time_off',
  'holiday',
  'session_closed',
  'doctor_inactive',
  'key_reused',
  'request_in_progress',
] as const;

export const acceptOffer = route({
  method: 'POST',
  path: '/waitlist/{id}/acceptance',
  summary: 'Take the place that is offered; an existing booking moves into it in one step',
  tag,
  access: 'signed-in',
  idempotent: true,
  params: one,
  body: answer,
  ok: { status: 201, body: appointment },
  problems: takingProblems,
});

export const declineOffer = route({
  method: 'POST',
  path: '/waitlist/{id}/decline',
  summary: 'Give the offered place to the next in line, and wait on',
  tag,
  access: 'signed-in',
  idempotent: true,
  params: one,
  body: answer,
  ok: { status: 201, body: waitlistEntry },
  problems: ['offer_ended', 'key_reused', 'request_in_progress'],
});

const byLink = z.strictObject({
  token: z.string().regex(/^[A-Za-z0-9_-]{20,64}$/, 'Use the link as it was sent'),
});

export const getWaiting = route({
  method: 'GET',
  path: '/waiting/{token}',
  summary: 'A place in the line by its private link, without signing in',
  tag,
  access: 'public',
  params: byLink,
  ok: { status: 200, body: waitlistEntry },
});

export const acceptWaiting = route({
  method: 'POST',
  path: '/waiting/{token}/acceptance',
  summary: 'Take the offered place by private link',
  tag,
  access: 'public',
  idempotent: true,
  params: byLink,
  body: answer,
  ok: { status: 201, body: appointment.omit({ notes: true }) },
  problems: takingProblems,
});

export const declineWaiting = route({
  method: 'POST',
  path: '/waiting/{token}/decline',
  summary: 'Give the offered place to the next in line by private link',
  tag,
  access: 'public',
  idempotent: true,
  params: byLink,
  body: answer,
  ok: { status: 201, body: waitlistEntry },
  problems: ['offer_ended', 'key_reused', 'request_in_progress'],
});

export const leaveWaiting = route({
  method: 'DELETE',
  path: '/waiting/{token}',
  summary: 'Wait no longer, by private link',
  tag,
  access: 'public',
  params: byLink,
  ok: { status: 204 },
});
