import type { FastifyInstance } from 'fastify';
import { register } from '../../contract/auth.ts';
import { hashPassword } from '../../platform/passwords.ts';
import { serve } from '../../platform/http.ts';
import { readSettings } from '../../platform/settings.ts';
import { presentUser } from '../present.ts';
import { getUser } from '../queries.ts';
import { refuseCommonPassword } from './refuse-password.ts';
import { registerUser } from './register-user.ts';

export async function accountRoutes(app: FastifyInstance): Promise<void> {
  const { db, pool } = app.deps;

  serve(app, register, async ({ body, now }) => {
    const { password, ...input } = body;
    refuseCommonPassword(password);
    const passwordHash = await hashPassword(password);
    const language = body.language ?? (await readSettings(pool)).language;
    return db.transaction().execute(async (tx) => {
      const id = await registerUser(tx, { ...input, language, passwordHash }, now);
      return { user: presentUser(await getUser(tx, id)) };
    });
  });
}
