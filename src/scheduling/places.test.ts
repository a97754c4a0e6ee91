import { describe, expect, it } from 'vitest';
import { freePlaces, freePlacesOfAll, occupied } from './places.ts';
import type { Conditions } from './obstacles.ts';
import { sittings } from './sittings.ts';
import type { Sitting } from './sittings.ts';
import { exampleRule } from './testing/example-rule.ts';
import { freeOfConditions } from './testing/free-of-conditions.ts';
import { range, sittingOf } from './testing/monday.ts';

const LONG_BEFORE = at('2026-01-01T00:00+06:00');

function at(instant: string): number {
  return Temporal.Instant.from(instant).epochMilliseconds;
}

/** The free places as the clock in the chamber shows them: `HH:MM`, serials as `#n HH:MM`. */
function offered(
  sitting: Sitting,
  given: Partial<Conditions> & { visitMinutes?: number; now?: number } = {},
): string {
  const query = { ...freeOfConditions, visitMinutes: 15, now: LONG_BEFORE, ...given };
  return freePlaces(sitting, query)
    .map(({ start, serial }) => {
      const clock = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(sitting.rule.zone);
      const time = clock.toPlainTime().toString().slice(0, 5);
      return serial === undefined ? time : `#${serial} ${time}`;
    })
    .join(' ');
}

describe('timed', () => {
  const sitting = sittingOf({ to: '11:00' });

  it('offers a start every step for as long as the visit ends within the sitting', () => {
    expect(offered(sitting)).toBe('10:00 10:15 10:30 10:45');
    expect(offered(sitting, { visitMinutes: 16 })).toBe('10:00 10:15 10:30');
    expect(offered(sitting, { visitMinutes: 30 })).toBe('10:00 10:15 10:30');
    expect(offered(sitting, { visitMinutes: 60 })).toBe('10:00');
    expect(offered(sitting, { visitMinutes: 61 })).toBe('');
  });

  it('leaves the rest that no step fits into', () => {
    expect(offered(sittingOf({ to: '10:50' }))).toBe('10:00 10:15 10:30');
  });

  it('touching is not overlapping', () => {
    expect(offered(sitting, { taken: [range('10:15-10:30')] })).toBe('10:00 10:30 10:45');
  });

  it('a long visit does not fit before a taken one', () => {
    expect(offered(sitting, { visitMinutes: 30, taken: [range('10:45-11:00')] })).toBe('10:00 10:15');
  });

  it('taken time off the step blocks every start it touches', () => {
    expect(offered(sitting, { taken: [range('10:14-10:16')] })).toBe('10:30 10:45');
    expect(offered(sitting, { taken: [range('10:05-10:10')] })).toBe('10:15 10:30 10:45');
  });

  it('a long taken range is not forgotten behind a short one that starts later', () => {
    expect(
      offered(sitting, { taken: [range('09:00-10:40'), range('09:30-09:40'), range('10:00-10:05')] }),
    ).toBe('10:45');
  });

  it('taken ranges outside the sitting do not matter, one around it blocks it', () => {
    expect(offered(sitting, { taken: [range('08:00-10:00'), range('11:00-12:00')] })).toBe(
      '10:00 10:15 10:30 10:45',
    );
    expect(offered(sitting, { taken: [range('00:00-23:00')] })).toBe('');
  });

  it('a visit longer than the step offers starts that exclude each other', () => {
    expect(offered(sitting, { visitMinutes: 45 })).toBe('10:00 10:15');
    expect(offered(sitting, { visitMinutes: 45, taken: [range('10:00-10:45')] })).toBe('');
  });
});

