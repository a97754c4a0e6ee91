import { describe, expect, it } from 'vitest';
import type { Closure } from './closures.ts';
import { misfitsOf, sittingHolding } from './misfits.ts';
import { sittings } from './sittings.ts';
import { exampleRule } from './testing/example-rule.ts';
import { range } from './testing/monday.ts';
import type { WeeklyRule } from './weekly-rules.ts';

const dayOf = (...rules: Partial<WeeklyRule>[]) =>
  sittings(rules.map(exampleRule), { from: '2026-11-02', to: '2026-11-02' });

const { chamberId } = exampleRule({});
const serialHours = { mode: 'serial', slotMinutes: 10, capacity: 6 } as const;

describe('a promised visit', () => {
  const misfits = (
    visit: { at: string; serial?: number; chamberId?: number },
    { of = dayOf({}), closures = [] }: { of?: ReturnType<typeof dayOf>; closures?: Closure[] } = {},
  ) =>
    misfitsOf(
      { chamberId, serial: visit.serial ?? null, ...visit, period: range(visit.at) },
      { sittings: of, closures },
    );

  it.each([
    ['on a step', '10:00-10:15', []],
    ['between two steps, as other hours once had them', '10:07-10:22', []],
    ['to the very end', '11:45-12:00', []],
    ['over the end', '11:50-12:05', ['outside_hours']],
    ['before the start', '09:55-10:10', ['outside_hours']],
  ])('in timed hours: %s', (_, at, expected) => {
    expect(misfits({ at })).toEqual(expected);
  });

  it('in hours of its own chamber only', () => {
    expect(misfits({ at: '10:00-10:15', chamberId: chamberId + 1 })).toEqual(['outside_hours']);
    expect(misfits({ at: '10:00-10:15' }, { of: [] })).toEqual(['outside_hours']);
  });

  it('not by a serial in timed hours, nor by a time in serial ones', () => {
    expect(misfits({ at: '10:00-10:15', serial: 1 })).toEqual(['outside_hours']);
    expect(misfits({ at: '10:00-10:10' }, { of: dayOf(serialHours) })).toEqual(['outside_hours']);
  });

  it.each([
    ['its number at its time', '10:20-10:30', 3, []],
    ['the last', '10:50-11:00', 6, []],
    ['past a smaller capacity', '11:00-11:10', 7, ['outside_hours']],
    ['its number at another time', '10:20-10:30', 2, ['outside_hours']],
  ])('in serial hours: %s', (_, at, serial, expected) => {
    expect(misfits({ at, serial }, { of: dayOf(serialHours) })).toEqual(expected);
  });

  it('keeps its serial when each patient gets fewer minutes but its time stays', () => {
    expect(misfits({ at: '10:00-10:15', serial: 1 }, { of: dayOf(serialHours) })).toEqual([]);
  });

  const closure = (given: Partial<Closure> = {}): Closure => ({
    kind: 'time_off',
    chamberId: null,
    tentative: false,
    period: range('10:10-10:30'),
    ...given,
  });

  it('closed by what overlaps it, in its chamber or in all', () => {
    expect(misfits({ at: '10:00-10:15' }, { closures: [closure()] })).toEqual(['time_off']);
    expect(misfits({ at: '10:00-10:15' }, { closures: [closure({ chamberId })] })).toEqual(['time_off']);
    expect(misfits({ at: '10:00-10:15' }, { closures: [closure({ chamberId: chamberId + 1 })] })).toEqual([]);
    expect(misfits({ at: '09:55-10:10' }, { closures: [closure()] })).toEqual(['outside_hours']);
    expect(misfits({ at: '10:30-10:45' }, { closures: [closure()] })).toEqual([]);
  });

  it('by every kind of closure, each named once; a tentative one takes nothing', () => {
    const holiday = closure({ kind: 'holiday' });
    expect(misfits({ at: '10:00-10:15' }, { closures: [holiday, closure(), closure()] })).toEqual([
      'time_off',
      'holiday',
    ]);
    expect(misfits({ at: '10:00-10:15' }, { closures: [closure({ ...holiday, tentative: true })] })).toEqual(
      [],
    );
  });

  it('is held by the sitting that gives its place', () => {
    const [first, second] = dayOf({ to: '11:00' }, { scheduleId: 2, from: '11:00', to: '12:00' });
    const held = (at: string) =>
      sittingHolding(
        { chamberId, serial: null, period: range(at) },
        [first, second].flatMap((each) => each ?? []),
      );
    expect(held('10:45-11:00')).toBe(first);
    expect(held('11:00-11:15')).toBe(second);
    expect(held('10:50-11:05')).toBeNull();
  });
});
