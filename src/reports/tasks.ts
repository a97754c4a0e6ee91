import type { Deps } from '../platform/deps.ts';
import type { Tasks } from '../platform/jobs.ts';
import { publishDue } from './monthly/publish-due.ts';

export const reportTasks = ({ pool, db, log, clock }: Deps): Tasks => ({
  'publish-reports': async () => {
    const { made } = await publishDue({ pool, db }, clock.now());
    if (made > 0) log.info({ made }, 'monthly reports were made');
  },
});
