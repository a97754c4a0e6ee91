import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { importColumns } from '../../contract/import-columns.ts';
import {
  checkImport as checkRoute,
  confirmImport as confirmRoute,
  getImport,
  getTemplate,
  listFindings,
  listImports,
  mostImportBytes,
  takeBackImport as takeBackRoute,
} from '../../contract/imports.ts';
import { serve } from '../../platform/http.ts';
import { answerOnce } from '../../platform/idempotency.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { startImportWork } from './start-import-work.ts';
import { checkImport } from './check-import.ts';
import { presentFinding, presentImport } from './present.ts';
import { findFindings, findImports, getImportRow } from './queries.ts';
import { readUpload } from './read-upload.ts';
import { writeFindings } from './write-findings.ts';
import { writeTemplate } from './write-template.ts';

export async function importRoutes(app: FastifyInstance): Promise<void> {
  const { db, pool } = app.deps;
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: mostImportBytes, files: 1, fields: 5, fieldSize: 1024, parts: 6, headerPairs: 20 },
  });

  serve(app, getTemplate, async ({ params: { kind }, query: { format } }) =>
    format === 'json'
      ? {
          columns: importColumns[kind].map(({ name, required = false, example, says }) => ({
            name,
            required,
            example,
            says,
          })),
        }
      : writeTemplate(kind, format),
  );

  serve(app, listImports, async ({ query: { limit = defaultLimit, cursor } }) => {
    const [before = null] = readCursor(cursor, 1) ?? [];
    const rows = await findImports(pool, { before, limit: limit + 1 });
    const { page, nextCursor } = cutPage(rows, limit, ({ id }) => [id]);
    return { items: page.map(presentImport), nextCursor };
  });

  serve(app, getImport, async ({ params }) => ({
    import: presentImport(await getImportRow(pool, params.id)),
  }));

  serve(app, checkRoute, async ({ actor, query, raw, now, idempotency }) => {
    const file = await readUpload(pool, raw, { by: actor, now });
    return answerOnce(db, { userId: actor.userId, idempotency, status: 202, now }, async (tx) => {
      const id = await checkImport(tx, { ...query, file }, actor, now);
      return { import: presentImport(await getImportRow(tx, id)) };
    });
  });

  serve(app, confirmRoute, async ({ actor, params, now, idempotency }) =>
    answerOnce(db, { userId: actor.userId, idempotency, status: 202, now }, async (tx) => {
      await startImportWork(tx, { id: params.id, step: 'confirmation' }, actor, now);
      return { import: presentImport(await getImportRow(tx, params.id)) };
    }),
  );

  serve(app, takeBackRoute, async ({ actor, params, now, idempotency }) =>
    answerOnce(db, { userId: actor.userId, idempotency, status: 202, now }, async (tx) => {
      await startImportWork(tx, { id: params.id, step: 'withdrawal' }, actor, now);
      return { import: presentImport(await getImportRow(tx, params.id)) };
    }),
  );

  serve(
    app,
    listFindings,
    async ({ params: { id }, query: { format, language, limit = defaultLimit, cursor } }) => {
      await getImportRow(pool, id);
      if (format === 'csv') return writeFindings(pool, { id, language });
      const [line, after] = readCursor(cursor, 2) ?? [];
      const rows = await findFindings(pool, {
        id,
        after: { line: line ?? -1, id: after ?? 0 },
        limit: limit + 1,
      });
      const { page, nextCursor } = cutPage(rows, limit, (last) => [last.line ?? 0, last.id]);
      return { items: page.map(presentFinding), nextCursor };
    },
  );
}
