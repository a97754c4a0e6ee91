import type { FastifyInstance } from 'fastify';
import { listGuestAppointments } from '../../contract/guests.ts';
import { readGuest } from '../../platform/guest-tokens.ts';
import { serve } from '../../platform/http.ts';
import { Problem } from '../../platform/problems.ts';
import { presentAppointment } from '../booking/present.ts';
import { listOfGuest } from './queries.ts';

/** Numbers get new owners, who must not see whom the last one was treated by. */
const shownDays = 30;

export function guestRoutes(app: FastifyInstance): void {
  const { pool, secrets } = app.deps;

  serve(app, listGuestAppointments, async ({ guestToken, now }) => {
    const patientId = readGuest(secrets, guestToken, now);
    if (patientId === null) throw new Problem('not_signed_in', 'Confirm your mobile number once more.');
    const from = now.subtract({ hours: shownDays * 24 }).epochMilliseconds;
    const rows = await listOfGuest(pool, { patientId, from, limit: 100 });
    return { items: rows.map((row) => presentAppointment(secrets, row)) };
  });
}
