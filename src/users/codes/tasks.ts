import { sql } from 'kysely';
import type { Deps } from '../../platform/deps.ts';
import type { Tasks } from '../../platform/jobs.ts';

/** The limits count 24 hours. */
const keptHours = 48;

/** Takes the text out of codes that have ended unsent, and drops the old ones. */
export const codeTasks = ({ db, clock }: Deps): Tasks => ({
  'forget-codes': async () => {
    const now = clock.now();
    await db
      .updateTable('verification_codes')
      .set({ sealed: null })
      .where('sealed', 'is not', null)
      .where('expires_at', '<=', sql<Temporal.Instant>`${now.toString()}`)
      .execute();
    await db
      .deleteFrom('verification_codes')
      .where('created_at', '<', sql<Temporal.Instant>`${now.subtract({ hours: keptHours }).toString()}`)
      .execute();
  },
});
