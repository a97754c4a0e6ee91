import { describe, expect, it } from 'vitest';
import type { StrandedAppointment } from '../../src/contract/changes.ts';
import { groupDays, sumByDate } from './changed-days.ts';
import { addDays } from './dates.ts';
import { decideAll, decisionQuery, stillPossible } from './decisions.ts';

const sitting = (date: string, places = 16) => ({
  startsAt: `${date}T17:00:00+06:00`,
  endsAt: `${date}T21:00:00+06:00`,
  mode: 'timed' as const,
  places,
});

const closed = (date: string, doctorId = 1) => ({
  date,
  doctorId,
  chamberId: 1,
  before: [sitting(date)],
  after: [],
});

describe('the dates of a change', () => {
  it('are one line for weekdays that change alike, whatever the dates', () => {
    const saturdays = [0, 7, 14].map((days) => addDays('2026-11-28', days));
    const mondays = [0, 7].map((days) => addDays('2026-11-30', days));
    const groups = groupDays(
      [...saturdays, ...mondays].toSorted().map((date) => closed(date)),
      6,
    );
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ weekdays: [6, 1], unbroken: false });
    expect(groups[0]?.dates).toHaveLength(5);
  });

  it('are lines of their own where times, places or the chamber differ', () => {
    const one = closed('2026-11-28');
    const fewer = { ...closed('2026-12-05'), before: [sitting('2026-12-05', 8)] };
    const other = { ...closed('2026-12-12'), chamberId: 2 };
    expect(groupDays([one, fewer, other], 6)).toHaveLength(3);
  });

  it('are a span when none is left out', () => {
    const days = [0, 1, 2].map((more) => closed(addDays('2026-12-30', more)));
    expect(groupDays(days, 6)[0]).toMatchObject({
      unbroken: true,
      dates: ['2026-12-30', '2026-12-31', '2027-01-01'],
    });
  });

  it('of several doctors are summed', () => {
    const more = { ...closed('2026-12-16', 3), before: [], after: [sitting('2026-12-16', 5)] };
    const days = [closed('2026-12-16', 1), closed('2026-12-16', 2), more];
    expect(sumByDate(days)).toEqual([{ date: '2026-12-16', doctors: 3, added: 5, removed: 32 }]);
  });
});

const stranded = (id: number, next: StrandedAppointment['next']): StrandedAppointment => ({
  id,
  reference: 'K7QX-93',
  doctorId: 1,
  chamberId: 1,
  patient: { id: 5, fullName: 'Rahima Khatun' },
  mobile: null,
  visitKind: 'new',
  period: { start: '2026-11-28T17:00:00+06:00', end: '2026-11-28T17:15:00+06:00' },
  reasons: ['outside_hours'],
  next,
});

describe('decisions', () => {
  const free = { startsAt: '2026-11-29T17:00:00+06:00' };

  it('for all leave alone what cannot move', () => {
    const decided = decideAll(new Map([[2, 'cancel']]), [stranded(1, free), stranded(2, null)], 'move');
    expect(Object.fromEntries(decided)).toEqual({ 1: 'move', 2: 'cancel' });
  });

  it('hold as long as they are possible', () => {
    const decided = new Map([
      [1, 'move'],
      [2, 'move'],
      [3, 'keep'],
    ] as const);
    expect([...stillPossible(decided, [stranded(1, free), stranded(2, null)])]).toEqual([[1, 'move']]);
  });

  it('name each appointment, and nobody else', () => {
    const decided = new Map([
      [1, 'move'],
      [2, 'keep'],
      [3, 'move'],
    ] as const);
    expect(decisionQuery(decided)).toEqual({ move: '1,3', keep: '2' });
  });
});
