import { z } from 'zod';
import * as fields from './fields.ts';
import { route } from './route.ts';

const tag = 'Settings';

/** Ways in which a week is begun: with Saturday, Sunday or Monday; ISO. */
export const firstWeekdays = [6, 7, 1] as const;

/** A mobile in any spelling, a line of the fixed network or a short number: `+8801…`, `0255012345`, `16263`. */
const phone = z
  .string()
  .max(40)
  .transform((value, context) => {
    const mobile = fields.mobile.safeParse(value);
    if (mobile.success) return mobile.data;
    const plain = fields.asciiDigits(value).replace(/[\s().-]/g, '');
    if (/^\+?[0-9]{3,15}$/.test(plain)) return plain;
    context.addIssue({ code: 'custom', message: 'Use a phone number of 3 to 15 digits' });
    return z.NEVER;
  })
  .meta({ type: 'string', examples: ['+8801712345678', '0255012345'] });

/** Names and addresses in English, and in Bangla where there is such a one. Null: nothing of the kind. */
const values = {
  name: fields.line(60).nullable(),
  nameBn: fields.line(60).nullable(),
  phone: phone.nullable(),
  email: fields.email.nullable(),
  address: fields.line(200).nullable(),
  addressBn: fields.line(200).nullable(),
  firstWeekday: z.literal(firstWeekdays, 'Use 6 for Saturday, 7 for Sunday or 1 for Monday'),
  /** Of visitors and messages where nobody said otherwise. */
  language: fields.language,
};

const told = z.object({
  ...values,
  phone: z.string().nullable(),
  email: z.string().nullable(),
});
export type Settings = z.output<typeof told>;

export const settingFields = [
  'name',
  'nameBn',
  'phone',
  'email',
  'address',
  'addressBn',
  'firstWeekday',
  'language',
] as const satisfies readonly (keyof Settings)[];

/** What holds where nobody has decided anything. */
export const usualSettings: Settings = {
  name: null,
  nameBn: null,
  phone: null,
  email: null,
  address: null,
  addressBn: null,
  firstWeekday: 6,
  language: 'bn',
};

const person = z.object({ id: z.int(), fullName: z.string() });

const version = z.int().min(1).max(2_147_483_646);
const versioned = told.extend({ version });
export type VersionedSettings = z.output<typeof versioned>;
const answer = z.object({ settings: versioned });

export const getSettings = route({
  method: 'GET',
  path: '/settings',
  summary: 'What the organisation is called, how it is reached, and how its weeks and pages begin',
  tag,
  access: 'public',
  ok: { status: 200, body: z.object({ settings: told }) },
});

export const getAdminSettings = route({
  method: 'GET',
  path: '/admin/settings',
  summary: 'The same with its version, which a change has to name',
  tag,
  access: ['admin'],
  ok: { status: 200, body: answer },
});

/** The version that was looked at: who has not seen the newest one is refused. */
const expectedVersion = version;

export const patchSettings = route({
  method: 'PATCH',
  path: '/admin/settings',
  summary: 'Change settings, everywhere and within a second; what is left out stays',
  tag,
  access: ['admin'],
  body: z
    .strictObject({ ...values, expectedVersion })
    .partial()
    .required({ expectedVersion: true }),
  ok: { status: 200, body: answer },
  problems: ['changed_meanwhile'],
});

const value = z.union([z.string(), z.number()]).nullable();

const settingsChange = z.object({
  /** Of the settings from this change on. */
  version,
  at: fields.toldInstant,
  by: person,
  /** The version whose change it took back. */
  takesBack: version.nullable(),
  changes: z.array(z.object({ field: z.enum(settingFields), from: value, to: value })),
});
export type SettingsChange = z.output<typeof settingsChange>;

export const listSettingsHistory = route({
  method: 'GET',
  path: '/admin/settings/history',
  summary: 'Every change of the settings, newest first: who, when, from what to what',
  tag,
  access: ['admin'],
  query: z.strictObject(fields.paging),
  ok: { status: 200, body: fields.listOf(settingsChange) },
});

export const takeBackSettings = route({
  method: 'POST',
  path: '/admin/settings/history/{version}/withdrawal',
  summary: 'Take back a change: its fields get the values they had before it, as a new change',
  tag,
  access: ['admin'],
  params: z.strictObject({ version: fields.idInUrl }),
  body: z.strictObject({ expectedVersion }),
  ok: { status: 200, body: answer },
  problems: ['changed_meanwhile'],
});
