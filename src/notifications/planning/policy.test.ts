import { expect, test } from 'vitest';
import { costOf, momentOfNews, momentOfReminder, nextTryAfter, reminderEnds } from './policy.ts';

const zone = 'Asia/Dhaka';
const night = { from: '22:00', until: '07:00' };
const at = (local: string) => Temporal.Instant.from(`${local}:00+06:00`).epochMilliseconds;
const told = (instant: number | null) =>
  instant === null
    ? null
    : Temporal.Instant.fromEpochMilliseconds(instant)
        .toZonedDateTimeISO(zone)
        .toPlainDateTime()
        .toString()
        .slice(5, 16);
const now = at('2026-11-20T12:00');
const reminder = (starts: string, minutes: number, quiet: typeof night | null = night) =>
  told(momentOfReminder({ now, starts: at(starts), zone, minutes }, quiet));

test('a reminder keeps its time by day, waits for the morning, or goes the evening before', () => {
  expect(reminder('2026-11-25T17:00', 120)).toBe('11-25T15:00');
  expect(reminder('2026-11-25T17:00', 1440)).toBe('11-24T17:00');
  expect(reminder('2026-11-25T08:00', 120)).toBe('11-25T07:00');
  expect(reminder('2026-11-25T07:30', 120)).toBe('11-24T21:59');
  expect(reminder('2026-11-25T05:00', 1440)).toBe('11-24T07:00');
  expect(reminder('2026-11-26T00:30', 120)).toBe('11-25T21:59');
  expect(reminder('2026-11-25T08:00', 120, null)).toBe('11-25T06:00');
  // Quiet hours of the day.
  expect(reminder('2026-11-25T17:00', 120, { from: '14:00', until: '15:30' })).toBe('11-25T15:30');
});

test('a reminder whose moment has passed when the visit is booked is promised to nobody', () => {
  expect(reminder('2026-11-20T13:30', 120)).toBeNull();
  expect(reminder('2026-11-21T11:00', 1440)).toBeNull();
  expect(reminder('2026-11-20T14:01', 120)).toBe('11-20T12:01');
});

test('late, a reminder is worth something for an eighth of its lead, never after the visit began', () => {
  const starts = at('2026-11-25T17:00');
  expect(told(reminderEnds(at('2026-11-25T15:00'), { starts, minutes: 120 }))).toBe('11-25T15:15');
  expect(told(reminderEnds(at('2026-11-24T17:00'), { starts, minutes: 1440 }))).toBe('11-24T20:00');
  expect(told(reminderEnds(at('2026-11-25T16:55'), { starts, minutes: 5 }))).toBe('11-25T17:00');
});

test('news wait for the morning unless the visit would be too near by then', () => {
  const news = (here: string, starts: string) =>
    told(momentOfNews({ now: at(here), starts: at(starts), zone }, night));
  expect(news('2026-11-20T12:00', '2026-11-25T17:00')).toBe('11-20T12:00');
  expect(news('2026-11-20T23:00', '2026-11-25T17:00')).toBe('11-21T07:00');
  expect(news('2026-11-21T06:59', '2026-11-25T17:00')).toBe('11-21T07:00');
  expect(news('2026-11-21T07:00', '2026-11-25T17:00')).toBe('11-21T07:00');
  expect(news('2026-11-20T23:00', '2026-11-21T08:00')).toBe('11-21T07:00');
  expect(news('2026-11-20T23:00', '2026-11-21T07:59')).toBe('11-20T23:00');
});

test('quiet hours follow a clock that changes', () => {
  // On 25 October 2026 Berlin's clock goes back at 03:00: the night has ten hours.
  const due = momentOfNews(
    {
      now: Temporal.Instant.from('2026-10-24T23:00+02:00').epochMilliseconds,
      starts: Temporal.Instant.from('2026-10-26T12:00+01:00').epochMilliseconds,
      zone: 'Europe/Berlin',
    },
    night,
  );
  expect(due).toBe(Temporal.Instant.from('2026-10-25T07:00+01:00').epochMilliseconds);
});

test('tries are further and further apart, and end', () => {
  const waits = Array.from({ length: 10 }, (_, index) => nextTryAfter(index + 1, 'booked'));
  expect(waits).toEqual([20, 40, 80, 160, 320, 640, 1_280, 2_560, 5_120, null]);
  expect(nextTryAfter(1, 'sign_in')).toBe(3);
});

test('the cost of parts is exact', () => {
  expect(costOf(3, '0.35')).toBe('1.0500');
  expect(costOf(7, '0.1')).toBe('0.7000');
  expect(costOf(1, '0')).toBe('0.0000');
  expect(costOf(12, '10')).toBe('120.0000');
});
