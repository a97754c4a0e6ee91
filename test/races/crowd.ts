import {
  approveAppointment,
  arrive,
  bookAppointment,
  cancelAppointment,
  completeVisit,
  declineAppointment,
  missVisit,
  rescheduleAppointment,
  startVisit,
  swapAppointments,
  undoMove,
  type Appointment,
  type AppointmentStatus,
} from '../../src/contract/appointments.ts';
import { ApiProblem } from '../../src/contract/client.ts';
import { createHold, endHold, renewHold } from '../../src/contract/holds.ts';
import type { Route, RouteAnswer, RouteInput } from '../../src/contract/route.ts';
import { appointmentTasks } from '../../src/appointments/tasks.ts';
import type { Actor } from '../../src/platform/access-tokens.ts';
import { createRandom, type Random } from '../../src/services/demo/random.ts';
import type { TestApp } from '../harness/app.ts';
import { aDoctor, aFamilyMember, signedIn, type Doctor } from '../harness/builders.ts';
import { someRushers } from './rush.ts';

/** A place that an appointment has been said to have, in a version of it. */
export type Told = Pick<Appointment, 'id' | 'version' | 'status' | 'period'> & { serial: number | null };

/** Clients who live through every step of a booking's life, at random, all at once. */
export type Crowd = {
  t: TestApp;
  doctors: CrowdDoctor[];
  clients: Client[];
  /** What was answered, such as `cancel wrong_state`, and how often. */
  outcomes: Map<string, number>;
  told: Told[];
  /** Rows that the history must have for what was answered without a version. */
  renewals: number;
  givenBack: number;
  /** Answers to one key that differ. */
  unequal: string[];
};

type CrowdDoctor = Doctor & { actor: Actor; sessionKey: string | null; visits: Visit[] };
type Client = { actor: Actor; patientIds: number[]; holds: Held[]; random: Random };
type Visit = {
  id: number;
  doctor: CrowdDoctor;
  /** Null: booked at the desk. */
  owner: Client | null;
  status: AppointmentStatus;
  version: number;
};
type Held = { id: number; doctor: CrowdDoctor; place: Place };
type Place = { startsAt: string } | { sessionKey: string };

const slotMinutes = 10;
const date = '2026-11-02';

/**
 * Half of the doctors give times, half give serials; some approve, some want a deposit. Clients have two relatives each.
 */
export async function aCrowd(
  t: TestApp,
  { doctors, clients, seed }: { doctors: number; clients: number; seed: number },
): Promise<Crowd> {
  const sitting = { weekday: 1, from: '10:00', to: '22:00', slotMinutes, noticeMinutes: 0 };
  const made: CrowdDoctor[] = [];
  for (let index = 0; index < doctors; index++) {
    const serial = index % 2 === 1;
    const doctor = await aDoctor(t, {
      minutes: slotMinutes,
      hours: [serial ? { ...sitting, capacity: 72 } : sitting],
    });
    if (index % 4 >= 2)
      await t.db
        .insertInto('doctor_settings')
        .values({ doctor_id: doctor.doctorId, needs_approval: true })
        .execute();
    await t.db
      .updateTable('chambers')
      .set({
        most_reschedules: 100,
        most_per_doctor: 3,
        no_show_limit: null,
        ...(index % 5 === 4 ? { deposit_percent: 20, deposit_minutes: 5 } : {}),
      })
      .where('id', '=', doctor.chamberId)
      .execute();
    made.push({
      ...doctor,
      actor: await actorOf(t, await signedIn(t, { userId: doctor.doctorId })),
      sessionKey: serial ? `${doctor.scheduleIds[0]}.${date}` : null,
      visits: [],
    });
  }
  const people = await someRushers(t, clients);
  return {
    t,
    doctors: made,
    clients: await Promise.all(
      people.map(async ({ userId, patientId, accessToken }, index) => ({
        actor: await actorOf(t, accessToken),
        patientIds: [patientId, await aFamilyMember(t, { userId }), await aFamilyMember(t, { userId })],
        holds: [],
        random: createRandom(seed * 1_000 + index),
      })),
    ),
    outcomes: new Map(),
    told: [],
    renewals: 0,
    givenBack: 0,
    unequal: [],
  };
}

/** So many steps in all, each client one after the other; `watch` is called every thousand steps. */
export async function liveThrough(
  crowd: Crowd,
  { steps, watch }: { steps: number; watch: () => Promise<void> },
): Promise<void> {
  let left = steps;
  const live = async (client: Client) => {
    while (left > 0) {
      left -= 1;
      if (left % 1_000 === 0) await watch();
      const step = client.random.pickWeighted(stepNames, (name) => weights[name]);
      await takeStep[step](crowd, client);
    }
  };
  await Promise.all(crowd.clients.map(live));
}

