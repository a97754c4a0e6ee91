import type { Appointment } from '../../../src/contract/appointments.ts';
import type { AvailabilitySession, DoctorProfile } from '../../../src/contract/doctors.ts';
import { link, type Visit, withQuery } from '../../lib/visit.ts';
import { ButtonLink } from '../../ui/button.tsx';
import type { Times } from '../doctors/find-times.ts';

/** Sessions of the days shown that are not over and have no place to give. */
export const fullSessions = (visit: Visit, { days }: Pick<Times, 'days'>): AvailabilitySession[] =>
  days
    .flatMap(({ sessions }) => sessions)
    .filter(({ places }) => places.length === 0)
    .filter(({ endsAt }) => Temporal.Instant.from(endsAt).epochMilliseconds > visit.context.now)
    .slice(0, mostShown);

const mostShown = 12;

/** The way to the waitlist, below the places of a doctor where some day is full. */
export function WaitOffer({ visit, doctor, times }: { visit: Visit; doctor: DoctorProfile; times: Times }) {
  const { m } = visit;
  if (times.days.some(({ free }) => free > 0) && fullSessions(visit, times).length === 0) return null;
  return (
    <section aria-labelledby="wait" className="mt-8 border-t border-hairline pt-4">
      <h3 id="wait" className="text-body font-semibold">
        {m.waiting.heading}
      </h3>
      <p className="mb-3">{m.waiting.offerText}</p>
      <ButtonLink
        href={withQuery(link(visit, `/wait/${doctor.slug}`), {
          chamber: String(times.chamber.id),
          visit: times.visitType.kind,
          from: times.days[0]?.date,
        })}
        rel="nofollow"
        look="secondary"
      >
        {m.waiting.join}
      </ButtonLink>
    </section>
  );
}

/** For whoever has a booking and would rather come earlier. */
export function EarlierLink({
  visit,
  appointment,
}: {
  visit: Visit;
  appointment: Pick<Appointment, 'id' | 'doctor'>;
}) {
  return (
    <a
      href={withQuery(link(visit, `/wait/${appointment.doctor.slug}`), { earlier: String(appointment.id) })}
      className="link inline-flex min-h-12 items-center"
    >
      {visit.m.waiting.earlierLink}
    </a>
  );
}
