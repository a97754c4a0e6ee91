import { z } from 'zod';
import { appointment } from './appointments.ts';
import { codeRequest } from './codes.ts';
import * as fields from './fields.ts';
import { route } from './route.ts';

const tag = 'Guests';

type Reached = { mobile?: string | undefined; email?: string | undefined };

export const createGuest = route({
  ...codeRequest,
  method: 'POST',
  path: '/guests',
  summary: 'Have a code sent, to book without an account or to find what was booked so',
  tag,
  access: 'public',
  body: z
    .strictObject({
      /** Who will be seen. Left out: only to find appointments again. */
      fullName: fields.line(100).optional(),
      mobile: fields.mobile.optional(),
      email: fields.email.optional(),
      language: fields.language.optional(),
    })
    .superRefine(
      fields.refuseMistakes(({ mobile, email }: Reached) =>
        (mobile === undefined) === (email === undefined)
          ? [{ path: 'mobile', message: 'Give a mobile number or an e-mail, one of the two' }]
          : [],
      ),
    ),
});

export const confirmGuest = route({
  method: 'POST',
  path: '/guests/{codeId}/confirmation',
  summary: 'Give the code back: what follows proves that the number or address is the guest’s',
  tag,
  access: 'public',
  idempotent: true,
  perMinute: 30,
  params: z.strictObject({ codeId: z.uuid() }),
  body: z.strictObject({ code: fields.code }),
  ok: {
    status: 201,
    body: z.object({
      /** Books for the patient and lists their appointments, for two hours. */
      guestToken: z.string().nullable(),
      /** Both null: no name was given, and nobody without an account has the number. */
      patient: z.object({ id: z.int(), fullName: z.string() }).nullable(),
    }),
  },
  problems: ['wrong_code', 'too_many_requests', 'key_reused', 'request_in_progress'],
});

export const listGuestAppointments = route({
  method: 'GET',
  path: '/guests/appointments',
  summary:
    'What was booked without an account under the confirmed number or address: to come, and of the last 30 days',
  tag,
  access: 'public',
  guest: true,
  perMinute: 60,
  ok: { status: 200, body: z.object({ items: z.array(appointment) }) },
});
