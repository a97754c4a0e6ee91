import { organisationName } from '../../../src/contract/wording.ts';
import { formatDateWithYear } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { formatMoney } from '../../lib/money.ts';
import { chamberAddress, doctorName, localName } from '../../lib/names.ts';
import { formatPhone } from '../../lib/phone.ts';
import { clockFace, dayPart, formatTime, wallDate, wallTime } from '../../lib/times.ts';
import type { Visit } from '../../lib/visit.ts';
import { Facts } from '../../ui/facts.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { mapHref } from '../doctors/chamber-facts.tsx';
import { isLive, type SeenAppointment } from './appointment-words.ts';
import { StatusTag } from './status-tag.tsx';

/** The slip that a chamber would write: the doctor as on the letterhead, the number large, the rest ruled below. */
export function Slip({ visit, appointment }: { visit: Visit; appointment: SeenAppointment }) {
  const { m, language } = visit;
  const { doctor, chamber, period, fee, status } = appointment;
  const { settings } = visit.context;
  const organisation = organisationName(language, settings);
  const phone = chamber.phone ?? settings.phone;
  return (
    <article className={`slip px-5 pt-5 md:px-8 ${looks(status)}`}>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          {organisation ? <p className="text-note text-quiet">{organisation}</p> : null}
          <p className="text-lead font-semibold">{doctorName(language, doctor)}</p>
          <p>{localName(language, chamber)}</p>
        </div>
        <StatusTag m={m} status={status} />
      </div>
      <div className="mt-5 border-y border-hairline py-4">
        <p className="font-semibold">{formatDateWithYear(language, wallDate(period.start))}</p>
        <Number visit={visit} appointment={appointment} />
      </div>
      <Facts
        facts={[
          {
            name: m.appointment.reference,
            value: <strong className="whitespace-nowrap tabular-nums">{appointment.reference}</strong>,
          },
          { name: m.appointment.patient, value: appointment.patient.fullName },
          { name: m.booking.visit, value: m.doctor.visitTypes[appointment.visitKind] },
          {
            name: m.booking.fee,
            value: (
              <>
                <strong className="whitespace-nowrap">{formatMoney(language, fee)}</strong>{' '}
                <span className="text-quiet">({m.booking.payThere})</span>
              </>
            ),
          },
          {
            name: m.doctor.place,
            value: (
              <>
                {chamberAddress(language, chamber)}{' '}
                <a
                  data-screen-only
                  href={mapHref(chamber)}
                  rel="noreferrer"
                  className="link whitespace-nowrap"
                >
                  {m.doctor.directions}
                </a>
              </>
            ),
          },
          ...(phone
            ? [
                {
                  name: m.doctor.phone,
                  value: (
                    <a href={`tel:${phone}`} className="link whitespace-nowrap">
                      {formatPhone(phone)}
                    </a>
                  ),
                },
              ]
            : []),
        ]}
      />
      {isLive(appointment) ? (
        <div className="mt-4 flex items-center gap-4 border-t border-hairline pt-4">
          <QrCode text={visit.url.origin + visit.url.pathname} />
          <p className="text-note text-quiet">{m.appointment.scan}</p>
        </div>
      ) : null}
    </article>
  );
}

const looks = (status: SeenAppointment['status']): string => {
  if (status === 'cancelled') return 'slip-cancelled';
  return status === 'expired' || status === 'no_show' ? 'slip-over' : '';
};

/** The serial with its expected time, or the time alone: what is read from across the room. */
function Number({ visit, appointment }: { visit: Visit; appointment: SeenAppointment }) {
  const { m, language } = visit;
  const time = wallTime(appointment.period.start);
  if (appointment.serial !== undefined)
    return (
      <div className="mt-2 flex flex-wrap items-baseline gap-x-4">
        <span>{m.appointment.serial}</span>
        <span className="numeral text-numeral">{digits(language, appointment.serial)}</span>
        <span className="whitespace-nowrap">{m.appointment.expected(formatTime(language, time))}</span>
      </div>
    );
  return (
    <p className="mt-2 flex flex-wrap items-baseline gap-x-3">
      {language === 'bn' ? (
        <>
          <span className="text-lead">{dayPart(language, time)}</span>{' '}
          <span className="numeral text-numeral">{clockFace(language, time)}</span>
        </>
      ) : (
        <span className="whitespace-nowrap">
          <span className="numeral text-numeral">{clockFace(language, time)}</span>
          <span className="ml-1 text-lead">{formatTime(language, time).slice(-2)}</span>
        </span>
      )}
    </p>
  );
}
