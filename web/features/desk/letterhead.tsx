import type { Appointment } from '../../../src/contract/appointments.ts';
import { organisationName } from '../../../src/contract/wording.ts';
import { chamberAddress, doctorName, localName } from '../../lib/names.ts';
import { formatPhone } from '../../lib/phone.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useSettings } from '../../lib/staff/settings.ts';

/** Who gives out what is printed below. */
export function Letterhead({ doctor, chamber }: Pick<Appointment, 'doctor' | 'chamber'>) {
  const { language } = useStaff();
  const settings = useSettings();
  const organisation = organisationName(language, settings);
  const phone = chamber.phone ?? settings.phone;
  return (
    <>
      {organisation ? <p className="text-note font-semibold">{organisation}</p> : null}
      <p className="text-lead font-semibold">{doctorName(language, doctor)}</p>
      <p>{localName(language, chamber)}</p>
      <p className="text-note">{chamberAddress(language, chamber)}</p>
      {phone ? <p className="text-note">{formatPhone(phone)}</p> : null}
    </>
  );
}
