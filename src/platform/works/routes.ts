import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { cancelWork, getWork, getWorkFile, listWorks as listRoute } from '../../contract/works.ts';
import { run, type Statement } from '../database.ts';
import { FileAnswer, serve } from '../http.ts';
import { answerOnce } from '../idempotency.ts';
import { readFile } from '../kept-files.ts';
import { cutPage, defaultLimit, readCursor } from '../paging.ts';
import { Problem } from '../problems.ts';
import { findOwnFile, findOwnWork, recordFetch } from './find-own-work.ts';
import { listWorks } from './queries.ts';

/** What people see of their long works: to anybody else there are none. */
export function workRoutes(app: FastifyInstance): void {
  const { pool, db } = app.deps;

  serve(app, listRoute, async ({ query, actor, now }) => {
    const limit = query.limit ?? defaultLimit;
    const [before = null] = readCursor(query.cursor, 1) ?? [];
    const kinds = query.kind?.split(',') ?? null;
    const found = await listWorks(pool, { by: actor, kinds, before, limit: limit + 1 }, now);
    const { page, nextCursor } = cutPage(found, limit, ({ id }) => [id]);
    return { items: page, nextCursor };
  });

  serve(app, getWork, async ({ params, actor, now }) => ({
    work: await findOwnWork(pool, { id: params.id, by: actor }, now),
  }));

  serve(app, cancelWork, async ({ params, actor, now, idempotency }) =>
    answerOnce(db, { userId: actor.userId, idempotency, status: 200, now }, async (tx) => {
      const { id } = params;
      await findOwnWork(tx, { id, by: actor }, now);
      const [cancelled] = await run(tx, cancel, [id, now.toString()]);
      if (!cancelled) throw new Problem('work_ended');
      return { work: await findOwnWork(tx, { id, by: actor }, now) };
    }),
  );

  serve(app, getWorkFile, async ({ params, actor, now }) => {
    const { work, made } = await findOwnFile(pool, { id: params.id, by: actor }, now);
    await recordFetch(pool, { work, name: made.name }, actor, now);
    return new FileAnswer({ ...made, content: Readable.from(readFile(pool, made)) });
  });
}

const cancel: Statement = {
  name: 'cancel-work',
  text: `update works set state = 'cancelled', ended_at = $2
         where id = $1 and state in ('queued', 'running') returning id`,
};
