import type { ProblemCode } from '../../../src/contract/problems.ts';
import { link, type Visit } from '../../lib/visit.ts';

/** Where somebody goes on who may not book this: to what they have booked already. */
export function LimitHelp({ visit, code }: { visit: Visit; code: ProblemCode }) {
  if (!visit.session || (code !== 'patient_limit' && code !== 'key_reused')) return null;
  return (
    <a href={link(visit, '/me/appointments')} className="link inline-flex min-h-12 items-center">
      {visit.m.site.myAppointments}
    </a>
  );
}
