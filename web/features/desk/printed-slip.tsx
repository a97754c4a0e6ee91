import type { Appointment } from '../../../src/contract/appointments.ts';
import { formatDateWithYear } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { formatMoney } from '../../lib/money.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { formatTime, wallDate, wallTime } from '../../lib/times.ts';
import { QrCode } from '../../ui/qr-code.tsx';
import { Letterhead } from './letterhead.tsx';

type Printed = Pick<
  Appointment,
  'doctor' | 'chamber' | 'period' | 'serial' | 'patient' | 'reference' | 'fee' | 'liveUrl'
>;

/** What comes out of the printer: the slip with the way to the patient's own page. On the screen it is not shown. */
export function PrintedSlip({ appointment }: { appointment: Printed }) {
  const { words, language } = useStaff();
  const { desk } = words;
  const { doctor, chamber, period, serial, patient, reference, fee, liveUrl } = appointment;
  const time = formatTime(language, wallTime(period.start));
  return (
    <article data-print-only className="slip px-3 pt-3">
      <Letterhead doctor={doctor} chamber={chamber} />
      <div className="my-3 border-y border-hairline py-3">
        <p className="font-semibold">{formatDateWithYear(language, wallDate(period.start))}</p>
        {serial === undefined ? (
          // As wide as a till's roll allows.
          <p className="numeral text-[clamp(1.75rem,13vw,4rem)] leading-tight">{time}</p>
        ) : (
          <p className="flex items-baseline gap-4">
            <span className="numeral text-numeral">{digits(language, serial)}</span>
            <span>{time}</span>
          </p>
        )}
      </div>
      <p className="font-semibold">{patient.fullName}</p>
      <p className="tabular-nums">{reference}</p>
      <p className="mb-3">
        {desk.slip.fee}: {formatMoney(language, fee)}
      </p>
      <QrCode text={new URL(liveUrl, window.location.origin).href} />
      <p className="pb-4 text-note">{desk.slip.scan}</p>
    </article>
  );
}
