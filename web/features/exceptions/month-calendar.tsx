import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { moveByKey, monthPage, stepMonth } from '../../lib/calendar-month.ts';
import { monthName, weekdayName, weekFrom } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { type DoctorCalendar, readDay } from '../../lib/doctor-days.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { PeriodLinks } from '../../ui/period-links.tsx';
import { useKit } from '../../ui/kit.tsx';
import { DayCell, SittingSign } from './day-cell.tsx';
import type { ExceptionWords } from './exception-words.ts';
import { type MarkKind, Sign } from './mark.tsx';

/** The month that the address names, and the ways to others. */
export function MonthLinks({ month }: { month: string }) {
  const { words, language, today } = useStaff();
  const { months } = words.timeOff;
  const name = (which: string): string =>
    `${monthName(language, `${which}-01`)} ${digits(language, which.slice(0, 4))}`;
  const beside = (step: number): string => stepMonth(`${month}-01`, step).slice(0, 7);
  const [earlier, later] = [beside(-1), beside(1)] as const;
  const present = today().slice(0, 7);
  return (
    <PeriodLinks
      label={months.nav}
      heading={name(month)}
      earlier={{ text: months.earlier(name(earlier)), query: { month: earlier } }}
      later={{ text: months.later(name(later)), query: { month: later } }}
      present={month === present ? null : { text: months.present, query: {} }}
    />
  );
}

/**
 * A month of a doctor, a button a day. The arrow keys move by day and week and Page Up and Down by month, over the month's
 * ends too.
 */
export function MonthCalendar(props: {
  month: string;
  calendar: DoctorCalendar;
  say: ExceptionWords;
  severalChambers: boolean;
  /** The day that takes the focus once the month stands. */
  arriveAt: string | null;
  onArrive: () => void;
  onPress: (date: string) => void;
  onOtherMonth: (date: string) => void;
}) {
  const { month, arriveAt, onArrive } = props;
  const { words, language, today } = useStaff();
  const [at, setAt] = useState(() => arriveAt ?? firstStop(month, today()));
  const grid = useRef<HTMLTableElement>(null);
  const { firstWeekday } = useKit();
  const weekdays = weekFrom(firstWeekday);
  useEffect(() => {
    if (arriveAt === null) return;
    focusDay(grid.current, arriveAt);
    onArrive();
  }, [arriveAt, onArrive]);
  const move = (event: KeyboardEvent): void => {
    const next = moveByKey(at, event.key);
    if (!next) return;
    event.preventDefault();
    if (next.startsWith(month)) focusDay(grid.current, next);
    else props.onOtherMonth(next);
  };
  return (
    <>
      <table ref={grid} className="w-full table-fixed border-collapse bg-white">
        <caption className="sr-only">
          {words.timeOff.months.caption(
            `${monthName(language, `${month}-01`)} ${digits(language, month.slice(0, 4))}`,
          )}
        </caption>
        <thead>
          <tr className="border-b-2 border-green">
            {weekdays.map((weekday) => (
              <th
                key={weekday}
                scope="col"
                className={`px-1 py-2 text-center text-note lg:px-2 lg:text-left ${weekday === 5 ? 'bg-off' : ''}`}
              >
                <span aria-hidden="true" className="font-normal lg:hidden">
                  {words.timeOff.months.weekdays[weekday]}
                </span>
                <span className="max-lg:sr-only">{weekdayName(language, weekday)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {monthPage(`${month}-01`, firstWeekday).map((week) => (
            <tr key={week.find((date) => date !== null)}>
              {week.map((date, index) => (
                <td
                  key={weekdays[index]}
                  // With a height of its own, so that the button can fill it.
                  className={`relative h-px border border-hairline p-0 align-top ${weekdays[index] === 5 ? 'bg-off' : date ? '' : 'bg-paper'}`}
                >
                  {date ? (
                    <button
                      type="button"
                      data-date={date}
                      tabIndex={date === at ? 0 : -1}
                      aria-haspopup="dialog"
                      aria-current={date === today() ? 'date' : undefined}
                      onFocus={() => setAt(date)}
                      onKeyDown={move}
                      onClick={() => props.onPress(date)}
                      className={`relative flex h-full min-h-16 w-full flex-col items-stretch p-1 text-left hover:bg-tint focus-visible:z-10 lg:min-h-28 lg:p-2 ${date < today() ? 'text-quiet' : ''}`}
                    >
                      <DayCell
                        day={readDay(props.calendar, date)}
                        say={props.say}
                        severalChambers={props.severalChambers}
                        isToday={date === today()}
                      />
                    </button>
                  ) : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Signs />
    </>
  );
}

/** Where the days have no room for words. */
function Signs() {
  const { months, marks } = useStaff().words.timeOff;
  const kinds: readonly MarkKind[] = ['timeOff', 'otherHours', 'holiday', 'tentative'];
  return (
    <ul
      aria-label={months.signs}
      className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-note text-quiet lg:hidden"
    >
      <li className="flex items-center gap-1.5">
        <SittingSign left="all" />
        {marks.hours}
      </li>
      <li className="flex items-center gap-1.5">
        <SittingSign left="some" />
        {marks.partlyHeld}
      </li>
      <li className="flex items-center gap-1.5">
        <SittingSign left="none" />
        {marks.notHeld}
      </li>
      {kinds.map((kind) => (
        <li key={kind} className="flex items-center gap-1.5">
          <Sign kind={kind} />
          {marks[kind]}
        </li>
      ))}
    </ul>
  );
}

const firstStop = (month: string, today: string): string => (today.startsWith(month) ? today : `${month}-01`);

const focusDay = (grid: HTMLElement | null, date: string): void =>
  grid?.querySelector<HTMLElement>(`[data-date="${date}"]`)?.focus();
