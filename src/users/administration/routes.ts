import type { FastifyInstance } from 'fastify';
import {
  addUser as addUserRoute,
  decideDoctor as decideDoctorRoute,
  getUser as getUserRoute,
  inviteUser as inviteUserRoute,
  listUsers,
  patchUser,
} from '../../contract/admin.ts';
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
import { readSettings } from '../../platform/settings.ts';
import { presentUser } from '../present.ts';
import { getUser } from '../queries.ts';
import { addUser } from './add-user.ts';
import { changeUserStatus } from './change-user-status.ts';
import { decideDoctor } from './decide-doctor.ts';
import { sendInvitation } from './send-invitation.ts';
import { presentDeadLetter, presentStanding } from './present.ts';
import { findStanding, searchUsers } from './queries.ts';
import { recordDeed } from './record-deed.ts';

export async function administrationRoutes(app: FastifyInstance): Promise<void> {
  const { db, pool, config } = app.deps;

  serve(app, listUsers, async ({ query, actor, now }) => {
    const { rows, nextCursor } = await searchUsers(db, query);
    const patients = rows.filter((row) => row.user_type === 'patient').length;
    if (patients > 0)
      await db
        .transaction()
        .execute((tx) => recordDeed(tx, { action: 'users.looked_up', detail: { patients } }, actor, now));
    return { items: rows.map(presentUser), nextCursor };
  });

  serve(app, getUserRoute, async ({ params, now }) => ({
    user: presentUser(await getUser(db, params.id)),
    standing: presentStanding(await findStanding(pool, params.id, now)),
  }));

  serve(app, addUserRoute, async ({ actor, body, now, idempotency }) => {
    const language = body.language ?? (await readSettings(pool)).language;
    return answerOnce(db, { userId: actor.userId, idempotency, status: 201, now }, async (tx) => {
      const id = await addUser(tx, config, { ...body, language }, actor, now);
      return { user: presentUser(await getUser(tx, id)) };
    });
  });

  serve(app, inviteUserRoute, async ({ actor, params, now, idempotency }) =>
    answerOnce(db, { userId: actor.userId, idempotency, status: 201, now }, async (tx) => {
      await sendInvitation(tx, { userId: params.id }, actor, now);
      return { invitedAt: now.toString() };
    }),
  );

  serve(app, patchUser, async ({ actor, params, body, now }) =>
    db.transaction().execute(async (tx) => {
      await changeUserStatus(tx, { userId: params.id, status: body.status }, actor, now);
      return { user: presentUser(await getUser(tx, params.id)) };
    }),
  );

  serve(app, decideDoctorRoute, async ({ actor, params, body, now, idempotency }) =>
    answerOnce(db, { userId: actor.userId, idempotency, status: 200, now }, async (tx) => {
      await decideDoctor(tx, { doctorId: params.id, ...body }, actor, now);
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
