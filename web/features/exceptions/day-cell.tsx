import type { DaySitting, DoctorDay } from '../../lib/doctor-days.ts';
import { dayOfMonth, formatDate } from '../../lib/dates.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import type { ExceptionWords } from './exception-words.ts';
import { Mark, type MarkKind, Sign } from './mark.tsx';

type Props = { day: DoctorDay; say: ExceptionWords; severalChambers: boolean };

/** A day of the month: in words where there is room, and in signs elsewhere, where the words are for assistive technology. */
export function DayCell(props: Props & { isToday: boolean }) {
  const { words, language } = useStaff();
  const { date } = props.day;
  return (
    <>
      <span className="flex flex-wrap items-center gap-x-2 max-lg:justify-center">
        <span
          aria-hidden="true"
          className={`tabular-nums ${props.isToday ? 'rounded-input bg-green px-1.5 font-semibold text-white' : ''}`}
        >
          {dayOfMonth(language, date)}
        </span>
        <span className="sr-only">{formatDate(language, date)}</span>
        {props.isToday ? (
          <span className="text-note font-semibold text-green max-lg:sr-only">
            {words.timeOff.marks.today}
          </span>
        ) : null}
      </span>
      <DayInWords {...props} />
      <DayInSigns day={props.day} />
    </>
  );
}

function DayInWords({ day, say, severalChambers }: Props) {
  const { marks } = useStaff().words.timeOff;
  return (
    <span className="mt-1 flex flex-col gap-1 max-lg:sr-only">
      {day.timeOff.map(({ exception, ...times }) => (
        <Mark key={exception.id} kind="timeOff">
          {times.from === null && times.until === null ? marks.timeOff : marks.off(say.timesOff(times))}
          {exception.chamberId === null ? '' : ` · ${say.chamber(exception.chamberId)}`}
        </Mark>
      ))}
      {day.holidays.map((holiday) => (
        <Mark key={holiday.id} kind={holiday.tentative ? 'tentative' : 'holiday'}>
          {say.holiday(holiday)}
          {holiday.tentative ? <span className="sr-only"> · {marks.tentative}</span> : null}
        </Mark>
      ))}
      {day.otherHours.map((exception) => (
        <Mark key={exception.id} kind="otherHours">
          {marks.otherHours}
        </Mark>
      ))}
      {day.sittings.map((sitting) => (
        <span key={keyOf(sitting)} className="block text-note">
          <span className={sitting.left === 'none' ? 'text-quiet line-through' : ''}>
            {say.hours(sitting)}
          </span>
          {sitting.left === 'none' ? <span className="sr-only"> · {marks.notHeld}</span> : null}
          {sitting.left === 'some' ? <span className="text-quiet"> · {marks.partlyHeld}</span> : null}
          {severalChambers ? (
            <span className="block truncate text-quiet">{say.chamber(sitting.chamberId)}</span>
          ) : null}
        </span>
      ))}
    </span>
  );
}

function DayInSigns({ day }: { day: DoctorDay }) {
  return (
    <span aria-hidden="true" className="mt-1 flex flex-wrap items-center justify-center gap-1 lg:hidden">
      {signsOf(day).map((kind) => (
        <Sign key={kind} kind={kind} />
      ))}
      {day.sittings.map((sitting) => (
        <SittingSign key={keyOf(sitting)} left={sitting.left} />
      ))}
    </span>
  );
}

/** A bar that is full, half or empty. */
export function SittingSign({ left }: { left: DaySitting['left'] }) {
  const looks = { all: 'w-4 bg-green', some: 'w-2 bg-green', none: 'w-4 bg-white' } as const;
  return <span className={`inline-block h-1.5 shrink-0 border border-green ${looks[left]}`} />;
}

const signsOf = (day: DoctorDay): MarkKind[] => [
  ...(day.timeOff.length > 0 ? (['timeOff'] as const) : []),
  ...(day.otherHours.length > 0 ? (['otherHours'] as const) : []),
  ...(day.holidays.some(({ tentative }) => !tentative) ? (['holiday'] as const) : []),
  ...(day.holidays.some(({ tentative }) => tentative) ? (['tentative'] as const) : []),
];

const keyOf = ({ chamberId, from }: DaySitting): string => `${chamberId} ${from}`;
