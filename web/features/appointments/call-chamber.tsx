import type { Messages } from '../../lib/messages/en.ts';
import { formatPhone } from '../../lib/phone.ts';

/** What is left where this page can do nothing more. */
export function CallChamber({ m, chamber }: { m: Messages; chamber: { phone: string | null } }) {
  if (!chamber.phone) return null;
  return (
    <a href={`tel:${chamber.phone}`} className="link inline-flex min-h-12 items-center whitespace-nowrap">
      {m.appointment.call(formatPhone(chamber.phone))}
    </a>
  );
}
