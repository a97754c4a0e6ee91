import type { Appointment } from '../../../src/contract/appointments.ts';
import { chamberAddress, doctorName, localName } from '../../lib/names.ts';
import { formatPhone } from '../../lib/phone.ts';
import { useStaff } from '../../lib/staff/context.tsx';

/** Who gives out what is printed below. */
export function Letterhead({ doctor, chamber }: Pick<Appointment, 'doctor' | 'chamber'>) {
  const { language } = useStaff();
  return (
    <>
      <p className="text-lead font-semibold">{doctorName(language, doctor)}</p>
      <p>{localName(language, chamber)}</p>
      <p className="text-note">{chamberAddress(language, chamber)}</p>
      {chamber.phone ? <p className="text-note">{formatPhone(chamber.phone)}</p> : null}
    </>
  );
}
