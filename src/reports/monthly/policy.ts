import { reportStatuses, type Figures, type ReportStatus } from '../../contract/reports.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import { monthAfter, monthIn, onTheFirst, type Month } from '../../scheduling/months.ts';

/** Statuses that the three figures count: completed, and confirmed with what follows before a visit is completed. */
export const counted: readonly ReportStatus[] = ['confirmed', 'arrived', 'in_consultation', 'completed'];

/** SQL about an appointment `a`: it was more than a place that somebody held and let go. Asked so that its index serves. */
export const wasBooked = `a.status <> 'held' and not (a.status in ('cancelled', 'expired') and exists (
  select from appointment_history h
  where h.appointment_id = a.id and h.from_status = 'held' and h.to_status in ('cancelled', 'expired')))`;

/** A doctor's money is for them and for administrators; that of all (null) for these alone. */
export const mayRead = (
  { userId, userType }: Pick<Actor, 'userId' | 'userType'>,
  doctorId: number | null,
): boolean => userType === 'admin' || (userType === 'doctor' && userId === doctorId);

/** A month by the calendar of one zone. */
export type ZoneMonth = { zone: string; start: EpochMs; end: EpochMs; closed: boolean };

/** A month as it lies in each zone; `closed` once it has ended there. */
export const monthInZones = (zones: readonly string[], month: Month, now: EpochMs): ZoneMonth[] =>
  zones.map((zone) => {
    const { start, end } = monthIn(zone, month);
    return { zone, start, end, closed: end <= now };
  });

/** The schedule makes a month's reports two hours after it has ended. */
const dueMinute = 120;

/** When the reports of a month are due in a zone. */
export const dueAt = (zone: string, month: Month): EpochMs =>
  onTheFirst(zone, monthAfter(month, 1), dueMinute);

/** After a longer absence older months are left to be made on demand. */
const caughtUpMonths = 12;

/** The months whose reports are due in a zone by now, oldest first. */
export function monthsDue(zone: string, now: EpochMs): Month[] {
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const present = { year: local.year, month: local.month };
  return Array.from({ length: caughtUpMonths }, (_, index) =>
    monthAfter(present, index - caughtUpMonths),
  ).filter((month) => dueAt(zone, month) <= now);
}

/** A report is news until the next one. */
export const isNews = (zone: string, month: Month, now: EpochMs): boolean =>
  now < dueAt(zone, monthAfter(month, 1));

/** What a month comes to. */
export type Sums = {
  patientVisits: number;
  appointments: number;
  /** A decimal string. */
  earnings: string;
  currency: string;
  /** Those that there are. */
  statuses: Partial<Record<ReportStatus, number>>;
};

export const figuresOf = ({ patientVisits, appointments, earnings, currency, statuses }: Sums): Figures => ({
  patientVisits,
  appointments,
  earnings: { amount: earnings, currency },
  statuses: eachStatus((status) => statuses[status] ?? 0),
});

/** What has come since, figure by figure; less is negative. */
export const changeOf = (before: Figures, after: Figures): Figures => ({
  patientVisits: after.patientVisits - before.patientVisits,
  appointments: after.appointments - before.appointments,
  earnings: {
    amount: spellHundredths(hundredths(after.earnings.amount) - hundredths(before.earnings.amount)),
    currency: after.earnings.currency,
  },
  statuses: eachStatus((status) => after.statuses[status] - before.statuses[status]),
});

export const sameFigures = (a: Figures, b: Figures): boolean => JSON.stringify(a) === JSON.stringify(b);

const eachStatus = (value: (status: ReportStatus) => number): Figures['statuses'] =>
  // One key for each status of the list, which is the type's.
  Object.fromEntries(reportStatuses.map((status) => [status, value(status)])) as Figures['statuses'];

/** Decimals have no exact binary form. Of PostgreSQL's spelling of a numeric with two of them. */
const hundredths = (amount: string): bigint => BigInt(amount.replace('.', ''));

function spellHundredths(amount: bigint): string {
  const digits = String(amount < 0n ? -amount : amount).padStart(3, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
