import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFile, chmod, mkdtemp, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { listUsers } from '../../src/contract/admin.ts';
import { listAppointments } from '../../src/contract/appointments.ts';
import { login } from '../../src/contract/auth.ts';
import type { User } from '../../src/contract/users.ts';
import { loadBackup } from '../../src/platform/backup/load-backup.ts';
import type { Manifest } from '../../src/platform/backup/manifest.ts';
import { writeBackup } from '../../src/platform/backup/write-backup.ts';
import { demoLogins } from '../../src/services/demo/seed-demo.ts';
import { restoreBackup } from '../../src/services/restore-backup.ts';
import { end } from '../embedded-postgres/hosts.ts';
import { startApplication, type Application } from '../faults/application.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, signedIn } from '../harness/builders.ts';
import { createDatabase, databaseUrl, rolePassword } from '../harness/databases.ts';
import { startRush, someRushers, type Rush, type Rusher } from '../races/rush.ts';

let folder: string;
const ending: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shomoy-backup-'));
  await chmod(folder, 0o755);
});
afterAll(async () => {
  for (const finish of ending.toReversed()) await finish();
  await rm(folder, { recursive: true, force: true });
});

/** An empty database whose owner is no superuser, as on a managed server. */
async function aTarget(): Promise<{
  url: string;
  query: (sql: string) => Promise<Record<string, unknown>[]>;
}> {
  const serverUrl = inject('postgresUrl');
  const name = `restored_${randomBytes(6).toString('hex')}`;
  await createDatabase(serverUrl, name);
  const owner = `owner_${randomBytes(6).toString('hex')}`;
  await query(serverUrl, `create role ${owner} login createrole password 'for-a-test'`);
  await query(serverUrl, `alter database ${name} owner to ${owner}`);
  await query(
    serverUrl,
    `grant shomoy_gateway, shomoy_users, shomoy_appointments, shomoy_worker to ${owner} with admin option`,
  );
  const url = new URL(databaseUrl(serverUrl, name));
  url.username = owner;
  url.password = 'for-a-test';
  return { url: url.href, query: (sql) => query(url.href, sql) };
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Of a connection that was closed the server knows for a moment longer. */
const untilAlone = (url: string): Promise<void> =>
  vi.waitFor(
    async () => {
      const name = new URL(url).pathname.slice(1);
      const others = `select pid from pg_stat_activity where datname = '${name}' and backend_type = 'client backend'`;
      expect(await query(inject('postgresUrl'), others)).toEqual([]);
    },
    { timeout: 60_000 },
  );

const urlOf = (t: TestApp): string => t.deps.config.databaseUrl ?? '';

const backUp = (t: TestApp, name: string): Promise<Manifest> =>
  writeBackup({
    url: urlOf(t),
    folder: path.join(folder, name),
    dataDir: t.deps.config.dataDir,
    embedded: false,
  });

const restore = (url: string, name: string, replace = false) =>
  restoreBackup({
    url,
    folder: path.join(folder, name),
    dataDir: path.join(folder, `${name}-data`),
    embedded: false,
    replace,
  });

/** Rows as text, in an order of their own. */
async function rowsOf(url: string, { name, columns }: Manifest['tables'][number]): Promise<string[]> {
  const rows = await query(
    url,
    `select (${columns.map((column) => `"${column}"`).join(', ')})::text as row from ${name}`,
  );
  return rows.map(({ row }) => String(row)).toSorted();
}

const weekdays = [1, 2, 3, 4, 5, 6, 7];

/** Books on and on over many connections until told to stop; `acknowledged` grows with each answer. */
async function bookersOf(rush: Rush, count: number) {
  const { t } = rush;
  const doctor = await aDoctor(t, {
    minutes: 5,
    hours: weekdays.map((weekday) => ({ weekday, from: '08:00', to: '22:00', slotMinutes: 5 })),
  });
  const { doctorId, chamberId, visitTypeId } = doctor;
  const acknowledged: number[] = [];
  const state = { stopped: false };
  const people = await someRushers(t, count);
  const book = async (by: Rusher, index: number) => {
    const startsAt = Temporal.Instant.from('2026-11-03T02:00:00Z')
      .add({ hours: 24 * Math.floor(index / 168), minutes: 5 * (index % 168) })
      .toString();
    const [answer] = await rush.send([{ by, body: { doctorId, chamberId, visitTypeId, startsAt } }]);
    expect(answer?.status, JSON.stringify(answer?.body)).toBe(201);
    acknowledged.push(answer?.body.id ?? 0);
  };
  const left = people.entries();
  const done = Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const [index, person] of left) {
        if (state.stopped) return;
        await book(person, index);
      }
    }),
  );
  return { acknowledged, done, stop: () => (state.stopped = true) };
}

