import { z } from 'zod';
import { chamber, mode, schedule, visitType } from './doctors.ts';
import * as fields from './fields.ts';
import { route } from './route.ts';

const tag = 'Chambers and schedules';

export const listChambers = route({
  method: 'GET',
  path: '/chambers',
  summary: 'The chambers of a district',
  tag,
  access: 'signed-in',
  query: z.strictObject({ district: z.string().max(50).optional(), ...fields.paging }),
  ok: { status: 200, body: fields.listOf(chamber) },
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

export const createChamber = route({
  method: 'POST',
  path: '/chambers',
  summary: 'Add a chamber',
  tag,
  access: ['admin', 'doctor'],
  body: z.strictObject({
    name: fields.line(100),
    nameBn: fields.line(100).optional(),
    address: fields.line(200),
    addressBn: fields.line(200).optional(),
    phone: fields.mobile.optional(),
    division: z.string().max(50),
    district: z.string().max(50),
    thana: z.string().max(50).optional(),
    timeZone: timeZone.default('Asia/Dhaka'),
  }),
  ok: { status: 201, body: z.object({ chamber }) },
});

const doctorParams = z.strictObject({ id: fields.idInUrl });

export const listVisitTypes = route({
  method: 'GET',
  path: '/doctors/{id}/visit-types',
  summary: 'Minutes and fees of a doctor, by chamber',
  tag,
  access: 'public',
  params: doctorParams,
  ok: { status: 200, body: z.object({ items: z.array(visitType.extend({ chamberId: z.int() })) }) },
});

export const createVisitType = route({
  method: 'POST',
  path: '/doctors/{id}/visit-types',
  summary: 'Set the minutes and the fee of a visit type in a chamber',
  tag,
  access: ['admin', 'doctor'],
  params: doctorParams,
  body: z.strictObject({
    chamberId: fields.id,
    kind: z.enum(['new', 'follow_up', 'report']),
    minutes: z.int().min(1, 'Use 1 to 480').max(480, 'Use 1 to 480'),
    fee: fields.amount,
  }),
  ok: { status: 201, body: z.object({ visitType: visitType.extend({ chamberId: z.int() }) }) },
  problems: ['visit_type_exists'],
});

export const listSchedules = route({
  method: 'GET',
  path: '/doctors/{id}/schedules',
  summary: 'The weekly hours of a doctor in every chamber',
  tag,
  access: ['admin', 'doctor'],
  params: doctorParams,
  ok: { status: 200, body: z.object({ items: z.array(schedule) }) },
});

const minutes = (max: number) => z.int().min(0, `Use 0 to ${max}`).max(max, `Use 0 to ${max}`);

export const createSchedule = route({
  method: 'POST',
  path: '/doctors/{id}/schedules',
  summary: 'Add weekly hours; an end at or before the start is on the next day',
  tag,
  access: ['admin', 'doctor'],
  params: doctorParams,
  body: z
    .strictObject({
      chamberId: fields.id,
      /** ISO: Monday 1 to Sunday 7. */
      weekday: z.int().min(1, 'Use 1 (Monday) to 7 (Sunday)').max(7, 'Use 1 (Monday) to 7 (Sunday)'),
      from: fields.wallTime,
      to: fields.wallTime,
      validFrom: fields.date.nullable().default(null),
      validUntil: fields.date.nullable().default(null),
      mode,
      /** Timed: minutes between starts. Serial: minutes per patient. */
      slotMinutes: z.int().min(1, 'Use 1 to 480').max(480, 'Use 1 to 480'),
      /** Serial only: the highest serial. */
      capacity: z.int().min(1, 'Use 1 to 500').max(500, 'Use 1 to 500').nullable().default(null),
      bufferBeforeMinutes: minutes(240).default(0),
      bufferAfterMinutes: minutes(240).default(0),
      noticeMinutes: minutes(43_200).default(30),
      horizonDays: z.int().min(1, 'Use 1 to 366').max(366, 'Use 1 to 366').default(30),
    })
    .superRefine((rule, context) => {
      const refuse = (path: string, message: string) =>
        context.addIssue({ code: 'custom', path: [path], message });
      if (rule.from === rule.to) refuse('to', 'The end must differ from the start');
      if (rule.mode === 'serial' && rule.capacity === null)
        refuse('capacity', 'Say how many serials there are');
      if (rule.mode === 'timed' && rule.capacity !== null)
        refuse('capacity', 'Only serial hours have a capacity');
      if (rule.validFrom && rule.validUntil && rule.validUntil < rule.validFrom)
        refuse('validUntil', 'The last date is before the first');
    }),
  ok: { status: 201, body: z.object({ schedule }) },
  problems: ['schedule_overlap'],
});

export const endSchedule = route({
  method: 'DELETE',
  path: '/doctors/{id}/schedules/{scheduleId}',
  summary: 'End weekly hours; refused while live appointments still stand in them',
  tag,
  access: ['admin', 'doctor'],
  params: z.strictObject({ id: fields.idInUrl, scheduleId: fields.idInUrl }),
  ok: { status: 204 },
  problems: ['schedule_in_use'],
});
