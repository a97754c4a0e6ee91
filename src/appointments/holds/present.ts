import type { Hold } from '../../contract/holds.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { formatInstant } from '../../scheduling/format-instant.ts';
import { presentVisit, type VisitRow } from '../booking/present.ts';
import { signHold } from '../booking/sign-link.ts';

export const presentHold = (secrets: Secrets, row: VisitRow & { id: number; expires: number }): Hold => ({
  id: row.id,
  token: signHold(secrets, row.id),
  ...presentVisit(row),
  expiresAt: formatInstant(row.expires, row.timeZone),
});
