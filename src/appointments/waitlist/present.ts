import type { WaitlistEntry } from '../../contract/waitlist.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { formatInstant } from '../../scheduling/format-instant.ts';
import type { Range } from '../../scheduling/range.ts';
import { signLink, signWaiting } from '../booking/sign-link.ts';
import type { EntryRow } from './queries.ts';

export function presentEntry(secrets: Secrets, row: EntryRow): WaitlistEntry {
  const { timeZone, offer, earlierThan, appointmentId } = row;
  const spell = (instant: number) => formatInstant(instant, timeZone);
  const period = ({ start, end }: Range) => ({ start: spell(start), end: spell(end) });
  return {
    id: row.id,
    status: offer ? 'offered' : row.status,
    doctor: row.doctor,
    chamber: row.chamber,
    timeZone,
    visitTypeId: row.visitTypeId,
    visitKind: row.visitKind,
    patient: { ...row.patient, mobile: row.staff ? row.mobile : null },
    wants: {
      sessionKey: row.sessionKey,
      from: row.from,
      to: row.to,
      earlierThan: earlierThan && { id: earlierThan.id, period: period(earlierThan) },
    },
    lastDate: row.lastDate,
    joinedAt: spell(row.joined),
    offer: offer && {
      appointmentId: offer.id,
      mode: offer.mode,
      period: period(offer),
      ...(offer.serial === null ? {} : { serial: offer.serial }),
      fee: { amount: offer.fee, currency: offer.currency },
      until: spell(offer.until),
    },
    appointment:
      appointmentId === null
        ? null
        : { id: appointmentId, liveUrl: `/a/${signLink(secrets, appointmentId)}` },
    waitingUrl: `/w/${signWaiting(secrets, row.id)}`,
  };
}
