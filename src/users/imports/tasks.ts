import { sql } from 'kysely';
import type { Deps } from '../../platform/deps.ts';
import type { Tasks } from '../../platform/jobs.ts';

/** What stands in people's files has been mended or given up by then; what an import came to is kept. */
const keptDays = 30;

export const importTasks = ({ db, clock }: Deps): Tasks => ({
  'forget-import-findings': async () => {
    const before = clock.now().subtract({ hours: 24 * keptDays });
    await sql`
      delete from import_findings f using imports i
      where i.id = f.import_id and i.created_at < ${before.toString()}`.execute(db);
  },
});
