import { Link } from '@tanstack/react-router';
import type { DeskChamber } from '../../../src/contract/attachments.ts';
import type { AppointmentStatus } from '../../../src/contract/appointments.ts';
import { type DeskAppointment, listDesk } from '../../../src/contract/desk.ts';
import { FindAppointment, FoundAppointments } from '../../features/desk/find-appointment.tsx';
import { NowPanel } from '../../features/desk/now-panel.tsx';
import { deskPlaceText, placesOf, useDesk } from '../../features/desk/use-desk.ts';
import { VisitList } from '../../features/desk/visit-list.tsx';
import { Loaded, LoadedPages } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import { addDays, formatDate, isDate } from '../../lib/dates.ts';
import { formatSpan } from '../../lib/date-spans.ts';
import { digits } from '../../lib/digits.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages } from '../../lib/staff/data.ts';
import { startOfWeek, weekLength } from '../../lib/start-of-week.ts';
import { Select } from '../../ui/field.tsx';
import { useKit } from '../../ui/kit.tsx';
import { PeriodLinks } from '../../ui/period-links.tsx';
import { Empty } from '../../ui/states.tsx';
import { TabChoice } from '../../ui/tab-choice.tsx';

/** The appointments of a day or a week at the desks one runs, and the way to find one by reference or mobile. */
export function DeskDay() {
  const { me, words } = useStaff();
  const { day } = words.desk;
  const { query } = useScreenQuery();
  return (
    <Page title={day.title}>
      <FindAppointment />
      {query['find'] ? <FoundAppointments /> : me.userType === 'admin' ? <NoList /> : <Desk />}
    </Page>
  );
}

/** An administrator runs every desk, which is too many for a list. */
function NoList() {
  const { day } = useStaff().words.desk;
  return <Empty title={day.findFirst}>{day.findFirstText}</Empty>;
}

function Desk() {
  const { day } = useStaff().words.desk;
  return (
    <Loaded read={useDesk()}>
      {({ chambers }) =>
        chambers.length === 0 ? (
          <Empty title={day.noDesk}>{day.noDeskText}</Empty>
        ) : (
          <>
            <Where chambers={chambers} />
            <Dates chambers={chambers} />
          </>
        )
      }
    </Loaded>
  );
}

type Desks = { chambers: readonly DeskChamber[] };

function Where({ chambers }: Desks) {
  const { words, language } = useStaff();
  const { day } = words.desk;
  const { query, change } = useScreenQuery();
  const places = placesOf(chambers);
  return (
    <div data-screen-only className="mb-4 grid max-w-200 grid-cols-1 items-end gap-4 sm:grid-cols-2">
      {places.length > 1 ? (
        <Select
          key={query['where'] ?? ''}
          name="where"
          label={day.where}
          value={query['where']}
          options={[
            { value: '', text: day.everywhere },
            ...places.map((place) => ({ value: place.value, text: deskPlaceText(language, place) })),
          ]}
          onChange={(where) => change({ where })}
        />
      ) : null}
      <TabChoice
        name="view"
        legend={day.views}
        value={query['view'] === 'week' ? 'week' : 'day'}
        options={[
          { value: 'day', text: day.oneDay },
          { value: 'week', text: day.week },
        ]}
        onChange={(view) => change({ view: view === 'week' ? view : null })}
      />
    </div>
  );
}

function Dates({ chambers }: Desks) {
  const { words, language, today } = useStaff();
  const { firstWeekday } = useKit();
  const { day } = words.desk;
  const { query } = useScreenQuery();
  const wanted = query['date'] && isDate(query['date']) ? query['date'] : today();
  const week = query['view'] === 'week';
  const from = week ? startOfWeek(wanted, firstWeekday) : wanted;
  const until = week ? addDays(from, weekLength - 1) : from;
  const step = week ? weekLength : 1;
  const at = (date: string): Record<string, string> => ({ ...defined(query), date });
  const isNow = from <= today() && today() <= until;
  return (
    <>
      <PeriodLinks
        id="day"
        label={day.label}
        heading={week ? formatSpan(language, { from, until }, today()) : formatDate(language, from)}
        earlier={{ text: week ? day.weekEarlier : day.earlier, query: at(addDays(from, -step)) }}
        later={{ text: week ? day.weekLater : day.later, query: at(addDays(from, step)) }}
        present={isNow ? null : { text: day.today, query: at(today()) }}
      />
      <List from={from} until={until} chambers={chambers} />
    </>
  );
}

const defined = (query: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])));

// Patients book and cancel while the list is looked at.
const everyMs = 30_000;

function List({ from, until, chambers }: Desks & { from: string; until: string }) {
  const { me, words, language, today } = useStaff();
  const { day, booking } = words.desk;
  const { query } = useScreenQuery();
  const [chamberId, doctorId] = (query['where'] ?? '').split('.').map(Number);
  const read = useReadPages(
    listDesk,
    {
      query: {
        from,
        to: until,
        limit: 100,
        ...(chamberId ? { chamberId } : {}),
        ...(doctorId ? { doctorId } : {}),
      },
    },
    { everyMs },
  );
  const severalDoctors = !doctorId && new Set(placesOf(chambers).map(({ doctor }) => doctor.id)).size > 1;
  const ofToday = from === until && from === today();
  return (
    <LoadedPages read={read} more={day.more}>
      {(items, { all }) =>
        items.length === 0 ? (
          <Empty
            title={day.noneTitle}
            action={
              <Link to="/book" className="link inline-flex min-h-12 items-center">
                {booking.title}
              </Link>
            }
          >
            {day.noneText}
          </Empty>
        ) : (
          <>
            {ofToday && (me.userType === 'doctor' || !severalDoctors) ? (
              <NowPanel appointments={items} />
            ) : null}
            <Counts items={items} all={all} />
            {from === until ? (
              <Day date={from} items={items} doctors={severalDoctors} />
            ) : (
              [...Map.groupBy(items, ({ date }) => date)].map(([date, ofDate]) => (
                <section key={date} className="mb-6">
                  <h3 className="mb-2 font-semibold">{formatDate(language, date)}</h3>
                  <Day date={date} items={ofDate} doctors={severalDoctors} />
                </section>
              ))
            )}
          </>
        )
      }
    </LoadedPages>
  );
}

function Day(props: { date: string; items: readonly DeskAppointment[]; doctors: boolean }) {
  const { language } = useStaff();
  return (
    <VisitList label={formatDate(language, props.date)} appointments={props.items} doctors={props.doctors} />
  );
}

const counted: readonly AppointmentStatus[] = [
  'pending',
  'confirmed',
  'arrived',
  'in_consultation',
  'completed',
  'no_show',
  'cancelled',
];

/** How many stand how, in words. */
function Counts({ items, all }: { items: readonly DeskAppointment[]; all: boolean }) {
  const { words, language } = useStaff();
  const { day, statuses } = words.desk;
  const parts = counted.flatMap((status) => {
    const count = items.filter((one) => one.status === status).length;
    return count === 0 ? [] : [{ status, count }];
  });
  return (
    <ul aria-label={day.counts} className="mb-3 flex flex-wrap gap-x-5 gap-y-1 text-note text-quiet">
      {parts.map(({ status, count }) => (
        <li key={status}>
          {statuses[status]}{' '}
          <strong className="text-ink tabular-nums">
            {digits(language, count)}
            {all ? '' : '+'}
          </strong>
        </li>
      ))}
    </ul>
  );
}
