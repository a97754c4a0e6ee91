import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serviceNames, type ServiceName } from '../../src/config.ts';
import { parseRights, roleOf, writes } from '../../src/platform/roles.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, aPatient } from '../harness/builders.ts';
import { rolePassword } from '../harness/databases.ts';

let t: TestApp;
const clients = new Map<ServiceName, pg.Client>();

beforeAll(async () => {
  t = await startApp();
  await aDoctor(t);
  await aPatient(t);
  for (const service of serviceNames) {
    const url = new URL(t.deps.config.databaseUrl ?? '');
    url.username = roleOf(service);
    url.password = rolePassword;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    clients.set(service, client);
  }
});
afterAll(async () => {
  for (const client of clients.values()) await client.end();
  await t.close();
});

/** The SQLSTATE with which a service's role is refused; null when it is let through. */
async function refusal(service: ServiceName, text: string): Promise<string | null> {
  const client = clients.get(service);
  if (!client) throw new Error('no client');
  await client.query('begin');
  try {
    await client.query(text);
    return null;
  } catch (error) {
    if (error instanceof pg.DatabaseError) return error.code ?? '';
    throw error;
  } finally {
    await client.query('rollback');
  }
}

const notAllowed = '42501';
const checkViolation = '23514';

/** Written by migrations, or by the owner's commands, only. */
const reference = [
  'appointment_moves',
  'backups',
  'districts',
  'divisions',
  'migrations',
  'public_holidays',
  'specializations',
  'thanas',
];

const tables = async (): Promise<string[]> => {
  const { rows } = await t.deps.pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
  );
  return rows.map(({ name }) => name);
};

test('every table stands in the list of who writes it, or is reference data', async () => {
  const written = new Set(Object.values(writes).flatMap((rights) => Object.keys(rights)));
  const names = await tables();
  expect(names.filter((name) => !written.has(name) && !reference.includes(name))).toEqual([]);
  expect([...written].filter((name) => !names.includes(name))).toEqual([]);
});

test('each role can write its own tables and no other', async () => {
  const names = await tables();
  expect(names.length).toBeGreaterThan(25);
  for (const service of serviceNames)
    for (const table of names) {
      const { wide } = parseRights(writes[service][table] ?? '');
      const place = `${service} ${table}`;
      const deleted = await refusal(service, `delete from ${table} where false`);
      // A condition would ask for a right to read as well, which not everybody has everywhere.
      const inserted = await refusal(service, `insert into ${table} select from ${table} where false`);
      expect([place, deleted === null], place).toEqual([place, wide.includes('d')]);
      if (wide.includes('i')) expect([place, inserted]).toEqual([place, null]);
      else expect([place, inserted]).toEqual([place, notAllowed]);
      const { rows } = await t.deps.pool.query<{ may: boolean }>(
        `select has_table_privilege($1, $2, 'update') as may`,
        [roleOf(service), table],
      );
      expect([place, rows[0]?.may]).toEqual([place, wide.includes('u')]);
    }
});

test('no role owns anything, makes tables, empties them, or passes row security', async () => {
  for (const service of serviceNames) {
    expect(await refusal(service, 'create table mine (id integer)')).toBe(notAllowed);
    expect(await refusal(service, 'truncate appointments')).toBe(notAllowed);
    expect(await refusal(service, 'alter table users add column mine text')).toBe(notAllowed);
    expect(await refusal(service, 'drop trigger append_only on audit_log')).toBe(notAllowed);
  }
  const { rows } = await t.deps.pool.query(
    `select from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname like 'shomoy\\_%'
     union all
     select from pg_roles where rolname like 'shomoy\\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
  );
  expect(rows).toHaveLength(0);
});

test('password hashes and tokens are for the users service alone', async () => {
  for (const service of ['gateway', 'appointments', 'worker'] as const) {
    expect(await refusal(service, 'select password_hash from users')).toBe(notAllowed);
    expect(await refusal(service, 'select token_hash from sign_ins')).toBe(notAllowed);
    expect(await refusal(service, 'select u from users u')).toBe(notAllowed);
  }
  expect(await refusal('users', 'select password_hash from users')).toBe(null);
  expect(await refusal('worker', 'select full_name, mobile from users')).toBe(null);
  expect(await refusal('gateway', 'select full_name from users')).toBe(notAllowed);
  expect(await refusal('gateway', 'select id from appointments')).toBe(notAllowed);
});

test('the right to lock a doctor’s row changes nothing about the doctor', async () => {
  const lock = 'select user_id from doctors for no key update';
  for (const service of ['appointments', 'worker'] as const) {
    expect(await refusal(service, lock)).toBe(null);
    expect(await refusal(service, `update doctors set approval = 'refused'`)).toBe(notAllowed);
    expect(await refusal(service, 'update doctors set user_id = user_id + 1')).toBe(checkViolation);
  }
});
