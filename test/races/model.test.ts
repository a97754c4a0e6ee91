import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  approveAppointment,
  arrive,
  bookAppointment,
  cancelAppointment,
  completeVisit,
  declineAppointment,
  getAppointment,
  missVisit,
  rescheduleAppointment,
  startVisit,
  swapAppointments,
  undoMove,
} from '../../src/contract/appointments.ts';
import { ApiProblem } from '../../src/contract/client.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import { createHold, endHold, renewHold } from '../../src/contract/holds.ts';
import { appointmentTasks } from '../../src/appointments/tasks.ts';
import type { Actor } from '../../src/platform/access-tokens.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, signedIn, type Doctor } from '../harness/builders.ts';
import * as life from './life-model.ts';
import { places, type DeskMove, type Model, type Visit } from './life-model.ts';
import { someRushers } from './rush.ts';

let t: TestApp;

beforeAll(async () => {
  t = await startApp({ LOG_LEVEL: 'warn', SERVICES: 'gateway,users,appointments' });
});
afterAll(() => t.close());

/** The server, as a doctor with three places and two patients of their own see it. */
type Real = { doctor: Doctor; desk: Actor; patients: { actor: Actor; patientId: number }[] };

const clockAt = (minute: number): string =>
  Temporal.Instant.from('2026-11-01T18:00:00Z').add({ minutes: minute }).toString();
/** More than half a day before the visits, which start at 17:00; in the afternoon; minutes before; and as they begin. */
const begin = fc.constantFrom(4 * 60, 15 * 60, 16 * 60 + 50, 17 * 60);

async function aReal({ approval, now }: Model): Promise<Real> {
  t.clock.set(clockAt(now));
  const doctor = await aDoctor(t, { hours: [{ from: '17:00', to: '17:45', noticeMinutes: 0 }] });
  if (approval)
    await t.db
      .insertInto('doctor_settings')
      .values({ doctor_id: doctor.doctorId, needs_approval: true })
      .execute();
  const read = async (accessToken: string): Promise<Actor> => {
    const actor = await t.deps.tokens.verify(accessToken, t.clock.now());
    if (!actor) throw new Error('a token of just now opens nothing');
    return actor;
  };
  const people = await someRushers(t, 2);
  return {
    doctor,
    desk: await read(await signedIn(t, { userId: doctor.doctorId })),
    patients: await Promise.all(
      people.map(async ({ patientId, accessToken }) => ({ actor: await read(accessToken), patientId })),
    ),
  };
}

const pass = async (actor: Actor) => ({ accessToken: await t.deps.tokens.sign(actor, t.clock.now()) });

/** What the server does about it: the code of its refusal, or its answer. */
async function said<Answer>(answer: Promise<Answer>): Promise<string | Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiProblem) return error.body.code;
    throw error;
  }
}

const patientOf = ({ patients }: Real, index: number) => {
  const patient = patients[index];
  if (!patient) throw new Error('there are two patients');
  return patient;
};

const body = {};
const wish = ({ doctorId, chamberId, visitTypeId }: Doctor, place: number) => ({
  doctorId,
  chamberId,
  visitTypeId,
  startsAt: clockAt(place),
});

/** Appointments and free places are as the model has them. */
async function compare(model: Model, real: Real): Promise<void> {
  const by = await pass(real.desk);
  for (const { id, patient, status, version, place, over } of model.visits) {
    if (patient === null) continue;
    const seen = await t.call(getAppointment, { params: { id } }, by);
    const starts = Temporal.Instant.from(seen.period.start).toString();
    expect({ status: seen.status, version: seen.version, over: seen.overbooked, starts }).toEqual({
      status,
      version,
      over,
      starts: clockAt(place),
    });
  }
  const { days } = await t.call(getAvailability, {
    params: { id: real.doctor.doctorId },
    query: { from: '2026-11-02', to: '2026-11-02' },
  });
  const free = days.flatMap(({ sessions }) => sessions.flatMap((session) => session.places));
  expect(free.map(({ startsAt }) => Temporal.Instant.from(startsAt).toString())).toEqual(
    life.freePlaces(model).map(clockAt),
  );
}

