import type { TestApp } from './app.ts';

/** How many statements wait for a lock in this test's database; jobs, which wait for each other, must be done. */
export async function lockWaits({ deps }: TestApp): Promise<number | null> {
  const found = await deps.pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return found.rowCount;
}
