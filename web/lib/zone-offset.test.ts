import { expect, test } from 'vitest';
import { offsetAt } from './zone-offset.ts';

const at = (zone: string, date: string, time: string) => offsetAt(zone, { date, time });

test('the offset is that of the wall time, on both sides of a clock change', () => {
  expect(at('Asia/Dhaka', '2026-11-25', '17:30')).toBe('+06:00');
  expect(at('Asia/Kathmandu', '2026-11-25', '00:00')).toBe('+05:45');
  // London's clocks go back at 02:00 on 25 October 2026, New York's forward at 02:00 on 8 March.
  expect(at('Europe/London', '2026-10-24', '23:30')).toBe('+01:00');
  expect(at('Europe/London', '2026-10-25', '03:00')).toBe('+00:00');
  expect(at('America/New_York', '2026-03-08', '01:59')).toBe('-05:00');
  expect(at('America/New_York', '2026-03-08', '03:00')).toBe('-04:00');
});

test('every offset is what Temporal says of the same wall time', () => {
  // Clocks change on 4 October in Sydney and on 25 October in London.
  for (const zone of ['Australia/Sydney', 'Europe/London'])
    for (let day = 0; day < 31; day++) {
      const date = Temporal.PlainDate.from('2026-10-01').add({ days: day }).toString();
      for (const time of ['00:30', '04:00', '23:30'])
        expect(at(zone, date, time), `${zone} ${date} ${time}`).toBe(
          Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone).offset,
        );
    }
});

test('what is no zone, date or time has no offset', () => {
  expect(at('Mars/Olympus', '2026-11-25', '17:30')).toBeNull();
  expect(at('Asia/Dhaka', '2026-02-30', '17:30')).toBeNull();
  expect(at('Asia/Dhaka', '2026-11-25', '5pm')).toBeNull();
});
