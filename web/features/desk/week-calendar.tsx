import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useState } from 'react';
import type { DeskAppointment } from '../../../src/contract/desk.ts';
import type { Arrangement } from '../../../src/contract/schedules.ts';
import { wallTimeOf } from '../../lib/clock-minutes.ts';
import { dayOfMonth, formatDate, isFriday, shortWeekdayOfDate } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import type { DoctorDay } from '../../lib/doctor-days.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { formatTime, formatTimeRange, wallTime } from '../../lib/times.ts';
import { onScale, scaleOf, type Scale, stack } from '../../lib/week-visits.ts';
import { useExceptionWords } from '../exceptions/exception-words.ts';
import { isOff } from './desk-words.ts';

export type CalendarDay = DoctorDay & { visits: readonly DeskAppointment[] };
type Chambers = Arrangement['chambers'];

/**
 * A week beside itself: sittings as bands at their true times, visits as links on them, time off hatched. One visit is a
 * stop for Tab; the arrows go on from there, up and down within a day, left and right to the nearest of the next.
 */
export function WeekCalendar({ days, chambers }: { days: readonly CalendarDay[]; chambers: Chambers }) {
  const { words } = useStaff();
  const { calendar } = words.desk;
  const visits = days.flatMap((day) => day.visits);
  const scale = scaleOf(
    days.flatMap((day) => day.sittings),
    visits.map(spanOf),
  );
  const height = (scale.to - scale.from) * scale.hourHeight + 8;
  const [at, setAt] = useState<number | null>(null);
  const stop = visits.some(({ id }) => id === at) ? at : (visits[0]?.id ?? null);
  return (
    // The keys only go where Tab goes too.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      onKeyDown={goByArrow}
      className="relative grid grid-cols-[4.5rem_repeat(7,minmax(0,1fr))] border-t-2 border-t-green bg-white"
    >
      <div />
      {days.map((day) => (
        <DayHead key={day.date} day={day} chambers={chambers} />
      ))}
      <Hours scale={scale} height={height} />
      {days.map((day) => (
        <Day
          key={day.date}
          day={day}
          chambers={chambers}
          scale={scale}
          height={height}
          stop={stop}
          onStop={setAt}
        />
      ))}
      {visits.length === 0 ? <p className="col-span-8 px-3 py-3 text-quiet">{calendar.nobody}</p> : null}
    </div>
  );
}

function DayHead({ day, chambers }: { day: CalendarDay; chambers: Chambers }) {
  const { language, today } = useStaff();
  const say = useExceptionWords(chambers);
  const { words } = useStaff();
  return (
    <div
      className={`min-w-0 border-b border-l border-hairline px-2 py-1 ${isFriday(day.date) ? 'bg-off' : ''} ${day.date === today() ? 'bg-tint' : ''}`}
    >
      <h3
        aria-current={day.date === today() ? 'date' : undefined}
        className="text-note aria-[current=date]:text-green-pressed aria-[current=date]:underline"
      >
        {shortWeekdayOfDate(language, day.date)} {dayOfMonth(language, day.date)}
      </h3>
      {day.holidays.map((holiday) => (
        <p key={holiday.id} className="text-[0.8125rem] leading-5 text-waiting">
          {say.holiday(holiday)}
        </p>
      ))}
      {day.timeOff.map((off) => (
        <p key={off.exception.id} className="text-[0.8125rem] leading-5 text-quiet">
          {words.timeOff.marks.timeOff} {say.timesOff(off)}
        </p>
      ))}
    </div>
  );
}

function Hours({ scale, height }: { scale: Scale; height: number }) {
  const { language } = useStaff();
  const hours = Array.from({ length: scale.to - scale.from + 1 }, (_, index) => scale.from + index);
  return (
    <div aria-hidden="true" style={{ height }} className="relative">
      {hours.map((hour, index) => (
        <div
          key={hour}
          style={{ top: index * scale.hourHeight }}
          className="absolute right-0 left-0 pr-2 text-right text-[0.8125rem] leading-5 whitespace-nowrap text-quiet tabular-nums"
        >
          {formatTime(language, wallTimeOf(hour * 60)).replace(/:00(?=am|pm)/, '')}
        </div>
      ))}
    </div>
  );
}

