import type { Work } from '../../contract/works.ts';
import type { Actor } from '../access-tokens.ts';
import { run, type Queryable, type Statement } from '../database.ts';
import type { KeptFile } from '../kept-files.ts';
import { Problem } from '../problems.ts';
import { findMadeFile, findWork } from './queries.ts';

/** To anybody but whoever asked for it there is no such work: `not_found`. */
export async function findOwnWork(
  on: Queryable,
  which: { id: number; by: Actor },
  now: Temporal.Instant,
): Promise<Work> {
  const found = await findWork(on, which, now);
  if (!found) throw new Problem('not_found');
  return found;
}

/** The file that it has made; else refuses with `file_not_ready`, `not_found` or `file_forgotten`. */
export async function findOwnFile(
  on: Queryable,
  which: { id: number; by: Actor },
  now: Temporal.Instant,
): Promise<{ work: Work; made: KeptFile }> {
  const work = await findOwnWork(on, which, now);
  if (work.state === 'queued' || work.state === 'running') throw new Problem('file_not_ready');
  const made = await findMadeFile(on, work.id);
  if (!work.file || !made) throw new Problem('not_found', 'This has made no file.');
  if (work.file.forgotten) throw new Problem('file_forgotten');
  return { work, made };
}

/** Who takes names out of the house is written down: before the first byte of what they are given, under its `name`. */
export async function recordFetch(
  on: Queryable,
  { work, name }: { work: Work; name: string },
  by: Actor,
  now: Temporal.Instant,
): Promise<void> {
  const detail = { work: work.id, kind: work.kind, name };
  await run(on, addFetch, [now.toString(), by.userId, JSON.stringify(detail)]);
}

const addFetch: Statement = {
  name: 'record-file-fetch',
  text: `insert into audit_log (at, by_user, action, detail) values ($1, $2, 'works.file_fetched', $3::jsonb)`,
};
