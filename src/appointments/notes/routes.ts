import type { FastifyInstance } from 'fastify';
import { getVisitNote, putVisitNote } from '../../contract/appointments.ts';
import { serve } from '../../platform/http.ts';
import { formatInstant } from '../../scheduling/format-instant.ts';
import { readAsStaff } from '../booking/read-appointment.ts';
import { findNote } from './queries.ts';
import { writeNote, type Note } from './write-note.ts';

export function noteRoutes(app: FastifyInstance): void {
  const { pool, db } = app.deps;

  serve(app, getVisitNote, async ({ params, actor }) => {
    const { timeZone } = await readAsStaff(pool, params.id, actor);
    return present(await findNote(db, { appointmentId: params.id, authorId: actor.userId }), timeZone);
  });

  serve(app, putVisitNote, async ({ params, body, actor, now }) => {
    const { timeZone } = await readAsStaff(pool, params.id, actor);
    const note = { appointmentId: params.id, text: body.text };
    return present(await db.transaction().execute((tx) => writeNote(tx, note, actor, now)), timeZone);
  });
}

const present = ({ text, updated_at: at }: Note, timeZone: string) => ({
  text,
  updatedAt: at && formatInstant(at.epochMilliseconds, timeZone),
});
