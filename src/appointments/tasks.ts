import { sql } from 'kysely';
import type { Deps } from '../platform/deps.ts';
import type { Tasks } from '../platform/jobs.ts';
import { untilWon } from '../platform/database.ts';
import { refreshStale } from './doctors/refresh-search.ts';
import { expireOverdue, expireRequests } from './holds/expire-holds.ts';
import { recordOffers } from './offers/record-offers.ts';
import { offerToAll } from './waitlist/offer-places.ts';

/** Keys are promised for 24 hours. */
const keptHours = 24;

export function appointmentTasks(deps: Deps): Tasks {
  const { pool, db, log, clock } = deps;
  return {
    'refresh-stale-search': async () => {
      await refreshStale(pool, log, clock.now());
    },
    // Nobody waits for it: a hold that has run out is in nobody's way, and searches then show its place again.
    'expire-holds': async () => {
      const now = clock.now();
      await untilWon(() => db.transaction().execute((tx) => expireOverdue(tx, {}, now)));
      await untilWon(() => db.transaction().execute((tx) => expireRequests(tx, now)));
    },
    // What only time tells: offers that have run out, quotas that are released, days that open.
    'offer-places': () => offerToAll(deps),
    'record-offers': async () => {
      await recordOffers(deps, clock.now());
    },
    'forget-idempotency-keys': async () => {
      const before = clock.now().subtract({ hours: keptHours }).toString();
      await sql`delete from idempotency_keys where created_at < ${before}`.execute(db);
    },
  };
}
