import type { FastifyInstance } from 'fastify';
import {
  bookAppointment as bookRoute,
  cancelAppointment as cancelRoute,
  cancelLive,
  getAppointment,
  getLive,
  listAppointments as listRoute,
} from '../../contract/appointments.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import type { Queryable } from '../../platform/database.ts';
import { serve } from '../../platform/http.ts';
import { answerOnce } from '../../platform/idempotency.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { Problem } from '../../platform/problems.ts';
import { bookAppointment } from './book-appointment.ts';
import { cancelAppointment } from './cancel-appointment.ts';
import { isStaffOf, mayRead } from './policy.ts';
import { presentAppointment } from './present.ts';
import { findAppointment, listAppointments, type AppointmentWithParties, type ListQuery } from './queries.ts';
import { readLink } from './sign-link.ts';

export function bookingRoutes(app: FastifyInstance): void {
  const { deps } = app;
  const { pool, db, secrets } = deps;

  serve(app, bookRoute, async ({ body, actor, now, idempotency }) =>
    presentAppointment(secrets, await bookAppointment(deps, { wish: body, by: actor, now, idempotency })),
  );

  serve(app, listRoute, async ({ query, actor }) => {
    const limit = query.limit ?? defaultLimit;
    const after = readCursor(query.cursor, 2);
    const found = await listAppointments(pool, {
      of: whoseList(actor),
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
    presentAppointment(secrets, await readable(pool, params.id, actor)),
  );

  serve(app, cancelRoute, async ({ params, body, actor, now, idempotency }) => {
    const appointment = await readable(pool, params.id, actor);
    const by = { userId: actor.userId, staff: isStaffOf(actor, appointment) };
    const input = { appointmentId: params.id, reason: body.reason || null };
    return answerOnce(db, { userId: actor.userId, idempotency, status: 201, now }, async (tx) => {
      const change = await cancelAppointment(tx, input, by, now);
      return { ...presentAppointment(secrets, appointment), ...change };
    });
  });

  serve(app, getLive, async ({ params }) => presentAppointment(secrets, await byLink(params.token)));

  serve(app, cancelLive, async ({ params, body, now }) => {
    const appointment = await byLink(params.token);
    const input = { appointmentId: appointment.id, reason: body.reason || null };
    const change = await db
      .transaction()
      .execute((tx) => cancelAppointment(tx, input, { userId: null, staff: false }, now));
    return { ...presentAppointment(secrets, appointment), ...change };
  });

  async function byLink(token: string): Promise<AppointmentWithParties> {
    const id = readLink(secrets, token);
    const appointment = id === null ? null : await findAppointment(pool, id);
    if (!appointment) throw new Problem('not_found', 'This link does not lead to an appointment.');
    return appointment;
  }
}

/** PostgreSQL refuses offsets that RFC 3339 allows, so it is given the instant itself. */
const readInstant = (time: string | undefined) =>
  time === undefined ? null : Temporal.Instant.from(time).epochMilliseconds;

async function readable(on: Queryable, id: number, actor: Actor): Promise<AppointmentWithParties> {
  const appointment = await findAppointment(on, id);
  if (!appointment || !mayRead(actor, appointment)) throw new Problem('not_found');
  return appointment;
}

const whoseList = ({ userId, userType }: Actor): ListQuery['of'] =>
  userType === 'admin' ? 'all' : { userId, asDoctor: userType === 'doctor' };
