import { z } from 'zod';
import { codeRequest, givenCode } from './codes.ts';
import * as fields from './fields.ts';
import { route } from './route.ts';
import { user } from './users.ts';

const tag = 'Own profile';

export const getMe = route({
  method: 'GET',
  path: '/me',
  summary: 'The signed-in user',
  tag,
  access: 'signed-in',
  ok: { status: 200, body: z.object({ user }) },
});

const place = z.string().max(50).nullable().optional();

/** Refused for everyone who is not a doctor. */
const ofDoctor = {
  experienceYears: z.int().min(0, 'Use 0 or more').max(80, 'Use at most 80').optional(),
  consultationFee: fields.amount.optional(),
  /** Ids of `/specializations`; replaces the list. */
  specializations: z.array(fields.id).max(10).optional(),
  nameBn: fields.line(100).nullable().optional(),
  gender: z.enum(['female', 'male']).nullable().optional(),
  qualifications: fields.line(200).nullable().optional(),
  aboutEn: fields.text(2000).nullable().optional(),
  aboutBn: fields.text(2000).nullable().optional(),
};

export const patchMe = route({
  method: 'PATCH',
  path: '/me',
  summary: 'Change the own profile; what is left out stays',
  tag,
  access: 'signed-in',
  body: z.strictObject({
    fullName: fields.line(100).optional(),
    email: fields.email.nullable().optional(),
    mobile: fields.mobile.nullable().optional(),
    division: place,
    district: place,
    thana: place,
    language: fields.language.optional(),
    ...ofDoctor,
  }),
  ok: { status: 200, body: z.object({ user }) },
  problems: ['email_taken', 'mobile_taken'],
});

export const requestVerification = route({
  ...codeRequest,
  method: 'POST',
  path: '/me/verification',
  summary: 'Have a code sent to one’s own mobile number or e-mail',
  tag,
  access: 'signed-in',
  body: z.strictObject({ channel: z.enum(['sms', 'email']) }),
});

export const confirmVerification = route({
  method: 'POST',
  path: '/me/verification/confirmation',
  summary: 'Prove with the code that the number or e-mail is one’s own',
  tag,
  access: 'signed-in',
  perMinute: 30,
  body: z.strictObject(givenCode),
  ok: { status: 200, body: z.object({ user }) },
  problems: ['wrong_code', 'too_many_requests'],
});

export const putPhoto = route({
  method: 'PUT',
  path: '/me/photo',
  summary: 'Set the profile photo: JPEG or PNG, at most 5 MB; it is re-encoded without its metadata',
  tag,
  access: 'signed-in',
  file: 'photo',
  perMinute: 10,
  ok: { status: 200, body: z.object({ user }) },
  problems: ['unsupported_image', 'payload_too_large', 'unsupported_media_type'],
});

export const signIn = z.object({
  id: z.string(),
  createdAt: fields.toldInstant,
  lastUsedAt: fields.toldInstant,
  userAgent: z.string().nullable(),
  current: z.boolean(),
});

export const listSignIns = route({
  method: 'GET',
  path: '/me/sessions',
  summary: 'The devices this user is signed in on',
  tag,
  access: 'signed-in',
  ok: { status: 200, body: z.object({ items: z.array(signIn) }) },
});

export const endSignIn = route({
  method: 'DELETE',
  path: '/me/sessions/{id}',
  summary: 'Sign a device out',
  tag,
  access: 'signed-in',
  params: z.strictObject({ id: z.uuid() }),
  ok: { status: 204 },
});

export const relation = z.enum(['self', 'spouse', 'child', 'parent', 'sibling', 'other']);

export const patient = z.object({
  id: z.int(),
  fullName: z.string(),
  relation,
  gender: z.enum(['female', 'male', 'other']).nullable(),
  birthYear: z.int().nullable(),
});
export type Patient = z.output<typeof patient>;

const details = {
  gender: z.enum(['female', 'male', 'other']).nullable().optional(),
  birthYear: z.int().min(1900).max(2200).nullable().optional(),
};

export const listPatients = route({
  method: 'GET',
  path: '/me/patients',
  summary: 'The user and the family members they book for',
  tag,
  access: 'signed-in',
  ok: { status: 200, body: z.object({ items: z.array(patient) }) },
});

export const addPatient = route({
  method: 'POST',
  path: '/me/patients',
  summary: 'Add a family member',
  tag,
  access: 'signed-in',
  idempotent: true,
  body: z.strictObject({ fullName: fields.line(100), relation: relation.exclude(['self']), ...details }),
  ok: { status: 201, body: z.object({ patient }) },
  problems: ['family_full', 'key_reused', 'request_in_progress'],
});

export const patchPatient = route({
  method: 'PATCH',
  path: '/patients/{id}',
  summary: 'Change the details of oneself or a family member',
  tag,
  access: 'signed-in',
  params: z.strictObject({ id: fields.idInUrl }),
  body: z.strictObject({ fullName: fields.line(100).optional(), ...details }),
  ok: { status: 200, body: z.object({ patient }) },
});
