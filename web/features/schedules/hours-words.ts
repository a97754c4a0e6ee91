import { formatDateWithYear, weekdayName } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { sumHours } from '../../lib/hours-sum.ts';
import type { Language } from '../../lib/language.ts';
import type { StaffWords } from '../../lib/messages/staff/en.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { formatTime } from '../../lib/times.ts';
import { type Dates, endsNextDay, isUsual } from '../../lib/week-hours.ts';
import type { HourSettings } from '../../../src/contract/hours.ts';

type Span = Pick<HourSettings, 'from' | 'to'>;
type Counted = Pick<HourSettings, 'from' | 'to' | 'mode' | 'slotMinutes' | 'capacity'>;

export type HoursWords = {
  /** `5:00pm to 9:00pm`; the end says so when it is on the next day. */
  time: (hours: Span) => string;
  /** `24 serials`, `16 starts`. */
  places: (hours: Counted) => string;
  /** All of it in one line, for a name. */
  band: (hours: Counted & { weekday: number }) => string;
  /** `Usual week`, `8 February 2027 to 9 March 2027`. */
  week: (dates: Dates) => string;
};

/** Hours and weeks in words. */
export function useHoursWords(visitMinutes: number | null): HoursWords {
  const { language, words } = useStaff();
  const { hours: texts } = words;
  const time = (hours: Span): string => timeText(hours, { language, texts });
  const places = (hours: Counted): string =>
    texts.places[hours.mode](digits(language, sumHours(hours, visitMinutes)?.places ?? 0));
  return {
    time,
    places,
    band: (hours) => texts.band(weekdayName(language, hours.weekday), time(hours), places(hours)),
    week: (dates) => weekText(dates, { language, texts }),
  };
}

type Texts = { language: Language; texts: StaffWords['hours'] };

function timeText(hours: Span, { language, texts }: Texts): string {
  const until = formatTime(language, hours.to);
  return texts.range(formatTime(language, hours.from), endsNextDay(hours) ? texts.nextDay(until) : until);
}

function weekText(dates: Dates, { language, texts }: Texts): string {
  const { week } = texts;
  if (isUsual(dates)) return week.usual;
  const [first, last] = [dates.validFrom, dates.validUntil].map(
    (date) => date && withoutWeekday(formatDateWithYear(language, date)),
  );
  if (first && last) return week.range(first, last);
  return first ? week.from(first) : week.until(last ?? '');
}

/** The weekday says nothing about a season. */
const withoutWeekday = (date: string): string => date.slice(date.indexOf(' ') + 1);
