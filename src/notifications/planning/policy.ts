import type { AppointmentStatus, HistoryStep } from '../../contract/appointments.ts';
import { isCode, type MessageChannel, type MessageKind } from '../../contract/messages.ts';
import { formatLocal } from '../../scheduling/format-instant.ts';
import { MINUTE_MS, type EpochMs } from '../../scheduling/range.ts';
import { dayOfDate, instantAt } from '../../scheduling/wall-time.ts';

/** A step in an appointment's life, as far as anybody is told of it. */
export type Step = {
  step: HistoryStep;
  from: AppointmentStatus | null;
  to: AppointmentStatus;
  /** Staff made it; else the patient, or time itself. */
  byStaff: boolean;
  /** The place waited for a deposit. */
  deposit: boolean;
};

/** What the people concerned are told of a step; null: nothing. */
export const kindOf = (taken: Step): MessageKind | null => kindOfStep[taken.step]?.(taken) ?? null;

const kindOfStep: Partial<Record<HistoryStep, (taken: Step) => MessageKind | null>> = {
  // A place that is only kept for somebody while they fill in a form is nothing to tell.
  held: ({ deposit }) => (deposit ? 'deposit_due' : null),
  booked: ({ to }) => (to === 'confirmed' ? 'booked' : 'requested'),
  approved: () => 'approved',
  declined: () => 'declined',
  rescheduled: () => 'rescheduled',
  swapped: () => 'rescheduled',
  moved: () => 'session_moved',
  // A place that was only kept for somebody is given back without a word; one that waited for its deposit was booked.
  cancelled: ({ from, byStaff, deposit }) =>
    from === 'held' && !deposit ? null : byStaff ? 'session_cancelled' : 'cancelled',
  // A request that nobody has answered in time is none any more.
  expired: ({ from, deposit }) => (from === 'pending' ? 'declined' : deposit ? 'deposit_expired' : null),
};

/** Steps after which whatever was to be said of an earlier one is no longer true. */
export const supersedingSteps = Object.keys(kindOfStep) as readonly HistoryStep[];

/** Whether the visit has a place that reminders can speak of. */
export const isPromised = ({ step, to }: Step): boolean =>
  to === 'confirmed' && supersedingSteps.includes(step);

export type QuietHours = { from: string; until: string } | null;

export type Reader = {
  /** Null: without an account. */
  userId: number | null;
  email: string | null;
  mobile: string | null;
  /** Kinds and ways that were switched on or off. */
  choices: readonly { kind: string; channel: MessageChannel; wanted: boolean }[];
};

/** Where a reader can be reached. `wanted` false: they have switched it off. */
export function waysTo(
  reader: Reader,
  kind: MessageKind,
): { channel: MessageChannel; recipient: string; wanted: boolean }[] {
  const { userId, email, mobile, choices } = reader;
  const ways: [MessageChannel, string | null][] = [
    ['in_app', userId === null ? null : String(userId)],
    ['email', email],
    ['sms', mobile],
  ];
  return ways.flatMap(([channel, recipient]) => {
    if (recipient === null) return [];
    const choice = choices.find((each) => each.kind === kind && each.channel === channel);
    return [{ channel, recipient, wanted: choice?.wanted ?? isUsual(kind, channel) }];
  });
}

/** Without a choice everything goes every way, but what only waits to be looked at is worth no SMS. */
export const isUsual = (kind: MessageKind, channel: MessageChannel): boolean =>
  !((kind === 'requested' || kind === 'monthly_report') && channel === 'sms');

/** Own deeds are confirmed at once, and so is what concerns the next minutes; the rest lets people sleep. */
export const waitsForMorning = (kind: MessageKind, byStaff: boolean): boolean =>
  kind === 'approved' ||
  kind === 'declined' ||
  kind === 'session_moved' ||
  kind === 'session_cancelled' ||
  kind === 'deposit_expired' ||
  (kind === 'rescheduled' && byStaff);

/** In the app nothing rings at night. */
export const isQuiet = (channel: MessageChannel): boolean => channel === 'in_app';

// Who has to leave home needs at least so long from the message to the visit.
const usefulMs = 60 * MINUTE_MS;

/** When news go out: now, or when the quiet hours end; now all the same when the visit would be too near by then. */
export function momentOfNews(
  { now, starts, zone }: { now: EpochMs; starts: EpochMs; zone: string },
  quiet: QuietHours,
): EpochMs {
  const span = quietSpan(now, zone, quiet);
  if (!span || span.end > starts - usefulMs) return now;
  return span.end;
}

/**
 * When a reminder goes out: at its time; in quiet hours at their end, or before they begin when the visit would be too
 * near by then. Null: that moment has passed, so nobody was promised it.
 */
export function momentOfReminder(
  { now, starts, zone, minutes }: { now: EpochMs; starts: EpochMs; zone: string; minutes: number },
  quiet: QuietHours,
): EpochMs | null {
  const wanted = starts - minutes * MINUTE_MS;
  const span = quietSpan(wanted, zone, quiet);
  const late = starts - Math.min(usefulMs, (minutes * MINUTE_MS) / 2);
  const due = !span ? wanted : span.end <= late ? span.end : span.start - MINUTE_MS;
  return due > now ? due : null;
}

/** A late reminder is worth something for an eighth of its time: 15 minutes of 2 hours, 3 hours of a day. */
export const reminderEnds = (
  due: EpochMs,
  { starts, minutes }: { starts: EpochMs; minutes: number },
): EpochMs => Math.min(starts, due + Math.max(10, minutes / 8) * MINUTE_MS);

/** From when on news are worth nothing any more. */
export function newsEnd(
  kind: MessageKind,
  { due, ends, minutes = 0 }: { due: EpochMs; ends: EpochMs; minutes?: number },
): EpochMs {
  if (kind === 'nearly_next') return due + 15 * MINUTE_MS;
  if (kind === 'doctor_late') return Math.max(due, ends + minutes * MINUTE_MS);
  return Math.max(ends, due + 60 * MINUTE_MS);
}

/** The quiet hours that an instant lies in, by the zone's clock. */
function quietSpan(
  instant: EpochMs,
  zone: string,
  quiet: QuietHours,
): { start: EpochMs; end: EpochMs } | null {
  if (!quiet) return null;
  const today = dayOfDate(formatLocal(instant, zone).slice(0, 10)) ?? 0;
  const nights = quiet.until < quiet.from ? 1 : 0;
  for (const day of [today - 1, today]) {
    const start = instantAt(zone, day, minuteOf(quiet.from));
    const end = instantAt(zone, day + nights, minuteOf(quiet.until));
    if (start <= instant && instant < end) return { start, end };
  }
  return null;
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

const mostTries = 10;

/** Seconds until the next try of what was surely not taken; null: enough was tried. Codes are waited for. */
export function nextTryAfter(tries: number, kind: MessageKind | 'event'): number | null {
  if (tries >= mostTries) return null;
  const first = kind !== 'event' && isCode(kind) ? 3 : 20;
  return Math.min(first * 2 ** (tries - 1), 7_200);
}

/** Money is decimal: counted in its last digit, of which the price of a part has up to four. */
export function costOf(parts: number, ofPart: string): string {
  const [whole = '0', fraction = ''] = ofPart.split('.');
  const digits = String(BigInt(whole + fraction.padEnd(4, '0')) * BigInt(parts)).padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}
