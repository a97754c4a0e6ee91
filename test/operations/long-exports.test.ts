import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportRows, mostSheetRows } from '../../src/contract/exports.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, aPatient, signedIn } from '../harness/builders.ts';
import { someVisits } from '../reports/visits.ts';
import { ended, fileOf } from '../reports/work-files.ts';

const rows = mostSheetRows + 1;
const first = '2026-01-01T00:00:00Z';
const patience = 300_000;
let t: TestApp;
let by: { accessToken: string };

beforeAll(async () => {
  t = await startApp();
  by = { accessToken: await signedIn(t, await anAdmin(t)) };
  const { patientId } = await aPatient(t);
  await someVisits(t, await aDoctor(t), [{ at: first, patientId, status: 'cancelled', fee: '800' }]);
  const client = new pg.Client({ connectionString: t.deps.config.databaseUrl });
  await client.connect();
  // No two that stand may be at the same time; cancelled ones may. What a trigger would look at for each was looked at once.
  await client.query('set session_replication_role = replica');
  await client.query(
    `insert into appointments (session_id, doctor_id, chamber_id, patient_id, visit_type_id, channel, status, period, occupied,
                               promised_local, time_zone, fee, created_at)
     select session_id, doctor_id, chamber_id, patient_id, visit_type_id, channel, status, period, occupied, promised_local,
       time_zone, fee, created_at
     from appointments, generate_series(2, ${rows})`,
  );
  await client.query('analyze appointments');
  await client.end();
}, patience);
afterAll(() => t.close());

const ask = (format: 'csv' | 'xlsx') => {
  const body = { from: '2026-01-01', to: '2026-01-01', figure: 'booked', format } as const;
  return t.call(exportRows, { params: { name: 'channels' }, body }, by);
};

test('XLSX of more rows than a sheet holds is refused in words before one is written, and CSV has them all', async () => {
  const { work } = await ask('xlsx');
  const { state, failure, done } = await ended(t, work.id, by, patience);
  expect({ state, failure, done }).toEqual({
    state: 'failed',
    done: 0,
    failure: {
      en: 'These are 10,48,576 rows, and an Excel file holds 10,48,575. Choose CSV, or a shorter period.',
      bn: 'এতে ১০,৪৮,৫৭৬টি সারি আছে, আর এক্সেল ফাইলে ১০,৪৮,৫৭৫টি ধরে। CSV নিন, অথবা সময়টা ছোট করুন।',
    },
  });
  const { rows: files } = await t.deps.pool.query('select last_value, is_called from files_id_seq');
  expect(files).toEqual([{ last_value: 1, is_called: false }]);

  const { work: made, answer } = await fileOf(t, await ask('csv'), by, patience);
  expect(made.counts).toEqual({ rows });
  const text = answer.rawPayload;
  const references = new Set<string>();
  let lines = 0;
  for (let at = text.indexOf('\n') + 1; at < text.length; at = text.indexOf('\n', at) + 1) {
    references.add(text.toString('latin1', at, text.indexOf(',', at)));
    lines += 1;
  }
  expect(lines).toBe(rows);
  expect(references.size).toBe(rows);
});
