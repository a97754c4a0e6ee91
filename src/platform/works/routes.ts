import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { cancelWork, getWork, getWorkFile, listWorks as listRoute, type Work } from '../../contract/works.ts';
import type { Actor } from '../access-tokens.ts';
import { run, type Queryable, type Statement } from '../database.ts';
import { FileAnswer, serve } from '../http.ts';
import { answerOnce } from '../idempotency.ts';
import { readFile } from '../kept-files.ts';
import { cutPage, defaultLimit, readCursor } from '../paging.ts';
import { Problem } from '../problems.ts';
import { findMadeFile, findWork, listWorks } from './queries.ts';

/** What people see of their long works: to anybody else there are none. */
export function workRoutes(app: FastifyInstance): void {
  const { pool, db } = app.deps;

  serve(app, listRoute, async ({ query, actor, now }) => {
    const limit = query.limit ?? defaultLimit;
    const [before = null] = readCursor(query.cursor, 1) ?? [];
    const kind = query.kind ?? null;
    const found = await listWorks(pool, { by: actor, kind, before, limit: limit + 1 }, now);
    const { page, nextCursor } = cutPage(found, limit, ({ id }) => [id]);
    return { items: page, nextCursor };
  });

  serve(app, getWork, async ({ params, actor, now }) => ({
    work: await ownWork(pool, { id: params.id, by: actor }, now),
  }));

  serve(app, cancelWork, async ({ params, actor, now, idempotency }) =>
    answerOnce(db, { userId: actor.userId, idempotency, status: 200, now }, async (tx) => {
      const { id } = params;
      await ownWork(tx, { id, by: actor }, now);
      const [cancelled] = await run(tx, cancel, [id, now.toString()]);
      if (!cancelled) throw new Problem('work_ended');
      return { work: await ownWork(tx, { id, by: actor }, now) };
    }),
  );

  serve(app, getWorkFile, async ({ params, actor, now }) => {
    const { kind, state, file } = await ownWork(pool, { id: params.id, by: actor }, now);
    if (state === 'queued' || state === 'running') throw new Problem('file_not_ready');
    const made = await findMadeFile(pool, params.id);
    if (!file || !made) throw new Problem('not_found', 'This has made no file.');
    if (file.forgotten) throw new Problem('file_forgotten');
    // Before the first byte: who takes names out of the house is written down.
    await run(pool, recordFetch, [
      now.toString(),
      actor.userId,
      JSON.stringify({ work: params.id, kind, name: made.name }),
    ]);
    return new FileAnswer({ ...made, content: Readable.from(readFile(pool, made)) });
  });
}

async function ownWork(
  on: Queryable,
  which: { id: number; by: Actor },
  now: Temporal.Instant,
): Promise<Work> {
  const found = await findWork(on, which, now);
  if (!found) throw new Problem('not_found');
  return found;
}

const cancel: Statement = {
  name: 'cancel-work',
  text: `update works set state = 'cancelled', ended_at = $2
         where id = $1 and state in ('queued', 'running') returning id`,
};

const recordFetch: Statement = {
  name: 'record-file-fetch',
  text: `insert into audit_log (at, by_user, action, detail) values ($1, $2, 'works.file_fetched', $3::jsonb)`,
};
