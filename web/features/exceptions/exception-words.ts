import type { Exception, Holiday } from '../../../src/contract/exceptions.ts';
import type { HourSettings } from '../../../src/contract/hours.ts';
import type { Arrangement } from '../../../src/contract/schedules.ts';
import { formatSpan } from '../../lib/date-spans.ts';
import { digits } from '../../lib/digits.ts';
import type { DoctorDay } from '../../lib/doctor-days.ts';
import { localName } from '../../lib/names.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { formatTime, formatTimeRange } from '../../lib/times.ts';

/** How time off, other hours and holidays are said in the reader's language. */
export type ExceptionWords = {
  dates: (span: { from: string; until: string }) => string;
  /** `Time off: Wednesday 25 November`. */
  exception: (exception: Exception) => string;
  /** What is left out where time off holds the whole day: `from 2:00pm`. */
  timesOff: (off: Pick<DoctorDay['timeOff'][number], 'from' | 'until'>) => string;
  hours: (hours: Pick<HourSettings, 'from' | 'to'>) => string;
  mode: (hours: HourSettings) => string;
  holiday: (holiday: Holiday) => string;
  chamber: (id: number | null) => string;
};

export function useExceptionWords(chambers: Arrangement['chambers']): ExceptionWords {
  const { words, language, today } = useStaff();
  const { timeOff: texts } = words;
  const dates: ExceptionWords['dates'] = (span) => formatSpan(language, span, today());
  return {
    dates,
    exception: (exception) =>
      `${exception.kind === 'time_off' ? texts.marks.timeOff : texts.marks.otherHours}: ${dates(exception)}`,
    timesOff: ({ from, until }) => {
      if (from !== null && until !== null) return formatTimeRange(language, from, until);
      if (from !== null) return texts.marks.from(formatTime(language, from));
      return until === null ? '' : texts.marks.until(formatTime(language, until));
    },
    hours: ({ from, to }) => formatTimeRange(language, from, to),
    mode: ({ mode, slotMinutes, capacity }) =>
      mode === 'timed'
        ? texts.modes.timed(digits(language, slotMinutes))
        : texts.modes.serial(digits(language, capacity ?? 0), digits(language, slotMinutes)),
    holiday: ({ name, nameBn }) => (language === 'bn' ? nameBn : name),
    chamber: (id) => {
      if (id === null) return texts.everyChamber;
      const chamber = chambers.find((each) => each.id === id);
      return chamber
        ? localName(language, { fullName: chamber.name, nameBn: chamber.nameBn })
        : texts.otherChamber;
    },
  };
}
