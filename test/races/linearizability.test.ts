import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookAppointment, cancelAppointment } from '../../src/contract/appointments.ts';
import { ApiProblem } from '../../src/contract/client.ts';
import { getAvailability } from '../../src/contract/doctors.ts';
import { createRandom, type Random } from '../../src/services/demo/random.ts';
import { figure } from '../faults/figures.ts';
import { startApp, type TestApp } from '../harness/app.ts';
import { aDoctor, type Doctor } from '../harness/builders.ts';
import { isLinearizable, type Operation } from './linearizable.ts';
import { someRushers, type Rusher } from './rush.ts';

let t: TestApp;

beforeAll(async () => {
  t = await startApp({
    DATABASE_CONNECTIONS: '16',
    LOG_LEVEL: 'warn',
    SERVICES: 'gateway,users,appointments',
  });
  // The register is the place; how much one person may book is another matter.
  await t.deps.pool.query(`alter table chambers alter column most_per_doctor set default 100,
                             alter column most_in_all set default 100`);
});
afterAll(() => t.close());

/** Who has the place: the id of an appointment, or 0. */
type Holder = number;

const free = 0;
const wasBooked = (id: number) => (holder: Holder) => (holder === free ? id : null);
const wasTaken = (holder: Holder) => (holder === free ? null : holder);
const wasCancelled = (id: number) => (holder: Holder) => (holder === id ? free : null);
const wasSeen = (open: boolean) => (holder: Holder) => ((holder === free) === open ? holder : null);

describe('the checker', () => {
  const at = (asked: number, answered: number, apply: Operation<Holder>['apply']) => ({
    asked,
    answered,
    apply,
  });

  test.each<[string, boolean, Operation<Holder>[]]>([
    [
      'one after the other',
      true,
      [at(0, 1, wasBooked(1)), at(2, 3, wasCancelled(1)), at(4, 5, wasBooked(2))],
    ],
    ['at once, one refused', true, [at(0, 5, wasTaken), at(1, 4, wasBooked(1))]],
    ['at once, seen before it was answered', true, [at(0, 9, wasBooked(1)), at(1, 2, wasSeen(false))]],
    [
      'seen, then unseen, while it is under way',
      false,
      [at(0, 9, wasBooked(1)), at(1, 2, wasSeen(false)), at(3, 4, wasSeen(true))],
    ],
    ['twice', false, [at(0, 3, wasBooked(1)), at(1, 2, wasBooked(2))]],
    ['refused though nobody had it', false, [at(0, 1, wasTaken), at(2, 3, wasBooked(1))]],
    ['seen free after it was taken', false, [at(0, 1, wasBooked(1)), at(2, 3, wasSeen(true))]],
    [
      'taken over as it is given up',
      true,
      [at(0, 1, wasBooked(1)), at(2, 6, wasCancelled(1)), at(3, 5, wasBooked(2)), at(4, 7, wasTaken)],
    ],
  ])('knows what can be: %s', (_, possible, operations) => {
    expect(isLinearizable(operations, free)).toBe(possible);
  });
});

/** What was recorded of each place, by doctor and start. */
type Records = Map<string, Operation<Holder>[]>;

type Client = { by: Rusher; mine: { id: number; place: string }[]; random: Random };

/** Looks which of a doctor's places are free. */
type Look = (doctor: Doctor) => Promise<ReadonlySet<string>>;

const starts = ['17:00', '17:15', '17:30', '17:45'].map((time) => `2026-11-02T${time}:00+06:00`);
const nameOf = ({ doctorId }: Doctor, startsAt: string): string => `${doctorId} ${startsAt}`;

const look: Look = async ({ doctorId }) => {
  const { days } = await t.call(getAvailability, {
    params: { id: doctorId },
    query: { from: '2026-11-02', to: '2026-11-02' },
  });
  return new Set(
    days.flatMap(({ sessions }) => sessions.flatMap(({ places }) => places.map(({ startsAt }) => startsAt))),
  );
};

