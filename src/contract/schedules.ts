import { z } from 'zod';
import { changePreview, changeQuery } from './changes.ts';
import { chamber, visitType } from './doctors.ts';
import * as fields from './fields.ts';
import { hourSettings, mistakesIn, newHours, schedule, wholeFrom } from './hours.ts';
import { route } from './route.ts';

const tag = 'Schedules';
const doctorParams = z.strictObject({ id: fields.idInUrl });
const access = ['admin', 'doctor'] as const;

export const visitTypeInChamber = visitType.extend({ chamberId: z.int() });
export type VisitTypeInChamber = z.output<typeof visitTypeInChamber>;

export const listVisitTypes = route({
  method: 'GET',
  path: '/doctors/{id}/visit-types',
  summary: 'Minutes and fees of a doctor, by chamber',
  tag,
  access: 'public',
  params: doctorParams,
  ok: { status: 200, body: z.object({ items: z.array(visitTypeInChamber) }) },
});

const visitMinutes = wholeFrom(1, 480);
/** Null: for everybody. */
const windowDays = wholeFrom(1, 1_000).nullable();

export const noWindow = 'A new visit is for everybody; leave the days out';

export const createVisitType = route({
  method: 'POST',
  path: '/doctors/{id}/visit-types',
  summary: 'Set the minutes and the fee of a visit type in a chamber',
  tag,
  access,
  idempotent: true,
  params: doctorParams,
  body: z
    .strictObject({
      chamberId: fields.id,
      kind: z.enum(['new', 'follow_up', 'report']),
      minutes: visitMinutes,
      fee: fields.amount,
      /** Left out: 30 for a follow-up or a report. */
      windowDays: windowDays.optional(),
    })
    .superRefine(
      fields.refuseMistakes(({ kind, windowDays: days }) =>
        kind === 'new' && days ? [{ path: 'windowDays', message: noWindow }] : [],
      ),
    ),
  ok: { status: 201, body: z.object({ visitType: visitTypeInChamber }) },
  problems: ['visit_type_exists', 'key_reused', 'request_in_progress'],
});

const visitTypeParams = z.strictObject({ id: fields.idInUrl, visitTypeId: fields.idInUrl });

export const patchVisitType = route({
  method: 'PATCH',
  path: '/doctors/{id}/visit-types/{visitTypeId}',
  summary: 'Change the minutes, the fee or whom it is for, of bookings to come; booked visits keep theirs',
  tag,
  access,
  params: visitTypeParams,
  body: z.strictObject({ minutes: visitMinutes, fee: fields.amount, windowDays }).partial(),
  ok: { status: 200, body: z.object({ visitType: visitTypeInChamber }) },
});

export const endVisitType = route({
  method: 'DELETE',
  path: '/doctors/{id}/visit-types/{visitTypeId}',
  summary: 'Offer a visit type no more; booked visits stay',
  tag,
  access,
  params: visitTypeParams,
  ok: { status: 204 },
});

/** A doctor as those who arrange their chambers see them, bookable or not. */
const arrangement = z.object({
  doctor: z.object({
    id: z.int(),
    slug: z.string(),
    fullName: z.string(),
    nameBn: z.string().nullable(),
    /** Approved and active: patients can find and book them. */
    bookable: z.boolean(),
  }),
  /** Kept free between visits in two chambers. */
  travelMinutes: z.int(),
  /** An online booking is a request until the desk approves it. */
  needsApproval: z.boolean(),
  /** Where the doctor has a fee or hours, in the order they were set. */
  chambers: z.array(chamber.extend({ visitTypes: z.array(visitType) })),
});
export type Arrangement = z.output<typeof arrangement>;

export const getArrangement = route({
  method: 'GET',
  path: '/doctors/{id}/arrangement',
  summary:
    'The chambers of a doctor with visit types and fees, the minutes between chambers, and whether bookings wait',
  tag,
  access: ['admin', 'doctor', 'assistant'],
  params: doctorParams,
  ok: { status: 200, body: arrangement },
});

export const patchArrangement = route({
  method: 'PATCH',
  path: '/doctors/{id}/arrangement',
  summary:
    'Set the minutes kept free between visits in two chambers, and whether online bookings wait for approval',
  tag,
  access,
  params: doctorParams,
  body: z
    .strictObject({ travelMinutes: wholeFrom(0, 240), needsApproval: z.boolean() })
    .partial()
    .superRefine(
      fields.refuseMistakes(({ travelMinutes, needsApproval }) =>
        travelMinutes === undefined && needsApproval === undefined
          ? [{ path: 'travelMinutes', message: 'Give the minutes, or whether bookings need approval' }]
          : [],
      ),
    ),
  ok: { status: 200, body: arrangement },
});

