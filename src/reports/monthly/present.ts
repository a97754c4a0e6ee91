import {
  definitions,
  summaryDefinitions,
  type MonthlyReport,
  type MonthlySummary,
  type Report,
  type ReportRow,
} from '../../contract/reports.ts';
import { formatInstant } from '../../scheduling/format-instant.ts';
import type { Month } from '../../scheduling/months.ts';
import { changeOf, figuresOf } from './policy.ts';
import { summable, type Doctor, type Kept, type Row, type Standing, type Summary } from './queries.ts';

/** How an appointment is named to people; the appointments module knows. */
export type Named = { reference(appointmentId: number): string };

/** `versions` newest first. Without any the report is what stands now, and has to have a sum. */
export function presentMonth(
  {
    doctor,
    month,
    versions,
    standing,
  }: { doctor: Doctor; month: Month; versions: Kept[]; standing: Standing | null },
  now: Temporal.Instant,
): MonthlyReport {
  const present = standing && figuresOf(standing);
  const reports = versions.map((kept, index) => presentKept(kept, versions[index + 1]));
  const report = reports[0] ?? presentLive(summable(standing), now);
  return {
    doctor,
    ...month,
    report,
    now: present,
    changeSince: present && changeOf(report, present),
    versions: reports,
    definitions,
  };
}

const presentLive = (standing: Standing, now: Temporal.Instant): Report => ({
  id: null,
  version: null,
  madeAt: now.toString(),
  madeBy: null,
  closed: standing.closed,
  ...figuresOf(standing),
  change: null,
});

const presentKept = (kept: Kept, before: Kept | undefined): Report => ({
  id: kept.id,
  version: kept.version,
  madeAt: kept.madeAt.toString(),
  madeBy: kept.madeBy,
  closed: kept.closed,
  ...figuresOf(kept),
  change: before ? changeOf(figuresOf(before), figuresOf(kept)) : null,
});

export function presentRow({ reference }: Named, row: Row): ReportRow {
  const { id, status, counted, fee, currency, channel, patient, chamber } = row;
  return {
    id,
    reference: reference(id),
    startsAt: formatInstant(row.starts, row.zone),
    status,
    counted,
    fee: { amount: fee, currency },
    channel,
    patient,
    chamber,
  };
}

export const presentSummary = (summary: Summary, month: Month): MonthlySummary => ({
  ...month,
  doctors: summary.doctors,
  patients: summary.patients,
  figures: figuresOf(summary),
  definitions: { ...definitions, ...summaryDefinitions },
});