type Command = fc.AsyncCommand<Model, Real>;

/** `does` asks the model first and then the server, and compares what they say. */
const command = (
  name: string,
  {
    can = () => true,
    does,
  }: { can?: (model: Model) => boolean; does: (model: Model, real: Real) => Promise<void> },
): Command => ({
  check: can,
  async run(model, real) {
    await does(model, real);
    await compare(model, real);
  },
  toString: () => name,
});

const isBooked = ({ patient }: Visit) => patient !== null;
const isHold = ({ patient }: Visit) => patient === null;
/** One of the visits of a kind, whichever there are. */
const pick = (model: Model, nth: number, kind: (visit: Visit) => boolean): Visit => {
  const those = model.visits.filter(kind);
  const visit = those[nth % those.length];
  if (!visit) throw new Error('there is none to pick');
  return visit;
};
const has =
  (kind: (visit: Visit) => boolean) =>
  ({ visits }: Model) =>
    visits.some(kind);

/** The server's answer agrees with the model's, which gets the id. */
function agree(expected: string | Visit, answer: string | { id: number }): void {
  if (typeof expected === 'string' || typeof answer === 'string') return expect(answer).toBe(expected);
  expected.id = answer.id;
}
const agreeOn = (expected: string | null, answer: unknown): void =>
  expect(typeof answer === 'string' ? answer : null).toBe(expected);

const routes = {
  approved: approveAppointment,
  declined: declineAppointment,
  cancelled: cancelAppointment,
  arrived: arrive,
  started: startVisit,
  completed: completeVisit,
  missed: missVisit,
} as const satisfies Record<DeskMove, object>;

const patient = fc.nat({ max: 1 });
const place = fc.constantFrom(...places);
const nth = fc.nat({ max: 5 });
const deskMoves = Object.keys(routes) as DeskMove[];

