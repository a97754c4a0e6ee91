import { z } from 'zod';
import { changePreview, changeQuery } from './changes.ts';
import * as fields from './fields.ts';
import { hourSettings, mistakesIn, newHours } from './hours.ts';
import { route } from './route.ts';

const tag = 'Exceptions and holidays';
const doctorParams = z.strictObject({ id: fields.idInUrl });

/** Other hours on some dates of a chamber, or time off. Local wall time: dates, both included, or minutes, half-open. */
export const exception = z.discriminatedUnion('kind', [
  z.object({
    id: z.int(),
    kind: z.literal('other_hours'),
    chamberId: z.int(),
    from: z.string(),
    until: z.string(),
    note: z.string().nullable(),
    /** On each of the dates. */
    hours: z.array(z.object(hourSettings)),
  }),
  z.object({
    id: z.int(),
    kind: z.literal('time_off'),
    /** Null: in every chamber. */
    chamberId: z.int().nullable(),
    from: z.string(),
    until: z.string(),
    note: z.string().nullable(),
  }),
]);
export type Exception = z.output<typeof exception>;

const withinDates = {
  /** Those that touch these dates, both included; without them all from today on. */
  from: fields.date.optional(),
  until: fields.date.optional(),
};

export const listExceptions = route({
  method: 'GET',
  path: '/doctors/{id}/exceptions',
  summary: 'Other hours and time off of a doctor, by date',
  tag,
  access: ['admin', 'doctor', 'assistant'],
  params: doctorParams,
  query: z.strictObject(withinDates),
  ok: { status: 200, body: z.object({ items: z.array(exception) }) },
});

const moment = z.union([fields.date, fields.localMinute], {
  error: 'Use a date such as 2026-11-25, or with a time such as 2026-11-25T14:00',
});
const note = fields.line(200).nullable();
const hoursOfDay = z
  .array(z.strictObject(newHours).superRefine(fields.refuseMistakes(mistakesIn)))
  .min(1, 'Say which hours; a day without any is time off')
  .max(12, 'Use at most 12');

/** Days one exception can last: longer changes are dated schedules. */
const otherHoursDays = 31;
const timeOffDays = 366;

type Period = { from: string; until: string };

const startOf = (from: string): string => (from.includes('T') ? from : `${from}T00:00`);
const endOf = (until: string): string => (until.includes('T') ? until : `${until}T24:00`);

const daysBetween = ({ from, until }: Period): number =>
  Temporal.PlainDate.from(from.slice(0, 10)).until(until.slice(0, 10)).days;

/** What is wrong with the two ends of a local period of at most so many days. */
export function mistakesInPeriod(period: Period, mostDays: number): fields.Mistake[] {
  const days = daysBetween(period);
  if (endOf(period.until) <= startOf(period.from))
    return [{ path: 'until', message: 'The end is before the start' }];
  if (days >= mostDays) return [{ path: 'until', message: `Use at most ${mostDays} days` }];
  return [];
}

export const mostDaysOf = { other_hours: otherHoursDays, time_off: timeOffDays, holiday: otherHoursDays };

const exceptionBody = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('other_hours'),
      chamberId: fields.id,
      from: fields.date,
      until: fields.date,
      note: note.default(null),
      hours: hoursOfDay,
    }),
    z.strictObject({
      kind: z.literal('time_off'),
      chamberId: fields.id.nullable().default(null),
      from: moment,
      until: moment,
      note: note.default(null),
    }),
  ])
  .superRefine(fields.refuseMistakes((body) => mistakesInPeriod(body, mostDaysOf[body.kind])));

const access = ['admin', 'doctor'] as const;
const changeProblems = ['schedule_overlap', 'appointments_stranded', 'no_place_left'] as const;

export const createException = route({
  method: 'POST',
  path: '/doctors/{id}/exceptions',
  summary: 'Set other hours on some dates, or time off',
  tag,
  access,
  params: doctorParams,
  query: changeQuery,
  idempotent: true,
  body: exceptionBody,
  preview: changePreview,
  ok: { status: 201, body: z.object({ exception }) },
  problems: [...changeProblems, 'key_reused'],
});

const exceptionParams = z.strictObject({ id: fields.idInUrl, exceptionId: fields.idInUrl });