describe('buffers', () => {
  const buffered = { to: '11:00', bufferBeforeMinutes: 5, bufferAfterMinutes: 10 };

  it('belong to the occupied time, not to the visit', () => {
    expect(occupied(range('10:00-10:15'), exampleRule(buffered))).toEqual(range('09:55-10:25'));
  });

  it('may reach past both ends of the sitting', () => {
    expect(offered(sittingOf(buffered))).toBe('10:00 10:15 10:30 10:45');
  });

  it('keep their distance from what is taken, and touch it', () => {
    const sitting = sittingOf(buffered);
    expect(offered(sitting, { taken: [range('10:40-10:41')] })).toBe('10:00 10:15');
    expect(offered(sitting, { taken: [range('10:39-10:40')] })).toBe('10:00 10:45');
    expect(offered(sitting, { taken: [range('09:00-09:55')] })).toBe('10:00 10:15 10:30 10:45');
    expect(offered(sitting, { taken: [range('09:00-09:56')] })).toBe('10:15 10:30 10:45');
  });

  it('do not apply to serials', () => {
    const serial = { ...buffered, mode: 'serial', capacity: 3 } as const;
    expect(occupied(range('10:00-10:15'), exampleRule(serial))).toEqual(range('10:00-10:15'));
    expect(offered(sittingOf(serial), { taken: [range('10:15-10:30')] })).toBe('#1 10:00 #3 10:30');
  });
});

describe('notice and horizon', () => {
  it('what starts now can be booked, what started a moment ago cannot', () => {
    const sitting = sittingOf({ to: '11:00' });
    expect(offered(sitting, { now: at('2026-11-02T10:15+06:00') })).toBe('10:15 10:30 10:45');
    expect(offered(sitting, { now: at('2026-11-02T10:15+06:00') + 1 })).toBe('10:30 10:45');
  });

  it('notice counts from now', () => {
    const sitting = sittingOf({ to: '11:00', noticeMinutes: 60 });
    expect(offered(sitting, { now: at('2026-11-02T09:30+06:00') })).toBe('10:30 10:45');
    expect(offered(sitting, { now: at('2026-11-02T09:46+06:00') })).toBe('');
  });

  it('the horizon moves at midnight in the chamber, wherever the patient is', () => {
    const sitting = sittingOf({ to: '10:30', horizonDays: 7 });
    expect(offered(sitting, { now: at('2026-10-26T00:00+06:00') })).toBe('10:00 10:15');
    expect(offered(sitting, { now: at('2026-10-26T00:00+06:00') - 1 })).toBe('');
  });

  it('a horizon of no days offers today', () => {
    const sitting = sittingOf({ to: '10:30', horizonDays: 0 });
    expect(offered(sitting, { now: at('2026-11-02T00:00+06:00') })).toBe('10:00 10:15');
    expect(offered(sitting, { now: at('2026-11-01T23:59+06:00') })).toBe('');
  });

  it('the horizon counts dates, not 24 hours, where the clock changes on the way', () => {
    const sitting = sittingOf({ zone: 'Europe/London', to: '10:30', horizonDays: 8 });
    expect(offered(sitting, { now: at('2026-10-25T00:00+01:00') })).toBe('10:00 10:15');
    expect(offered(sitting, { now: at('2026-10-24T23:59+01:00') })).toBe('');
  });

  it('a night sitting opens as a whole, by the date it starts on', () => {
    const sitting = sittingOf({ from: '23:30', to: '00:30', horizonDays: 1 });
    expect(offered(sitting, { now: at('2026-11-01T00:00+06:00') })).toBe('23:30 23:45 00:00 00:15');
  });
});

describe('serials', () => {
  const serial = { mode: 'serial', capacity: 4, slotMinutes: 10 } as const;
  const sitting = sittingOf(serial);

  it('go from 1 to the capacity, each expected after the one before', () => {
    expect(offered(sitting)).toBe('#1 10:00 #2 10:10 #3 10:20 #4 10:30');
    expect(freePlaces(sitting, { ...freeOfConditions, visitMinutes: 15, now: LONG_BEFORE })[1]).toEqual({
      ...range('10:10-10:20'),
      serial: 2,
    });
  });

  it('do not depend on the length of the visit', () => {
    expect(offered(sitting, { visitMinutes: 90 })).toBe(offered(sitting));
  });

  it('leave out what is taken and keep their numbers', () => {
    expect(offered(sitting, { taken: [range('10:00-10:10'), range('10:20-10:30')] })).toBe(
      '#2 10:10 #4 10:30',
    );
    expect(offered(sitting, { taken: [range('10:00-10:40')] })).toBe('');
  });

  it('are not offered once their time is past or within notice', () => {
    expect(offered(sitting, { now: at('2026-11-02T10:11+06:00') })).toBe('#3 10:20 #4 10:30');
    expect(offered(sittingOf({ ...serial, noticeMinutes: 15 }), { now: at('2026-11-02T10:11+06:00') })).toBe(
      '#4 10:30',
    );
  });

  it('stay with the capacity where it is more than the hours hold', () => {
    expect(offered(sittingOf({ ...serial, to: '10:20' }))).toBe('#1 10:00 #2 10:10 #3 10:20 #4 10:30');
  });
});

