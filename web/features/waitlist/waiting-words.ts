import type { WaitlistEntry } from '../../../src/contract/waitlist.ts';
import { formatDate } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { formatTime, wallDate, wallTime } from '../../lib/times.ts';
import type { Visit } from '../../lib/visit.ts';
import { formatWhenInFull } from '../../lib/when.ts';

/** What somebody waits for: `Wednesday 25 November`, any day, or earlier than their booking. */
export function wantsText(visit: Visit, { wants }: Pick<WaitlistEntry, 'wants'>): string {
  const { m, language } = visit;
  const { from, to, earlierThan } = wants;
  if (earlierThan) return m.waiting.earlierThan(formatWhenInFull(visit, earlierThan.period.start));
  if (from === null || to === null) return m.waiting.anyDay;
  return m.waiting.dates(formatDate(language, from), formatDate(language, to));
}

/** The offered place: `Wednesday 25 November, 5:30pm`, with its number where the session goes by serials. */
export function offerText(visit: Visit, { period, serial }: NonNullable<WaitlistEntry['offer']>): string {
  const { m, language } = visit;
  const time = formatTime(language, wallTime(period.start));
  const date = formatDate(language, wallDate(period.start));
  if (serial === undefined) return `${date}, ${time}`;
  return `${date}, ${m.booking.serial} ${m.booking.serialAbout(digits(language, serial), time)}`;
}
