import type { DoctorProfile } from '../../../src/contract/doctors.ts';
import { weekdayName, weekFrom } from '../../lib/dates.ts';
import { chamberAddress, localName } from '../../lib/names.ts';
import { formatPhone } from '../../lib/phone.ts';
import { formatTimeRange } from '../../lib/times.ts';
import type { Visit } from '../../lib/visit.ts';
import { SectionHeading } from '../../ui/layout.tsx';
import type { DoctorChamber } from './find-times.ts';

/** Where the chamber is, how to reach it, and its hours as they hang at the door. */
export function ChamberFacts({ visit, chamber }: { visit: Visit; chamber: DoctorChamber }) {
  const { m, language } = visit;
  const address = chamberAddress(language, chamber);
  const phone = chamber.phone ?? visit.context.settings.phone;
  return (
    <section>
      <SectionHeading>{chamberName(visit, chamber)}</SectionHeading>
      <address className="not-italic">{address}</address>
      <p className="mt-1 flex flex-wrap gap-x-5">
        {phone ? (
          <a href={`tel:${phone}`} className="link inline-flex min-h-12 items-center whitespace-nowrap">
            {m.appointment.call(formatPhone(phone))}
          </a>
        ) : null}
        <a
          href={mapHref({ fullName: chamber.name, address: chamber.address })}
          rel="noreferrer"
          className="link inline-flex min-h-12 items-center"
        >
          {m.doctor.directions}
        </a>
      </p>
      <Hours visit={visit} chamber={chamber} />
    </section>
  );
}

export function AboutDoctor({ visit, doctor }: { visit: Visit; doctor: DoctorProfile }) {
  const about = visit.language === 'bn' ? (doctor.aboutBn ?? doctor.aboutEn) : doctor.aboutEn;
  if (!about) return null;
  return (
    <section>
      <SectionHeading>{visit.m.doctor.aboutDoctor}</SectionHeading>
      <p className="whitespace-pre-line">{about}</p>
    </section>
  );
}

export const chamberName = (visit: Visit, chamber: { name: string; nameBn: string | null }): string =>
  localName(visit.language, { fullName: chamber.name, nameBn: chamber.nameBn });

export const mapHref = ({ fullName, address }: { fullName: string; address: string }): string =>
  `https://www.google.com/maps/search/?${new URLSearchParams({ api: '1', query: `${fullName}, ${address}` })}`;

function Hours({ visit, chamber }: { visit: Visit; chamber: DoctorChamber }) {
  const { m, language } = visit;
  return (
    <table className="mt-4 w-full border-t-2 border-green">
      <caption className="py-2 text-left font-semibold">{m.doctor.hours}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{m.doctor.weekday}</th>
          <th scope="col">{m.doctor.time}</th>
        </tr>
      </thead>
      <tbody>
        {weekFrom(visit.context.settings.firstWeekday).map((weekday) => {
          const hours = chamber.hours
            .filter((one) => one.weekday === weekday)
            .toSorted((a, b) => a.from.localeCompare(b.from));
          return (
            <tr key={weekday} className="border-t border-hairline align-top">
              <th scope="row" className="py-1.5 pr-3 text-left font-normal whitespace-nowrap">
                {weekdayName(language, weekday)}
              </th>
              <td className={`py-1.5 ${hours.length === 0 ? 'text-quiet' : ''}`}>
                {hours.length === 0
                  ? m.doctor.closed
                  : hours.map(({ from, to }) => (
                      <span key={from} className="block">
                        {formatTimeRange(language, from, to)}
                      </span>
                    ))}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
