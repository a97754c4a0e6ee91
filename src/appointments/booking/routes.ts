import type { FastifyInstance } from 'fastify';
import {
  bookAppointment as bookRoute,
  cancelAppointment as cancelRoute,
  cancelLive,
  getAppointment,
  getHistory,
  getLive,
  listAppointments as listRoute,
  rescheduleAppointment as rescheduleRoute,
  rescheduleLive,
} from '../../contract/appointments.ts';
import { untilWon } from '../../platform/database.ts';
import { serve } from '../../platform/http.ts';
import { answerOnce, type Idempotency } from '../../platform/idempotency.ts';
import { announceJobs } from '../../platform/jobs.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { Problem } from '../../platform/problems.ts';
import { takeUpHold } from '../holds/take-up-hold.ts';
import { findHold } from '../holds/queries.ts';
import { offerPlaces } from '../waitlist/offer-places.ts';
import { bookAppointment, type Booking } from './book-appointment.ts';
import { cancelAppointment, type Canceller } from './cancel-appointment.ts';
import { presentAppointment, presentHistory, type AppointmentRow } from './present.ts';
import { findAppointment, findHistory, listAppointments, type AppointmentWithParties } from './queries.ts';
import { readAppointment, readAsStaff, rereadAppointment } from './read-appointment.ts';
import { rescheduleAppointment, type Move } from './reschedule-appointment.ts';
import { readHold, readLink } from './sign-link.ts';
import { findBooker } from './find-booker.ts';

export function bookingRoutes(app: FastifyInstance): void {
  const { deps } = app;
  const { pool, db, secrets } = deps;

  serve(app, bookRoute, async ({ body, actor, now, idempotency }) => {
    const who = await findBooker(deps, { body, actor, now });
    const booking: Booking = { wish: body, ...who, now, idempotency };
    const booked = (await bookHeld(booking)) ?? (await bookAppointment(deps, booking));
    return presentAppointment(secrets, booked);
  });

  /** Null: no hold was named, or the place has to be taken anew. */
  async function bookHeld(booking: Booking): Promise<AppointmentRow | null> {
    const { wish, by, now, idempotency } = booking;
    if (wish.holdId === undefined) return null;
    const hold = await findHold(pool, wish.holdId);
    const proven = wish.holdToken !== undefined && readHold(secrets, wish.holdToken) === wish.holdId;
    // Also when it is a booking by now: a request that is sent again gets its answer by its key.
    const own = hold && (proven || (by !== null && hold.heldBy === by)) ? hold : null;
    if (!own) return null;
    const keeper = { userId: by, idempotency, status: 201, now };
    const booked = await untilWon(() =>
      answerOnce(db, keeper, async (tx) => {
        const taken = await takeUpHold(tx, own, booking);
        if (!taken) throw new HoldEnded();
        return taken;
      }),
    ).catch((error: unknown) => {
      if (error instanceof HoldEnded) return null;
      throw error;
    });
    announceJobs(pool);
    return booked;
  }

  serve(app, listRoute, async ({ query, actor }) => {
    const limit = query.limit ?? defaultLimit;
    const after = readCursor(query.cursor, 2);
    const found = await listAppointments(pool, {
      actor,
      doctorId: query.doctorId ?? null,
      patientId: query.patientId ?? null,
      status: query.status ?? null,
      from: readInstant(query.from),
      to: readInstant(query.to),
      after: after && { starts: after[0] ?? 0, id: after[1] ?? 0 },
      limit: limit + 1,
    });
    const { page, nextCursor } = cutPage(found, limit, (last) => [last.starts, last.id]);
    return { items: page.map((row) => presentAppointment(secrets, row)), nextCursor };
  });

  serve(app, getAppointment, async ({ params, actor }) =>
    presentAppointment(secrets, await readAppointment(pool, params.id, actor)),
  );

  serve(app, getHistory, async ({ params, actor }) => {
    const { timeZone } = await readAsStaff(pool, params.id, actor);
    return { items: presentHistory(await findHistory(pool, params.id), timeZone) };
  });

  serve(app, cancelRoute, async ({ params, body, actor, now, idempotency }) => {
    const appointment = await readAppointment(pool, params.id, actor);
    const by = { userId: actor.userId, staff: appointment.staff };
    const { reason, version = null } = body;
    return cancel({ appointment, reason: reason || null, version, by, now, idempotency });
  });

  serve(app, cancelLive, async ({ params, body, now, idempotency }) => {
    const appointment = await byLink(params.token);
    const by = { userId: null, staff: false };
    return cancel({ appointment, reason: body.reason || null, version: null, by, now, idempotency });
  });

  serve(app, rescheduleRoute, async ({ params, body, actor, now, idempotency }) => {
    const appointment = await readAppointment(pool, params.id, actor);
    if (body.overbookReason !== undefined && !appointment.staff) throw new Problem('not_allowed');
    const { overbookReason = null, version = null, ...to } = body;
    const by = { userId: actor.userId, staff: appointment.staff };
    return reschedule({ appointment, to, version, overbookReason }, { by, now, idempotency });
  });

  serve(app, rescheduleLive, async ({ params, body, now, idempotency }) => {
    const appointment = await byLink(params.token);
    const by = { userId: null, staff: false };
    const move = { appointment, to: body, version: null, overbookReason: null };
    return reschedule(move, { by, now, idempotency });
  });

  serve(app, getLive, async ({ params }) => presentAppointment(secrets, await byLink(params.token)));

  function cancel(
    asked: Asked & { appointment: AppointmentWithParties; reason: string | null; version: number | null },
  ) {
    const { appointment, reason, version, by, now, idempotency } = asked;
    const input = { appointmentId: appointment.id, doctorId: appointment.doctor.id, reason, version };
    const keeper = { userId: by.userId, idempotency, status: 201, now };
    return untilWon(() =>
      answerOnce(db, keeper, async (tx) => {
        await cancelAppointment(tx, input, by, now);
        const left = await rereadAppointment(tx, appointment);
        await offerPlaces(tx, { doctorId: appointment.doctor.id, near: left.starts }, now);
        return presentAppointment(secrets, left);
      }),
    );
  }

  function reschedule(move: Move, { by, now, idempotency }: Asked) {
    const keeper = { userId: by.userId, idempotency, status: 201, now };
    return untilWon(() =>
      answerOnce(db, keeper, async (tx) => {
        const moved = await rescheduleAppointment(tx, move, by, now);
        await offerPlaces(tx, { doctorId: move.appointment.doctor.id, near: move.appointment.starts }, now);
        return presentAppointment(secrets, { ...move.appointment, ...moved });
      }),
    );
  }

  async function byLink(token: string): Promise<AppointmentWithParties> {
    const id = readLink(secrets, token);
    const appointment = id === null ? null : await findAppointment(pool, id, null);
    if (!appointment) throw new Problem('not_found', 'This link does not lead to an appointment.');
    return appointment;
  }
}

type Asked = { by: Canceller; now: Temporal.Instant; idempotency: Idempotency };

/** Undoes the transaction that looked at the hold. */
class HoldEnded extends Error {}

/** PostgreSQL refuses offsets that RFC 3339 allows, so it is given the instant itself. */
const readInstant = (time: string | undefined) =>
  time === undefined ? null : Temporal.Instant.from(time).epochMilliseconds;
