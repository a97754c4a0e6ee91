import type { FastifyInstance } from 'fastify';
import { decideDoctor as decideDoctorRoute, listUsers, patchUser } from '../../contract/admin.ts';
import {
  dropDeadLetter as dropRoute,
  getDeadLetter as getRoute,
  listDeadLetters as listRoute,
  replayDeadLetter as replayRoute,
} from '../../contract/dead-letters.ts';
import {
  dropDeadLetter,
  findDeadLetter,
  listDeadLetters,
  replayDeadLetter,
} from '../../platform/dead-letters.ts';
import { serve } from '../../platform/http.ts';
import { answerOnce } from '../../platform/idempotency.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { Problem } from '../../platform/problems.ts';
import { presentUser } from '../present.ts';
import { getUser } from '../queries.ts';
import { changeUserStatus } from './change-user-status.ts';
import { decideDoctor } from './decide-doctor.ts';
import { presentDeadLetter } from './present.ts';
import { searchUsers } from './queries.ts';

export async function administrationRoutes(app: FastifyInstance): Promise<void> {
  const { db, pool } = app.deps;

  serve(app, listUsers, async ({ query }) => {
    const { rows, nextCursor } = await searchUsers(db, query);
    return { items: rows.map(presentUser), nextCursor };
  });

  serve(app, patchUser, async ({ actor, params, body, now }) =>
    db.transaction().execute(async (tx) => {
      await changeUserStatus(tx, { userId: params.id, status: body.status }, actor, now);
      return { user: presentUser(await getUser(tx, params.id)) };
    }),
  );

  serve(app, decideDoctorRoute, async ({ actor, params, body, now, idempotency }) =>
    answerOnce(db, { userId: actor.userId, idempotency, status: 200, now }, async (tx) => {
      await decideDoctor(tx, { doctorId: params.id, decision: body.decision }, actor, now);
      return { user: presentUser(await getUser(tx, params.id)) };
    }),
  );

  serve(app, listRoute, async ({ query: { limit = defaultLimit, cursor } }) => {
    const [before] = readCursor(cursor, 1) ?? [];
    const letters = await listDeadLetters(pool, { limit: limit + 1, before: before ?? undefined });
    const { page, nextCursor } = cutPage(letters, limit, ({ id }) => [id]);
    return { items: page.map(presentDeadLetter), nextCursor };
  });

  serve(app, getRoute, async ({ params }) => {
    const letter = await findDeadLetter(pool, params.id);
    if (!letter) throw new Problem('not_found');
    return { deadLetter: { ...presentDeadLetter(letter), body: JSON.stringify(letter.payload, null, 2) } };
  });

  serve(app, replayRoute, async ({ params }) => {
    if (!(await replayDeadLetter(pool, params.id))) throw new Problem('not_found');
  });

  serve(app, dropRoute, async ({ params }) => {
    if (!(await dropDeadLetter(pool, params.id))) throw new Problem('not_found');
  });
}
