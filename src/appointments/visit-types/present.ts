import type { VisitTypeInChamber } from '../../contract/schedules.ts';
import type { VisitTypeRow } from './queries.ts';

export const presentVisitType = (row: VisitTypeRow): VisitTypeInChamber => ({
  id: row.id,
  chamberId: row.chamber_id,
  kind: row.kind,
  minutes: row.minutes,
  fee: { amount: row.fee, currency: 'BDT' },
  windowDays: row.window_days,
});
