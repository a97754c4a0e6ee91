import { z } from 'zod';
import * as fields from './fields.ts';
import { route } from './route.ts';
import { approval, user, userStatus, userType } from './users.ts';

const tag = 'Administration';
const access = ['admin'] as const;
const params = z.strictObject({ id: fields.idInUrl });

export const listUsers = route({
  method: 'GET',
  path: '/admin/users',
  summary:
    'Users, newest first; doctors who wait for approval with `approval=pending`. Whoever reads of patients here is written down',
  tag,
  access,
  query: z.strictObject({
    /** Part of a name, e-mail, mobile or licence number. */
    q: z.string().trim().max(100).optional(),
    userType: userType.optional(),
    status: userStatus.optional(),
    approval: approval.optional(),
    ...fields.paging,
  }),
  ok: { status: 200, body: fields.listOf(user) },
});

/** What an administrator should know of somebody before changing anything about them. */
const standing = z.object({
  /** On how many devices they are signed in, and when one of these was last used. */
  devices: z.int(),
  lastUsedAt: fields.toldInstant.nullable(),
  /** When they were last told where to choose a password. */
  invitedAt: fields.toldInstant.nullable(),
  /** Visits still to come: to a doctor, or of a patient and their family. */
  comingVisits: z.int(),
  /** The desks that an assistant runs. */
  desks: z.int(),
});
export type Standing = z.output<typeof standing>;

export const getUser = route({
  method: 'GET',
  path: '/admin/users/{id}',
  summary: 'A user and how they stand: signed in or not, visits to come, desks',
  tag,
  access,
  params,
  ok: { status: 200, body: z.object({ user, standing }) },
});

export const addUser = route({
  method: 'POST',
  path: '/admin/users',
  summary: 'Make an account for an assistant or an administrator, who is told where to choose their password',
  tag,
  access,
  idempotent: true,
  perMinute: 30,
  body: z
    .strictObject({
      fullName: fields.line(100),
      email: fields.email.optional(),
      mobile: fields.mobile.optional(),
      userType: z.enum(['assistant', 'admin']),
      language: fields.language.optional(),
    })
    .superRefine(
      fields.refuseMistakes(({ email, mobile }) =>
        email === undefined && mobile === undefined
          ? [{ path: 'mobile', message: 'Give a mobile number or an e-mail' }]
          : [],
      ),
    ),
  ok: { status: 201, body: z.object({ user }) },
  problems: ['email_taken', 'mobile_taken', 'key_reused', 'request_in_progress'],
});

export const inviteUser = route({
  method: 'POST',
  path: '/admin/users/{id}/invitations',
  summary:
    'Tell a user again where to choose a password, by every number and e-mail that opens their account',
  tag,
  access,
  idempotent: true,
  perMinute: 30,
  params,
  ok: { status: 201, body: z.object({ invitedAt: fields.toldInstant }) },
  problems: ['changed_meanwhile', 'too_many_requests', 'key_reused', 'request_in_progress'],
});

export const patchUser = route({
  method: 'PATCH',
  path: '/admin/users/{id}',
  summary:
    'Activate, deactivate or suspend a user; one who is not active is signed out everywhere. Nobody changes their own status, so that an active administrator is always left',
  tag,
  access,
  params,
  body: z.strictObject({ status: userStatus }),
  ok: { status: 200, body: z.object({ user }) },
});

export const decideDoctor = route({
  method: 'POST',
  path: '/admin/doctors/{id}/approval',
  summary:
    'Approve or refuse a doctor whose licence has been checked, or change that: `pending` takes a decision back. An approval stays while patients are booked',
  tag,
  access,
  idempotent: true,
  params,
  body: z.strictObject({
    decision: approval,
    /** How the doctor stood for whoever decides; otherwise somebody else has decided meanwhile. */
    instead: approval.default('pending'),
  }),
  ok: { status: 200, body: z.object({ user }) },
  problems: ['approval_decided', 'doctor_booked', 'key_reused', 'request_in_progress'],
});
