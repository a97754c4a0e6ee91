import type { AvailabilitySession, DoctorProfile } from '../../../src/contract/doctors.ts';
import { formatDate } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { doctorName } from '../../lib/names.ts';
import { clockFace, dayPart, formatTime, formatTimeRange, wallDate, wallTime } from '../../lib/times.ts';
import { link, type Visit, withQuery } from '../../lib/visit.ts';
import { ButtonLink } from '../../ui/button.tsx';
import type { Day, Times } from './find-times.ts';

/** Where a place leads, and how it is called. */
export type PlaceLinks = {
  hrefOf: (place: { slot: string } | { session: string }) => string;
  slotName: (day: string, time: string) => string;
  serialName: (serial: string, day: string, time: string) => string;
  takeSerial: (serial: string) => string;
};

/** Places that are booked, or asked for where the doctor confirms each. */
export function bookingLinks(visit: Visit, doctor: DoctorProfile, { chamber, visitType }: Times): PlaceLinks {
  const { m, language } = visit;
  const name = doctorName(language, doctor);
  const words = doctor.needsApproval
    ? { ...m.request, takeSerial: m.request.serial, takeSerialName: m.request.serialName }
    : m.doctor;
  return {
    hrefOf: (place) =>
      withQuery(link(visit, `/book/${doctor.slug}`), {
        ...place,
        chamber: String(chamber.id),
        visit: visitType.kind,
      }),
    slotName: (day, time) => words.slotName(day, time, name),
    serialName: (serial, day, time) => words.takeSerialName(serial, day, time, name),
    takeSerial: words.takeSerial,
  };
}

/** The free places of one day: times by part of the day, and a card for each serial session. Every place is a link. */
export function DayPlaces(props: { visit: Visit; day: Day; links: PlaceLinks }) {
  const { visit, day, links } = props;
  const timed = day.sessions.filter(({ mode }) => mode === 'timed').flatMap(({ places }) => places);
  const serial = day.sessions.filter(({ mode, places }) => mode === 'serial' && places.length > 0);
  const { language } = visit;
  // A sitting past midnight stands under the day it began on, but its late places have a date of their own.
  const groups = Map.groupBy(timed, ({ startsAt }) => {
    const part = dayPart(language, wallTime(startsAt));
    const date = wallDate(startsAt);
    return date === day.date ? part : `${part}, ${formatDate(language, date)}`;
  });
  return (
    <div className="grid grid-cols-1 gap-6">
      {serial.map((session) => (
        <SerialSession key={session.sessionKey} visit={visit} session={session} links={links} />
      ))}
      {[...groups].map(([part, places]) => (
        <section key={part}>
          <h3 className="mb-2 text-body">{part}</h3>
          <ul className="grid grid-cols-3 gap-2 sm:grid-cols-4 md:grid-cols-5">
            {places.map(({ startsAt }) => (
              <li key={startsAt}>
                <a
                  href={links.hrefOf({ slot: startsAt })}
                  rel="nofollow"
                  aria-label={links.slotName(
                    formatDate(language, wallDate(startsAt)),
                    formatTime(language, wallTime(startsAt)),
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

function SerialSession(props: { visit: Visit; session: AvailabilitySession; links: PlaceLinks }) {
  const { visit, session, links } = props;
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
        href={links.hrefOf({ session: session.sessionKey })}
        rel="nofollow"
        label={links.serialName(serial, formatDate(language, wallDate(next.startsAt)), time)}
      >
        {links.takeSerial(serial)}
      </ButtonLink>
    </section>
  );
}