test('a backup under load has every booking that was acknowledged before it began, and comes back as its snapshot was', async () => {
  const rush = await startRush({ connections: 8 });
  ending.push(() => rush.close());
  const { acknowledged, done, stop } = await bookersOf(rush, 1_000);
  await vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(150), { timeout: 120_000 });
  const before = [...acknowledged];
  const manifest = await backUp(rush.t, 'hot');
  const during = acknowledged.length;
  stop();
  await done;
  // Or nobody booked while it ran, and it was no hot one.
  expect(during).toBeGreaterThan(before.length);

  const target = await aTarget();
  // First without what settles things: then every row must be as it was.
  const empty = { dataDir: path.join(folder, 'hot-data'), embedded: false, replace: false };
  await loadBackup({
    url: target.url,
    folder: path.join(folder, 'hot'),
    ...empty,
    settle: async () => undefined,
  });
  const ids = new Set((await target.query('select id from appointments')).map(({ id }) => Number(id)));
  expect(before.filter((id) => !ids.has(id))).toEqual([]);
  for (const table of manifest.tables) {
    const file = gunzipSync(await readFile(path.join(folder, 'hot', table.file))).toString();
    expect([table.name, file.split('\n').length - 1]).toEqual([table.name, table.rows]);
    expect([table.name, (await rowsOf(target.url, table)).length]).toEqual([table.name, table.rows]);
  }
  // A booking, its history and its event are one: an event waits as a job, or was taken.
  const [torn] = await target.query(`
    select count(*)::int as count from appointments a
    where not exists (select from appointment_history h where h.appointment_id = a.id)
      or not exists (select from graphile_worker._private_jobs j
                     where j.payload ->> 'name' = 'appointment.booked' and (j.payload -> 'data' ->> 'appointmentId')::bigint = a.id
                     union all
                     select from messages m where m.appointment_id = a.id
                     union all
                     select from dead_letters d where (d.payload -> 'data' ->> 'appointmentId')::bigint = a.id)`);
  expect(torn).toEqual({ count: 0 });
});

