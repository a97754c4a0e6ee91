import { z } from 'zod';
import * as fields from './fields.ts';
import { wholeFrom } from './hours.ts';
import { route } from './route.ts';

const tag = 'Chambers';

/** What a chamber asks of those who book by themselves; the desk may do otherwise. */
const policy = z.strictObject({
  /** Until so many minutes before the visit a patient may cancel, or move it. */
  cancelNoticeMinutes: wholeFrom(0, 43_200),
  rescheduleNoticeMinutes: wholeFrom(0, 43_200),
  /** How often one booking may be moved. */
  mostReschedules: wholeFrom(0, 100),
  /** Bookings to come of one patient: with one doctor, and in all. */
  mostPerDoctor: wholeFrom(1, 100),
  mostInAll: wholeFrom(1, 100),
  /** So many no-shows within so many days, and the patient books at the desk only. Null: never. */
  noShowLimit: wholeFrom(1, 100).nullable(),
  noShowDays: wholeFrom(1, 1_000),
  /** Share of the fee to be paid before an online booking stands, and for how long its place is kept until then. */
  depositPercent: wholeFrom(0, 100),
  depositMinutes: wholeFrom(5, 10_080),
  /** Share of a payment given back on a cancellation in time, and on a later one. */
  refundPercent: wholeFrom(0, 100),
  lateRefundPercent: wholeFrom(0, 100),
  /** Minutes before the visit at which reminders go out; none: no reminders. */
  reminderMinutes: z
    .array(wholeFrom(5, 20_160))
    .max(5, 'Use at most 5')
    .refine((minutes) => new Set(minutes).size === minutes.length, 'Name each once'),
});
export type ChamberPolicy = z.output<typeof policy>;

const chamberParams = z.strictObject({ id: fields.idInUrl });

export const getChamberPolicy = route({
  method: 'GET',
  path: '/chambers/{id}/policy',
  summary:
    'The rules of a chamber for cancelling, moving, deposits and refunds, and how much one patient may book',
  tag,
  access: 'public',
  params: chamberParams,
  ok: { status: 200, body: policy },
});

export const patchChamberPolicy = route({
  method: 'PATCH',
  path: '/chambers/{id}/policy',
  summary: 'Change the rules of a chamber; what is left out stays',
  tag,
  access: ['admin', 'doctor'],
  params: chamberParams,
  body: policy.partial(),
  ok: { status: 200, body: policy },
});
