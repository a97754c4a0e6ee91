import type { Appointment } from '../../../src/contract/appointments.ts';
import { doctorName, localName } from '../../lib/names.ts';
import { link, type Visit } from '../../lib/visit.ts';
import { appointmentPath } from './appointment-path.ts';
import { bookAgainHref } from './appointment-actions.tsx';
import { appointmentWhen, isAheadOrOn } from './appointment-words.ts';
import { StatusTag } from './status-tag.tsx';

/** One appointment in a list of one's own; the whole line opens it. */
export function AppointmentRow({ visit, appointment }: { visit: Visit; appointment: Appointment }) {
  const { m, language } = visit;
  const doctor = doctorName(language, appointment.doctor);
  const when = appointmentWhen(visit, appointment);
  const over = !isAheadOrOn(visit, appointment);
  return (
    <li className="grid grid-cols-1 gap-3 border-b border-hairline py-4 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center sm:gap-6">
      <div className="min-w-0">
        <h3 className="text-body">
          <a
            href={link(visit, appointmentPath(appointment))}
            aria-label={m.mine.openName(doctor, when)}
            className="link"
          >
            {when}
          </a>
        </h3>
        <p>
          {doctor} · {localName(language, appointment.chamber)}
        </p>
        <p className="text-note text-quiet">
          {m.mine.forPatient(appointment.patient.fullName)} ·{' '}
          <span className="whitespace-nowrap">{appointment.reference}</span>
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 sm:flex-col sm:items-end">
        <StatusTag m={m} status={appointment.status} />
        {over ? (
          <a
            href={bookAgainHref(visit, appointment)}
            aria-label={m.appointment.bookAgainWith(doctor)}
            className="link inline-flex min-h-8 items-center"
          >
            {m.appointment.bookAgain}
          </a>
        ) : null}
      </div>
    </li>
  );
}