test('of a database at rest every table comes back equal, jobs and numbers go on, and the schema is whole', async () => {
  const t = await startApp({ SERVICES: 'gateway,users,appointments' });
  ending.push(() => t.close());
  const { doctorId, chamberId } = await aDoctor(t, {
    hours: [{ weekday: 1 }, { weekday: 2, capacity: 20, mode: 'serial' }],
  });
  await someRushers(t, 50);
  await query(
    urlOf(t),
    `
    insert into dead_letters (task, payload, reason, tries, job_id) values ('x', '{"a": "\\\\ tab\\t"}', 'why', 8, 4711);
    select graphile_worker.add_job('later', payload => '{"n": "ট\\\\n\\"x"}'::json, run_at => now() + interval '1 day', job_key => 'k', queue_name => 'q');
    select graphile_worker.add_job('held', payload => '{}'::json);
    update graphile_worker._private_jobs set locked_at = now(), locked_by = 'somebody', attempts = 1
    where task_id = (select id from graphile_worker._private_tasks where identifier = 'held')`,
  );
  const manifest = await backUp(t, 'rest');
  const target = await aTarget();
  const { signIns } = await restore(target.url, 'rest');
  expect(signIns).toBe(50);
  expect(await target.query('select taken_at = $$' + manifest.takenAt + '$$ as same from backups')).toEqual([
    { same: true },
  ]);
  for (const table of manifest.tables)
    if (table.name !== 'sign_ins')
      expect([table.name, await rowsOf(target.url, table)]).toEqual([
        table.name,
        await rowsOf(urlOf(t), table),
      ]);
  const compared = manifest.tables.filter(({ rows }) => rows > 0).map(({ name }) => name);
  expect(compared).toEqual(
    expect.arrayContaining(['users', 'doctors', 'schedules', 'thanas', 'dead_letters']),
  );
  const jobs = `
    select j.id, t.identifier, q.queue_name, j.payload::text, j.run_at, j.key, j.max_attempts from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
      left join graphile_worker._private_job_queues q on q.id = j.job_queue_id order by j.id`;
  expect(await target.query(jobs)).toEqual(await query(urlOf(t), jobs));
  expect(
    await target.query(`select attempts, locked_by from graphile_worker.jobs where task_identifier = 'held'`),
  ).toEqual([{ attempts: 0, locked_by: null }]);
  // Numbers go on, so that nothing is called by the name of something else.
  const next = async (url: string) => [
    await query(url, `select nextval(pg_get_serial_sequence('users', 'id')) as id`),
    await query(url, `select nextval(pg_get_serial_sequence('graphile_worker._private_jobs', 'id')) as id`),
  ];
  expect(await next(target.url)).toEqual(await next(urlOf(t)));
  const constraints = `select conrelid::regclass::text as table, conname, convalidated, pg_get_constraintdef(oid) as text
                       from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2`;
  expect(await target.query(constraints)).toEqual(await query(urlOf(t), constraints));
  const triggers = `select tgrelid::regclass::text as table, tgname, tgenabled from pg_trigger where not tgisinternal order by 1, 2`;
  expect(await target.query(triggers)).toEqual(await query(urlOf(t), triggers));
  // And it can be used.
  const restored = await startApp({ DATABASE_URL: target.url, SERVICES: 'gateway,users,appointments' });
  ending.push(() => restored.close());
  const accessToken = await signedIn(restored, { userId: doctorId });
  expect((await restored.call(listAppointments, { query: {} }, { accessToken })).items).toEqual([]);
  expect(chamberId).toBeGreaterThan(0);
});

test('what was due is not sent again; what is to come goes on', async () => {
  const t = await startApp({ SERVICES: 'gateway,users,appointments' });
  ending.push(() => t.close());
  const rows = [
    ['reminder', 'sms', 'pending', '-1 minute'],
    ['reminder', 'email', 'pending', '-1 second'],
    ['reminder', 'sms', 'pending', '1 hour'],
    ['booked', 'email', 'pending', '-1 second'],
    ['booked', 'sms', 'sending', '-1 minute'],
    ['cancelled', 'sms', 'pending', '9 hours'],
    ['event', 'webhook', 'pending', '-1 second'],
    ['booked', 'in_app', 'pending', '-1 second'],
    ['rescheduled', 'sms', 'sent', '-1 hour'],
  ];
  const rush = await bookOne(t);
  for (const [index, [kind, channel, state, due]] of rows.entries())
    await query(
      urlOf(t),
      `
      insert into messages (appointment_id, version, kind, channel, recipient, language, state, due_at, try_at, stale_at,
        leased_until, finished_at)
      values (${rush}, 1, '${kind}', '${channel}', '+88017000000${index}', 'en', '${state}', now() + interval '${due}',
        now() + interval '${due}', now() + interval '2 days',
        ${state === 'sending' ? `now() + interval '1 minute'` : 'null'}, ${state === 'sent' ? 'now()' : 'null'})`,
    );
  await backUp(t, 'messages');
  const target = await aTarget();
  expect(await restore(target.url, 'messages')).toMatchObject({ missed: 2, unknown: 2 });
  const states = await target.query('select state from messages order by id');
  expect(states.map(({ state }) => state)).toEqual([
    'missed',
    'missed',
    'pending',
    'unknown',
    'unknown',
    'pending',
    'pending',
    'pending',
    'sent',
  ]);
  // A worker sends the one whose time then comes, and none of the others.
  await target.query(
    `update messages set try_at = now(), due_at = now() where kind = 'reminder' and state = 'pending'`,
  );
  const worker = await startApp({ DATABASE_URL: target.url, MAILBOX: 'on' });
  ending.push(() => worker.close());
  await vi.waitFor(
    async () => {
      const kept = await target.query(
        'select m.kind, m.recipient from mailbox b join messages m on m.id = b.message_id',
      );
      expect(kept).toEqual([{ kind: 'reminder', recipient: '+880170000002' }]);
    },
    { timeout: 30_000 },
  );
});