export const listSchedules = route({
  method: 'GET',
  path: '/doctors/{id}/schedules',
  summary:
    'The weekly hours of a doctor in every chamber, undated and dated; other hours on single days are exceptions',
  tag,
  access: ['admin', 'doctor', 'assistant'],
  params: doctorParams,
  ok: { status: 200, body: z.object({ items: z.array(schedule) }) },
});

/** ISO: Monday 1 to Sunday 7. */
const weekday = z.int().min(1, 'Use 1 (Monday) to 7 (Sunday)').max(7, 'Use 1 (Monday) to 7 (Sunday)');
const dates = {
  validFrom: fields.date.nullable().default(null),
  validUntil: fields.date.nullable().default(null),
};

type Dates = { validFrom: string | null; validUntil: string | null };

export const mistakesInDates = ({ validFrom, validUntil }: Dates): fields.Mistake[] =>
  validFrom && validUntil && validUntil < validFrom
    ? [{ path: 'validUntil', message: 'The last date is before the first' }]
    : [];

export const createSchedule = route({
  method: 'POST',
  path: '/doctors/{id}/schedules',
  summary: 'Add weekly hours; an end at or before the start is on the next day',
  tag,
  access,
  params: doctorParams,
  query: changeQuery,
  idempotent: true,
  body: z
    .strictObject({ chamberId: fields.id, weekday, ...dates, ...newHours })
    .superRefine(fields.refuseMistakes(mistakesIn))
    .superRefine(fields.refuseMistakes(mistakesInDates)),
  preview: changePreview,
  ok: { status: 201, body: z.object({ schedule }) },
  problems: ['schedule_overlap', 'appointments_stranded', 'no_place_left', 'key_reused'],
});

const scheduleParams = z.strictObject({ id: fields.idInUrl, scheduleId: fields.idInUrl });

export const patchSchedule = route({
  method: 'PATCH',
  path: '/doctors/{id}/schedules/{scheduleId}',
  summary: 'Change weekly hours; what is left out stays',
  tag,
  access,
  params: scheduleParams,
  query: changeQuery,
  body: z
    .strictObject({
      weekday,
      validFrom: fields.date.nullable(),
      validUntil: fields.date.nullable(),
      ...hourSettings,
    })
    .partial(),
  preview: changePreview,
  ok: { status: 200, body: z.object({ schedule }) },
  problems: ['schedule_overlap', 'appointments_stranded', 'no_place_left'],
});

export const endSchedule = route({
  method: 'DELETE',
  path: '/doctors/{id}/schedules/{scheduleId}',
  summary: 'End weekly hours',
  tag,
  access,
  params: scheduleParams,
  query: changeQuery,
  preview: changePreview,
  ok: { status: 204 },
  problems: ['appointments_stranded', 'no_place_left'],
});

export const putWeek = route({
  method: 'PUT',
  path: '/doctors/{id}/schedules',
  summary: 'Set a whole week of one chamber, undated or for some dates, as one change',
  tag,
  access,
  params: doctorParams,
  query: changeQuery,
  body: z
    .strictObject({
      chamberId: fields.id,
      ...dates,
      /** The dates this week had until now, when they change. */
      was: z
        .strictObject({ validFrom: fields.date.nullable(), validUntil: fields.date.nullable() })
        .optional(),
      /** The hours this week had when it was read: refused when somebody has changed the calendar since. */
      basedOn: z
        .array(z.strictObject({ id: fields.id, version: z.int() }))
        .max(50)
        .optional(),
      /** All of it: hours with an id are changed, those of the week that are not here end, the others are new. */
      hours: z
        .array(
          z
            .strictObject({ id: fields.id.optional(), weekday, ...newHours })
            .superRefine(fields.refuseMistakes(mistakesIn)),
        )
        .max(50, 'Use at most 50'),
    })
    .superRefine(fields.refuseMistakes(mistakesInDates)),
  preview: changePreview,
  ok: { status: 200, body: z.object({ items: z.array(schedule) }) },
  problems: ['changed_meanwhile', 'schedule_overlap', 'appointments_stranded', 'no_place_left'],
});
