import { expect, vi } from 'vitest';
import type { TestApp } from '../harness/app.ts';

/** Whatever reads the sittings that were written down waits so long first, in one statement, as over millions of rows. */
export async function slowSittings(t: TestApp, seconds: number): Promise<void> {
  await t.deps.pool.query(`
    alter table offered_sittings rename to kept_sittings;
    create table slowness as select ${seconds} as seconds;
    create view offered_sittings as select * from kept_sittings where (select count(pg_sleep(seconds)) from slowness) >= 0;
    grant select on offered_sittings to public`);
}

/** Whoever begins to read from now on waits no more. */
export const quickSittings = async (t: TestApp): Promise<void> => {
  await t.deps.pool.query('delete from slowness');
};

/** Resolves when none of them is under way any more. */
export const statementsOver = (t: TestApp): Promise<void> =>
  vi.waitFor(async () => expect(await statementsUnderWay(t)).toBe(0), { timeout: 120_000 });

/** How many statements of works that read a snapshot PostgreSQL is at. */
export async function statementsUnderWay(t: TestApp): Promise<number> {
  const { rows } = await t.deps.pool.query<{ count: number }>(
    `select count(*) as count from pg_stat_activity
     where datname = current_database() and application_name = 'shomoy snapshot' and state = 'active'
       and query like '%offered_sittings%'`,
  );
  return rows[0]?.count ?? -1;
}
