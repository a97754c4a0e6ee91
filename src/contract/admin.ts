import { z } from 'zod';
import * as fields from './fields.ts';
import { route } from './route.ts';
import { user, userStatus } from './users.ts';

const tag = 'Administration';

export const listUsers = route({
  method: 'GET',
  path: '/admin/users',
  summary: 'Users, newest first; doctors who wait for approval with `approval=pending`',
  tag,
  access: ['admin'],
  query: z.strictObject({
    q: z.string().trim().max(100).optional(),
    userType: z.enum(['patient', 'doctor', 'assistant', 'admin']).optional(),
    approval: z.enum(['pending', 'approved', 'refused']).optional(),
    ...fields.paging,
  }),
  ok: { status: 200, body: fields.listOf(user) },
});

export const patchUser = route({
  method: 'PATCH',
  path: '/admin/users/{id}',
  summary: 'Activate, deactivate or suspend a user; one who is not active is signed out everywhere',
  tag,
  access: ['admin'],
  params: z.strictObject({ id: fields.idInUrl }),
  body: z.strictObject({ status: userStatus }),
  ok: { status: 200, body: z.object({ user }) },
});

export const decideDoctor = route({
  method: 'POST',
  path: '/admin/doctors/{id}/approval',
  summary: 'Approve or refuse a doctor whose licence has been checked',
  tag,
  access: ['admin'],
  idempotent: true,
  params: z.strictObject({ id: fields.idInUrl }),
  body: z.strictObject({ decision: z.enum(['approved', 'refused']) }),
  ok: { status: 200, body: z.object({ user }) },
  problems: ['approval_decided', 'key_reused', 'request_in_progress'],
});
