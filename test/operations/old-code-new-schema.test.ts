import { mkdtempSync, rmSync, writeFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { judgeMigration } from '../../scripts/check-migrations.ts';
import { cancelAppointment, listAppointments } from '../../src/contract/appointments.ts';
import { searchDoctors } from '../../src/contract/doctors.ts';
import { migrate } from '../../src/platform/migrate.ts';
import type { TestApp } from '../harness/app.ts';
import { livedMs } from '../harness/lived-time.ts';
import { jobsDone } from '../harness/jobs.ts';
import { aVisit, startNow } from '../notifications/visits.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A running version, whose connections have prepared their statements. */
async function aRunningVersion(): Promise<TestApp> {
  const t = await startNow({ MAILBOX: 'on' });
  closing.push(() => t.close());
  await liveThrough(t);
  return t;
}

/** What people do most: search, book, be told, look, cancel. */
async function liveThrough(t: TestApp): Promise<void> {
  const { doctor, patient, appointment } = await aVisit(t);
  const { accessToken } = patient;
  await jobsDone(t);
  const { items } = await t.call(listAppointments, { query: {} }, { accessToken });
  expect(items.map(({ id }) => id)).toEqual([appointment.id]);
  expect((await t.call(searchDoctors, { query: { limit: 50 } })).items.map(({ id }) => id)).toContain(
    doctor.doctorId,
  );
  await t.call(cancelAppointment, { params: { id: appointment.id }, body: {} }, { accessToken });
  await jobsDone(t);
  await vi.waitFor(
    async () => {
      const told = await t.db
        .selectFrom('messages')
        .select(['kind', 'state'])
        .where('appointment_id', '=', appointment.id)
        .where('channel', '=', 'email')
        .where('kind', 'in', ['booked', 'cancelled'])
        .orderBy('id')
        .execute();
      expect(told.map(({ kind }) => kind)).toEqual(['booked', 'cancelled']);
      expect(told.at(-1)?.state).toBe('sent');
    },
    { timeout: 30_000 },
  );
}

/** The files of a later version: ours, and these after them. */
function laterVersion(...files: string[]): URL {
  const folder = mkdtempSync(path.join(tmpdir(), 'shomoy-migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync('migrations', folder, { recursive: true });
  for (const [index, sql] of files.entries()) writeFileSync(path.join(folder, `999${index}_later.sql`), sql);
  return pathToFileURL(`${folder}/`);
}

const additive = [
  `create table follow_ups (id integer primary key, appointment_id bigint not null references appointments (id));
   create index follow_ups_by_appointment on follow_ups (appointment_id);
   alter table appointments add column remark text, add column rank smallint not null default 0;
   alter table patients add column nickname text;
   alter table messages add column priority smallint not null default 0;
   alter table appointments drop constraint appointments_channel_check,
     add constraint appointments_channel_check check (channel in ('online', 'phone', 'walk_in', 'kiosk')) not valid;`,
  'alter table appointments validate constraint appointments_channel_check;',
  '-- no transaction\ncreate index concurrently appointments_by_creation on appointments (created_at);',
];

test('what the check lets through, the version before lives with', async () => {
  const t = await aRunningVersion();
  for (const sql of additive) expect(await judgeMigration(sql)).toEqual([]);
  const url = t.deps.config.databaseUrl ?? '';
  // Two copies at once, and people who are in the middle of something.
  const applied = await Promise.all([
    migrate(url, { folder: laterVersion(...additive) }),
    migrate(url, { folder: laterVersion(...additive) }),
    liveThrough(t),
  ]);
  expect([...applied[0], ...applied[1]]).toHaveLength(additive.length);
  await liveThrough(t);
});

const breaking = [
  'alter table appointments add column cause text not null;',
  'alter table appointments rename column serial to number;',
  'alter table messages drop column answer;',
];

test.each(breaking)('what it refuses, the version before does not survive: %s', async (sql) => {
  expect(await judgeMigration(sql)).not.toEqual([]);
  const t = await startNow({ MAILBOX: 'on' });
  closing.push(() => t.close());
  await migrate(t.deps.config.databaseUrl ?? '', { folder: laterVersion(sql) });
  await expect(liveThrough(t)).rejects.toThrow();
});

test('a migration that must wait for its lock holds up nobody for long', async () => {
  const t = await aRunningVersion();
  const url = t.deps.config.databaseUrl ?? '';
  const reader = new pg.Client({ connectionString: url });
  await reader.connect();
  await reader.query('begin');
  await reader.query('select count(*) from appointments');
  let migrated = false;
  const migrating = migrate(url, { folder: laterVersion(...additive.slice(0, 1)) }).then(
    () => (migrated = true),
  );
  const stalls: number[] = [];
  const until = performance.now() + 4_000;
  // On a busy machine it takes a while until the migration asks for its lock.
  while (performance.now() < until || Math.max(...stalls) <= 100)
    stalls.push(await livedMs(t, t.deps.pool.query('update appointments set notes = notes where id = -1')));
  expect(migrated).toBe(false);
  await reader.query('commit');
  await reader.end();
  await migrating;
  // It did come in the way, once or more, and gave way each time. Waiting for the reader would have been four seconds.
  expect(Math.max(...stalls)).toBeGreaterThan(100);
  expect(Math.max(...stalls)).toBeLessThan(2_000);
});