describe('clock changes', () => {
  it('London, spring: steps go on in real minutes over the missing hour', () => {
    const sitting = sittingOf(
      { zone: 'Europe/London', weekday: 7, from: '00:30', to: '03:00', slotMinutes: 30 },
      '2026-03-29',
    );
    expect(offered(sitting)).toBe('00:30 02:00 02:30');
  });

  it('London, spring: a start in the missing hour, steps counted from where it moved to', () => {
    const sitting = sittingOf(
      { zone: 'Europe/London', weekday: 7, from: '01:20', to: '03:00' },
      '2026-03-29',
    );
    expect(offered(sitting)).toBe('02:20 02:35');
  });

  it('New York, autumn: the repeated hour is offered twice', () => {
    const sitting = sittingOf(
      { zone: 'America/New_York', weekday: 7, from: '00:30', to: '02:30', slotMinutes: 30 },
      '2026-11-01',
    );
    expect(offered(sitting)).toBe('00:30 01:00 01:30 01:00 01:30 02:00');
  });

  it('Lord Howe, spring: half an hour less', () => {
    const sitting = sittingOf(
      { zone: 'Australia/Lord_Howe', weekday: 7, from: '01:00', to: '03:30', slotMinutes: 30 },
      '2026-10-04',
    );
    expect(offered(sitting, { visitMinutes: 30 })).toBe('01:00 01:30 02:30 03:00');
  });

  it('serials are expected in real minutes too', () => {
    const sitting = sittingOf(
      { zone: 'Europe/London', weekday: 7, from: '00:30', mode: 'serial', capacity: 3, slotMinutes: 30 },
      '2026-03-29',
    );
    expect(offered(sitting)).toBe('#1 00:30 #2 02:00 #3 02:30');
  });
});

describe('many sittings at once', () => {
  it('answers for each as alone, also for sittings side by side with buffers of their own', () => {
    const all = sittings(
      [
        exampleRule({ scheduleId: 1, chamberId: 1 }),
        exampleRule({ scheduleId: 2, chamberId: 2, from: '11:30', to: '13:00', bufferBeforeMinutes: 45 }),
        exampleRule({ scheduleId: 3, chamberId: 3, from: '11:00', to: '12:30' }),
      ],
      { from: '2026-11-02', to: '2026-11-16' },
    );
    const taken = [range('09:00-10:05'), range('10:40-10:50'), range('10:45-11:10'), range('12:15-12:20')];
    const query = { ...freeOfConditions, visitMinutes: 20, taken, now: LONG_BEFORE };
    const together = freePlacesOfAll(all, query);
    expect(together).toEqual(all.map((sitting) => freePlaces(sitting, query)));
    expect(together.flat().length).toBeGreaterThan(30);
  });
});

describe('mistakes in the input', () => {
  const query = { ...freeOfConditions, visitMinutes: 15, now: LONG_BEFORE };

  it.each([0, -5, 1.5, Number.NaN])('a visit of %s minutes is a RangeError', (visitMinutes) => {
    expect(() => freePlaces(sittingOf({}), { ...query, visitMinutes })).toThrow('query.visitMinutes:');
    expect(() => freePlacesOfAll([], { ...query, visitMinutes })).toThrow(RangeError);
  });

  it('so is a moment that is none, and a sitting made by hand without a step', () => {
    expect(() => freePlaces(sittingOf({}), { ...query, now: Number.NaN })).toThrow('query.now:');
    const sitting = { ...sittingOf({}), rule: exampleRule({ slotMinutes: 0 }) };
    expect(() => freePlaces(sitting, query)).toThrow('sitting.rule.slotMinutes:');
  });
});
