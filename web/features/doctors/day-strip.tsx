import { dayOfMonth, isFriday, monthName, shortWeekdayOfDate, weekdayOfDate } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import type { Visit } from '../../lib/visit.ts';
import { nearDay } from '../../lib/when.ts';
import type { Day, Times } from './find-times.ts';

/** Fourteen days and how much is free on each; a day without places leads nowhere and is no link. */
export function DayStrip(props: { visit: Visit; times: Times; hrefOf: (date: string) => string }) {
  const { visit, times, hrefOf } = props;
  return (
    <ul
      aria-label={visit.m.doctor.days}
      data-strip
      className="day-strip flex gap-2 pb-3 md:grid md:grid-cols-7"
    >
      {times.days.map((day) => {
        const selected = day.date === times.selected?.date;
        const box =
          'relative block h-full w-26 rounded-input border-2 px-0.5 pt-1 pb-1.5 text-center md:w-auto';
        return (
          <li key={day.date} className="shrink-0 snap-start">
            {day.free > 0 ? (
              <a
                href={hrefOf(day.date)}
                aria-current={selected ? 'date' : undefined}
                data-block
                className={`${box} ${selected ? 'border-green bg-green text-white' : 'border-edge bg-white hover:border-green hover:bg-tint'}`}
              >
                <Leaf visit={visit} day={day} />
              </a>
            ) : (
              <span
                aria-current={selected ? 'date' : undefined}
                className={`${box} ${selected ? 'border-ink' : 'border-transparent'} ${isFriday(day.date) ? 'bg-hairline' : 'bg-off'} text-quiet`}
              >
                <Leaf visit={visit} day={day} />
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** A leaf of a day calendar. Its words, read in a row, are the full date and the count. */
function Leaf({ visit, day }: { visit: Visit; day: Day }) {
  const { m, language } = visit;
  const near = nearDay(visit, day.date);
  return (
    <>
      <span className="block text-note">
        {near ?? <span aria-hidden="true">{shortWeekdayOfDate(language, day.date)}</span>}
        <span className="sr-only"> {weekdayOfDate(language, day.date)} </span>
      </span>
      <span className="numeral block text-[1.75rem] leading-9">{dayOfMonth(language, day.date)} </span>
      <span className="block text-note">{monthName(language, day.date)} </span>
      <span className="mt-1 block border-t border-current/30 pt-0.5 text-note font-semibold whitespace-nowrap">
        {day.free > 0 ? m.doctor.freeCount(digits(language, day.free)) : m.doctor.full}
      </span>
    </>
  );
}