export const patchException = route({
  method: 'PATCH',
  path: '/doctors/{id}/exceptions/{exceptionId}',
  summary: 'Change other hours or time off; what is left out stays',
  tag,
  access,
  params: exceptionParams,
  query: changeQuery,
  body: z
    .strictObject({
      chamberId: fields.id.nullable(),
      from: moment,
      until: moment,
      note,
      /** Of other hours only. */
      hours: hoursOfDay,
    })
    .partial(),
  preview: changePreview,
  ok: { status: 200, body: z.object({ exception }) },
  problems: [...changeProblems],
});

export const endException = route({
  method: 'DELETE',
  path: '/doctors/{id}/exceptions/{exceptionId}',
  summary: 'Take back other hours or time off',
  tag,
  access,
  params: exceptionParams,
  query: changeQuery,
  preview: changePreview,
  ok: { status: 204 },
  problems: [...changeProblems],
});

export const holiday = z.object({
  id: z.int(),
  name: z.string(),
  nameBn: z.string(),
  /** Null: in every chamber. */
  chamberId: z.int().nullable(),
  /** Dates, both included, of each chamber's own calendar. */
  from: z.string(),
  until: z.string(),
  /** Waits for the moon: closes online booking until it is confirmed, moved or dropped. */
  tentative: z.boolean(),
});
export type Holiday = z.output<typeof holiday>;

export const listHolidays = route({
  method: 'GET',
  path: '/holidays',
  summary: 'Holidays by date',
  tag,
  access: 'public',
  query: z.strictObject(withinDates),
  ok: { status: 200, body: z.object({ items: z.array(holiday) }) },
});

const holidayFields = {
  name: fields.line(100),
  nameBn: fields.line(100),
  from: fields.date,
  until: fields.date,
  tentative: z.boolean(),
  chamberId: fields.id.nullable(),
};

export const createHoliday = route({
  method: 'POST',
  path: '/holidays',
  summary: 'Add a holiday',
  tag,
  access: ['admin'],
  query: changeQuery,
  idempotent: true,
  body: z
    .strictObject({
      ...holidayFields,
      tentative: holidayFields.tentative.default(false),
      chamberId: holidayFields.chamberId.default(null),
    })
    .superRefine(fields.refuseMistakes((body) => mistakesInPeriod(body, mostDaysOf.holiday))),
  preview: changePreview,
  ok: { status: 201, body: z.object({ holiday }) },
  problems: [...changeProblems, 'key_reused'],
});

const holidayParams = z.strictObject({ id: fields.idInUrl });

export const patchHoliday = route({
  method: 'PATCH',
  path: '/holidays/{id}',
  summary: 'Confirm a tentative holiday (`tentative: false`), move it, or change its name',
  tag,
  access: ['admin'],
  params: holidayParams,
  query: changeQuery,
  body: z.strictObject(holidayFields).omit({ chamberId: true }).partial(),
  preview: changePreview,
  ok: { status: 200, body: z.object({ holiday }) },
  problems: [...changeProblems],
});

export const endHoliday = route({
  method: 'DELETE',
  path: '/holidays/{id}',
  summary: 'Drop a holiday',
  tag,
  access: ['admin'],
  params: holidayParams,
  query: changeQuery,
  preview: changePreview,
  ok: { status: 204 },
  problems: [...changeProblems],
});

/** A public holiday as the country has it; `holidayId` once it has been adopted here. */
export const publicHoliday = z.object({
  name: z.string(),
  nameBn: z.string(),
  from: z.string(),
  until: z.string(),
  moonSighted: z.boolean(),
  holidayId: z.int().nullable(),
});
export type PublicHoliday = z.output<typeof publicHoliday>;

const year = fields.wholeNumber.refine((value) => value >= 2000 && value <= 2199, 'Use a year such as 2027');

export const listPublicHolidays = route({
  method: 'GET',
  path: '/holidays/public',
  summary: 'The public holidays of Bangladesh in a year, and which of them are set here',
  tag,
  access: ['admin'],
  query: z.strictObject({ year }),
  ok: { status: 200, body: z.object({ items: z.array(publicHoliday) }) },
});

export const adoptHolidays = route({
  method: 'POST',
  path: '/holidays/public',
  summary:
    'Set public holidays of a year: those named by their first date and English name, or all to come that are not yet set',
  tag,
  access: ['admin'],
  query: changeQuery,
  body: z.strictObject({
    year: z.int().min(2000).max(2199),
    only: z
      .array(z.strictObject({ from: fields.date, name: fields.line(100) }))
      .max(60)
      .optional(),
  }),
  preview: changePreview,
  ok: { status: 201, body: z.object({ items: z.array(holiday) }) },
  problems: [...changeProblems],
});