/** The id of an appointment that somebody has, in a state that a reminder may speak of. */
async function bookOne(t: TestApp): Promise<number> {
  const { doctorId, chamberId, visitTypeId } = await aDoctor(t);
  const [person] = await someRushers(t, 1);
  const answer = await t.inject({
    method: 'POST',
    url: '/api/v1/appointments',
    headers: { authorization: `Bearer ${person?.accessToken}` },
    payload: { doctorId, chamberId, visitTypeId, startsAt: '2026-11-09T17:00:00+06:00' },
  });
  expect(answer.statusCode).toBe(201);
  // No event of it: this test writes its messages by itself.
  await query(urlOf(t), 'delete from graphile_worker._private_jobs');
  return answer.json<{ id: number }>().id;
}

test('a backup that is torn, was changed or is of a newer version is refused before anything is touched', async () => {
  const t = await startApp({ SERVICES: 'users,appointments' });
  ending.push(() => t.close());
  await aDoctor(t);
  const target = await aTarget();
  const place = path.join(folder, 'torn');
  const spoil: [string, (place: string) => Promise<unknown>, RegExp][] = [
    [
      'cut',
      async (at) =>
        writeFile(
          path.join(at, 'users.copy.gz'),
          (await readFile(path.join(at, 'users.copy.gz'))).subarray(0, -1),
        ),
      /users\.copy\.gz .*was cut or changed/,
    ],
    [
      'changed',
      async (at) => {
        const name = path.join(at, 'thanas.copy.gz');
        const bytes = await readFile(name);
        bytes[40] = (bytes[40] ?? 0) ^ 1;
        await writeFile(name, bytes);
      },
      /thanas\.copy\.gz .*was cut or changed/,
    ],
    ['longer', (at) => appendFile(path.join(at, 'jobs.copy.gz'), 'x'), /jobs\.copy\.gz/],
    ['missing', (at) => rm(path.join(at, 'doctors.copy.gz')), /doctors\.copy\.gz .*is missing/],
    [
      'another manifest',
      async (at) => {
        const name = path.join(at, 'manifest.json');
        await writeFile(
          name,
          (await readFile(name, 'utf8')).replace('"embedded": false', '"embedded": true'),
        );
      },
      /manifest\.json .*was changed/,
    ],
    ['no manifest', (at) => rm(path.join(at, 'manifest.json')), /not a whole backup/],
  ];
  for (const [what, change, why] of spoil) {
    await backUp(t, 'torn');
    await change(place);
    await expect(restore(target.url, 'torn'), what).rejects.toThrow(why);
    await rm(place, { recursive: true });
  }
  await query(urlOf(t), `insert into migrations (name, checksum) values ('9999_later.sql', 'x')`);
  await backUp(t, 'newer');
  await expect(restore(target.url, 'newer')).rejects.toThrow(/9999_later\.sql/);
  expect(await target.query(`select from pg_class where relnamespace = 'public'::regnamespace`)).toEqual([]);
});

