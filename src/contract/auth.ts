import { z } from 'zod';
import { codeRequest, givenCode } from './codes.ts';
import * as fields from './fields.ts';
import { route } from './route.ts';
import { user } from './users.ts';

const tag = 'Sign-in';

const person = {
  fullName: fields.line(100),
  email: fields.email.optional(),
  mobile: fields.mobile.optional(),
  password: fields.password,
  division: z.string().max(50).optional(),
  district: z.string().max(50).optional(),
  thana: z.string().max(50).optional(),
  language: fields.language.optional(),
};

const patient = z.strictObject({ ...person, userType: z.literal('patient') });

const doctor = z.strictObject({
  ...person,
  userType: z.literal('doctor'),
  licenseNumber: fields.line(50),
  experienceYears: z.int().min(0, 'Use 0 or more').max(80, 'Use at most 80'),
  consultationFee: fields.amount,
  /** Ids of `/specializations`. */
  specializations: z.array(fields.id).max(10).optional(),
});

export const register = route({
  method: 'POST',
  path: '/auth/register',
  summary: 'Register as a patient or a doctor; a doctor then waits for approval',
  tag,
  access: 'public',
  perMinute: 20,
  body: z.discriminatedUnion('userType', [patient, doctor]).superRefine((value, context) => {
    if (!value.email && !value.mobile)
      context.addIssue({ code: 'custom', path: ['mobile'], message: 'Give a mobile number or an e-mail' });
  }),
  ok: { status: 201, body: z.object({ user }) },
  problems: ['email_taken', 'mobile_taken', 'license_taken'],
});

export const tokens = z.object({
  accessToken: z.string(),
  tokenType: z.literal('bearer'),
  /** Seconds until the access token ends. */
  expiresIn: z.int(),
  refreshToken: z.string(),
});

export const login = route({
  method: 'POST',
  path: '/auth/login',
  summary: 'Sign in with an e-mail or a mobile number',
  tag,
  access: 'public',
  perMinute: 20,
  body: z.strictObject({
    login: z.string().trim().min(1, 'Give your mobile number or e-mail').max(100),
    password: z.string().min(1, 'Give your password').max(128),
  }),
  ok: { status: 200, body: tokens.extend({ user }) },
  problems: ['wrong_credentials', 'account_inactive', 'too_many_requests'],
});

const refreshToken = z.strictObject({ refreshToken: z.string().min(1).max(200) });

export const refresh = route({
  method: 'POST',
  path: '/auth/refresh',
  summary: 'Exchange a refresh token for the next one; a token used twice ends the sign-in',
  tag,
  access: 'public',
  perMinute: 60,
  body: refreshToken,
  ok: { status: 200, body: tokens },
  problems: ['token_expired', 'account_inactive'],
});

export const logout = route({
  method: 'POST',
  path: '/auth/logout',
  summary: 'End the sign-in that a refresh token belongs to',
  tag,
  access: 'public',
  body: refreshToken,
  ok: { status: 204 },
});

const reached = z.strictObject({ login: fields.reachedAt, language: fields.language.optional() });

export const requestOtp = route({
  ...codeRequest,
  method: 'POST',
  path: '/auth/otp',
  summary: 'Have a code sent to sign in with instead of a password',
  tag,
  access: 'public',
  body: reached,
});

export const confirmOtp = route({
  method: 'POST',
  path: '/auth/otp/confirmation',
  summary: 'Sign in with a code',
  tag,
  access: 'public',
  perMinute: 30,
  body: z.strictObject(givenCode),
  ok: { status: 200, body: tokens.extend({ user }) },
  problems: ['wrong_code', 'account_inactive', 'too_many_requests'],
});

export const requestPasswordReset = route({
  ...codeRequest,
  method: 'POST',
  path: '/auth/password-reset',
  summary: 'Have a code sent to choose a new password with',
  tag,
  access: 'public',
  body: reached,
});

export const confirmPasswordReset = route({
  method: 'POST',
  path: '/auth/password-reset/confirmation',
  summary: 'Choose a new password; every sign-in of the account ends',
  tag,
  access: 'public',
  perMinute: 30,
  body: z.strictObject({ ...givenCode, password: fields.password }),
  ok: { status: 204 },
  problems: ['wrong_code', 'account_inactive', 'too_many_requests'],
});
