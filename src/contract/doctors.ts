import { z } from 'zod';
import { channel } from './appointments.ts';
import { reason } from './changes.ts';
import * as fields from './fields.ts';
import { mode, schedule } from './hours.ts';
import { specialization } from './locations.ts';
import { route } from './route.ts';

const tag = 'Doctors';

export const doctorCard = z.object({
  id: z.int(),
  slug: z.string(),
  fullName: z.string(),
  nameBn: z.string().nullable(),
  gender: z.enum(['female', 'male']).nullable(),
  qualifications: z.string().nullable(),
  photo: z.string().nullable(),
  specializations: z.array(specialization),
  experienceYears: z.int(),
  /** Lowest fee for a new visit. */
  fee: fields.money,
  place: z.object({ division: z.string(), district: z.string(), thana: z.string().nullable() }).nullable(),
  /** First place an online patient can take for a new visit, with the chamber's offset; null when none is open. */
  nextAvailable: fields.toldInstant.nullable(),
});
export type DoctorCard = z.output<typeof doctorCard>;

export const searchDoctors = route({
  method: 'GET',
  path: '/doctors',
  summary: 'Find doctors by name or words in either script, specialization, place, fee and next free time',
  tag,
  access: 'public',
  query: z.strictObject({
    q: z.string().trim().max(100).optional(),
    /** A code of `/specializations`. */
    specialization: z.string().max(60).optional(),
    division: z.string().max(50).optional(),
    district: z.string().max(50).optional(),
    thana: z.string().max(50).optional(),
    gender: z.enum(['female', 'male']).optional(),
    maxFee: fields.amount.optional(),
    availableBefore: fields.instant.optional(),
    sort: z.enum(['soonest', 'fee']).optional(),
    ...fields.paging,
  }),
  ok: { status: 200, body: fields.listOf(doctorCard) },
});

export const chamber = z.object({
  id: z.int(),
  name: z.string(),
  nameBn: z.string().nullable(),
  address: z.string(),
  addressBn: z.string().nullable(),
  phone: z.string().nullable(),
  division: z.string(),
  district: z.string(),
  thana: z.string().nullable(),
  timeZone: z.string(),
});
export type Chamber = z.output<typeof chamber>;

export const visitType = z.object({
  id: z.int(),
  kind: z.enum(['new', 'follow_up', 'report']),
  minutes: z.int(),
  fee: fields.money,
  /** Only for patients whom the doctor has seen at most so many days before. Null: for everybody. */
  windowDays: z.int().nullable(),
});

export const doctorProfile = doctorCard.extend({
  aboutEn: z.string().nullable(),
  aboutBn: z.string().nullable(),
  /** An online booking is a request until the doctor's desk approves it. */
  needsApproval: z.boolean(),
  chambers: z.array(
    chamber.extend({
      visitTypes: z.array(visitType),
      hours: z.array(schedule.pick({ weekday: true, from: true, to: true, mode: true })),
    }),
  ),
});
export type DoctorProfile = z.output<typeof doctorProfile>;

const slug = z
  .string()
  .max(120)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use an id or a slug');

export const getDoctor = route({
  method: 'GET',
  path: '/doctors/{id}',
  summary: 'A doctor’s public profile: chambers, visit types and fees',
  tag,
  access: 'public',
  params: z.strictObject({ id: z.union([fields.idInUrl, slug]) }),
  ok: { status: 200, body: z.object({ doctor: doctorProfile }) },
});

/** Days a single availability question may span. */
export const availabilityDays = 62;

export const availabilitySession = z.object({
  sessionKey: z.string(),
  chamberId: z.int(),
  mode,
  startsAt: fields.toldInstant,
  endsAt: fields.toldInstant,
  places: z.array(
    z.object({ startsAt: fields.toldInstant, endsAt: fields.toldInstant, serial: z.int().optional() }),
  ),
  remaining: z.int(),
});
export type AvailabilitySession = z.output<typeof availabilitySession>;

const inOrderAndShort = (range: { from: string; to: string }, context: z.RefinementCtx): void => {
  const days = Temporal.PlainDate.from(range.from).until(range.to, { largestUnit: 'days' }).days;
  if (days < 0)
    context.addIssue({ code: 'custom', path: ['to'], message: 'The last date is before the first' });
  else if (days >= availabilityDays)
    context.addIssue({ code: 'custom', path: ['to'], message: `Ask for at most ${availabilityDays} days` });
};

export const getAvailability = route({
  method: 'GET',
  path: '/doctors/{id}/availability',
  summary: 'The free places of a doctor from one date to another, both included, by the chambers’ calendars',
  tag,
  access: 'public',
  params: z.strictObject({ id: fields.idInUrl }),
  query: z
    .strictObject({
      from: fields.date,
      to: fields.date,
      chamberId: fields.idInUrl.optional(),
      visitTypeId: fields.idInUrl.optional(),
      /** As which the places would be taken; the desk has quotas of its own and needs no notice. */
      channel: channel.optional(),
    })
    .superRefine(inOrderAndShort),
  ok: {
    status: 200,
    body: z.object({
      timeZone: z.string(),
      days: z.array(z.object({ date: z.string(), sessions: z.array(availabilitySession) })),
    }),
  },
});

export const explainPlace = route({
  method: 'GET',
  path: '/doctors/{id}/availability/explain',
  summary: 'Whether a visit could start at a time, or every reason why it is not offered',
  tag,
  access: ['admin', 'doctor', 'assistant'],
  params: z.strictObject({ id: fields.idInUrl }),
  query: z.strictObject({
    at: fields.instant,
    visitTypeId: fields.idInUrl,
    /** As which the place would be taken; patients are `online`. */
    channel: channel.optional(),
  }),
  ok: {
    status: 200,
    body: z.object({
      free: z.boolean(),
      /** In the order of the closed list; empty when free. */
      reasons: z.array(reason),
      /** The sitting the time falls in; null outside all hours. */
      session: z
        .object({
          sessionKey: z.string(),
          chamberId: z.int(),
          mode,
          startsAt: fields.toldInstant,
          endsAt: fields.toldInstant,
          /** In a serial sitting: the serial expected at that time, which the reasons are about. */
          serial: z.int().nullable(),
        })
        .nullable(),
    }),
  },
});
