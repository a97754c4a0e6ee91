import { z } from 'zod';
import { place, refuseTwoPlaces, visit, visitFacts } from './appointments.ts';
import * as fields from './fields.ts';
import { route } from './route.ts';

const tag = 'Holds';

/** A place kept for one person while they finish booking. */
export const hold = z.object({
  id: z.int(),
  /** Proves whose hold it is where nobody is signed in. */
  token: z.string(),
  ...visitFacts,
  /** From this instant on the place is anybody's. */
  expiresAt: fields.toldInstant,
});
export type Hold = z.output<typeof hold>;

/** The hold's secret, needed unless the caller is signed in as who holds it. */
export const holdToken = z.string().regex(/^[A-Za-z0-9_-]{20,64}$/, 'Use the token of the hold');

const refusals = [
  'slot_taken',
  'session_full',
  'quota_used',
  'outside_hours',
  'too_soon',
  'too_far',
  'doctor_inactive',
] as const;

export const createHold = route({
  method: 'POST',
  path: '/holds',
  summary: 'Keep a place for some minutes; at most three at once for one person',
  tag,
  access: 'anyone',
  idempotent: true,
  perMinute: 60,
  body: z.strictObject({ ...visit, ...place }).superRefine(refuseTwoPlaces),
  ok: { status: 201, body: hold },
  problems: [...refusals, 'too_many_holds', 'key_reused', 'request_in_progress'],
});

const params = z.strictObject({ id: fields.idInUrl });

export const renewHold = route({
  method: 'POST',
  path: '/holds/{id}/renewal',
  summary: 'Keep a held place for as long again, from now on; a few times',
  tag,
  access: 'anyone',
  idempotent: true,
  params,
  body: z.strictObject({ token: holdToken.optional() }),
  ok: { status: 200, body: hold },
  problems: ['hold_ended', 'too_many_renewals', 'key_reused', 'request_in_progress'],
});

export const endHold = route({
  method: 'DELETE',
  path: '/holds/{id}',
  summary: 'Give a held place back',
  tag,
  access: 'anyone',
  params,
  query: z.strictObject({ token: holdToken.optional() }),
  ok: { status: 204 },
});
