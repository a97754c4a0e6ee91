/** An event of an iCalendar file. Instants are RFC 3339 with offset. */
export type CalendarEvent = {
  uid: string;
  sequence: number;
  status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
  start: string;
  end: string;
  /** Epoch milliseconds. */
  stampedAt: number;
  title: string;
  description: string;
  place: string;
  url: string;
  /** Sent by mail: calendars then take the visit up, move it and drop it by themselves. */
  invitation?: { organizer: { name: string; email: string }; attendee: string };
};

/** The event as RFC 5545 text: UTC times, so that no time zone has to travel along. */
export function writeCalendarFile(event: CalendarEvent): string {
  const { invitation } = event;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Shomoy//Appointments//EN',
    'CALSCALE:GREGORIAN',
    `METHOD:${invitation ? invitationMethod(event) : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${escapeText(event.uid)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${utc(Temporal.Instant.fromEpochMilliseconds(event.stampedAt))}`,
    `DTSTART:${utc(Temporal.Instant.from(event.start))}`,
    `DTEND:${utc(Temporal.Instant.from(event.end))}`,
    `SUMMARY:${escapeText(event.title)}`,
    `DESCRIPTION:${escapeText(event.description)}`,
    `LOCATION:${escapeText(event.place)}`,
    `URL:${event.url.replace(/[\r\n]/g, '')}`,
    ...(invitation
      ? [
          `ORGANIZER;CN=${quoteParameter(invitation.organizer.name)}:mailto:${invitation.organizer.email}`,
          `ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:${invitation.attendee}`,
        ]
      : []),
    `STATUS:${event.status}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

/** What a mail with the file has to be declared as. */
export const invitationMethod = ({ status }: Pick<CalendarEvent, 'status'>): 'REQUEST' | 'CANCEL' =>
  status === 'CANCELLED' ? 'CANCEL' : 'REQUEST';

const quoteParameter = (text: string): string => `"${text.replace(/["\u0000-\u001f\u007f]/g, '')}"`;

const utc = (instant: Temporal.Instant): string =>
  instant.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');

const escapeText = (text: string): string =>
  text
    .replace(/[\\;,]/g, (sign) => `\\${sign}`)
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/[\u0000-\u001f\u007f]/g, '');

/** Lines of at most 75 octets; the continuation's space counts, and a character is never cut in two. */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}