const commandsOn = (rules: typeof life) => [
  fc.tuple(patient, place).map(([who, where]) =>
    command(`book(${who}, ${where})`, {
      async does(model, real) {
        const { actor } = patientOf(real, who);
        const expected = rules.book(model, who, where);
        const booking = { body: wish(real.doctor, where) };
        agree(expected, await said(t.call(bookAppointment, booking, await pass(actor))));
      },
    }),
  ),
  fc.tuple(patient, place).map(([who, where]) =>
    command(`hold(${who}, ${where})`, {
      async does(model, real) {
        const expected = rules.hold(model, who, where);
        const by = await pass(patientOf(real, who).actor);
        agree(expected, await said(t.call(createHold, { body: wish(real.doctor, where) }, by)));
      },
    }),
  ),
  nth.map((index) =>
    command(`takeUp(${index})`, {
      can: has(isHold),
      async does(model, real) {
        const held = pick(model, index, isHold);
        const by = await pass(patientOf(real, held.holder ?? 0).actor);
        const booking = { ...wish(real.doctor, held.place), holdId: held.id };
        agree(rules.takeUp(model, held), await said(t.call(bookAppointment, { body: booking }, by)));
      },
    }),
  ),
  nth.map((index) =>
    command(`renew(${index})`, {
      can: has(isHold),
      async does(model, real) {
        const held = pick(model, index, isHold);
        const by = await pass(patientOf(real, held.holder ?? 0).actor);
        agreeOn(
          rules.renew(model, held),
          await said(t.call(renewHold, { params: { id: held.id }, body }, by)),
        );
      },
    }),
  ),
  nth.map((index) => {
    // One that has run out ends when somebody needs its place, and who gives it back cannot tell.
    const kind = (model: Model) => (visit: Visit) =>
      isHold(visit) && (life.isLive(model, visit) || visit.status === 'cancelled');
    return command(`giveBack(${index})`, {
      can: (model) => has(kind(model))(model),
      async does(model, real) {
        const held = pick(model, index, kind(model));
        const by = await pass(patientOf(real, held.holder ?? 0).actor);
        agreeOn(rules.giveBack(model, held), await said(t.call(endHold, { params: { id: held.id } }, by)));
      },
    });
  }),
  ...deskMoves.map((name) =>
    nth.map((index) =>
      command(`${name}(${index})`, {
        can: has(isBooked),
        async does(model, real) {
          const visit = pick(model, index, isBooked);
          const by = await pass(real.desk);
          const expected = rules.move(model, visit, name);
          agreeOn(expected, await said(t.call(routes[name], { params: { id: visit.id }, body }, by)));
        },
      }),
    ),
  ),
  nth.map((index) =>
    command(`cancelAsPatient(${index})`, {
      can: has(isBooked),
      async does(model, real) {
        const visit = pick(model, index, isBooked);
        const by = await pass(patientOf(real, visit.patient ?? 0).actor);
        const expected = rules.cancelAsPatient(model, visit);
        agreeOn(expected, await said(t.call(cancelAppointment, { params: { id: visit.id }, body }, by)));
      },
    }),
  ),
  nth.map((index) =>
    command(`undo(${index})`, {
      can: has(isBooked),
      async does(model, real) {
        const visit = pick(model, index, isBooked);
        const by = await pass(real.desk);
        agreeOn(
          rules.undo(model, visit),
          await said(t.call(undoMove, { params: { id: visit.id }, body }, by)),
        );
      },
    }),
  ),
  fc.tuple(nth, place, fc.boolean()).map(([index, where, asDesk]) =>
    command(`reschedule(${index}, ${where}, ${asDesk ? 'desk' : 'patient'})`, {
      can: has(isBooked),
      async does(model, real) {
        const visit = pick(model, index, isBooked);
        const by = await pass(asDesk ? real.desk : patientOf(real, visit.patient ?? 0).actor);
        const to = { params: { id: visit.id }, body: { startsAt: clockAt(where) } };
        const expected = rules.reschedule(model, visit, where, asDesk);
        agreeOn(expected, await said(t.call(rescheduleAppointment, to, by)));
      },
    }),
  ),
  fc.tuple(nth, nth).map(([one, other]) =>
    command(`swap(${one}, ${other})`, {
      can: has(isBooked),
      async does(model, real) {
        const [a, b] = [pick(model, one, isBooked), pick(model, other, isBooked)];
        const by = await pass(real.desk);
        const two = { body: { first: a.id, second: b.id } };
        agreeOn(rules.swap(model, a, b), await said(t.call(swapAppointments, two, by)));
      },
    }),
  ),
  fc.constantFrom(1, 5, 10, 15, 60, 400).map((minutes) =>
    command(`pass(${minutes})`, {
      async does(model) {
        model.now += minutes;
        t.clock.set(clockAt(model.now));
      },
    }),
  ),
  fc.constant(
    command('sweep()', {
      async does(model) {
        rules.sweep(model);
        await appointmentTasks(t.deps)['expire-holds']?.({});
      },
    }),
  ),
];

let steps = 0;

const property = (rules: typeof life) =>
  fc.asyncProperty(
    fc.record({ now: begin, approval: fc.boolean() }),
    fc.commands(commandsOn(rules), { size: 'max', maxCommands: 40 }),
    async (given, commands) => {
      const setup = async () => {
        const model = { ...given, visits: [] };
        return { model, real: await aReal(model) };
      };
      steps += [...commands].length;
      await fc.asyncModelRun(setup, commands);
    },
  );

test('control: a model with one wrong move is told from the server by a handful of steps', async () => {
  // Whoever was marked absent by mistake would not be able to arrive any more.
  const wrong: typeof life = {
    ...life,
    move: (model, visit, name) =>
      name === 'arrived' && visit.status === 'no_show' ? 'wrong_state' : life.move(model, visit, name),
  };
  const found = await fc.check(property(wrong), { numRuns: 300, seed: 7 });
  const shortest = fc.stringify(found.counterexample);
  console.log(`control: ${shortest}`);
  expect(found.failed).toBe(true);
  expect(shortest.match(/[a-z]+\(/gi)?.length).toBeLessThan(8);
});

test('the server lives the model’s life, step by step', async () => {
  steps = 0;
  await fc.assert(property(life), { numRuns: 100 });
  console.log(`${steps} steps in 100 lives`);
  expect(steps).toBeGreaterThan(1_000);
});
