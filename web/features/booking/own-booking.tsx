import { type Appointment, getLive, listAppointments } from '../../../src/contract/appointments.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { wallDate } from '../../lib/times.ts';
import { callAs, link, seeOther, type Visit } from '../../lib/visit.ts';
import { Notice } from '../../ui/notices.tsx';
import { appointmentPath } from '../appointments/appointment-path.ts';
import { appointmentWhen, isLive, type SeenAppointment } from '../appointments/appointment-words.ts';
import { readBooked, withBooked } from './kept-booking.ts';
import { withGuest } from './kept-guest.ts';
import { withHold } from './kept-hold.ts';

/**
 * To the page of what has just been booked. Its browser remembers it for a while: whoever goes back from there is not to
 * be told that somebody else took the place.
 */
export function showBooked(visit: Visit, appointment: Pick<Appointment, 'id' | 'liveUrl'>): Response {
  const done = withBooked(withGuest(withHold(visit, null), null), appointment);
  return seeOther(done, link(visit, appointmentPath(appointment)));
}

/** What the visitor has booked already with a doctor on a day, as far as this browser can know. */
export async function findOwn(
  visit: Visit,
  { doctorId, date }: { doctorId: number; date: string },
): Promise<SeenAppointment[]> {
  const { session } = visit;
  const midnight = Temporal.PlainDate.from(date).toZonedDateTime('UTC').toInstant();
  // The day in every zone; which of them is meant, the visit itself tells.
  const around = { from: midnight.subtract({ hours: 14 }), to: midnight.add({ hours: 38 }) };
  const found =
    session?.userType === 'patient'
      ? (
          await callAs(visit, session)(listAppointments, {
            query: { doctorId, from: around.from.toString(), to: around.to.toString() },
          })
        ).items
      : await readRemembered(visit);
  return found.filter(
    (one) => isLive(one) && one.doctor.id === doctorId && wallDate(one.period.start) === date,
  );
}

async function readRemembered(visit: Visit): Promise<SeenAppointment[]> {
  const booked = readBooked(visit);
  if (!booked) return [];
  try {
    return [await visit.call(getLive, { params: { token: booked.token } })];
  } catch (error) {
    if (!refusalOf(error)) throw error;
    return [];
  }
}

/** Said before the form: nobody is to book a second visit by mistake. */
export function OwnNote({ visit, own }: { visit: Visit; own: readonly SeenAppointment[] }) {
  const { m } = visit;
  if (own.length === 0) return null;
  return (
    <div className="mb-6 max-w-160">
      <Notice tone="waiting">
        <p className="font-semibold">{m.details.alreadyBooked}</p>
        <ul>
          {own.map((one) => (
            <li key={one.reference}>
              <a href={link(visit, appointmentPath(one))} className="link inline-flex min-h-12 items-center">
                {appointmentWhen(visit, one)}, {one.patient.fullName}
              </a>
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
