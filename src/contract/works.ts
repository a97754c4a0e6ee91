import { z } from 'zod';
import * as fields from './fields.ts';
import { countedReports } from './figures.ts';
import { fileTypes } from './reports.ts';
import { route } from './route.ts';

const tag = 'Long work';

/** A report that was counted by a work, to be shown; other files are to be saved. */
export const countedType = 'application/json';
const params = z.strictObject({ id: fields.idInUrl });

export const workStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type WorkState = (typeof workStates)[number];

const wording = z.object({ en: z.string(), bn: z.string() });

/** Long work that somebody asked for. It goes on when nobody looks; ask again every second while it is under way. */
export const work = z.object({
  id: z.int(),
  kind: z.string(),
  /** What was asked for. */
  title: wording,
  state: z.enum(workStates),
  /** Units of the kind’s own, such as rows; `total` is null until it is known. */
  done: z.int(),
  total: z.int().nullable(),
  /** What it came to, by name, once it is done. */
  counts: z.record(z.string(), z.int()).nullable(),
  /** Why it failed. */
  failure: wording.nullable(),
  /** What it made, once it is done. From `forgetAt` on it cannot be fetched any more. */
  file: z
    .object({
      name: z.string(),
      type: z.string(),
      bytes: z.int(),
      forgetAt: fields.toldInstant,
      forgotten: z.boolean(),
    })
    .nullable(),
  createdAt: fields.toldInstant,
  startedAt: fields.toldInstant.nullable(),
  endedAt: fields.toldInstant.nullable(),
});
export type Work = z.output<typeof work>;

/** What a route answers that begins one, with 202. */
export const begunWork = z.object({ work });

/** How a route that begins one may refuse, besides its own reasons. */
export const beginProblems = ['too_many_works', 'key_reused', 'request_in_progress'] as const;

/** Of one person, queued or running. */
export const mostWorks = 5;

export const listWorks = route({
  method: 'GET',
  path: '/works',
  summary: 'The caller’s own long works, newest first: exports, counted reports, imports',
  tag,
  access: 'signed-in',
  query: z.strictObject({
    /** Of one kind only, or of several with commas between them. */
    kind: z.string().max(120).optional(),
    ...fields.paging,
  }),
  ok: { status: 200, body: fields.listOf(work) },
});

export const getWork = route({
  method: 'GET',
  path: '/works/{id}',
  summary: 'How far one of the caller’s works has come',
  tag,
  access: 'signed-in',
  params,
  ok: { status: 200, body: z.object({ work }) },
});

export const cancelWork = route({
  method: 'POST',
  path: '/works/{id}/cancellation',
  summary: 'End a work before it is done. Nothing of its file is kept, and an import has written nothing',
  tag,
  access: 'signed-in',
  params,
  idempotent: true,
  ok: { status: 200, body: z.object({ work }) },
  problems: ['work_ended', 'key_reused', 'request_in_progress'],
});

export const getWorkFile = route({
  method: 'GET',
  path: '/works/{id}/file',
  summary:
    'The file that a work has made, for whoever asked for it and still has the right. JSON is a report that was counted by a work',
  tag,
  access: 'signed-in',
  params,
  files: Object.values(fileTypes),
  ok: { status: 200, body: countedReports },
  problems: ['file_not_ready', 'file_forgotten'],
});