/** Sixteen clients book, give up and look at a handful of places, and everything is recorded. */
async function record(operations: number, looking: Look): Promise<Records> {
  const doctors = await Promise.all(Array.from({ length: 8 }, () => aDoctor(t)));
  const records: Records = new Map();
  let left = operations;
  const recorded = async <Answer>(
    ask: () => Promise<Answer>,
    applied: (answer: Answer) => [place: string, apply: Operation<Holder>['apply']][],
  ): Promise<void> => {
    const asked = performance.now();
    const answer = await ask();
    const answered = performance.now();
    for (const [place, apply] of applied(answer)) {
      const known = records.get(place) ?? [];
      records.set(place, known);
      known.push({ asked, answered, apply });
      left -= 1;
    }
  };
  const takeStep = async ({ by, mine, random }: Client): Promise<void> => {
    const doctor = random.pick(doctors);
    if (random.chance(0.2))
      return recorded(
        () => looking(doctor),
        (open) => starts.map((startsAt) => [nameOf(doctor, startsAt), wasSeen(open.has(startsAt))]),
      );
    const own = mine.pop();
    if (own && random.chance(0.7))
      return recorded(
        () => t.call(cancelAppointment, { params: { id: own.id }, body: {} }, by),
        () => [[own.place, wasCancelled(own.id)]],
      );
    if (own) mine.unshift(own);
    // Nobody can be with two doctors at once, so each keeps to the starts where they are nowhere yet.
    const startsAt = random.pick(starts);
    if (mine.some(({ place }) => place.endsWith(startsAt))) return;
    const { doctorId, chamberId, visitTypeId } = doctor;
    const place = nameOf(doctor, startsAt);
    await recorded(
      () => idOrNull(t.call(bookAppointment, { body: { doctorId, chamberId, visitTypeId, startsAt } }, by)),
      (id) => {
        if (id === null) return [[place, wasTaken]];
        mine.push({ id, place });
        return [[place, wasBooked(id)]];
      },
    );
  };
  const people = await someRushers(t, 16);
  await Promise.all(
    people.map(async (by, index) => {
      const client: Client = { by, mine: [], random: createRandom(index) };
      while (left > 0) await takeStep(client);
    }),
  );
  return records;
}

/** The id of what was booked, or null when the place was taken. */
async function idOrNull(answer: Promise<{ id: number }>): Promise<number | null> {
  try {
    return (await answer).id;
  } catch (error) {
    if (error instanceof ApiProblem && error.body.code === 'slot_taken') return null;
    throw error;
  }
}

const refusedPlaces = (records: Records): string[] =>
  [...records].flatMap(([place, operations]) => (isLinearizable(operations, free) ? [] : [place]));

const countOf = (records: Records): number =>
  [...records.values()].reduce((sum, { length }) => sum + length, 0);

test('control: a client that now and then shows what it had seen before is found out', async () => {
  const seen = new Map<number, ReadonlySet<string>>();
  const random = createRandom(1);
  const stale: Look = async (doctor) => {
    const before = seen.get(doctor.doctorId);
    if (before && random.chance(0.1)) return before;
    const open = await look(doctor);
    seen.set(doctor.doctorId, open);
    return open;
  };
  const records = await record(2_000, stale);
  const refused = refusedPlaces(records);
  console.log(
    `control: ${refused.length} of ${records.size} places refused in ${countOf(records)} operations`,
  );
  expect(refused.length).toBeGreaterThan(0);
});

const all = figure({ usual: 10_000, full: 20_000 });

test(`${all} operations of 16 clients could all have been done one after the other`, async () => {
  const records = await record(all, look);
  const began = performance.now();
  const refused = refusedPlaces(records);
  console.log(
    `${countOf(records)} operations on ${records.size} places, checked in ${Math.round(performance.now() - began)} ms`,
  );
  expect(countOf(records)).toBeGreaterThanOrEqual(all);
  expect(refused).toEqual([]);
});
