import { getLive } from '../../src/contract/appointments.ts';
import { type CalendarEvent, writeCalendarFile } from '../../src/contract/calendar-file.ts';
import { AppointmentActions } from '../features/appointments/appointment-actions.tsx';
import {
  appointmentWhen,
  isAheadOrOn,
  isLive,
  type SeenAppointment,
} from '../features/appointments/appointment-words.ts';
import { CallChamber } from '../features/appointments/call-chamber.tsx';
import { Slip } from '../features/appointments/slip.tsx';
import { answerPage } from '../features/site/document.tsx';
import { chamberAddress, doctorName, localName } from '../lib/names.ts';
import { formatMoney } from '../lib/money.ts';
import type { PageRoute } from '../lib/route-table.ts';
import { link, type Visit } from '../lib/visit.ts';
import { formatWhenInFull } from '../lib/when.ts';
import { Columns, PageHeading } from '../ui/layout.tsx';
import { Notice } from '../ui/notices.tsx';

export const appointment: PageRoute = {
  path: '/a/:token',
  get: async (visit, { token = '' }) => {
    const seen = await visit.call(getLive, { params: { token } });
    const { m } = visit;
    const { title, lead } = standing(visit, seen);
    const moved = visit.query.has('moved') && isLive(seen);
    return answerPage(
      visit,
      { title },
      <>
        <PageHeading lead={lead}>{title}</PageHeading>
        {moved ? (
          <output className="mb-6 block max-w-160">
            <Notice tone="done">{m.standing.moved(appointmentWhen(visit, seen))}</Notice>
          </output>
        ) : null}
        {seen.status === 'held' ? <Deposit visit={visit} appointment={seen} /> : null}
        <Columns
          main={
            <div data-booked className="mb-4 max-w-160">
              <Slip visit={visit} appointment={seen} />
            </div>
          }
          aside={<AppointmentActions visit={visit} appointment={seen} />}
        />
      </>,
    );
  },
};

/** What the page is headed with, by what has become of the appointment, and what that means. */
function standing(visit: Visit, appointment: SeenAppointment): { title: string; lead?: string } {
  const { m } = visit;
  const { status, deposit } = appointment;
  if (status === 'cancelled')
    return { title: m.appointment.cancelledHeading, lead: m.appointment.cancelledNote };
  if (status === 'held' && deposit) return { title: m.standing.heldHeading };
  if (status === 'pending') return { title: m.standing.pendingHeading, lead: m.standing.pending };
  if (status === 'expired') return { title: m.standing.expiredHeading, lead: m.standing.expired };
  if (status === 'no_show') return { title: m.standing.noShowHeading, lead: m.standing.noShow };
  if (status === 'completed') return { title: m.standing.completedHeading, lead: m.standing.completed };
  if (!isAheadOrOn(visit, appointment))
    return { title: m.appointment.overHeading, lead: m.appointment.overNote };
  return { title: m.appointment.title };
}

/** What a held booking waits for: how much, until when, where. */
function Deposit({ visit, appointment }: { visit: Visit; appointment: SeenAppointment }) {
  const { m, language } = visit;
  const { expiresAt, deposit, chamber } = appointment;
  if (!expiresAt) return null;
  const until = formatWhenInFull(visit, expiresAt);
  return (
    <div className="mb-6 max-w-160">
      <Notice tone="waiting">
        <p>
          {deposit ? m.standing.held(formatMoney(language, deposit), until) : m.standing.heldNoAmount(until)}
        </p>
        <p>
          {localName(language, chamber)}, {chamberAddress(language, chamber)}
        </p>
        <CallChamber visit={visit} chamber={chamber} />
      </Notice>
    </div>
  );
}

export const appointmentCalendar: PageRoute = {
  path: '/a/:token/calendar.ics',
  sessionless: true,
  get: async (visit, { token = '' }) => {
    const seen = await visit.call(getLive, { params: { token } });
    const { m, language, url, context } = visit;
    const address = url.origin + link(visit, `/a/${token}`);
    const file = writeCalendarFile({
      uid: `${seen.reference}@${url.hostname}`,
      sequence: seen.version,
      status: calendarStatus(seen),
      start: seen.period.start,
      end: seen.period.end,
      stampedAt: context.now,
      title: m.appointment.calendarTitle(doctorName(language, seen.doctor)),
      description: `${m.appointment.calendarText(seen.reference)}\n${appointmentWhen(visit, seen)}\n${address}`,
      place: `${localName(language, seen.chamber)}, ${chamberAddress(language, seen.chamber)}`,
      url: address,
    });
    return new Response(file, {
      headers: {
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': `attachment; filename="shomoy-${seen.reference}.ics"`,
        'cache-control': 'private, no-store',
        'x-robots-tag': 'noindex',
      },
    });
  },
};

function calendarStatus({ status }: SeenAppointment): CalendarEvent['status'] {
  if (status === 'held' || status === 'pending') return 'TENTATIVE';
  return status === 'cancelled' || status === 'expired' ? 'CANCELLED' : 'CONFIRMED';
}
