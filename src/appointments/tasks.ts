import { sql } from 'kysely';
import type { Deps } from '../platform/deps.ts';
import type { Recurring, Tasks } from '../platform/jobs.ts';
import { refreshStale } from './doctors/refresh-search.ts';

/** Keys are promised for 24 hours. */
const keptHours = 24;

export function appointmentTasks({ pool, db, log, clock }: Deps): Tasks {
  return {
    'refresh-stale-search': async () => {
      await refreshStale(pool, log, clock.now());
    },
    'forget-idempotency-keys': async () => {
      const before = clock.now().subtract({ hours: keptHours }).toString();
      await sql`delete from idempotency_keys where created_at < ${before}`.execute(db);
    },
  };
}

export const appointmentRecurring: readonly Recurring[] = [
  { task: 'refresh-stale-search', cron: '* * * * *' },
  { task: 'forget-idempotency-keys', cron: '17 * * * *' },
];
