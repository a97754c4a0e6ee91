import type { Actor } from '../../platform/access-tokens.ts';
import type { Queryable, Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { mayRead } from './policy.ts';
import { findAppointment, type AppointmentWithParties } from './queries.ts';

/** One that the caller may know of; to everybody else there is none of this id. */
export async function readAppointment(
  on: Queryable,
  id: number,
  actor: Actor,
): Promise<AppointmentWithParties> {
  const appointment = await findAppointment(on, id, actor);
  if (!appointment || !mayRead(actor, appointment)) throw new Problem('not_found');
  return appointment;
}

/** As the transaction left it, for the answer: what was read before the locks may have been changed until then. */
export async function rereadAppointment(tx: Tx, { id }: { id: number }): Promise<AppointmentWithParties> {
  const appointment = await findAppointment(tx, id, null);
  if (!appointment) throw new Error(`appointment ${id} is gone`);
  return appointment;
}

/** One whose doctor and chamber the caller acts for. */
export async function readAsStaff(on: Queryable, id: number, actor: Actor): Promise<AppointmentWithParties> {
  const appointment = await findAppointment(on, id, actor);
  if (!appointment?.staff) throw new Problem('not_found');
  return appointment;
}