const weights = {
  book: 22,
  bookAtDesk: 5,
  hold: 12,
  takeUp: 10,
  renew: 3,
  giveBack: 2,
  reschedule: 14,
  cancel: 7,
  approve: 6,
  decline: 2,
  arrive: 5,
  start: 4,
  complete: 4,
  miss: 3,
  undo: 4,
  swap: 5,
  sweep: 0.3,
  passTime: 1,
};
type StepName = keyof typeof weights;
const stepNames = Object.keys(weights) as StepName[];

const body = {};

const takeStep: Record<StepName, (crowd: Crowd, client: Client) => Promise<unknown>> = {
  async book(crowd, client) {
    const doctor = client.random.pick(crowd.doctors);
    const wish = {
      ...visitOf(doctor),
      ...aPlace(crowd, doctor, client),
      patientId: client.random.pick(client.patientIds),
    };
    const booked = await ask(crowd, client, 'book', bookAppointment, { body: wish });
    remember(crowd, doctor, client, booked);
  },
  async bookAtDesk(crowd, client) {
    const doctor = client.random.pick(crowd.doctors);
    const comer = client.random.pick(client.random.pick(crowd.clients).patientIds);
    const wish = {
      ...visitOf(doctor),
      ...aPlace(crowd, doctor, client),
      patientId: comer,
      channel: client.random.pick(['phone', 'walk_in'] as const),
      ...(client.random.chance(0.2) ? { overbookReason: 'an emergency' } : {}),
    };
    const booked = await ask(crowd, client, 'bookAtDesk', bookAppointment, { body: wish }, doctor.actor);
    remember(crowd, doctor, null, booked);
  },
  async hold(crowd, client) {
    const doctor = client.random.pick(crowd.doctors);
    const place = aPlace(crowd, doctor, client);
    const held = await ask(crowd, client, 'hold', createHold, { body: { ...visitOf(doctor), ...place } });
    if (!held) return;
    crowd.told.push({ ...held, version: 1, status: 'held', serial: held.serial ?? null });
    client.holds.push({ id: held.id, doctor, place });
  },
  async takeUp(crowd, client) {
    const held = client.holds.shift();
    if (!held) return;
    const wish = {
      ...visitOf(held.doctor),
      ...held.place,
      holdId: held.id,
      patientId: client.random.pick(client.patientIds),
    };
    const booked = await ask(crowd, client, 'takeUp', bookAppointment, { body: wish });
    remember(crowd, held.doctor, client, booked);
  },
  async renew(crowd, client) {
    const held = client.holds[0];
    if (!held) return;
    const renewed = await ask(crowd, client, 'renew', renewHold, { params: { id: held.id }, body });
    if (renewed) crowd.renewals += 1;
  },
  async giveBack(crowd, client) {
    const held = client.holds.shift();
    if (!held) return;
    const done = await ask(crowd, client, 'giveBack', endHold, { params: { id: held.id } });
    if (done !== null) crowd.givenBack += 1;
  },
  async reschedule(crowd, client) {
    const visit = aVisit(crowd, client, ['pending', 'confirmed', 'arrived']);
    if (!visit) return;
    const { doctor } = visit;
    const wish = {
      ...aPlace(crowd, doctor, client),
      ...(client.random.chance(0.3) ? { version: visit.version } : {}),
    };
    const by = visit.owner?.actor ?? doctor.actor;
    const moved = await ask(
      crowd,
      client,
      'reschedule',
      rescheduleAppointment,
      { params: { id: visit.id }, body: wish },
      by,
    );
    note(crowd, visit, moved);
  },
  async cancel(crowd, client) {
    const visit = aVisit(crowd, client, ['held', 'pending', 'confirmed']);
    if (!visit) return;
    const by = client.random.chance(0.3) ? visit.doctor.actor : visit.owner?.actor;
    note(
      crowd,
      visit,
      await ask(crowd, client, 'cancel', cancelAppointment, { params: { id: visit.id }, body }, by),
    );
  },
  approve: atDesk('approve', approveAppointment, ['pending']),
  decline: atDesk('decline', declineAppointment, ['pending']),
  arrive: atDesk('arrive', arrive, ['confirmed', 'no_show']),
  start: atDesk('start', startVisit, ['arrived']),
  complete: atDesk('complete', completeVisit, ['in_consultation', 'arrived']),
  miss: atDesk('miss', missVisit, ['confirmed', 'arrived']),
  undo: atDesk('undo', undoMove, ['arrived', 'in_consultation', 'completed', 'no_show']),
  async swap(crowd, client) {
    const first = aVisit(crowd, client, ['pending', 'confirmed', 'arrived']);
    if (!first) return;
    const movable = first.doctor.visits.filter(
      ({ id, status }) => id !== first.id && ['pending', 'confirmed', 'arrived'].includes(status),
    );
    if (movable.length === 0) return;
    const second = client.random.pick(movable);
    const wish = { first: first.id, second: second.id };
    const swapped = await ask(crowd, client, 'swap', swapAppointments, { body: wish }, first.doctor.actor);
    for (const each of swapped?.items ?? []) note(crowd, each.id === first.id ? first : second, each);
  },
  sweep: async ({ t }) => appointmentTasks(t.deps)['expire-holds']?.({}),
  async passTime({ t }, { random }) {
    t.clock.set(
      t.clock
        .now()
        .add({ minutes: random.whole(1, 3) })
        .toString(),
    );
  },
};

