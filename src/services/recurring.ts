import { appointmentTasks } from '../appointments/tasks.ts';
import { messageTasks } from '../notifications/tasks.ts';
import type { Deps } from '../platform/deps.ts';
import type { Recurring, Tasks } from '../platform/jobs.ts';
import { reportTasks } from '../reports/tasks.ts';
import { codeTasks } from '../users/codes/tasks.ts';
import { importTasks } from '../users/imports/tasks.ts';
import { signInTasks } from '../users/sign-ins/tasks.ts';

/** Every job that comes again by the clock, UTC. What each does stands in its module's tasks.ts, or in platform/bus.ts. */
export const recurring: readonly Recurring[] = [
  { task: 'refresh-stale-search', cron: '* * * * *' },
  { task: 'expire-holds', cron: '* * * * *' },
  { task: 'offer-places', cron: '* * * * *' },
  { task: 'forget-codes', cron: '*/5 * * * *' },
  { task: 'bury-lost-jobs', cron: '*/5 * * * *' },
  // Quarters: not every zone is a whole number of hours from UTC.
  { task: 'publish-reports', cron: '*/15 * * * *' },
  { task: 'forget-files', cron: '7 * * * *' },
  { task: 'record-offers', cron: '4 * * * *' },
  { task: 'forget-idempotency-keys', cron: '17 * * * *' },
  { task: 'forget-inbox', cron: '25 20 * * *' },
  { task: 'forget-sign-ins', cron: '40 20 * * *' },
  { task: 'forget-import-findings', cron: '45 20 * * *' },
  { task: 'forget-messages', cron: '50 20 * * *' },
];

/** The jobs of all modules. */
export const tasksOf = (deps: Deps): Tasks => ({
  ...appointmentTasks(deps),
  ...signInTasks(deps),
  ...codeTasks(deps),
  ...importTasks(deps),
  ...messageTasks(deps),
  ...reportTasks(deps),
});
