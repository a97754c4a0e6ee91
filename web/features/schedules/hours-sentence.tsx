import type { HourSettings } from '../../../src/contract/hours.ts';
import { digits } from '../../lib/digits.ts';
import { type HoursSum, serialRanges, sumHours } from '../../lib/hours-sum.ts';
import { endsNextDay } from '../../lib/week-hours.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { formatTime } from '../../lib/times.ts';
import { Notice } from '../../ui/notices.tsx';

/** What hours come to, while they are typed. */
export function HoursSentence(props: { hours: HourSettings; visitMinutes: number | null }) {
  const { sum: texts } = useStaff().words.hours;
  const { hours, visitMinutes } = props;
  const readable = hours.from !== '' && hours.to !== '' && hours.slotMinutes > 0;
  const sum = readable ? sumHours(hours, visitMinutes) : null;
  return (
    <output className="block">
      {sum ? (
        <Notice tone={sum.late > 0 ? 'waiting' : 'info'}>
          <Counted sum={sum} hours={hours} visitMinutes={visitMinutes} />
        </Notice>
      ) : readable && hours.mode === 'timed' ? (
        <Notice tone="waiting">{texts.none}</Notice>
      ) : null}
    </output>
  );
}

function Counted(props: { sum: HoursSum; hours: HourSettings; visitMinutes: number | null }) {
  const { words, language } = useStaff();
  const { sum: texts, nextDay } = words.hours;
  const { sum, hours, visitMinutes } = props;
  const say = (value: number): string => digits(language, value);
  const last = formatTime(language, sum.last);
  const ranges = serialRanges(hours).map(({ name, from, to }) => texts.ranges[name](say(from), say(to)));
  return (
    <>
      <p className="font-semibold">
        {texts[hours.mode](
          say(sum.places),
          say(hours.slotMinutes),
          formatTime(language, sum.first),
          sum.lastNextDay ? nextDay(last) : last,
        )}
      </p>
      {ranges.length > 0 ? <p>{texts.serials(ranges.join(', '))}</p> : null}
      {sum.late > 0 ? <p>{texts.late(say(sum.late))}</p> : null}
      {endsNextDay(hours) ? <p>{texts.nextDay}</p> : null}
      {hours.mode === 'timed' && visitMinutes !== null && visitMinutes > hours.slotMinutes ? (
        <p>{texts.long(say(visitMinutes))}</p>
      ) : null}
    </>
  );
}
