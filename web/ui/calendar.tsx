import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { monthPage, moveByKey, stepMonth } from '../lib/calendar-month.ts';
import { dayOfMonth, formatDateWithYear, isFriday, monthName, shortWeekday, weekFrom } from '../lib/dates.ts';
import { digits } from '../lib/digits.ts';
import { Dialog } from './dialog.tsx';
import { useKit } from './kit.tsx';

/** A button beside a date field that opens a month to choose from. Arrows move by day and week, Page Up and Down by month. */
export function Calendar(props: {
  label: string;
  date: string | null;
  min?: string | undefined;
  onChoose: (date: string) => void;
}) {
  const { texts, today } = useKit();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        aria-label={`${props.label}: ${texts.chooseDate}`}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="inline-flex size-12 shrink-0 items-center justify-center rounded-input border-2 border-edge bg-white text-ink hover:bg-tint"
      >
        <CalendarDays aria-hidden="true" className="size-6" />
      </button>
      <Dialog title={props.label} open={open} onClose={() => setOpen(false)} narrow>
        <Month
          begin={props.date ?? today()}
          chosen={props.date}
          min={props.min}
          onChoose={(date) => {
            props.onChoose(date);
            setOpen(false);
          }}
        />
      </Dialog>
    </>
  );
}

function Month(props: {
  begin: string;
  chosen: string | null;
  min?: string | undefined;
  onChoose: (date: string) => void;
}) {
  const { language, texts, today, firstWeekday } = useKit();
  const weekdays = weekFrom(firstWeekday);
  // The one day that takes the focus: one that cannot be chosen could not.
  const [day, setDay] = useState(later(props.begin, props.min));
  const grid = useRef<HTMLTableElement>(null);
  const move = (event: KeyboardEvent): void => {
    const next = moveByKey(day, event.key);
    if (!next) return;
    event.preventDefault();
    // Drawn at once, so that the day is there to take the focus.
    flushSync(() => setDay(later(next, props.min)));
    grid.current?.querySelector<HTMLElement>('button[tabindex="0"]')?.focus();
  };
  const turn = (months: number): void => setDay(later(stepMonth(day, months), props.min));
  const heading = `${monthName(language, day)} ${digits(language, day.slice(0, 4))}`;
  return (
    <>
      <div className="mb-3 flex items-center justify-between gap-2">
        <Turn
          label={texts.earlierMonth}
          onPress={() => turn(-1)}
          none={day.slice(0, 7) <= (props.min ?? '').slice(0, 7)}
          icon={ChevronLeft}
        />
        <p aria-live="polite" className="font-semibold">
          {heading}
        </p>
        <Turn label={texts.laterMonth} onPress={() => turn(1)} icon={ChevronRight} />
      </div>
      <table ref={grid} className="w-full table-fixed border-collapse text-center">
        <caption className="sr-only">{heading}</caption>
        <thead>
          <tr>
            {weekdays.map((weekday) => (
              <th
                key={weekday}
                scope="col"
                className={`pb-1 text-[0.8125rem] font-normal text-quiet ${weekday === 5 ? 'bg-off' : ''}`}
              >
                {shortWeekday(language, weekday)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {monthPage(day, firstWeekday).map((week) => (
            <tr key={week.find((date) => date !== null)}>
              {week.map((date, index) => (
                <td key={weekdays[index]} className={weekdays[index] === 5 ? 'bg-off' : undefined}>
                  {date ? (
                    <button
                      type="button"
                      tabIndex={date === day ? 0 : -1}
                      disabled={props.min !== undefined && date < props.min}
                      aria-label={formatDateWithYear(language, date)}
                      aria-pressed={date === props.chosen}
                      aria-current={date === today() ? 'date' : undefined}
                      onClick={() => props.onChoose(date)}
                      onKeyDown={move}
                      className={`relative min-h-12 w-full rounded-input hover:bg-tint disabled:text-edge disabled:line-through aria-[current=date]:font-semibold aria-[current=date]:underline aria-pressed:bg-green aria-pressed:text-white ${isFriday(date) ? 'text-quiet' : ''}`}
                    >
                      {dayOfMonth(language, date)}
                    </button>
                  ) : null}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Turn(props: { label: string; onPress: () => void; none?: boolean; icon: typeof ChevronLeft }) {
  const Icon = props.icon;
  return (
    <button
      type="button"
      aria-label={props.label}
      // Not `disabled`: it would lose the focus on the way to the earliest month.
      aria-disabled={props.none}
      onClick={props.none ? undefined : props.onPress}
      className="inline-flex size-12 items-center justify-center rounded-input hover:bg-tint aria-disabled:bg-white aria-disabled:text-edge"
    >
      <Icon aria-hidden="true" className="size-6" />
    </button>
  );
}

const later = (date: string, min = ''): string => (date > min ? date : min);
