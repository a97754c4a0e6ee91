import type { DoctorCard } from '../../../src/contract/doctors.ts';
import { digits } from '../../lib/digits.ts';
import { formatMoney } from '../../lib/money.ts';
import { doctorName, initials, localName, specializationName } from '../../lib/names.ts';
import { formatWhen } from '../../lib/when.ts';
import { link, savesData, type Visit, withQuery } from '../../lib/visit.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Face } from '../../ui/face.tsx';

/** A doctor in a list: who, where, how much, and the next free time as a link that books it. */
export function DoctorRow(props: {
  visit: Visit;
  doctor: DoctorCard;
  /** District names in the language, by their English name. */
  places: ReadonlyMap<string, string>;
  first: boolean;
}) {
  const { visit, doctor, places } = props;
  const { m, language } = visit;
  const name = doctorName(language, doctor);
  const page = link(visit, `/d/${doctor.slug}`);
  const specialties = doctor.specializations.map((one) => specializationName(language, one)).join(', ');
  return (
    <li className="grid grid-cols-1 gap-x-6 gap-y-3 border-b border-hairline py-5 md:grid-cols-[minmax(0,1fr)_15rem]">
      <div className="flex gap-4">
        <Face
          photo={savesData(visit) ? null : doctor.photo}
          initials={initials(localName(language, doctor))}
          size="row"
          first={props.first}
        />
        <div className="grid min-w-0 grow grid-cols-1 content-start gap-x-8 lg:grid-cols-2">
          <div>
            <h3 className="text-body">
              <a href={page} className="link">
                {name}
              </a>
            </h3>
            {doctor.qualifications ? <p className="text-note text-quiet">{doctor.qualifications}</p> : null}
          </div>
          <div>
            <p>{specialties}</p>
            <p className="text-quiet">
              {[
                ...(doctor.place ? [places.get(doctor.place.district) ?? doctor.place.district] : []),
                m.doctor.experience(digits(language, doctor.experienceYears)),
              ].join(' · ')}
            </p>
          </div>
        </div>
      </div>
      <div className="flex flex-col gap-2 md:items-stretch">
        <p className="flex justify-between gap-4">
          <span className="text-quiet">{doctor.nextAvailable ? m.doctor.nextFree : m.doctor.noneFree}</span>
          <span className="whitespace-nowrap">
            {m.doctor.fee} <strong>{formatMoney(language, doctor.fee)}</strong>
          </span>
        </p>
        {doctor.nextAvailable ? (
          <ButtonLink
            href={withQuery(link(visit, `/book/${doctor.slug}`), { slot: doctor.nextAvailable })}
            look="secondary"
            rel="nofollow"
          >
            {formatWhen(visit, doctor.nextAvailable)}
            <span className="sr-only">{m.doctor.bookWith(name)}</span>
          </ButtonLink>
        ) : null}
        <a
          href={page}
          aria-label={m.doctor.seeTimesOf(name)}
          className="link inline-flex min-h-8 items-center"
        >
          {m.doctor.seeTimes}
        </a>
      </div>
    </li>
  );
}
