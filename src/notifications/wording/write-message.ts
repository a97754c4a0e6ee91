import { invitationMethod, writeCalendarFile, type CalendarEvent } from '../../contract/calendar-file.ts';
import type { MessageChannel, MessageKind, Wording } from '../../contract/messages.ts';
import type { Settings } from '../../contract/settings.ts';
import { organisationName, type Language } from '../../contract/wording.ts';
import type { Config } from '../../config.ts';
import type { Queryable } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { readSettings } from '../../platform/settings.ts';
import { addressOf } from '../../platform/mailer.ts';
import { formatInstant } from '../../scheduling/format-instant.ts';
import { fillWording } from './policy.ts';
import {
  passwordPath,
  pathIn,
  presentInvitation,
  presentReport,
  presentVisit,
  reportPath,
  type Links,
} from './present.ts';
import {
  findCode,
  findInvitationFacts,
  findReportFacts,
  findVisitFacts,
  findWording,
  type InvitationFacts,
  type ReportFacts,
  type VisitFacts,
} from './queries.ts';

export type Writer = { config: Config; secrets: Secrets; links: Links };

/** A message as its reader will see it. */
export type Written = {
  /** Null: an SMS. */
  title: string | null;
  text: string;
  /** Below the site's root. */
  path: string | null;
  calendar: { method: 'REQUEST' | 'CANCEL'; content: string } | null;
};

type Subject = {
  kind: MessageKind;
  channel: MessageChannel;
  language: Language;
  minutes: number;
  version: number;
  recipient: string;
  appointmentId: number | null;
  codeId: string | null;
  reportId: number | null;
  invitationId: number | null;
  now: Temporal.Instant;
};

/** Writes a message from what is true now. Null: there is nothing left to say. */
export async function writeMessage(on: Queryable, writer: Writer, subject: Subject): Promise<Written | null> {
  const { appointmentId, codeId, reportId, invitationId, version } = subject;
  const sender = senderOf(writer, await readSettings(on), subject.language);
  if (codeId !== null) {
    const code = await findCode(on, codeId);
    if (!code) return null;
    const values = {
      sender,
      // Never in Bangla digits: it is typed on the keys of a phone.
      code: writer.secrets.unseal('code', code.sealed),
      minutes: String(code.minutes),
    };
    return { ...fillBoth(await findWording(on, subject), values), path: null, calendar: null };
  }
  if (reportId !== null) {
    const facts = await findReportFacts(on, reportId);
    if (!facts) return null;
    const wording = fillBoth(
      await findWording(on, subject),
      valuesOfReport({ ...writer, sender }, facts, subject),
    );
    return { ...wording, path: pathIn(subject.language, reportPath(facts)), calendar: null };
  }
  if (invitationId !== null) {
    const facts = await findInvitationFacts(on, invitationId);
    if (!facts) return null;
    const values = valuesOfInvitation({ ...writer, sender }, facts, subject);
    const path = pathIn(subject.language, passwordPath);
    return { ...fillBoth(await findWording(on, subject), values), path, calendar: null };
  }
  const facts = appointmentId === null ? null : await findVisitFacts(on, { appointmentId, version });
  if (!facts) return null;
  return {
    ...fillBoth(await findWording(on, subject), valuesOf({ ...writer, sender }, facts, subject)),
    path: pathIn(subject.language, writer.links.path(facts)),
    calendar: subject.channel === 'email' ? invitationFor({ ...writer, sender }, facts, subject) : null,
  };
}

/** The name that messages begin with. */
export const senderOf = (
  { config }: Pick<Writer, 'config'>,
  settings: Settings,
  language: Language,
): string => organisationName(language, settings) ?? config.senderName;

type Sender = { sender: string };

export const valuesOf = (
  { config, links, sender }: Pick<Writer, 'config' | 'links'> & Sender,
  facts: VisitFacts,
  reading: { language: Language; channel: MessageChannel; minutes: number },
): Record<string, string> => ({
  sender,
  minutes: String(reading.minutes),
  ...presentVisit(facts, reading, { links, siteUrl: siteUrl(config) }),
});

export const valuesOfReport = (
  { config, sender }: Pick<Writer, 'config'> & Sender,
  facts: ReportFacts,
  reading: { language: Language },
): Record<string, string> => ({
  sender,
  ...presentReport(facts, reading, { siteUrl: siteUrl(config) }),
});

export const valuesOfInvitation = (
  { config, sender }: Pick<Writer, 'config'> & Sender,
  facts: InvitationFacts,
  reading: { language: Language },
): Record<string, string> => ({
  sender,
  ...presentInvitation(facts, reading, { siteUrl: siteUrl(config) }),
});

export const fillBoth = ({ title, text }: Wording, values: Record<string, string>): Wording => ({
  title: title === null ? null : fillWording(title, values),
  text: fillWording(text, values),
});

const siteUrl = ({ publicUrl, host, port }: Config): string =>
  publicUrl ? new URL(publicUrl).origin : `http://${host === '0.0.0.0' ? 'localhost' : host}:${port}`;

const withCalendar: readonly MessageKind[] = [
  'booked',
  'approved',
  'rescheduled',
  'session_moved',
  'cancelled',
  'session_cancelled',
];

/** One visit has one name in every calendar; a later version replaces the earlier. */
function invitationFor(writer: Writer & Sender, facts: VisitFacts, subject: Subject): Written['calendar'] {
  const { config, links, sender } = writer;
  if (!withCalendar.includes(subject.kind)) return null;
  const values = valuesOf(writer, facts, subject);
  const { doctor = '', chamber = '', address = '', when = '', reference = '', link = '' } = values;
  const event: CalendarEvent = {
    uid: `${links.reference(facts.appointmentId)}@${new URL(siteUrl(config)).hostname}`,
    sequence: facts.version,
    status: facts.standing,
    start: formatInstant(facts.period.start.epochMilliseconds, facts.zone),
    end: formatInstant(facts.period.end.epochMilliseconds, facts.zone),
    stampedAt: subject.now.epochMilliseconds,
    title: subject.language === 'bn' ? `অ্যাপয়েন্টমেন্ট: ${doctor}` : `Appointment: ${doctor}`,
    description: `${reference}\n${when}\n${link}`,
    place: `${chamber}, ${address}`,
    url: link,
    invitation: {
      organizer: {
        name: sender,
        email: config.mail ? addressOf(config.mail.from) : 'mailbox@localhost',
      },
      attendee: subject.recipient,
    },
  };
  return { method: invitationMethod(event), content: writeCalendarFile(event) };
}
