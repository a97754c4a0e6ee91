import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { migrate } from '../../src/platform/migrate.ts';
import { createDatabase, databaseUrl } from '../harness/databases.ts';

async function aDatabase(): Promise<string> {
  const name = `migrate_${randomBytes(6).toString('hex')}`;
  await createDatabase(inject('postgresUrl'), name);
  return databaseUrl(inject('postgresUrl'), name);
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test('copies that start together on an empty database migrate it once, in order', async () => {
  const url = await aDatabase();
  const applied = await Promise.all([migrate(url), migrate(url), migrate(url)]);
  const [names] = applied.filter((each) => each.length > 0);
  expect(applied.filter((each) => each.length > 0)).toHaveLength(1);
  expect(names).toEqual(names?.toSorted());
  expect(await query(url, 'select name from migrations order by name')).toEqual(
    names?.map((name) => ({ name })),
  );
  expect(await migrate(url)).toEqual([]);
});

test('a migration that was edited after it was applied is refused', async () => {
  const url = await aDatabase();
  await migrate(url);
  await query(url, `update migrations set checksum = 'other' where name like '0002%'`);
  await expect(migrate(url)).rejects.toThrow(/0002_\w+\.sql was edited after it was applied/);
});

test('a database of a newer version is refused', async () => {
  const url = await aDatabase();
  await migrate(url);
  await query(url, `insert into migrations (name, checksum) values ('9999_later.sql', 'x')`);
  await expect(migrate(url)).rejects.toThrow(/9999_later\.sql, this Shomoy does not/);
});

test('a migration that fails leaves nothing of itself behind', async () => {
  const url = await aDatabase();
  // In the way of a table in the middle of a later migration.
  await query(url, 'create table sign_in_attempts (x int)');
  await expect(migrate(url)).rejects.toThrow(/0002_people\.sql failed/);
  expect(await query(url, `select to_regclass('users') as users`)).toEqual([{ users: null }]);
  await query(url, 'drop table sign_in_attempts');
  expect((await migrate(url))[0]).toBe('0002_people.sql');
});