function Day(props: {
  day: CalendarDay;
  chambers: Chambers;
  scale: Scale;
  height: number;
  stop: number | null;
  onStop: (id: number) => void;
}) {
  const { words, language } = useStaff();
  const { calendar } = words.desk;
  const { day, scale, height, stop } = props;
  const say = useExceptionWords(props.chambers);
  const placed = stack(
    scale,
    day.visits.map((visit) => ({ ...spanOf(visit), visit })),
  );
  const end = placed.at(-1);
  return (
    <div
      style={{ height: Math.max(height, end ? end.top + end.height : 0) }}
      className={`relative border-l border-hairline ${isFriday(day.date) ? 'bg-off' : ''}`}
    >
      {Array.from({ length: scale.to - scale.from }, (_, line) => (
        <div
          key={line}
          aria-hidden="true"
          style={{ top: line * scale.hourHeight }}
          className="absolute inset-x-0 border-t border-hairline"
        />
      ))}
      {day.sittings.map((sitting) => (
        <div
          key={`${sitting.chamberId} ${sitting.from}`}
          style={onScale(scale, sitting)}
          className={`absolute inset-x-0.5 border-l-4 ${sitting.left === 'none' ? 'hatched border-edge' : 'border-green bg-tint'}`}
        >
          <span className="sr-only">
            {calendar.sitting(
              formatTimeRange(language, sitting.from, sitting.to),
              say.chamber(sitting.chamberId),
            )}
          </span>
        </div>
      ))}
      {day.timeOff.map((off) => (
        <div
          key={off.exception.id}
          aria-hidden="true"
          style={offOn(scale, off)}
          className="hatched absolute inset-x-0"
        />
      ))}
      <ul aria-label={formatDate(language, day.date)}>
        {placed.map(({ visit, top, height: tall }) => (
          <li key={visit.id} style={{ top, height: tall }} className="absolute inset-x-1 left-2">
            <VisitLink visit={visit} date={day.date} stop={visit.id === stop} onStop={props.onStop} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function VisitLink(props: {
  visit: DeskAppointment;
  date: string;
  stop: boolean;
  onStop: (id: number) => void;
}) {
  const { words, language } = useStaff();
  const { visit, date } = props;
  const { id, status, patient, serial, period } = visit;
  const time = formatTime(language, wallTime(period.start));
  const short =
    serial === undefined ? time.replace(/(am|pm)$/, '') : words.desk.serial(digits(language, serial));
  return (
    <Link
      to="/appointments/$appointmentId"
      params={{ appointmentId: String(id) }}
      data-block
      data-calendar={date}
      tabIndex={props.stop ? 0 : -1}
      onFocus={() => props.onStop(id)}
      className={`block h-full overflow-hidden rounded-input border px-1 text-[0.8125rem] leading-6 text-ellipsis whitespace-nowrap text-ink no-underline hover:outline-2 hover:outline-green ${looks[status] ?? 'border-green bg-white'} ${isOff(visit) ? 'line-through' : ''}`}
    >
      <span className="font-semibold tabular-nums">{short}</span> {patient.fullName}
      <span className="sr-only">
        , {formatDate(language, date)}, {time}, {words.desk.statuses[status]}
      </span>
    </Link>
  );
}

const looks: Partial<Record<DeskAppointment['status'], string>> = {
  pending: 'border-dashed border-waiting bg-waiting-tint',
  arrived: 'border-info bg-info-tint',
  in_consultation: 'border-2 border-green bg-white',
  completed: 'border-hairline bg-off',
};

const spanOf = ({ period }: DeskAppointment) => ({ from: wallTime(period.start), to: wallTime(period.end) });

/** Time off without an hour at one end goes to the end of the picture. */
function offOn(scale: Scale, { from, until }: DoctorDay['timeOff'][number]): { top: number; height: number } {
  const whole = (scale.to - scale.from) * scale.hourHeight;
  const top = from === null ? 0 : Math.max(0, onScale(scale, { from, to: from }).top);
  const end = until === null ? whole : onScale(scale, { from: until, to: until }).top;
  return { top, height: Math.max(0, Math.min(end, whole) - top) };
}

function goByArrow(event: KeyboardEvent<HTMLElement>): void {
  const here = document.activeElement;
  if (!(here instanceof HTMLElement) || here.dataset['calendar'] === undefined) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-calendar]')];
  const next = arrowTarget(event.key, all, here);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function arrowTarget(key: string, all: readonly HTMLElement[], here: HTMLElement): HTMLElement | undefined {
  const date = here.dataset['calendar'] ?? '';
  const ofDay = all.filter((link) => link.dataset['calendar'] === date);
  const index = ofDay.indexOf(here);
  if (key === 'ArrowDown') return ofDay[index + 1];
  if (key === 'ArrowUp') return ofDay[index - 1];
  const beside = all.filter(({ dataset }) =>
    key === 'ArrowRight'
      ? (dataset['calendar'] ?? '') > date
      : key === 'ArrowLeft' && (dataset['calendar'] ?? '') < date,
  );
  const dates = beside.map(({ dataset }) => dataset['calendar'] ?? '').toSorted();
  const target = key === 'ArrowRight' ? dates[0] : dates.at(-1);
  const height = here.getBoundingClientRect().top;
  return beside
    .filter(({ dataset }) => dataset['calendar'] === target)
    .toSorted(
      (one, other) =>
        Math.abs(one.getBoundingClientRect().top - height) -
        Math.abs(other.getBoundingClientRect().top - height),
    )[0];
}
