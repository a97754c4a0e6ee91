import { z } from 'zod';
import * as fields from './fields.ts';
import { relation } from './me.ts';
import { route } from './route.ts';

const tag = 'Desk';
const access = ['assistant', 'doctor', 'admin'] as const;

/** A patient as the desk finds them: several people can share one mobile number. */
export const deskPatient = z.object({
  id: z.int(),
  fullName: z.string(),
  mobile: z.string().nullable(),
  gender: z.enum(['female', 'male', 'other']).nullable(),
  birthYear: z.int().nullable(),
  /** To the holder of the account; null for whoever has none. */
  relation: relation.nullable(),
});
export type DeskPatient = z.output<typeof deskPatient>;

export const findPatients = route({
  method: 'GET',
  path: '/patients',
  summary:
    'The patients of a mobile number: those with an account, their family, and those without; it is recorded',
  tag,
  access,
  query: z.strictObject({ mobile: fields.mobile }),
  ok: { status: 200, body: z.object({ items: z.array(deskPatient) }) },
});

export const addDeskPatient = route({
  method: 'POST',
  path: '/patients',
  summary:
    'Take somebody without an account into the list; the same name and number again is the same person',
  tag,
  access,
  idempotent: true,
  body: z.strictObject({
    fullName: fields.line(100),
    mobile: fields.mobile.optional(),
    gender: z.enum(['female', 'male', 'other']).optional(),
    birthYear: z.int().min(1900).max(2200).optional(),
  }),
  ok: { status: 201, body: z.object({ patient: deskPatient }) },
  problems: ['key_reused', 'request_in_progress'],
});
