import { z } from 'zod';
import { chamber } from './doctors.ts';
import * as fields from './fields.ts';
import { route } from './route.ts';

const tag = 'Chambers';

/** With whether the caller may change it: administrators, and who added it. */
const chamberToEdit = chamber.extend({ mayEdit: z.boolean() });
export type ChamberToEdit = z.output<typeof chamberToEdit>;

export const listChambers = route({
  method: 'GET',
  path: '/chambers',
  summary: 'Chambers by id: of a district, or with some letters in their name in either script',
  tag,
  access: 'signed-in',
  query: z.strictObject({
    q: z.string().trim().max(100).optional(),
    district: z.string().max(50).optional(),
    ...fields.paging,
  }),
  ok: { status: 200, body: fields.listOf(chamberToEdit) },
});

const timeZone = z
  .string()
  .max(60)
  .refine((zone) => {
    try {
      // `+06:00` is a zone to Temporal, but knows no clock changes.
      return /^[A-Z]/.test(zone) && new Temporal.ZonedDateTime(0n, zone).timeZoneId !== '';
    } catch {
      return false;
    }
  }, 'Use an IANA time zone such as Asia/Dhaka');

const chamberBody = z.strictObject({
  name: fields.line(100),
  nameBn: fields.line(100).optional(),
  address: fields.line(200),
  addressBn: fields.line(200).optional(),
  phone: fields.mobile.optional(),
  division: z.string().max(50),
  district: z.string().max(50),
  thana: z.string().max(50).optional(),
  timeZone: timeZone.default('Asia/Dhaka'),
});

export const createChamber = route({
  method: 'POST',
  path: '/chambers',
  summary: 'Add a chamber',
  tag,
  access: ['admin', 'doctor'],
  idempotent: true,
  body: chamberBody,
  ok: { status: 201, body: z.object({ chamber }) },
  problems: ['key_reused', 'request_in_progress'],
});

const chamberParams = z.strictObject({ id: fields.idInUrl });

export const patchChamber = route({
  method: 'PATCH',
  path: '/chambers/{id}',
  summary: 'Change a chamber; its time zone only while no doctor has hours there',
  tag,
  access: ['admin', 'doctor'],
  params: chamberParams,
  body: z
    .strictObject({
      name: fields.line(100),
      nameBn: fields.line(100).nullable(),
      address: fields.line(200),
      addressBn: fields.line(200).nullable(),
      phone: fields.mobile.nullable(),
      division: z.string().max(50),
      district: z.string().max(50),
      thana: z.string().max(50).nullable(),
      timeZone,
    })
    .partial(),
  ok: { status: 200, body: z.object({ chamber }) },
  problems: ['chamber_in_use'],
});

export const endChamber = route({
  method: 'DELETE',
  path: '/chambers/{id}',
  summary: 'Close a chamber for good; refused while a doctor has hours there',
  tag,
  access: ['admin', 'doctor'],
  params: chamberParams,
  ok: { status: 204 },
  problems: ['chamber_in_use'],
});
