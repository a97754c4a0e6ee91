import type { Work } from '../../contract/works.ts';
import type { Actor } from '../access-tokens.ts';
import { run, type Queryable, type Statement } from '../database.ts';
import type { KeptFile } from '../kept-files.ts';

/** Null when there is none of this person, being what they are. */
export async function findWork(
  on: Queryable,
  { id, by }: { id: number; by: Asker },
  now: Temporal.Instant,
): Promise<Work | null> {
  const [row] = await run<Row>(on, findOne, [id, by.userId, by.userType]);
  return row ? presentWork(row, now) : null;
}

type Asker = Pick<Actor, 'userId' | 'userType'>;

/** The newest first; `before` is the id that the page before ended with. */
export async function listWorks(
  on: Queryable,
  page: { by: Asker; kinds: readonly string[] | null; before: number | null; limit: number },
  now: Temporal.Instant,
): Promise<Work[]> {
  const { by, kinds, before, limit } = page;
  const rows = await run<Row>(on, listPage, [by.userId, by.userType, kinds, before, limit]);
  return rows.map((row) => presentWork(row, now));
}

/** What a work has made, whether or not it is forgotten; null when it has made nothing. */
export async function findMadeFile(on: Queryable, id: number): Promise<KeptFile | null> {
  const [file] = await run<KeptFile>(on, findFile, [id]);
  return file ?? null;
}

type Row = Omit<Work, 'createdAt' | 'startedAt' | 'endedAt' | 'file'> & {
  createdAt: Temporal.Instant;
  startedAt: Temporal.Instant | null;
  endedAt: Temporal.Instant | null;
  fileName: string | null;
  fileType: string;
  fileBytes: number;
  forgetAt: Temporal.Instant;
  forgotten: boolean;
};

function presentWork(row: Row, now: Temporal.Instant): Work {
  const { createdAt, startedAt, endedAt, fileName, fileType, fileBytes, forgetAt, forgotten, ...work } = row;
  return {
    ...work,
    file:
      fileName === null
        ? null
        : {
            name: fileName,
            type: fileType,
            bytes: fileBytes,
            forgetAt: forgetAt.toString(),
            forgotten: forgotten || Temporal.Instant.compare(forgetAt, now) <= 0,
          },
    createdAt: createdAt.toString(),
    startedAt: startedAt?.toString() ?? null,
    endedAt: endedAt?.toString() ?? null,
  };
}

const columns = `
  w.id, w.kind, w.title, w.state, w.done, w.total, w.counts, w.failure, w.created_at as "createdAt",
  w.started_at as "startedAt", w.ended_at as "endedAt", f.name as "fileName", f.type as "fileType", f.bytes as "fileBytes",
  f.forget_at as "forgetAt", f.forgotten_at is not null as forgotten`;

const findOne: Statement = {
  name: 'find-work',
  text: `select ${columns} from works w left join files f on f.id = w.made_file
         where w.id = $1 and w.asked_by = $2 and w.asked_as = $3`,
};

const listPage: Statement = {
  name: 'list-works',
  text: `select ${columns} from works w left join files f on f.id = w.made_file
         where w.asked_by = $1 and w.asked_as = $2 and ($3::text[] is null or w.kind = any ($3))
           and ($4::int is null or w.id < $4) order by w.id desc limit $5::int`,
};

const findFile: Statement = {
  name: 'find-made-file',
  text: `select f.id, f.name, f.type, f.bytes from works w join files f on f.id = w.made_file where w.id = $1`,
};
