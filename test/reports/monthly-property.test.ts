import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getMonthlySummary, makeMonthlyReport } from '../../src/contract/reports.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, aPatient, signedIn } from '../harness/builders.ts';
import { countMonth, type SeenVisit } from './slow-reference.ts';
import { anotherDesk, expectRowsToSum, someVisits } from './visits.ts';

let t: TestApp;
let admin: { accessToken: string };
let desks: Awaited<ReturnType<typeof anotherDesk>>[];
let patients: number[];
const zones = ['Asia/Dhaka', 'America/Los_Angeles', 'Australia/Lord_Howe', 'Europe/London'];

beforeAll(async () => {
  t = await startApp();
  admin = { accessToken: await signedIn(t, await anAdmin(t)) };
  patients = await Promise.all(Array.from({ length: 6 }, async () => (await aPatient(t)).patientId));
  desks = [];
  for (let index = 0; index < 2; index++) {
    const doctor = await aDoctor(t);
    for (const timeZone of zones) desks.push(await anotherDesk(t, doctor, { timeZone }));
  }
});
afterAll(() => t.close());

// Around two ends of months, on one of which clocks change in three of the zones; each minute once, since nobody can be
// in two places.
const from = Temporal.Instant.from('2024-03-30T00:00:00Z');
const visit = fc.record({
  minute: fc.oneof(
    fc.integer({ min: 0, max: 3 * 24 * 60 }),
    // Near the very ends.
    fc.integer({ min: -10, max: 10 }).map((near) => 24 * 60 + 18 * 60 + near),
    fc.integer({ min: -10, max: 10 }).map((near) => 48 * 60 + 7 * 60 + near),
    fc.integer({ min: 30 * 24 * 60, max: 33 * 24 * 60 }),
  ),
  desk: fc.nat(2 * zones.length - 1),
  patient: fc.nat(5),
  fee: fc
    .integer({ min: 0, max: 99_999_999 })
    .map((poisha) => `${Math.floor(poisha / 100)}.${String(poisha % 100).padStart(2, '0')}`),
  status: fc.constantFrom(
    'pending',
    'confirmed',
    'arrived',
    'in_consultation',
    'completed',
    'cancelled',
    'no_show',
    'expired',
    'held',
  ),
  held: fc.boolean(),
});

test('reports and summary say what a slow reference counts', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(visit, { selector: ({ minute }) => minute, minLength: 1, maxLength: 60 }),
      async (drawn) => {
        await t.deps.pool.query('truncate appointments, monthly_reports cascade');
        const written: (SeenVisit & { doctorId: number })[] = [];
        for (const [index, desk] of desks.entries()) {
          const visits = drawn
            .filter((each) => each.desk === index)
            .map(({ minute, patient, fee, status, held }) => ({
              at: from.add({ minutes: minute }).toString(),
              patientId: patients[patient] ?? 0,
              fee,
              status,
              held: held && (status === 'cancelled' || status === 'expired'),
            }));
          if (visits.length > 0) await someVisits(t, desk, visits);
          const zone = zones[index % zones.length] ?? '';
          written.push(...visits.map((each) => ({ ...each, zone, doctorId: desk.doctorId })));
        }
        for (const month of [3, 4, 5]) {
          const doctorIds = [...new Set(desks.map(({ doctorId }) => doctorId))];
          for (const doctorId of doctorIds) {
            const { report } = await t.call(
              makeMonthlyReport,
              { body: { year: 2024, month, doctorId } },
              admin,
            );
            const own = written.filter((each) => each.doctorId === doctorId);
            expect(report).toMatchObject(countMonth(own, { year: 2024, month }));
            await expectRowsToSum(t, report, admin);
          }
          const { figures, patients: once } = await t.call(
            getMonthlySummary,
            { query: { year: 2024, month } },
            admin,
          );
          const all = countMonth(written, { year: 2024, month });
          const sum = doctorIds
            .map((doctorId) =>
              countMonth(
                written.filter((each) => each.doctorId === doctorId),
                { year: 2024, month },
              ),
            )
            .reduce((count, { patientVisits }) => count + patientVisits, 0);
          expect(once).toBe(all.patientVisits);
          expect(figures).toEqual({ ...all, patientVisits: sum });
        }
      },
    ),
    { numRuns: 10 },
  );
});
