import type { DeskAppointment } from '../../contract/desk.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { formatInstant } from '../../scheduling/format-instant.ts';
import { MINUTE_MS } from '../../scheduling/range.ts';
import { undoMinutes } from '../booking/policy.ts';
import { presentAppointment } from '../booking/present.ts';
import type { DeskRow } from './queries.ts';

export function presentDesk(secrets: Secrets, row: DeskRow, now: Temporal.Instant): DeskAppointment {
  const { patient, mobile, gender, birthYear, since, lastDeskStep } = row;
  const undoUntil = lastDeskStep === null ? null : lastDeskStep + undoMinutes * MINUTE_MS;
  return {
    ...presentAppointment(secrets, row),
    date: row.date,
    sessionKey: row.sessionKey,
    patient: { ...patient, mobile, gender, birthYear },
    overbookReason: row.overbookReason,
    since: since === null ? null : formatInstant(since, row.timeZone),
    undoUntil:
      undoUntil !== null && undoUntil >= now.epochMilliseconds
        ? formatInstant(undoUntil, row.timeZone)
        : null,
  };
}
