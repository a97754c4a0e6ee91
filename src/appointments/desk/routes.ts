import type { FastifyInstance } from 'fastify';
import { listDesk } from '../../contract/desk.ts';
import { serve } from '../../platform/http.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { readReference } from '../booking/make-reference.ts';
import { readLink } from '../booking/sign-link.ts';
import { presentDesk } from './present.ts';
import { listDeskAppointments } from './queries.ts';

export function deskRoutes(app: FastifyInstance): void {
  const { pool, secrets } = app.deps;

  serve(app, listDesk, async ({ query, actor, now }) => {
    const { reference, token } = query;
    const code = reference === undefined ? null : readReference(reference);
    const link = token === undefined ? null : readLink(secrets, token);
    // A code or a link that no appointment can have.
    if ((reference !== undefined && code === null) || (token !== undefined && link === null))
      return { items: [], nextCursor: null };
    const limit = query.limit ?? defaultLimit;
    const after = readCursor(query.cursor, 2);
    const found = await listDeskAppointments(pool, {
      actor,
      from: query.from ?? null,
      to: query.to ?? null,
      doctorId: query.doctorId ?? null,
      chamberId: query.chamberId ?? null,
      patientId: query.patientId ?? null,
      mobile: query.mobile ?? null,
      status: query.status ?? null,
      id: code ?? link ?? query.id ?? null,
      after: after && { starts: after[0] ?? 0, id: after[1] ?? 0 },
      limit: limit + 1,
    });
    const { page, nextCursor } = cutPage(found, limit, (last) => [last.starts, last.id]);
    return { items: page.map((row) => presentDesk(secrets, row, now)), nextCursor };
  });
}
