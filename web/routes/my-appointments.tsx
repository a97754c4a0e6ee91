import { type Appointment, listAppointments } from '../../src/contract/appointments.ts';
import { AppointmentRow } from '../features/appointments/appointment-row.tsx';
import { isAheadOrOn } from '../features/appointments/appointment-words.ts';
import { answerPage } from '../features/site/document.tsx';
import { countUnread } from '../features/notifications/count-unread.ts';
import { findWaiting, WaitingList } from '../features/waitlist/waiting-list.tsx';
import type { PageRoute } from '../lib/route-table.ts';
import { callAs, link, seeOther, withQuery } from '../lib/visit.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Column, PageHeading, SectionHeading } from '../ui/layout.tsx';

export const myAppointments: PageRoute = {
  path: '/me/appointments',
  get: async (visit) => {
    const { m, session, context } = visit;
    if (!session)
      return seeOther(visit, withQuery(link(visit, '/sign-in'), { next: link(visit, '/me/appointments') }));
    const call = callAs(visit, session);
    const now = Temporal.Instant.fromEpochMilliseconds(context.now).toString();
    const cursor = visit.query.get('cursor');
    // What has begun today may still be going on, so the near past is read with what is to come.
    const near = Temporal.Instant.fromEpochMilliseconds(context.now - 12 * 3_600_000).toString();
    const [ahead, before, lines, unread] = await Promise.all([
      cursor ? { items: [] } : call(listAppointments, { query: { from: near, limit: 100 } }),
      call(listAppointments, { query: { to: now, limit: 20, ...(cursor ? { cursor } : {}) } }),
      cursor ? [] : findWaiting(visit, session),
      countUnread(visit, session),
    ]);
    const isUpcoming = (one: Appointment): boolean => isAheadOrOn(visit, one);
    const coming = ahead.items.filter(isUpcoming).toReversed();
    const waits = ({ status }: Appointment): boolean => status === 'pending' || status === 'held';
    const requests = coming.filter(waits);
    const upcoming = coming.filter((one) => !waits(one));
    const past = [
      ...new Map(
        [...ahead.items, ...before.items].filter((one) => !isUpcoming(one)).map((one) => [one.id, one]),
      ).values(),
    ];
    return answerPage(
      visit,
      { title: m.mine.title, unread },
      <Column>
        <PageHeading>{m.mine.title}</PageHeading>
        <WaitingList visit={visit} entries={lines} />
        {requests.length === 0 ? null : (
          <section aria-labelledby="requests" className="mb-10">
            <SectionHeading id="requests">{m.mine.requests}</SectionHeading>
            <ul className="border-t border-hairline">
              {requests.map((one) => (
                <AppointmentRow key={one.id} visit={visit} appointment={one} />
              ))}
            </ul>
          </section>
        )}
        {cursor ? null : (
          <section aria-labelledby="upcoming" className="mb-10">
            <SectionHeading id="upcoming">{m.mine.upcoming}</SectionHeading>
            {upcoming.length === 0 ? (
              <div className="grid grid-cols-1 justify-items-start gap-4 border-t border-hairline pt-4">
                <p>{m.mine.noneUpcoming}</p>
                <ButtonLink href={link(visit, '/')}>{m.site.findDoctor}</ButtonLink>
              </div>
            ) : (
              <ul className="border-t border-hairline">
                {upcoming.map((one) => (
                  <AppointmentRow key={one.id} visit={visit} appointment={one} />
                ))}
              </ul>
            )}
          </section>
        )}
        <section aria-labelledby="past">
          <SectionHeading id="past">{m.mine.past}</SectionHeading>
          {past.length === 0 ? (
            <p className="border-t border-hairline pt-4 text-quiet">{m.mine.nonePast}</p>
          ) : (
            <ul className="border-t border-hairline">
              {past.map((one) => (
                <AppointmentRow key={one.id} visit={visit} appointment={one} />
              ))}
            </ul>
          )}
          {before.nextCursor ? (
            <p className="mt-4">
              <a
                href={withQuery(link(visit, '/me/appointments'), { cursor: before.nextCursor })}
                className="link inline-flex min-h-12 items-center"
              >
                {m.mine.more}
              </a>
            </p>
          ) : null}
        </section>
      </Column>,
    );
  },
};
