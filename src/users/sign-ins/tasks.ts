import { sql } from 'kysely';
import type { Deps } from '../../platform/deps.ts';
import type { Tasks } from '../../platform/jobs.ts';

const keptHours = 30 * 24;

/** Drops counted tries after a day, and sign-ins a month after their end. */
export const signInTasks = ({ db, clock }: Deps): Tasks => ({
  'forget-sign-ins': async () => {
    const ago = (hours: number) => sql<Temporal.Instant>`${clock.now().subtract({ hours }).toString()}`;
    await db.deleteFrom('sign_in_attempts').where('window_start', '<', ago(24)).execute();
    const kept = ago(keptHours);
    await db
      .deleteFrom('sign_ins')
      .where((by) => by.or([by('ended_at', '<', kept), by('expires_at', '<', kept)]))
      .execute();
  },
});
