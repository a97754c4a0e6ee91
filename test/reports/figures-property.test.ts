import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { moves } from '../../src/appointments/booking/policy.ts';
import {
  appointmentReport,
  figureReports,
  getFigureReport,
  type ReportGrouping,
} from '../../src/contract/figures.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, anAdmin, anAssistant, aPatient, signedIn } from '../harness/builders.ts';
import { tellReport, type SeenVisit } from './figure-reference.ts';
import { expectRowsToCome, writeVisits, type By, type StepTaken } from './figure-visits.ts';
import { anotherDesk, type Desk } from './visits.ts';

let t: TestApp;
let admin: { accessToken: string };
let users: Record<Exclude<By, null>, number>;
let desks: (Desk & { zone: string; specializations: string[] })[];
let patients: number[];
const zones = ['Asia/Dhaka', 'America/New_York', 'Australia/Lord_Howe'];

beforeAll(async () => {
  t = await startApp();
  const { userId } = await anAdmin(t);
  admin = { accessToken: await signedIn(t, { userId }) };
  const people = await Promise.all(Array.from({ length: 6 }, () => aPatient(t)));
  patients = people.map(({ patientId }) => patientId);
  const { rows } = await t.deps.pool.query<{ code: string }>(
    'select code from specializations where id in (1, 3) order by id',
  );
  const codes = rows.map(({ code }) => code);
  desks = [];
  const doctors = [
    { ...(await aDoctor(t, { specializations: [1, 3] })), specializations: codes },
    { ...(await aDoctor(t, { specializations: [3] })), specializations: codes.slice(1) },
  ];
  for (const doctor of doctors)
    for (const timeZone of zones)
      desks.push({
        ...(await anotherDesk(t, doctor, { timeZone })),
        zone: timeZone,
        specializations: doctor.specializations,
      });
  users = {
    patient: people[0]?.userId ?? 0,
    doctor: doctors[0]?.doctorId ?? 0,
    assistant: (await anAssistant(t)).userId,
    admin: userId,
  };
});
afterAll(() => t.close());

// Around two ends of months; clocks change within these days in two of the zones.
const from = Temporal.Instant.from('2024-03-30T00:00:00Z');
const poisha = fc.integer({ min: 0, max: 99_999_999 });
const spell = (amount: number) => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;

const drawn = fc.record({
  minute: fc.oneof(
    fc.integer({ min: 0, max: 9 * 24 * 60 }),
    // Near the ends of days.
    fc
      .tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(4, 5, 13, 18), fc.integer({ min: -30, max: 31 }))
      .map(([day, hour, near]) => Math.max(0, (day * 24 + hour) * 60 + near)),
    fc.integer({ min: 30 * 24 * 60, max: 33 * 24 * 60 }),
  ),
  desk: fc.nat(2 * zones.length - 1),
  patient: fc.nat(5),
  fee: poisha,
  paid: poisha,
  refunded: poisha,
  currency: fc.constantFrom('BDT', 'BDT', 'USD'),
  channel: fc.constantFrom('online', 'phone', 'walk_in'),
  lead: fc.oneof(fc.integer({ min: -60, max: 120 }), fc.integer({ min: -60, max: 20 * 24 * 60 })),
  first: fc.constantFrom('held', 'pending', 'confirmed', 'confirmed'),
  walk: fc.array(fc.record({ choice: fc.nat(100), minutes: fc.nat(70), seconds: fc.nat(59) }), {
    maxLength: 7,
  }),
  by: fc.constantFrom<By>('patient', 'doctor', 'assistant', 'admin', null),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer Value> ? Value : never;

function visitOf({ minute, lead, walk, by, fee, paid, refunded, ...rest }: Drawn): SeenVisit {
  const desk = desks[rest.desk];
  if (!desk) throw new Error('no desk');
  const at = from.add({ minutes: minute });
  const steps: StepTaken[] = [
    { step: rest.first === 'held' ? 'held' : 'booked', from: null, to: rest.first, at: at.toString(), by },
  ];
  let now = at.subtract({ minutes: 90 });
  for (const { choice, minutes, seconds } of walk) {
    const last = steps.at(-1);
    if (!last) break;
    // As the desk has it: what was done last is taken back, once.
    const open = moves.filter(
      ({ step, from: source, to }) =>
        source === last.to && (step !== 'undone' || (last.step !== 'undone' && to === last.from)),
    );
    const move = open[choice % open.length];
    if (!move) break;
    now = now.add({ minutes, seconds });
    steps.push({ step: move.step, from: move.from, to: move.to, at: now.toString(), by });
  }
  const taken = Math.min(fee, paid);
  const back = Math.min(taken, refunded);
  return {
    at: at.toString(),
    desk,
    zone: desk.zone,
    specializations: desk.specializations,
    patientId: patients[rest.patient] ?? 0,
    channel: rest.channel,
    fee: spell(fee),
    currency: rest.currency,
    created: at.subtract({ minutes: lead }).toString(),
    steps,
    payments: [
      ...(taken > 0 ? [{ kind: 'payment' as const, amount: spell(taken) }] : []),
      ...(back > 0 ? [{ kind: 'refund' as const, amount: spell(back) }] : []),
    ],
  };
}

const reportNames = appointmentReport.options;
const narrowed = fc.record({
  dates: fc.constantFrom(
    { from: '2024-03-30', to: '2024-05-02' },
    { from: '2024-03-31', to: '2024-03-31' },
    { from: '2024-04-01', to: '2024-04-30' },
  ),
  by: fc.constantFrom('nothing', 'doctor', 'chamber', 'specialization'),
  desk: fc.nat(2 * zones.length - 1),
});

test.each(reportNames)('%s: totals, groups and rows are what a slow reference tells', async (name) => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(drawn, { selector: ({ minute }) => minute, minLength: 1, maxLength: 60 }),
      narrowed,
      fc.constantFrom<ReportGrouping>(...figureReports[name].groupings),
      async (all, { dates, by, desk: index }, groupBy) => {
        await t.deps.pool.query('truncate appointments, payments cascade');
        const visits = all.map(visitOf);
        await writeVisits(t, visits, users);
        const desk = desks[index];
        const asked = {
          name,
          ...dates,
          ...(by === 'doctor' ? { doctorId: desk?.doctorId ?? 0 } : {}),
          ...(by === 'chamber' ? { chamberId: desk?.chamberId ?? 0 } : {}),
          ...(by === 'specialization' ? { specialization: desk?.specializations[0] ?? '' } : {}),
        };
        const { name: _, ...query } = asked;
        const report = await t.call(
          getFigureReport,
          { params: { name }, query: { ...query, groupBy } },
          admin,
        );
        const told = tellReport(visits, asked, groupBy);
        expect(report.totals).toEqual(told.totals);
        expect(Object.fromEntries(report.groups.map(({ key, values }) => [key, values]))).toEqual(
          Object.fromEntries(told.groups),
        );
        await expectRowsToCome(t, report, { ...asked, groupBy, limit: 50 }, admin);
      },
    ),
    { numRuns: 6 },
  );
});
