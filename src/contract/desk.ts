import { z } from 'zod';
import { appointment, appointmentStatus } from './appointments.ts';
import * as fields from './fields.ts';
import { route } from './route.ts';

/** The longest stretch of dates in one question. */
export const deskDays = 31;

/** An appointment as the desk sees it. */
export const deskAppointment = appointment.extend({
  /** The sitting's date in the chamber's calendar. */
  date: z.string(),
  sessionKey: z.string(),
  patient: z.object({
    id: z.int(),
    fullName: z.string(),
    mobile: z.string().nullable(),
    gender: z.enum(['female', 'male', 'other']).nullable(),
    birthYear: z.int().nullable(),
  }),
  /** Why it was booked over capacity or beside another visit. */
  overbookReason: z.string().nullable(),
  /** When it came to stand as it does: since when whoever has arrived waits. Null in records that do not know. */
  since: fields.toldInstant.nullable(),
  /** Until when the last step can be taken back; null: it cannot. */
  undoUntil: fields.toldInstant.nullable(),
});
export type DeskAppointment = z.output<typeof deskAppointment>;

export const listDesk = route({
  method: 'GET',
  path: '/desk/appointments',
  summary:
    'The appointments of the desks one runs, by time: of some dates, of a patient or a mobile number, by reference or link',
  tag: 'Desk',
  access: ['assistant', 'doctor', 'admin'],
  query: z
    .strictObject({
      /** Dates of the chamber's calendar, both included; of one patient or number `from` alone will do. */
      from: fields.date.optional(),
      to: fields.date.optional(),
      doctorId: fields.idInUrl.optional(),
      chamberId: fields.idInUrl.optional(),
      patientId: fields.idInUrl.optional(),
      /** Of the patient or of the account they belong to. */
      mobile: fields.mobile.optional(),
      id: fields.idInUrl.optional(),
      status: appointmentStatus.optional(),
      reference: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[0-9A-Z]{4,5}-?[0-9A-Z]{2}$/, 'Use a reference such as K7QX-93')
        .optional(),
      /** Of the private link: what the code on a slip holds. */
      token: z
        .string()
        .regex(/^[A-Za-z0-9_-]{20,64}$/, 'Use the link as it was sent')
        .optional(),
      ...fields.paging,
    })
    .superRefine(
      fields.refuseMistakes(({ from, to, patientId, mobile, id, reference, token, status }) => {
        const one = [patientId, mobile, id, reference, token].some((each) => each !== undefined);
        if (from === undefined || to === undefined)
          return one || status === 'pending'
            ? []
            : [
                {
                  path: 'from',
                  message: 'Give from and to, a patient, a mobile number, an id or a reference',
                },
              ];
        if (to < from) return [{ path: 'to', message: 'The last date is before the first' }];
        const { days } = Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' });
        return days < deskDays ? [] : [{ path: 'to', message: `Ask for at most ${deskDays} days` }];
      }),
    ),
  ok: { status: 200, body: fields.listOf(deskAppointment) },
});
