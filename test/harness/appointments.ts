import type { AppointmentStatus } from '../../src/contract/appointments.ts';
import type { TestApp } from './app.ts';

/** Puts an appointment into a status past its usual way, with a row in its history; the table of moves still holds. */
export async function setStatus(t: TestApp, id: number, status: AppointmentStatus): Promise<void> {
  await t.deps.pool.query(
    `with moved as (
       update appointments set status = $2, version = version + 1, expires_at = null where id = $1
       returning id, version
     )
     insert into appointment_history (appointment_id, version, to_status, at)
     select id, version, $2, $3 from moved`,
    [id, status, t.clock.now().toString()],
  );
}
