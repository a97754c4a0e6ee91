import { dayOfMonth, isFriday, monthName, shortWeekdayOfDate, weekdayOfDate } from '../../lib/dates.ts';
import { useStaff } from '../../lib/staff/context.tsx';

/** Days beside each other, each with how many there are of what is looked for; small screens scroll them. */
export function DayStrip(props: {
  label: string;
  days: readonly { date: string; count: number }[];
  /** `5 free`. */
  say: (count: number) => string;
  chosen: string;
  onChoose: (date: string) => void;
}) {
  const { language } = useStaff();
  return (
    <ul aria-label={props.label} className="day-strip mb-2 flex gap-1 pb-2 md:grid md:grid-cols-7">
      {props.days.map(({ date, count }) => (
        <li key={date} className="shrink-0 snap-start">
          <button
            type="button"
            aria-pressed={date === props.chosen}
            onClick={() => props.onChoose(date)}
            className={`relative flex min-h-12 w-22 flex-col items-center rounded-input border-2 px-1 py-1 text-note hover:border-green md:w-full ${isFriday(date) ? 'bg-off' : 'bg-white'} ${count > 0 ? 'border-edge' : 'border-hairline text-quiet'} aria-pressed:border-green aria-pressed:bg-green aria-pressed:text-white`}
          >
            <span aria-hidden="true" className="whitespace-nowrap">
              {shortWeekdayOfDate(language, date)}
            </span>
            <span className="sr-only">{weekdayOfDate(language, date)} </span>
            <span className="font-semibold whitespace-nowrap">
              {dayOfMonth(language, date)}
              <span className="sr-only"> {monthName(language, date)}, </span>
            </span>
            <span className="whitespace-nowrap">{props.say(count)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
