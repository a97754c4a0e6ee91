import { z } from 'zod';
import * as fields from './fields.ts';
import { route } from './route.ts';

const tag = 'Administration';
const params = z.strictObject({ id: fields.idInUrl });

const deadLetter = z.object({
  id: z.int(),
  /** The job; `deliver-event` for an event that a consumer could not take. */
  task: z.string(),
  consumer: z.string().nullable(),
  event: z.string().nullable(),
  requestId: z.string().nullable(),
  reason: z.string(),
  tries: z.int(),
  diedAt: fields.toldInstant,
});

export const listDeadLetters = route({
  method: 'GET',
  path: '/admin/dead-letters',
  summary: 'Jobs and events that were given up after their last try, newest first',
  tag,
  access: ['admin'],
  query: z.strictObject(fields.paging),
  ok: { status: 200, body: fields.listOf(deadLetter) },
});

export const getDeadLetter = route({
  method: 'GET',
  path: '/admin/dead-letters/{id}',
  summary: 'One of them with what it was to do: a job’s ids and settings',
  tag,
  access: ['admin'],
  params,
  ok: {
    status: 200,
    body: z.object({
      deadLetter: deadLetter.extend({
        /** JSON text. */
        body: z.string(),
      }),
    }),
  },
});

export const replayDeadLetter = route({
  method: 'POST',
  path: '/admin/dead-letters/{id}/replay',
  summary: 'Try one again; it comes back when it fails again',
  tag,
  access: ['admin'],
  params,
  ok: { status: 204 },
});

export const dropDeadLetter = route({
  method: 'DELETE',
  path: '/admin/dead-letters/{id}',
  summary: 'Forget one: what it stood for will not be done',
  tag,
  access: ['admin'],
  params,
  ok: { status: 204 },
});
