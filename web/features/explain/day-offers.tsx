import { Link } from '@tanstack/react-router';
import { type AvailabilitySession, getAvailability } from '../../../src/contract/doctors.ts';
import { addDays, formatDate } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { formatTime, formatTimeRange, wallDate, wallTime } from '../../lib/times.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Skeleton } from '../../ui/states.tsx';
import { Loaded } from '../staff/loaded.tsx';
import type { Asked } from './question.ts';

/** What patients are offered on the day, place by place; each can be asked about in turn. */
export function DayOffers(props: {
  doctorId: number;
  date: string;
  visitType: NonNullable<Asked['visitType']>;
  channel: Asked['channel'];
  onAsk: () => void;
}) {
  const { words, language } = useStaff();
  const { why } = words;
  const { doctorId, date, visitType, onAsk } = props;
  const { chamber, type } = visitType;
  const read = useRead(getAvailability, {
    params: { id: doctorId },
    query: { from: date, to: date, chamberId: chamber.id, visitTypeId: type.id },
  });
  const asking = { visitType: String(type.id), channel: props.channel };
  return (
    <section aria-labelledby="offers" className="bg-white px-4 py-3">
      <h2 id="offers" className="text-lead">
        {why.offersOn(formatDate(language, date))}
      </h2>
      <p className="mb-3 text-note text-quiet">{why.offersLead}</p>
      {refusalOf(read.error)?.code === 'not_found' ? (
        <p>{why.notBookable}</p>
      ) : (
        <Loaded read={read} skeleton={<Skeleton rows={3} />}>
          {({ days }) => (
            <Sessions sessions={days[0]?.sessions ?? []} asking={asking} date={date} onAsk={onAsk} />
          )}
        </Loaded>
      )}
      <p className="mt-3 flex justify-between gap-4 border-t border-hairline">
        {[
          { day: addDays(date, -1), text: why.dayBefore },
          { day: addDays(date, 1), text: why.dayAfter },
        ].map(({ day, text }) => (
          <Link
            key={text}
            to="."
            search={{ ...asking, date: day }}
            resetScroll={false}
            className="link inline-flex min-h-12 items-center"
          >
            {text}
          </Link>
        ))}
      </p>
    </section>
  );
}

type Shown = {
  asking: { visitType: string; channel: string };
  date: string;
  onAsk: () => void;
};

function Sessions({ sessions, ...shown }: Shown & { sessions: readonly AvailabilitySession[] }) {
  const { words, language } = useStaff();
  const { why } = words;
  if (sessions.length === 0) return <p>{why.noSessions}</p>;
  return (
    <ul>
      {sessions.map((session) => (
        <li key={session.sessionKey} className="border-t border-hairline py-3">
          <h3 className="mb-2 font-semibold">
            {formatTimeRange(language, wallTime(session.startsAt), wallTime(session.endsAt))}
          </h3>
          {session.places.length === 0 ? (
            <p className="text-quiet">{why.full}</p>
          ) : session.mode === 'serial' ? (
            <NextSerial {...shown} session={session} />
          ) : (
            <Times {...shown} session={session} />
          )}
        </li>
      ))}
    </ul>
  );
}

function NextSerial({ session, asking, onAsk }: Shown & { session: AvailabilitySession }) {
  const { words, language } = useStaff();
  const { why } = words;
  const [next] = session.places;
  if (!next) return null;
  return (
    <>
      <Link
        to="."
        search={{ ...asking, date: wallDate(next.startsAt), time: wallTime(next.startsAt) }}
        resetScroll={false}
        onClick={onAsk}
        className="link inline-flex min-h-9 items-center"
      >
        {why.nextSerial(digits(language, next.serial ?? 1), formatTime(language, wallTime(next.startsAt)))}
      </Link>
      <p className="text-quiet">{why.remaining(digits(language, session.remaining))}</p>
    </>
  );
}

/** Free starts; those after midnight under their own date. */
function Times({ session, asking, date, onAsk }: Shown & { session: AvailabilitySession }) {
  const { language } = useStaff();
  const dates = [...new Set(session.places.map(({ startsAt }) => wallDate(startsAt)))];
  return dates.map((day) => (
    <div key={day} className="mb-2">
      {day === date ? null : <h4 className="mb-1 text-note text-quiet">{formatDate(language, day)}</h4>}
      <ul className="flex flex-wrap gap-2">
        {session.places
          .filter(({ startsAt }) => wallDate(startsAt) === day)
          .map(({ startsAt }) => (
            <li key={startsAt}>
              <Link
                to="."
                search={{ ...asking, date: day, time: wallTime(startsAt) }}
                resetScroll={false}
                onClick={onAsk}
                data-block
                className="inline-flex min-h-9 items-center justify-center rounded-input border border-edge px-2 whitespace-nowrap tabular-nums hover:border-green hover:bg-tint"
              >
                {formatTime(language, wallTime(startsAt))}
              </Link>
            </li>
          ))}
      </ul>
    </div>
  ));
}
