import { describe, expect, it } from 'vitest';
import {
  copyDay,
  countChanges,
  isBehind,
  placeDraft,
  putHours,
  rebase,
  removedFrom,
  removeHours,
  weekBody,
  type WeekDraft,
} from './week-draft.ts';
import { type DraftHours, usualDates } from './week-hours.ts';

const [saturday, sunday, monday] = [6, 7, 1];

const hours = (key: string, of: Partial<DraftHours> = {}): DraftHours => ({
  key,
  weekday: saturday,
  from: '17:00',
  to: '21:00',
  mode: 'timed',
  slotMinutes: 15,
  capacity: null,
  quotas: null,
  quotaReleaseMinutes: null,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  noticeMinutes: 30,
  horizonDays: 30,
  ...of,
});

const saved = [hours('1', { id: 1 }), hours('2', { id: 2, weekday: sunday })];

const draftOf = (now: readonly DraftHours[], base: readonly DraftHours[] = saved): WeekDraft => ({
  chamberId: 9,
  was: usualDates,
  dates: usualDates,
  base,
  hours: [...now],
});

describe('a draft of a week', () => {
  it('counts what came, went and changed, and the dates', () => {
    const draft = draftOf(saved);
    expect(countChanges(draft, saved)).toBe(0);
    const changed = putHours(removeHours(draft, '1'), [
      hours('2', { id: 2, weekday: sunday, to: '22:00' }),
      hours('new', { weekday: monday }),
    ]);
    expect(countChanges(changed, saved)).toBe(3);
    expect(removedFrom(changed, saved).map(({ id }) => id)).toEqual([1]);
    expect(countChanges({ ...draft, dates: { validFrom: '2027-02-08', validUntil: null } }, saved)).toBe(1);
    expect(countChanges({ ...draftOf([], []), was: null }, [])).toBe(1);
  });

  it('is as saved again when a change is taken back', () => {
    const [first] = saved;
    const changed = putHours(draftOf(saved), [hours('1', { id: 1, to: '20:00' })]);
    expect(countChanges(putHours(changed, first ? [first] : []), saved)).toBe(0);
  });

  it('copies a day over others, whose rows it keeps where it can', () => {
    const draft = putHours(draftOf(saved), [hours('late', { from: '21:30', to: '23:00' })]);
    const copied = copyDay(draft, { from: saturday, to: [sunday, monday], newKey: () => 'copy' });
    const rows = copied.hours.map(({ weekday, from, id }) => [weekday, from, id]);
    expect(rows).toEqual([
      [saturday, '17:00', 1],
      [saturday, '21:30', undefined],
      [sunday, '17:00', 2],
      [sunday, '21:30', undefined],
      [monday, '17:00', undefined],
      [monday, '21:30', undefined],
    ]);
  });

  it('keeps what others saved meanwhile beside what was edited here', () => {
    const mine = removeHours(
      putHours(draftOf(saved), [hours('new', { weekday: monday }), hours('1', { id: 1, to: '20:00' })]),
      '2',
    );
    const now = [
      hours('1', { id: 1, from: '16:00' }),
      saved[1] ?? hours('2'),
      hours('3', { id: 3, from: '09:00', to: '11:00' }),
    ];
    expect(isBehind(mine, saved)).toBe(false);
    expect(isBehind(mine, now)).toBe(true);
    const merged = rebase(mine, now);
    expect(merged.hours.map(({ id, weekday, from, to }) => [id, weekday, from, to])).toEqual([
      [3, saturday, '09:00', '11:00'],
      [1, saturday, '17:00', '20:00'],
      [undefined, monday, '17:00', '21:00'],
    ]);
    expect(isBehind(merged, now)).toBe(false);
  });

  it('brings back as new what was changed here and ended by others, and lets go what was not', () => {
    const mine = putHours(draftOf(saved), [hours('1', { id: 1, to: '20:00' })]);
    const merged = rebase(mine, []);
    expect(merged.hours.map(({ id, to }) => [id, to])).toEqual([[undefined, '20:00']]);
  });

  it('has nothing left to save once what was added here is there as saved', () => {
    const added = [
      hours('new a', { weekday: monday }),
      hours('new b', { weekday: monday, from: '09:00', to: '11:00' }),
    ];
    const mine = putHours(draftOf(saved), added);
    const arrived = hours('7', { id: 7, weekday: monday });
    const half = rebase(mine, [...saved, arrived]);
    expect(half.hours.map(({ id, weekday, from }) => [id, weekday, from])).toEqual([
      [1, saturday, '17:00'],
      [2, sunday, '17:00'],
      [undefined, monday, '09:00'],
      [7, monday, '17:00'],
    ]);
    const all = [...saved, arrived, hours('8', { id: 8, weekday: monday, from: '09:00', to: '11:00' })];
    expect(countChanges(rebase(mine, all), all)).toBe(0);
  });

  it('keeps what was added beside hours of other settings or another day', () => {
    const mine = putHours(draftOf(saved), [hours('new', { weekday: monday })]);
    const others = [
      hours('7', { id: 7, weekday: monday, noticeMinutes: 60 }),
      hours('8', { id: 8, weekday: saturday, from: '09:00', to: '11:00' }),
    ];
    expect(countChanges(rebase(mine, [...saved, ...others]), [...saved, ...others])).toBe(1);
  });

  it('of a new week is one of the saved week with its dates, as soon as there is one', () => {
    const dates = { validFrom: '2027-02-08', validUntil: '2027-03-09' };
    const mine: WeekDraft = { ...draftOf([hours('new')], []), was: null, dates };
    expect(placeDraft(mine, [usualDates]).was).toBeNull();
    const placed = placeDraft(mine, [usualDates, { ...dates }]);
    expect(placed.was).toEqual(dates);
    const now = [hours('7', { id: 7 })];
    expect(countChanges(rebase(placed, now), now)).toBe(0);
    const other = [hours('7', { id: 7, to: '20:00' })];
    expect(isBehind(placed, other)).toBe(true);
    expect(rebase(placed, other).hours).toHaveLength(2);
  });

  it('stays with the week it was begun on, and is a new week when that is gone', () => {
    const was = { validFrom: '2027-02-08', validUntil: '2027-03-09' };
    const dates = { ...was, validUntil: '2027-03-10' };
    const mine: WeekDraft = { ...draftOf([hours('1', { id: 1, to: '20:00' })]), was, dates };
    expect(placeDraft(mine, [usualDates, dates, was])).toEqual(mine);
    expect(placeDraft(mine, [usualDates, dates]).was).toEqual(dates);
    expect(placeDraft(mine, [usualDates])).toEqual({
      ...mine,
      was: null,
      base: [],
      hours: [hours('1', { to: '20:00' })],
    });
  });

  it('says what it was based on, and its old dates when they change', () => {
    const dates = { validFrom: '2027-02-08', validUntil: '2027-03-09' };
    const body = weekBody({ ...draftOf(saved), was: dates, dates: { ...dates, validUntil: '2027-03-10' } }, [
      { id: 1, version: 4 },
    ]);
    expect(body).toMatchObject({
      chamberId: 9,
      validFrom: '2027-02-08',
      validUntil: '2027-03-10',
      was: dates,
      basedOn: [{ id: 1, version: 4 }],
      hours: [{ id: 1 }, { id: 2 }],
    });
    expect(body.hours[0]).not.toHaveProperty('key');
    expect(weekBody(draftOf(saved), [])).not.toHaveProperty('was');
  });
});
