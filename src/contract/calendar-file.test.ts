import { expect, test } from 'vitest';
import { writeCalendarFile } from './calendar-file.ts';

const event = {
  uid: 'K7QX-93@shomoy.example',
  sequence: 1,
  status: 'CONFIRMED' as const,
  start: '2026-11-25T17:30:00+06:00',
  end: '2026-11-25T17:45:00+06:00',
  stampedAt: Temporal.Instant.from('2026-11-22T03:20:00.123Z').epochMilliseconds,
  title: 'Appointment: Dr. Nusrat Jahan',
  description: 'Reference K7QX-93',
  place: 'Green Road Chamber, House 12; Road 4',
  url: 'https://shomoy.example/a/token',
};

test('times are UTC and text is escaped', () => {
  const lines = writeCalendarFile(event).split('\r\n');
  expect(lines).toContain('DTSTART:20261125T113000Z');
  expect(lines).toContain('DTEND:20261125T114500Z');
  expect(lines).toContain('DTSTAMP:20261122T032000Z');
  expect(lines).toContain('LOCATION:Green Road Chamber\\, House 12\\; Road 4');
  expect(lines).toContain('STATUS:CONFIRMED');
  expect(lines.at(-1)).toBe('');
});

test('no text can begin a line of its own', () => {
  const file = writeCalendarFile({
    ...event,
    title: 'a\r\nATTACH:http://evil.example\nb\rc\u0000',
    url: 'https://x/\r\nATTACH:y',
  });
  expect(file).toContain('SUMMARY:a\\nATTACH:http://evil.example\\nb\\nc\r\n');
  expect(file).not.toMatch(/^ATTACH/m);
  expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

test('long Bangla lines are folded at 75 octets, never inside a character', () => {
  const title = 'অ্যাপয়েন্টমেন্ট: ডা. নুসরাত জাহান '.repeat(8);
  const file = writeCalendarFile({ ...event, title });
  for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(file.replaceAll('\r\n ', '')).toContain(`SUMMARY:${title}`);
});

test('a cancelled appointment leaves the calendar under the same name', () => {
  const file = writeCalendarFile({ ...event, status: 'CANCELLED', sequence: 2 });
  expect(file).toContain('STATUS:CANCELLED');
  expect(file).toContain('SEQUENCE:2');
  expect(file).toContain('UID:K7QX-93@shomoy.example');
});

test('an invitation names who sends it and who comes, and takes itself back', () => {
  const invitation = {
    organizer: { name: 'Green "Road"\r\nX:1', email: 'desk@example.com' },
    attendee: 'a@example.com',
  };
  const lines = writeCalendarFile({ ...event, invitation })
    .replaceAll('\r\n ', '')
    .split('\r\n');
  expect(lines).toContain('METHOD:REQUEST');
  expect(lines).toContain('ORGANIZER;CN="Green RoadX:1":mailto:desk@example.com');
  expect(lines).toContain('ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:a@example.com');
  expect(writeCalendarFile({ ...event, invitation, status: 'CANCELLED' })).toContain('METHOD:CANCEL');
});