type DeskRoute = Omit<typeof arrive, 'path'> & { path: string };

/** A step at the desk of the visit's doctor. */
function atDesk(name: StepName, route: DeskRoute, statuses: readonly AppointmentStatus[]) {
  return async (crowd: Crowd, client: Client): Promise<void> => {
    const visit = aVisit(crowd, client, statuses);
    if (!visit) return;
    const { id, doctor } = visit;
    note(crowd, visit, await ask(crowd, client, name, route, { params: { id }, body }, doctor.actor));
  };
}

const visitOf = ({ doctorId, chamberId, visitTypeId }: Doctor) => ({ doctorId, chamberId, visitTypeId });

/** One of the next few places, so that many want the same. */
function aPlace({ t }: Crowd, { sessionKey }: CrowdDoctor, { random }: Client): Place {
  if (sessionKey !== null) return { sessionKey };
  const slotMs = slotMinutes * 60_000;
  const next = Math.ceil(t.clock.now().epochMilliseconds / slotMs) + random.whole(0, 5);
  return { startsAt: Temporal.Instant.fromEpochMilliseconds(next * slotMs).toString() };
}

/** One of the visits of a random doctor, mostly one that by the last answer is in one of these states. */
function aVisit(
  { doctors }: Crowd,
  { random }: Client,
  statuses: readonly AppointmentStatus[],
): Visit | null {
  const { visits } = random.pick(doctors);
  const fitting = visits.filter(({ status }) => statuses.includes(status));
  if (fitting.length > 0 && random.chance(0.9)) return random.pick(fitting);
  return visits.length > 0 ? random.pick(visits) : null;
}

const remembered = 60;

function remember(crowd: Crowd, doctor: CrowdDoctor, owner: Client | null, booked: Appointment | null): void {
  if (!booked) return;
  const visit = { id: booked.id, doctor, owner, status: booked.status, version: 0 };
  note(crowd, visit, booked);
  doctor.visits.push(visit);
  if (doctor.visits.length > remembered) doctor.visits.shift();
}

function note({ told }: Crowd, visit: Visit, answer: Appointment | null): void {
  if (!answer) return;
  const { id, version, status, period, serial = null } = answer;
  told.push({ id, version, status, period, serial });
  if (version < visit.version) return;
  visit.status = status;
  visit.version = version;
}

/** Asks, now and then twice at once under one key. Null: refused. */
async function ask<R extends Route>(
  crowd: Crowd,
  client: Client,
  name: StepName,
  route: R,
  input: RouteInput<R>,
  by: Actor = client.actor,
): Promise<RouteAnswer<R> | null> {
  const { t, outcomes, unequal } = crowd;
  const accessToken = await passOf(t, by);
  const once = async (idempotencyKey?: string): Promise<RouteAnswer<R> | null> => {
    let outcome = 'done';
    try {
      return await t.call(route, input, { accessToken, ...(idempotencyKey ? { idempotencyKey } : {}) });
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      outcome = `${error.body.status} ${error.body.code}`;
      return null;
    } finally {
      outcomes.set(`${name} ${outcome}`, (outcomes.get(`${name} ${outcome}`) ?? 0) + 1);
    }
  };
  if (!route.idempotent || !client.random.chance(0.1)) return once();
  const key = `key-${client.actor.userId}-${client.random.whole(0, 2 ** 40)}`;
  const [first, second] = await Promise.all([once(key), once(key)]);
  if (first !== null && second !== null && JSON.stringify(first) !== JSON.stringify(second))
    unequal.push(`${name}: ${JSON.stringify([first, second])}`);
  return first ?? second;
}

const actorOf = async (t: TestApp, accessToken: string): Promise<Actor> => {
  const actor = await t.deps.tokens.verify(accessToken, t.clock.now());
  if (!actor) throw new Error('a token of just now opens nothing');
  return actor;
};

const passes = new WeakMap<Actor, { accessToken: string; until: Temporal.Instant }>();

/** An access token that holds at the test's clock, which is ahead of the one it was made at soon. */
async function passOf(t: TestApp, actor: Actor): Promise<string> {
  const now = t.clock.now();
  const known = passes.get(actor);
  if (known && Temporal.Instant.compare(now, known.until) < 0) return known.accessToken;
  const accessToken = await t.deps.tokens.sign(actor, now);
  passes.set(actor, { accessToken, until: now.add({ minutes: 5 }) });
  return accessToken;
}
