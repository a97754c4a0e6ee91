import type { Figures, ReportStatus } from '../../src/contract/reports.ts';
import { sumOf, type Visit } from './visits.ts';

export type SeenVisit = Visit & { zone: string };

/** What a month comes to, by nothing but its definition: visit by visit, on the chamber's own calendar. */
export function countMonth(
  visits: readonly SeenVisit[],
  { year, month }: { year: number; month: number },
): Figures {
  const statuses = {
    pending: 0,
    confirmed: 0,
    arrived: 0,
    in_consultation: 0,
    completed: 0,
    cancelled: 0,
    no_show: 0,
    expired: 0,
  };
  const patients = new Set<number>();
  const fees: string[] = [];
  for (const { at, zone, status, held, patientId, fee } of visits) {
    const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
    if (local.year !== year || local.month !== month || held || status === 'held') continue;
    statuses[status satisfies ReportStatus] += 1;
    if (!['completed', 'confirmed', 'arrived', 'in_consultation'].includes(status)) continue;
    patients.add(patientId);
    fees.push(fee);
  }
  return {
    patientVisits: patients.size,
    appointments: fees.length,
    earnings: { amount: sumOf(fees), currency: 'BDT' },
    statuses,
  };
}
