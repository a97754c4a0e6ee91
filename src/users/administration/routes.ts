import type { FastifyInstance } from 'fastify';
import { decideDoctor as decideDoctorRoute, listUsers, patchUser } from '../../contract/admin.ts';
import { serve } from '../../platform/http.ts';
import { presentUser } from '../present.ts';
import { getUser } from '../queries.ts';
import { changeUserStatus } from './change-user-status.ts';
import { decideDoctor } from './decide-doctor.ts';
import { searchUsers } from './queries.ts';

export async function administrationRoutes(app: FastifyInstance): Promise<void> {
  const { db } = app.deps;

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

  serve(app, decideDoctorRoute, async ({ actor, params, body, now }) =>
    db.transaction().execute(async (tx) => {
      await decideDoctor(tx, { doctorId: params.id, decision: body.decision }, actor, now);
      return { user: presentUser(await getUser(tx, params.id)) };
    }),
  );
}
