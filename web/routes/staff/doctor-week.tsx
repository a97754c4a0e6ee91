import { useEffect } from 'react';
import { listDesk } from '../../../src/contract/desk.ts';
import { listExceptions, listHolidays } from '../../../src/contract/exceptions.ts';
import { getArrangement, listSchedules } from '../../../src/contract/schedules.ts';
import { DayStrip } from '../../features/desk/day-strip.tsx';
import { isOff } from '../../features/desk/desk-words.ts';
import { useWide } from '../../features/desk/use-wide.ts';
import { VisitList } from '../../features/desk/visit-list.tsx';
import { type CalendarDay, WeekCalendar } from '../../features/desk/week-calendar.tsx';
import { keysCount } from '../../features/staff/keys.ts';
import { Loaded } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import { formatSpan } from '../../lib/date-spans.ts';
import { addDays, formatDate, isDate } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { readDay } from '../../lib/doctor-days.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead, useReadPages } from '../../lib/staff/data.ts';
import { startOfWeek, weekLength } from '../../lib/start-of-week.ts';
import { useKit } from '../../ui/kit.tsx';
import { Notice } from '../../ui/notices.tsx';
import { PeriodLinks } from '../../ui/period-links.tsx';
import { Empty, Skeleton } from '../../ui/states.tsx';

/** A doctor's own week: beside itself where there is room, a day at a time on a phone. T, [ and ] turn it. */
export function DoctorWeek() {
  const { words, language, today } = useStaff();
  const { firstWeekday } = useKit();
  const { day, calendar } = words.desk;
  const { query, change } = useScreenQuery();
  const chosen = query['date'] && isDate(query['date']) ? query['date'] : today();
  const from = startOfWeek(chosen, firstWeekday);
  const until = addDays(from, weekLength - 1);
  const isNow = from <= today() && today() <= until;
  useWeekKeys(from, (date) => change({ date }));
  return (
    <Page title={calendar.title}>
      <PeriodLinks
        id="week"
        label={day.label}
        heading={formatSpan(language, { from, until }, today())}
        earlier={{ text: day.weekEarlier, query: { date: addDays(chosen, -weekLength) } }}
        later={{ text: day.weekLater, query: { date: addDays(chosen, weekLength) } }}
        present={isNow ? null : { text: calendar.thisWeek, query: {} }}
      />
      <Week from={from} until={until} chosen={chosen} onChoose={(date) => change({ date })} />
    </Page>
  );
}

function Week(props: { from: string; until: string; chosen: string; onChoose: (date: string) => void }) {
  const { me } = useStaff();
  const { from, until } = props;
  const params = { id: me.id };
  const dates = { from, until: addDays(until, 1) };
  const arrangement = useRead(getArrangement, { params });
  const schedules = useRead(listSchedules, { params });
  const exceptions = useRead(listExceptions, { params, query: dates });
  const holidays = useRead(listHolidays, { query: dates });
  const visits = useWholeList(from, until);
  const skeleton = <Skeleton rows={5} rowHeight="panel" />;
  return (
    <Loaded read={arrangement} skeleton={skeleton}>
      {({ chambers }) => (
        <Loaded read={schedules} skeleton={skeleton}>
          {({ items: hours }) => (
            <Loaded read={exceptions} skeleton={skeleton}>
              {({ items: others }) => (
                <Loaded read={holidays} skeleton={skeleton}>
                  {({ items: off }) => (
                    <Loaded read={visits} skeleton={skeleton}>
                      {({ pages }) => {
                        const all = pages.flatMap(({ items }) => items);
                        const calendar = { schedules: hours, exceptions: others, holidays: off };
                        const days = Array.from({ length: weekLength }, (_, index): CalendarDay => {
                          const date = addDays(from, index);
                          return {
                            ...readDay(calendar, date),
                            visits: all.filter((one) => one.date === date && !isOff(one)),
                          };
                        });
                        return <Days {...props} days={days} chambers={chambers} />;
                      }}
                    </Loaded>
                  )}
                </Loaded>
              )}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

/** All pages of a week, one after the other: a calendar that shows a part would show free time that is not. */
function useWholeList(from: string, until: string) {
  const read = useReadPages(listDesk, { query: { from, to: until, limit: 100 } }, { everyMs: 60_000 });
  const { hasNextPage, isFetching, fetchNextPage } = read;
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return read;
}

function Days(props: {
  days: readonly CalendarDay[];
  chambers: Parameters<typeof WeekCalendar>[0]['chambers'];
  chosen: string;
  onChoose: (date: string) => void;
}) {
  const { words, language } = useStaff();
  const { calendar } = words.desk;
  const { days, chambers, chosen } = props;
  const wide = useWide();
  if (wide) return <WeekCalendar days={days} chambers={chambers} />;
  const open = days.find(({ date }) => date === chosen);
  return (
    <>
      <DayStrip
        label={calendar.days}
        days={days.map(({ date, visits }) => ({ date, count: visits.length }))}
        say={(count) => calendar.visits(digits(language, count))}
        chosen={chosen}
        onChoose={props.onChoose}
      />
      <h3 aria-live="polite" className="mt-2 mb-2 font-semibold">
        {formatDate(language, chosen)}
      </h3>
      {open && (open.timeOff.length > 0 || open.holidays.length > 0) ? (
        <div className="mb-3">
          <Notice tone="off">{words.timeOff.marks.timeOff}</Notice>
        </div>
      ) : null}
      {open && open.visits.length > 0 ? (
        <VisitList label={formatDate(language, chosen)} appointments={open.visits} />
      ) : (
        <Empty title={calendar.nobodyThatDay} />
      )}
    </>
  );
}

/** `T` goes to this week, `[` and `]` to its neighbours; not while somebody types. */
function useWeekKeys(from: string, go: (date: string | null) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!keysCount(event)) return;
      if (event.key === 't' || event.key === 'T') go(null);
      else if (event.key === '[') go(addDays(from, -weekLength));
      else if (event.key === ']') go(addDays(from, weekLength));
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
}
