import type { ReactNode } from 'react';
import type { DoctorProfile } from '../../../src/contract/doctors.ts';
import { digits } from '../../lib/digits.ts';
import { formatMoney } from '../../lib/money.ts';
import { doctorName, initials, localName, specializationName } from '../../lib/names.ts';
import { link, savesData, type Visit, withQuery } from '../../lib/visit.ts';
import { Face } from '../../ui/face.tsx';
import { Columns, SectionHeading } from '../../ui/layout.tsx';
import { Note } from '../../ui/notices.tsx';
import { WaitOffer } from '../waitlist/wait-offer.tsx';
import { AboutDoctor, ChamberFacts, chamberName } from './chamber-facts.tsx';
import { bookingLinks } from './day-places.tsx';
import type { Times } from './find-times.ts';
import { TimesPicker } from './times-picker.tsx';

/** A doctor, and every free place of one chamber as a link. `times` is null while nothing can be booked. */
export function DoctorPage(props: {
  visit: Visit;
  doctor: DoctorProfile;
  times: Times | null;
  /** A place that is kept for the visitor, and so is not among the free ones. */
  kept: ReactNode;
}) {
  const { visit, doctor, times, kept } = props;
  return (
    <>
      <Letterhead visit={visit} doctor={doctor} />
      {times ? (
        <Columns
          main={<Booking visit={visit} doctor={doctor} times={times} kept={kept} />}
          aside={
            <div className="grid grid-cols-1 gap-8">
              <ChamberFacts visit={visit} chamber={times.chamber} />
              <AboutDoctor visit={visit} doctor={doctor} />
            </div>
          }
        />
      ) : (
        <div className="grid grid-cols-1 gap-6">
          <NothingFree visit={visit} doctor={doctor} />
          <AboutDoctor visit={visit} doctor={doctor} />
        </div>
      )}
    </>
  );
}

function Letterhead({ visit, doctor }: { visit: Visit; doctor: DoctorProfile }) {
  const { m, language } = visit;
  return (
    <div className="mb-6 flex gap-4 border-b-2 border-green pb-4 md:mb-8 md:gap-6 md:pb-6">
      <Face
        photo={savesData(visit) ? null : doctor.photo}
        initials={initials(localName(language, doctor))}
        size="page"
        first
      />
      <div className="min-w-0">
        <h1 tabIndex={-1} className="text-title md:text-display">
          {doctorName(language, doctor)}
        </h1>
        {doctor.qualifications ? <p>{doctor.qualifications}</p> : null}
        <p>{doctor.specializations.map((one) => specializationName(language, one)).join(', ')}</p>
        <p className="text-quiet">{m.doctor.experience(digits(language, doctor.experienceYears))}</p>
      </div>
    </div>
  );
}

function Booking(props: { visit: Visit; doctor: DoctorProfile; times: Times; kept: ReactNode }) {
  const { visit, doctor, times } = props;
  const { m } = visit;
  const { chamber, visitType, selected } = times;
  const page = (values: Record<string, string | null>): string =>
    withQuery(link(visit, `/d/${doctor.slug}`), {
      chamber: doctor.chambers.length > 1 ? String(chamber.id) : null,
      visit: visitType.kind === 'new' ? null : visitType.kind,
      ...values,
    });
  return (
    <div className="grid grid-cols-1 gap-6 md:gap-8">
      {doctor.chambers.length > 1 ? (
        <ChamberTabs
          visit={visit}
          doctor={doctor}
          times={times}
          hrefOf={(id) => page({ chamber: String(id) })}
        />
      ) : null}
      <VisitTypes
        visit={visit}
        times={times}
        hrefOf={(kind) => page({ visit: kind, date: selected?.date ?? null })}
      />
      <section aria-labelledby="choose-time">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <SectionHeading id="choose-time">{m.doctor.chooseTime}</SectionHeading>
          <a href="#times" className="sr-only focus:not-sr-only">
            {m.doctor.toTimes}
          </a>
        </div>
        {doctor.needsApproval ? (
          <div className="mb-4">
            <Note>{m.request.note}</Note>
          </div>
        ) : null}
        {props.kept}
        <TimesPicker
          visit={visit}
          times={times}
          hrefOf={page}
          links={bookingLinks(visit, doctor, times)}
          none={<NothingFree visit={visit} doctor={doctor} />}
        />
        <WaitOffer visit={visit} doctor={doctor} times={times} />
      </section>
    </div>
  );
}

function ChamberTabs(props: {
  visit: Visit;
  doctor: DoctorProfile;
  times: Times;
  hrefOf: (chamberId: number) => string;
}) {
  const { visit, doctor, times, hrefOf } = props;
  return (
    <nav aria-label={visit.m.doctor.chambers}>
      <ul className="grid grid-cols-1 gap-2 sm:grid-cols-2">
        {doctor.chambers.map((chamber) => {
          const current = chamber.id === times.chamber.id;
          return (
            <li key={chamber.id}>
              <a
                href={hrefOf(chamber.id)}
                aria-current={current ? 'true' : undefined}
                data-block
                className={`block h-full min-h-12 border-b-4 px-3 py-2 ${current ? 'border-green bg-white font-semibold' : 'border-hairline hover:border-green hover:bg-tint'}`}
              >
                {chamberName(visit, chamber)}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function VisitTypes(props: { visit: Visit; times: Times; hrefOf: (kind: string) => string }) {
  const { visit, times, hrefOf } = props;
  const { m, language } = visit;
  return (
    <section aria-labelledby="visit-type">
      <SectionHeading id="visit-type">{m.doctor.visitType}</SectionHeading>
      <ul className="grid grid-cols-3 gap-2">
        {times.chamber.visitTypes.map((type) => {
          const current = type.id === times.visitType.id;
          return (
            <li key={type.id}>
              <a
                href={hrefOf(type.kind)}
                aria-current={current ? 'true' : undefined}
                data-block
                className={`block h-full min-h-12 rounded-input border-2 px-2 py-2 sm:px-3 ${current ? 'border-green bg-tint' : 'border-edge bg-white hover:border-green hover:bg-tint'}`}
              >
                <span className="block text-note font-semibold">{m.doctor.visitTypes[type.kind]} </span>
                <span className="block whitespace-nowrap">{formatMoney(language, type.fee)} </span>
                <span className="block text-note whitespace-nowrap text-quiet">
                  {m.doctor.minutes(digits(language, type.minutes))}
                </span>
              </a>
            </li>
          );
        })}
      </ul>
      {times.visitType.windowDays === null ? null : (
        <div className="mt-2">
          <Note>{m.doctor.visitWindow(digits(language, times.visitType.windowDays))}</Note>
        </div>
      )}
    </section>
  );
}

function NothingFree({ visit, doctor }: { visit: Visit; doctor: DoctorProfile }) {
  const { m } = visit;
  const [specialty] = doctor.specializations;
  return (
    <div className="border-l-4 border-edge pl-4">
      <p className="font-semibold">{m.doctor.allFull}</p>
      <p>{m.doctor.allFullAdvice}</p>
      <a
        href={withQuery(link(visit, '/doctors'), { specialization: specialty?.code })}
        className="link inline-flex min-h-12 items-center"
      >
        {m.doctor.otherDoctors}
      </a>
    </div>
  );
}
