import { Copy, Plus } from 'lucide-react';
import type { MouseEvent } from 'react';
import { wallTimeOf } from '../../lib/clock-minutes.ts';
import { weekdayName } from '../../lib/dates.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { formatTime } from '../../lib/times.ts';
import { type Axis, axisOf, bandOn, halfHourAt } from '../../lib/week-axis.ts';
import { clash } from '../../lib/week-hours.ts';
import { useWeek } from '../../ui/kit.tsx';
import { Band, BandElsewhere, BandRemoved } from './band.tsx';
import type { ShownWeek } from './use-shown-week.ts';
import type { WeekActions } from './week-actions.ts';

// Below the last hour, so that every day has a place to press where no hours are.
const footHeight = 48;

/** The week on a wide screen: a column for each day, hours at their true times. */
export function WeekGrid({ shown, actions }: { shown: ShownWeek; actions: WeekActions | null }) {
  const week = useWeek();
  const axis = axisOf([...shown.week.hours, ...shown.elsewhere, ...shown.removed]);
  const height = (axis.to - axis.from) * axis.hourHeight + (actions ? footHeight : 0);
  return (
    <div className="relative hidden grid-cols-[5.5rem_repeat(7,minmax(0,1fr))] border-t-2 border-t-green bg-white lg:grid">
      <div />
      {week.map((weekday) => (
        <DayHead key={weekday} weekday={weekday} shown={shown} actions={actions} />
      ))}
      <Hours axis={axis} height={height} />
      {week.map((weekday) => (
        <Day key={weekday} weekday={weekday} shown={shown} actions={actions} axis={axis} height={height} />
      ))}
    </div>
  );
}

type DayProps = { weekday: number; shown: ShownWeek; actions: WeekActions | null };

const shade = (weekday: number): string => (weekday === 5 ? 'bg-off' : '');

function DayHead({ weekday, shown, actions }: DayProps) {
  const { words, language } = useStaff();
  const name = weekdayName(language, weekday);
  const filled = shown.week.hours.some((hours) => hours.weekday === weekday);
  return (
    <div
      className={`flex min-h-12 items-center justify-between border-b border-l border-hairline pl-2 ${shade(weekday)}`}
    >
      <h3 className="min-w-0 text-note">{name}</h3>
      {actions && filled ? (
        <button
          type="button"
          aria-label={words.hours.copyOf(name)}
          title={words.hours.copyOf(name)}
          aria-haspopup="dialog"
          onClick={() => actions.copy(weekday)}
          className="inline-flex size-9 shrink-0 items-center justify-center rounded-input text-green hover:bg-tint"
        >
          <Copy aria-hidden="true" className="size-4" />
        </button>
      ) : null}
    </div>
  );
}

function Hours({ axis, height }: { axis: Axis; height: number }) {
  const { language } = useStaff();
  const hours = Array.from({ length: axis.to - axis.from + 1 }, (_, index) => axis.from + index);
  return (
    <div aria-hidden="true" style={{ height }} className="relative">
      {hours.map((hour, index) => (
        <div
          key={hour}
          style={{ top: index * axis.hourHeight }}
          className="absolute right-0 left-0 pr-2 text-right text-[0.8125rem] leading-5 whitespace-nowrap text-quiet tabular-nums"
        >
          {formatTime(language, wallTimeOf(hour * 60)).replace(/:00(?=am|pm)/, '')}
        </div>
      ))}
    </div>
  );
}

function Day({ weekday, shown, actions, axis, height }: DayProps & { axis: Axis; height: number }) {
  const { words, language } = useStaff();
  const { hours: texts } = words;
  const own = shown.week.hours.filter((hours) => hours.weekday === weekday);
  const others = shown.elsewhere.filter((hours) => hours.weekday === weekday);
  const gone = shown.removed.filter((hours) => hours.weekday === weekday);
  const name = weekdayName(language, weekday);
  const lines = Array.from({ length: axis.to - axis.from }, (_, index) => index);
  return (
    <div style={{ height }} className={`relative border-l border-hairline ${shade(weekday)}`}>
      {lines.map((line) => (
        <div
          key={line}
          aria-hidden="true"
          style={{ top: line * axis.hourHeight }}
          className="absolute inset-x-0 border-t border-hairline"
        />
      ))}
      {actions ? (
        <button
          type="button"
          aria-label={texts.addOn(name)}
          aria-haspopup="dialog"
          onClick={(event) => actions.add(weekday, pressedTime(event, axis))}
          className="absolute inset-0 flex items-end justify-center pb-3 text-note text-green hover:bg-tint/60"
        >
          <span className="inline-flex items-center gap-1">
            <Plus aria-hidden="true" className="size-4" />
            {texts.addShort}
          </span>
        </button>
      ) : null}
      <ul>
        {others.map((hours) => (
          <li key={hours.id} style={bandOn(axis, hours)} className="absolute inset-x-1">
            <BandElsewhere hours={hours} shown={shown} fill />
          </li>
        ))}
        {actions
          ? gone.map((hours) => (
              <li key={hours.key} style={bandOn(axis, hours)} className="absolute inset-x-1">
                <BandRemoved hours={hours} shown={shown} actions={actions} fill />
              </li>
            ))
          : null}
        {own.map((hours, index) => (
          <li
            key={hours.key}
            style={bandOn(axis, hours)}
            // Of two at once the later one leaves the earlier one's edge to be pressed.
            className={`absolute ${own.slice(0, index).some((earlier) => clash(earlier, hours)) ? 'right-1 left-6' : 'inset-x-1'}`}
          >
            <Band hours={hours} shown={shown} actions={actions} fill />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Where the pointer was; a key has pressed no time. */
function pressedTime(event: MouseEvent<HTMLButtonElement>, axis: Axis): string | undefined {
  if (event.detail === 0) return undefined;
  const height = event.clientY - event.currentTarget.getBoundingClientRect().top;
  return height > (axis.to - axis.from) * axis.hourHeight ? undefined : halfHourAt(axis, height);
}
