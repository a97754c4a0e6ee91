import { z } from 'zod';
import * as fields from './fields.ts';
import { mode } from './hours.ts';

/** Why a place is refused; the engine's closed list. */
export const reason = z.enum([
  'outside_hours',
  'time_off',
  'holiday',
  'too_soon',
  'too_far',
  'taken',
  'session_full',
  'session_closed',
  'quota_used',
  'patient_busy',
  'patient_limit',
  'doctor_inactive',
]);

/** What becomes of an appointment that a change leaves without its place. */
export const decision = z.enum(['keep', 'move', 'cancel']);
export type Decision = z.output<typeof decision>;

const idList = z
  .string()
  .max(8_000)
  .regex(/^[0-9]{1,15}(,[0-9]{1,15})*$/, 'Use ids with commas between them')
  .transform((text) => text.split(',').map(Number))
  .meta({ type: 'string', examples: ['17,18'] });

/**
 * Of every change of hours, time off and holidays. `preview=true` answers what it would do and changes nothing. A change
 * that strands appointments needs a decision for each: `stranded` for all, the lists for those they name.
 */
export const changeQuery = z.strictObject({
  preview: fields.flag.optional(),
  stranded: decision.optional(),
  keep: idList.optional(),
  move: idList.optional(),
  cancel: idList.optional(),
});
export type ChangeQuery = z.output<typeof changeQuery>;

export const strandedAppointment = z.object({
  id: z.int(),
  reference: z.string(),
  doctorId: z.int(),
  chamberId: z.int(),
  patient: z.object({ id: z.int(), fullName: z.string() }),
  /** Of the patient's account. */
  mobile: z.string().nullable(),
  visitKind: z.enum(['new', 'follow_up', 'report']),
  period: z.object({ start: fields.toldInstant, end: fields.toldInstant }),
  serial: z.int().optional(),
  /** Why its place would be refused. */
  reasons: z.array(reason),
  /** Where `move` would take it; null when no place is free within the booking horizon. */
  next: z.object({ startsAt: fields.toldInstant, serial: z.int().optional() }).nullable(),
});
export type StrandedAppointment = z.output<typeof strandedAppointment>;

const sittingSummary = z.object({
  startsAt: fields.toldInstant,
  endsAt: fields.toldInstant,
  mode,
  /** Places it has when nothing is booked. */
  places: z.int(),
});

/** Days ahead that a preview compares. */
export const previewDays = 92;

export const changePreview = z.object({
  /** The dates whose sittings differ, by date; at most 100 of them, for a holiday at most 100 over all doctors. */
  days: z.array(
    z.object({
      date: z.string(),
      doctorId: z.int(),
      chamberId: z.int(),
      before: z.array(sittingSummary),
      after: z.array(sittingSummary),
    }),
  ),
  /** How many such dates there are in all, and the places they gain and lose. */
  daysChanged: z.int(),
  placesAdded: z.int(),
  placesRemoved: z.int(),
  stranded: z.array(strandedAppointment),
});
export type ChangePreview = z.output<typeof changePreview>;
