import type pg from 'pg';
import { run, type Queryable, type Statement, type Tx } from './database.ts';
import { Problem } from './problems.ts';

/** A file that lies in the database, in pieces: every process has it, and nobody ever holds all of it. */
export type KeptFile = { id: number; name: string; type: string; bytes: number };

const pieceBytes = 512 * 1024;

/** One that nothing came of. */
const unusedHours = 24;

/**
 * Keeps what `source` gives. `by` null: a work makes it. Nothing stays of one that breaks off, or that has more than
 * `mostBytes`, which is refused with `payload_too_large`. It is forgotten after a day unless something is made of it.
 */
export async function keepFile(
  pool: pg.Pool,
  file: { name: string; type: string },
  source: AsyncIterable<Uint8Array | string>,
  { by, now, mostBytes }: { by: { userId: number } | null; now: Temporal.Instant; mostBytes?: number },
): Promise<KeptFile> {
  const forgetAt = now.add({ hours: unusedHours });
  const [row] = await run<{ id: number }>(pool, addFile, [
    file.name,
    file.type,
    by?.userId ?? null,
    now.toString(),
    forgetAt.toString(),
  ]);
  if (!row) throw new Error('an insert returned nothing');
  const { id } = row;
  try {
    let bytes = 0;
    let place = 0;
    for await (const piece of inPieces(source)) {
      bytes += piece.length;
      if (mostBytes !== undefined && bytes > mostBytes) throw new Problem('payload_too_large');
      await run(pool, addPiece, [id, place++, piece]);
    }
    await run(pool, closeFile, [id, bytes]);
    return { id, ...file, bytes };
  } catch (error) {
    await dropFile(pool, id);
    throw error;
  }
}

/** The file from its first byte to its last; throws when it is forgotten meanwhile. */
export async function* readFile(on: Queryable, { id, bytes }: KeptFile): AsyncGenerator<Buffer> {
  let read = 0;
  for (let place = 0; read < bytes; place++) {
    const [piece] = await run<{ bytes: Buffer }>(on, findPiece, [id, place]);
    if (!piece) throw new Error(`file ${id} ends after ${read} of ${bytes} bytes`);
    read += piece.bytes.length;
    yield piece.bytes;
  }
}

/** One that this person has sent, whole and still there; null else. Kept until `until` at least. */
export async function holdGivenFile(
  tx: Tx,
  { id, by, until }: { id: number; by: { userId: number }; until: Temporal.Instant },
): Promise<KeptFile | null> {
  const [file] = await run<KeptFile>(tx, holdFile, [id, by.userId, until.toString()]);
  return file ?? null;
}

export const dropFile = (on: Queryable, id: number): Promise<unknown[]> => run(on, removeFile, [id]);

/** Drops the pieces of files whose time has come, but for those that a work still reads. */
export const forgetFiles = (on: Queryable, now: Temporal.Instant): Promise<unknown[]> =>
  run(on, forgetDue, [now.toString()]);

/** Drops the rows of files that were forgotten before then and belong to no work any more. */
export const dropForgotten = (on: Queryable, before: Temporal.Instant): Promise<unknown[]> =>
  run(on, removeForgotten, [before.toString()]);

async function* inPieces(source: AsyncIterable<Uint8Array | string>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  for await (const part of source) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part;
    if (bytes.length === 0) continue;
    waiting.push(bytes);
    length += bytes.length;
    if (length < pieceBytes) continue;
    const all = Buffer.concat(waiting, length);
    const whole = length - (length % pieceBytes);
    for (let from = 0; from < whole; from += pieceBytes) yield all.subarray(from, from + pieceBytes);
    waiting = whole === length ? [] : [all.subarray(whole)];
    length -= whole;
  }
  if (length > 0) yield Buffer.concat(waiting, length);
}

const addFile: Statement = {
  name: 'add-file',
  text: `insert into files (name, type, given_by, created_at, forget_at) values ($1, $2, $3, $4, $5) returning id`,
};

const addPiece: Statement = {
  name: 'add-file-piece',
  text: `insert into file_pieces (file_id, place, bytes) values ($1, $2, $3)`,
};

const closeFile: Statement = { name: 'close-file', text: `update files set bytes = $2 where id = $1` };

const findPiece: Statement = {
  name: 'find-file-piece',
  text: `select bytes from file_pieces where file_id = $1 and place = $2`,
};

const holdFile: Statement = {
  name: 'hold-file',
  text: `update files set forget_at = greatest(forget_at, $3::timestamptz)
         where id = $1 and given_by = $2 and bytes is not null and forgotten_at is null
         returning id, name, type, bytes`,
};

const removeFile: Statement = { name: 'remove-file', text: `delete from files where id = $1` };

const forgetDue: Statement = {
  name: 'forget-files',
  text: `
    with due as (
      update files f set forgotten_at = $1
      where f.forget_at <= $1 and f.forgotten_at is null
        and not exists (select from works w where w.given_file = f.id and w.state in ('queued', 'running'))
      returning f.id
    )
    delete from file_pieces p using due where p.file_id = due.id`,
};

const removeForgotten: Statement = {
  name: 'remove-forgotten-files',
  text: `
    delete from files f
    where f.forgotten_at < $1 and not exists (select from works w where w.given_file = f.id)
      and not exists (select from works w where w.made_file = f.id)`,
};
