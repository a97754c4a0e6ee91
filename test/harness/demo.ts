import { sql } from 'kysely';
import { seedDemo } from '../../src/services/demo/seed-demo.ts';
import { startApp, type TestApp } from './app.ts';

/** Monday evening in Dhaka: sessions are under way. */
export const evening = '2026-11-02T19:07:00+06:00';

/** Three seconds on two idle cores; the other tests keep them busy. */
export const seedingTimeout = 180_000;

/** An app with the demonstration's data, made on that evening. */
export async function startDemo(): Promise<TestApp> {
  const started = await startApp();
  started.clock.set(evening);
  await seedDemo(started.deps, () => undefined);
  return started;
}

/** Every row of every table that the demonstration fills; hashes are salted. */
export async function digest({ db }: TestApp): Promise<Record<string, string | undefined>> {
  const tables = {
    users: 'id',
    doctors: 'user_id',
    doctor_specializations: 'doctor_id, specialization_id',
    patients: 'id',
    chambers: 'id',
    visit_types: 'id',
    schedules: 'id',
    doctor_settings: 'doctor_id',
    assistant_attachments: 'id',
    exceptions: 'id',
    sessions: 'id',
    appointments: 'id',
    appointment_history: 'id',
    payments: 'id',
    audit_log: 'id',
    doctor_search: 'doctor_id',
  };
  const digests: Record<string, string | undefined> = {};
  for (const [table, key] of Object.entries(tables)) {
    const { rows } = await sql<{ digest: string }>`
      select count(*) || ' ' || md5(string_agg((to_jsonb(t) - 'password_hash')::text, ' ' order by ${sql.raw(key)})) as digest
      from ${sql.table(table)} t`.execute(db);
    digests[table] = rows[0]?.digest;
  }
  return digests;
}
