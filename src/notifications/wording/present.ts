import type { MessageChannel } from '../../contract/messages.ts';
import type { Language } from '../../contract/wording.ts';
import {
  chamberAddress,
  digits,
  doctorName,
  formatDate,
  formatShortDate,
  formatTime,
  formatMonth,
  groupLakhs,
  localName,
} from '../../contract/wording.ts';
import type { InstantRange } from '../../platform/instant-range.ts';
import { formatInstant } from '../../scheduling/format-instant.ts';
import type { EventFacts, InvitationFacts, ReportFacts, VisitFacts } from './queries.ts';

/** How an appointment is named to people, and where its page is; the appointments module knows. */
export type Links = {
  reference(appointmentId: number): string;
  /** Path of the private page, without a language: of the line's while the place is only offered. */
  path(of: Pick<VisitFacts, 'appointmentId' | 'entryId'>): string;
};

type Reading = { language: Language; channel: MessageChannel };

/** The values of a visit's placeholders, but for those of the kind. */
export function presentVisit(
  facts: VisitFacts,
  { language, channel }: Reading,
  { links, siteUrl }: { links: Links; siteUrl: string },
): Record<string, string> {
  const { period, serial, oldPeriod, oldSerial, zone, expires, deposit, currency, chamber } = facts;
  const when = (time: InstantRange, number: number | null) =>
    sayWhen({ start: time.start, serial: number, zone }, { language, channel });
  return {
    patient: facts.patient,
    doctor: doctorName(language, facts.doctor),
    chamber: localName(language, chamber),
    address: chamberAddress(language, chamber),
    phone: chamber.phone ?? '',
    when: when(period, serial),
    oldWhen: oldPeriod ? when(oldPeriod, oldSerial) : '',
    until: expires ? sayWhen({ start: expires, serial: null, zone }, { language, channel }) : '',
    amount: deposit === null ? '' : sayAmount({ amount: deposit, currency }, { language, channel }),
    reference: links.reference(facts.appointmentId),
    link: siteUrl + pathIn(language, links.path(facts)),
  };
}

/** `৳1,200`; in an English SMS `Tk 1,200`, since one ৳ would halve what fits into it. */
export function sayAmount(
  { amount, currency }: { amount: string; currency: string },
  { language, channel }: Reading,
): string {
  const number = digits(language, groupLakhs(amount.replace(/\.00$/, '')));
  if (currency !== 'BDT') return `${currency} ${number}`;
  return language === 'en' && channel === 'sms' ? `Tk ${number}` : `৳${number}`;
}

/** Of the screen of a report's month; below the site's root, without a language. */
export const reportPath = ({ year, month }: Pick<ReportFacts, 'year' | 'month'>): string =>
  `/staff/reports?month=${year}-${String(month).padStart(2, '0')}`;

/** The values of a report's placeholders. No figure leaves the house. */
export const presentReport = (
  { doctor, year, month }: ReportFacts,
  { language }: Pick<Reading, 'language'>,
  { siteUrl }: { siteUrl: string },
): Record<string, string> => ({
  doctor: doctorName(language, doctor),
  month: formatMonth(language, { year, month }),
  link: siteUrl + pathIn(language, reportPath({ year, month })),
});

/** Where whoever has been invited chooses a password: the usual reset, whose code proves who they are. */
export const passwordPath = '/password-reset';

/** The values of an invitation's placeholders. */
export const presentInvitation = (
  { name }: InvitationFacts,
  { language }: Pick<Reading, 'language'>,
  { siteUrl }: { siteUrl: string },
): Record<string, string> => ({ name, link: siteUrl + pathIn(language, passwordPath) });

/** Bangla stands at the root and English below `/en`. */
export const pathIn = (language: Language, path: string): string => (language === 'bn' ? path : `/en${path}`);

/** `Wednesday 25 November, 5:30pm`, `Wed 25 Nov, serial 7, about 5:30pm`: in full in a mail, short elsewhere. */
function sayWhen(
  { start, serial, zone }: { start: Temporal.Instant; serial: number | null; zone: string },
  { language, channel }: Reading,
): string {
  const local = formatInstant(start.epochMilliseconds, zone);
  const date = (channel === 'email' ? formatDate : formatShortDate)(language, local.slice(0, 10));
  const time = formatTime(language, local.slice(11, 16));
  if (serial === null) return `${date}, ${time}`;
  return language === 'bn'
    ? `${date}, সিরিয়াল ${digits('bn', serial)}, আনুমানিক ${time}`
    : `${date}, serial ${serial}, about ${time}`;
}

/** The body of a webhook: ids, times and states. */
export function presentEvent(facts: EventFacts): object {
  const { appointmentId, version, step, status, period, serial, doctorId, chamberId, zone, at } = facts;
  return {
    type: eventOf(facts),
    timestamp: formatInstant(at.epochMilliseconds, zone),
    data: {
      appointmentId,
      version,
      step,
      status,
      doctorId,
      chamberId,
      period: period && {
        start: formatInstant(period.start.epochMilliseconds, zone),
        end: formatInstant(period.end.epochMilliseconds, zone),
      },
      serial,
    },
  };
}

/** The event that a step was published as. */
function eventOf({ step, status }: EventFacts): string {
  switch (step) {
    case 'booked':
      return status === 'pending' ? 'appointment.requested' : 'appointment.booked';
    case 'approved':
    case 'declined':
    case 'cancelled':
    case 'expired':
      return `appointment.${step}`;
    case 'rescheduled':
    case 'swapped':
    case 'moved':
      return 'appointment.rescheduled';
    default:
      return 'appointment.attended';
  }
}
