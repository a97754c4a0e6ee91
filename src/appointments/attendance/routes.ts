import type { FastifyInstance } from 'fastify';
import {
  approveAppointment,
  arrive,
  completeVisit,
  declineAppointment,
  missVisit,
  startVisit,
  swapAppointments as swapRoute,
  undoMove as undoRoute,
} from '../../contract/appointments.ts';
import { untilWon } from '../../platform/database.ts';
import { serve } from '../../platform/http.ts';
import { answerOnce } from '../../platform/idempotency.ts';
import { readAsStaff, rereadAppointment } from '../booking/read-appointment.ts';
import { presentAppointment } from '../booking/present.ts';
import { offerPlaces } from '../waitlist/offer-places.ts';
import { swapAppointments } from './swap-appointments.ts';
import { takeDeskStep, type DeskStep } from './take-desk-step.ts';
import { undoMove } from './undo-move.ts';

/** The moves at the desk: each state change is a resource of its own. */
const deskRoutes = [
  [approveAppointment, 'approved'],
  [declineAppointment, 'declined'],
  [arrive, 'arrived'],
  [startVisit, 'started'],
  [completeVisit, 'completed'],
  [missVisit, 'missed'],
] as const satisfies readonly (readonly [object, DeskStep])[];

export function attendanceRoutes(app: FastifyInstance): void {
  const { pool, db, secrets } = app.deps;

  for (const [route, step] of deskRoutes)
    serve(app, route, async ({ params, body, actor, now, idempotency }) => {
      const appointment = await readAsStaff(pool, params.id, actor);
      const input = {
        appointmentId: params.id,
        doctorId: appointment.doctor.id,
        step,
        reason: body.reason || null,
        version: body.version ?? null,
      };
      const keeper = { userId: actor.userId, idempotency, status: 201, now };
      return untilWon(() =>
        answerOnce(db, keeper, async (tx) => {
          await takeDeskStep(tx, input, actor, now);
          const left = await rereadAppointment(tx, appointment);
          if (step === 'declined' || step === 'missed')
            await offerPlaces(tx, { doctorId: input.doctorId, near: left.starts }, now);
          return presentAppointment(secrets, left);
        }),
      );
    });

  serve(app, undoRoute, async ({ params, body, actor, now, idempotency }) => {
    const appointment = await readAsStaff(pool, params.id, actor);
    const undo = { appointment, reason: body.reason || null, version: body.version ?? null };
    const keeper = { userId: actor.userId, idempotency, status: 201, now };
    return untilWon(() =>
      answerOnce(db, keeper, async (tx) => {
        await undoMove(tx, undo, actor, now);
        return presentAppointment(secrets, await rereadAppointment(tx, appointment));
      }),
    );
  });

  serve(app, swapRoute, async ({ body, actor, now, idempotency }) => {
    const first = await readAsStaff(pool, body.first, actor);
    const second = await readAsStaff(pool, body.second, actor);
    const keeper = { userId: actor.userId, idempotency, status: 201, now };
    return untilWon(() =>
      answerOnce(db, keeper, async (tx) => {
        await swapAppointments(tx, { first, second, reason: body.reason ?? null }, actor, now);
        const swapped = [await readAsStaff(tx, first.id, actor), await readAsStaff(tx, second.id, actor)];
        return { items: swapped.map((row) => presentAppointment(secrets, row)) };
      }),
    );
  });
}
