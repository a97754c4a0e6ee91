import { countKind } from '../contract/counts.ts';
import { exportKind } from '../contract/exports.ts';
import type { Deps } from '../platform/deps.ts';
import type { Tasks } from '../platform/jobs.ts';
import type { Works } from '../platform/works.ts';
import { writeExport } from './figures/write-export.ts';
import { writeReport } from './figures/write-report.ts';
import type { Named } from './monthly/present.ts';
import { publishDue } from './monthly/publish-due.ts';

export const reportTasks = ({ pool, db, log, clock }: Deps): Tasks => ({
  'publish-reports': async () => {
    const { made, refused } = await publishDue({ pool, db }, clock.now());
    if (made > 0) log.info({ made }, 'monthly reports were made');
    for (const which of refused) log.warn(which, 'a month of several currencies has no report');
  },
});

export const reportWorks = (deps: Deps, named: Named): Works => ({
  [exportKind]: writeExport(named),
  [countKind]: writeReport(deps),
});
