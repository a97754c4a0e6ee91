import type { FastifyInstance } from 'fastify';
import { createHold, endHold as endRoute, renewHold as renewRoute } from '../../contract/holds.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import { digestOfAddress } from '../../platform/address-digests.ts';
import { untilWon } from '../../platform/database.ts';
import { serve } from '../../platform/http.ts';
import { answerOnce } from '../../platform/idempotency.ts';
import { announceJobs } from '../../platform/jobs.ts';
import { Problem } from '../../platform/problems.ts';
import { isStaffFor } from '../attachments/queries.ts';
import { readHold } from '../booking/sign-link.ts';
import { offerPlaces } from '../waitlist/offer-places.ts';
import { endHold, renewHold } from './change-hold.ts';
import { holdPlace } from './hold-place.ts';
import { presentHold } from './present.ts';
import { findHold, type HoldRow } from './queries.ts';

export function holdRoutes(app: FastifyInstance): void {
  const { pool, db, secrets } = app.deps;

  serve(app, createHold, async ({ body, actor, now, idempotency, raw }) => {
    const staff = actor !== null && (await isStaffFor(pool, actor, body));
    const by = {
      userId: actor?.userId ?? null,
      address: digestOfAddress(secrets, 'held-from', raw.ip),
      channel: staff ? ('phone' as const) : ('online' as const),
    };
    const keeper = { userId: by.userId, idempotency, status: 201, now };
    const held = await untilWon(() => answerOnce(db, keeper, (tx) => holdPlace(tx, body, by, now)));
    announceJobs(pool);
    return presentHold(secrets, held);
  });

  serve(app, renewRoute, async ({ params, body, actor, now, idempotency }) => {
    const hold = await ownHold(params.id, actor, body.token);
    const one = { id: hold.id, doctorId: hold.doctor.id };
    const by = actor?.userId ?? null;
    const keeper = { userId: by, idempotency, status: 200, now };
    return untilWon(() =>
      answerOnce(db, keeper, async (tx) => {
        const expires = await renewHold(tx, one, by, now);
        return presentHold(secrets, { ...hold, expires });
      }),
    );
  });

  serve(app, endRoute, async ({ params, query, actor, now }) => {
    const hold = await ownHold(params.id, actor, query.token);
    const one = { id: hold.id, doctorId: hold.doctor.id };
    await untilWon(() =>
      db.transaction().execute(async (tx) => {
        await endHold(tx, one, actor?.userId ?? null, now);
        await offerPlaces(tx, { doctorId: one.doctorId, near: hold.starts }, now);
      }),
    );
  });

  async function ownHold(id: number, actor: Actor | null, token: string | undefined): Promise<HoldRow> {
    const hold = await findHold(pool, id);
    const proven = token !== undefined && readHold(secrets, token) === id;
    if (!hold || !(proven || (actor !== null && hold.heldBy === actor.userId)))
      throw new Problem('not_found');
    return hold;
  }
}
