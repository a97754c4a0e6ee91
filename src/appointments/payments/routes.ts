import type { FastifyInstance } from 'fastify';
import {
  listPayments,
  refundPayment as refundRoute,
  takePayment as takeRoute,
} from '../../contract/payments.ts';
import { untilWon, type Tx } from '../../platform/database.ts';
import { serve } from '../../platform/http.ts';
import { answerOnce } from '../../platform/idempotency.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import { presentAppointment } from '../booking/present.ts';
import { readAppointment, readAsStaff } from '../booking/read-appointment.ts';
import { presentBalance, presentPayment } from './present.ts';
import { findAccount, findPayments } from './queries.ts';
import { refundPayment } from './refund-payment.ts';
import { takePayment } from './take-payment.ts';

export function paymentRoutes(app: FastifyInstance): void {
  const { pool, db, secrets } = app.deps;

  serve(app, listPayments, async ({ params, actor }) => {
    const appointment = await readAppointment(pool, params.id, actor);
    const rows = await findPayments(pool, appointment.id);
    return {
      items: rows.map((row) => presentPayment(row, appointment)),
      ...presentBalance(await findAccount(pool, appointment.id)),
    };
  });

  serve(app, takeRoute, async ({ params, body, actor, now, idempotency }) => {
    const appointment = await readAsStaff(pool, params.id, actor);
    const keeper = { userId: actor.userId, idempotency, status: 201, now };
    return untilWon(() =>
      answerOnce(db, keeper, async (tx) =>
        presentMoved(tx, await takePayment(tx, { appointment, wish: body }, actor, now), {
          id: params.id,
          actor,
        }),
      ),
    );
  });

  serve(app, refundRoute, async ({ params, body, actor, now, idempotency }) => {
    const appointment = await readAsStaff(pool, params.id, actor);
    const keeper = { userId: actor.userId, idempotency, status: 201, now };
    return untilWon(() =>
      answerOnce(db, keeper, async (tx) =>
        presentMoved(tx, await refundPayment(tx, { appointment, wish: body }, actor, now), {
          id: params.id,
          actor,
        }),
      ),
    );
  });

  async function presentMoved(tx: Tx, paymentId: number, { id, actor }: { id: number; actor: Actor }) {
    const appointment = await readAsStaff(tx, id, actor);
    const row = (await findPayments(tx, id)).find((payment) => payment.id === paymentId);
    if (!row) throw new Error('money was moved without a receipt');
    return {
      payment: presentPayment(row, appointment),
      ...presentBalance(await findAccount(tx, id)),
      appointment: presentAppointment(secrets, appointment),
    };
  }
}