test('a backup is its owner’s alone, and has no name before it is whole', async () => {
  const t = await startApp({ SERVICES: 'users' });
  ending.push(() => t.close());
  await backUp(t, 'private');
  const mode = async (name: string) => (await stat(path.join(folder, name))).mode & 0o777;
  expect(await mode('private')).toBe(0o700);
  for (const name of await readdir(path.join(folder, 'private')))
    if (name !== 'photos') expect([name, await mode(`private/${name}`)]).toEqual([name, 0o600]);
  await expect(backUp(t, 'private')).rejects.toThrow(/is there already/);
  // Somebody who may read the first table that is asked for, and not the next.
  const url = new URL(urlOf(t));
  url.username = 'shomoy_worker';
  url.password = rolePassword;
  await expect(
    writeBackup({ url: url.href, folder: path.join(folder, 'half'), dataDir: folder, embedded: false }),
  ).rejects.toThrow(/permission denied/);
  expect(await readdir(folder)).not.toContain('half');
  expect(await readdir(folder)).not.toContain('half.unfinished');
});

test('a database that holds something is not overwritten unless told, nor one that is in use', async () => {
  const t = await startApp({ SERVICES: 'users,appointments' });
  ending.push(() => t.close());
  await aDoctor(t);
  await backUp(t, 'full');
  const target = await aTarget();
  await restore(target.url, 'full');
  await target.query(`update users set full_name = 'Somebody Else'`);
  await untilAlone(target.url);
  await expect(restore(target.url, 'full')).rejects.toThrow(/holds 1 users and 0 appointments.*--replace/);
  const other = new pg.Client({ connectionString: target.url });
  await other.connect();
  await expect(restore(target.url, 'full', true)).rejects.toThrow(/Others are connected/);
  await other.end();
  await untilAlone(target.url);
  await restore(target.url, 'full', true);
  expect(await target.query(`select full_name from users where full_name = 'Somebody Else'`)).toEqual([]);
  const foreign = await aTarget();
  await foreign.query('create table theirs (id integer)');
  await untilAlone(foreign.url);
  await expect(restore(foreign.url, 'full', true)).rejects.toThrow(/another program/);
});

test('the embedded run is backed up while it runs, and comes back elsewhere with its secret', async () => {
  const [one, two] = [path.join(folder, 'one'), path.join(folder, 'two')];
  const first = await startApplication({ DATA_DIR: one });
  const command = (script: string, dataDir: string, ...args: string[]) =>
    promisify(execFile)(process.execPath, [`scripts/${script}.ts`, ...args], {
      env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
    });
  const place = path.join(folder, 'embedded');
  expect((await command('backup', one, place)).stdout).toMatch(/holds \d+ rows/);
  const known = await everybody(first);
  await end(first.child, 'SIGTERM');
  expect((await command('restore', two, place)).stdout).toMatch(/Everything is as it was/);
  const second = await startApplication({ DATA_DIR: two });
  expect(await readFile(path.join(two, 'jwt.secret'), 'utf8')).toBe(
    await readFile(path.join(one, 'jwt.secret'), 'utf8'),
  );
  expect(known.length).toBeGreaterThan(10);
  expect(await everybody(second)).toEqual(known);
  await end(second.child, 'SIGTERM');
  await expect(command('restore', two, place)).rejects.toMatchObject({
    stderr: expect.stringContaining('--replace'),
  });
  await rename(place, `${place}-moved`);
  await expect(command('restore', two, place)).rejects.toMatchObject({ code: 1 });
});

/** The accounts of an installation as its administrator signs in and reads them; they do not change with the hour. */
async function everybody({ call }: Application): Promise<User[]> {
  const [admin] = demoLogins;
  const { accessToken } = await call(login, {
    body: { login: admin?.login ?? '', password: admin?.password ?? '' },
  });
  return (await call(listUsers, { query: { limit: 100 } }, { accessToken })).items;
}
