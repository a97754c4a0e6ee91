import type { AvailabilitySession, DoctorProfile } from '../../../src/contract/doctors.ts';
import { formatDate } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { doctorName } from '../../lib/names.ts';
import { clockFace, dayPart, formatTime, formatTimeRange, wallDate, wallTime } from '../../lib/times.ts';
import { link, type Visit, withQuery } from '../../lib/visit.ts';
import { ButtonLink } from '../../ui/button.tsx';
import type { Day, Times } from './find-times.ts';

/** The free places of one day: times by part of the day, and a card for each serial session. Every place is a link. */
export function DayPlaces(props: { visit: Visit; doctor: DoctorProfile; times: Times; day: Day }) {
  const { visit, doctor, times, day } = props;
  const timed = day.sessions.filter(({ mode }) => mode === 'timed').flatMap(({ places }) => places);
  const serial = day.sessions.filter(({ mode, places }) => mode === 'serial' && places.length > 0);
  const { language } = visit;
  const choice = { chamber: String(times.chamber.id), visit: times.visitType.kind };
  const book = link(visit, `/book/${doctor.slug}`);
  // A sitting past midnight stands under the day it began on, but its late places have a date of their own.
  const groups = Map.groupBy(timed, ({ startsAt }) => {
    const part = dayPart(language, wallTime(startsAt));
    const date = wallDate(startsAt);
    return date === day.date ? part : `${part}, ${formatDate(language, date)}`;
  });
  return (
    <div className="grid grid-cols-1 gap-6">
      {serial.map((session) => (
        <SerialSession
          key={session.sessionKey}
          {...props}
          session={session}
          href={withQuery(book, { session: session.sessionKey, ...choice })}
        />
      ))}
      {[...groups].map(([part, places]) => (
        <section key={part}>
          <h3 className="mb-2 text-body">{part}</h3>
          <ul className="grid grid-cols-3 gap-2 sm:grid-cols-4 md:grid-cols-5">
            {places.map(({ startsAt }) => (
              <li key={startsAt}>
                <a
                  href={withQuery(book, { slot: startsAt, ...choice })}
                  rel="nofollow"
                  aria-label={visit.m.doctor.slotName(
                    formatDate(language, wallDate(startsAt)),
                    formatTime(language, wallTime(startsAt)),
                    doctorName(language, doctor),
                  )}
                  data-block
                  className="pressable flex min-h-12 items-center justify-center rounded-input border-2 border-green bg-white font-semibold whitespace-nowrap text-green tabular-nums hover:bg-green hover:text-white"
                >
                  {language === 'bn'
                    ? clockFace(language, wallTime(startsAt))
                    : formatTime(language, wallTime(startsAt))}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function SerialSession(props: {
  visit: Visit;
  doctor: DoctorProfile;
  session: AvailabilitySession;
  href: string;
}) {
  const { visit, doctor, session } = props;
  const { m, language } = visit;
  const [next] = session.places;
  if (!next) return null;
  const serial = digits(language, next.serial ?? 1);
  const time = formatTime(language, wallTime(next.startsAt));
  return (
    <section className="border-2 border-green bg-white p-4 sm:flex sm:items-end sm:justify-between sm:gap-6">
      <div className="mb-4 sm:mb-0">
        <h3 className="text-body">
          {formatTimeRange(language, wallTime(session.startsAt), wallTime(session.endsAt))}
        </h3>
        <p className="mt-2 flex flex-wrap items-baseline gap-x-3">
          <span className="text-quiet">{m.doctor.nextSerial}</span>
          <span className="numeral text-[2.5rem] leading-tight text-green">{serial}</span>
          <span className="whitespace-nowrap">{m.doctor.about(time)}</span>
        </p>
        <p className="text-note text-quiet">{m.doctor.remaining(digits(language, session.remaining))}</p>
      </div>
      <ButtonLink
        href={props.href}
        rel="nofollow"
        label={m.doctor.takeSerialName(
          serial,
          formatDate(language, wallDate(next.startsAt)),
          time,
          doctorName(language, doctor),
        )}
      >
        {m.doctor.takeSerial(serial)}
      </ButtonLink>
    </section>
  );
}
