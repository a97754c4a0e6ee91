import { formatPhone } from '../../lib/phone.ts';
import type { Visit } from '../../lib/visit.ts';

/** What is left where this page can do nothing more; a chamber without a number of its own has the organisation's. */
export function CallChamber({ visit, chamber }: { visit: Visit; chamber: { phone: string | null } }) {
  const phone = chamber.phone ?? visit.context.settings.phone;
  if (!phone) return null;
  return (
    <a href={`tel:${phone}`} className="link inline-flex min-h-12 items-center whitespace-nowrap">
      {visit.m.appointment.call(formatPhone(phone))}
    </a>
  );
}
