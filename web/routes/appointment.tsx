import { getLive } from '../../src/contract/appointments.ts';
import { AppointmentActions } from '../features/appointments/appointment-actions.tsx';
import { appointmentWhen } from '../features/appointments/appointment-words.ts';
import { Slip } from '../features/appointments/slip.tsx';
import { answerPage } from '../features/site/document.tsx';
import { writeCalendarFile } from '../lib/calendar-file.ts';
import { chamberAddress, doctorName, localName } from '../lib/names.ts';
import type { PageRoute } from '../lib/route-table.ts';
import { link } from '../lib/visit.ts';
import { Columns, PageHeading } from '../ui/layout.tsx';

export const appointment: PageRoute = {
  path: '/a/:token',
  get: async (visit, { token = '' }) => {
    const seen = await visit.call(getLive, { params: { token } });
    const { m } = visit;
    const cancelled = seen.status === 'cancelled';
    return answerPage(
      visit,
      { title: cancelled ? m.appointment.cancelledHeading : m.appointment.title },
      <>
        <PageHeading lead={cancelled ? m.appointment.cancelledNote : undefined}>
          {cancelled ? m.appointment.cancelledHeading : m.appointment.title}
        </PageHeading>
        <Columns
          main={
            <div className="mb-4 max-w-160">
              <Slip visit={visit} appointment={seen} />
            </div>
          }
          aside={<AppointmentActions visit={visit} appointment={seen} />}
        />
      </>,
    );
  },
};

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
      cancelled: seen.status === 'cancelled',
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
