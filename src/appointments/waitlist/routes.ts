import type { FastifyInstance } from 'fastify';
import {
  acceptOffer as acceptRoute,
  acceptWaiting,
  declineOffer as declineRoute,
  declineWaiting,
  getWaiting,
  joinWaitlist as joinRoute,
  leaveWaiting,
  leaveWaitlist,
  listWaitlist,
} from '../../contract/waitlist.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import { untilWon, type Queryable } from '../../platform/database.ts';
import { serve } from '../../platform/http.ts';
import { answerOnce, type Idempotency } from '../../platform/idempotency.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { Problem } from '../../platform/problems.ts';
import { findBooker } from '../booking/find-booker.ts';
import { mayRead } from '../booking/policy.ts';
import { presentAppointment } from '../booking/present.ts';
import { findAppointment } from '../booking/queries.ts';
import { readWaiting } from '../booking/sign-link.ts';
import { joinWaitlist } from './join-waitlist.ts';
import { presentEntry } from './present.ts';
import { findEntry, listEntries, type EntryRow } from './queries.ts';
import { declineOffer, leaveLine, takeOffer, type Answerer } from './take-offer.ts';

export function waitlistRoutes(app: FastifyInstance): void {
  const { deps } = app;
  const { pool, db, secrets } = deps;

  serve(app, joinRoute, async ({ body, actor, now, idempotency }) => {
    const { by, comer, staff } = await findBooker(deps, { body, actor, now });
    const joiner = { userId: by, comer, staff };
    const keeper = { userId: by, idempotency, status: 201, now };
    return untilWon(() =>
      answerOnce(db, keeper, async (tx) => {
        const id = await joinWaitlist(tx, body, joiner, now);
        return presentEntry(secrets, await entryById(tx, { id, actor, now }));
      }),
    );
  });

  serve(app, listWaitlist, async ({ query, actor, now }) => {
    const limit = query.limit ?? defaultLimit;
    const [after] = readCursor(query.cursor, 1) ?? [0];
    const found = await listEntries(pool, {
      actor,
      doctorId: query.doctorId ?? null,
      chamberId: query.chamberId ?? null,
      after: after ?? 0,
      limit: limit + 1,
      now: now.epochMilliseconds,
    });
    const { page, nextCursor } = cutPage(found, limit, (last) => [last.id]);
    return { items: page.map((row) => presentEntry(secrets, row)), nextCursor };
  });

  serve(app, acceptRoute, async ({ params, body, actor, now, idempotency }) => {
    const entry = await readEntry(params.id, actor, now);
    return accept({ entry, by: answererOf(entry, actor), meant: body.appointmentId, now, idempotency });
  });

  serve(app, acceptWaiting, async ({ params, body, now, idempotency }) => {
    const entry = await byLink(params.token, now);
    return accept({ entry, by: nobodyKnown, meant: body.appointmentId, now, idempotency });
  });

  serve(app, declineRoute, async ({ params, body, actor, now, idempotency }) => {
    const entry = await readEntry(params.id, actor, now);
    const by = answererOf(entry, actor);
    return decline({ entry, by, meant: body.appointmentId, now, idempotency }, actor);
  });

  serve(app, declineWaiting, async ({ params, body, now, idempotency }) => {
    const entry = await byLink(params.token, now);
    return decline({ entry, by: nobodyKnown, meant: body.appointmentId, now, idempotency }, null);
  });

  serve(app, leaveWaitlist, async ({ params, actor, now }) => {
    const entry = await readEntry(params.id, actor, now);
    await leave(entry, { by: answererOf(entry, actor), now });
  });

  serve(app, getWaiting, async ({ params, now }) => presentEntry(secrets, await byLink(params.token, now)));

  serve(app, leaveWaiting, async ({ params, now }) =>
    leave(await byLink(params.token, now), { by: nobodyKnown, now }),
  );

  function accept({ entry, by, meant, now, idempotency }: Answered) {
    const keeper = { userId: by.userId, idempotency, status: 201, now };
    return untilWon(() =>
      answerOnce(db, keeper, async (tx) => {
        const id = await takeOffer(tx, entry, { by, meant, now, idempotency });
        const appointment = await findAppointment(tx, id, null);
        if (!appointment) throw new Error('an accepted offer is no appointment');
        return presentAppointment(secrets, appointment);
      }),
    );
  }

  function decline({ entry, by, meant, now, idempotency }: Answered, actor: Actor | null) {
    const keeper = { userId: by.userId, idempotency, status: 201, now };
    return untilWon(() =>
      answerOnce(db, keeper, async (tx) => {
        await declineOffer(tx, entry, { by, meant, now });
        return presentEntry(secrets, await entryById(tx, { id: entry.id, actor, now }));
      }),
    );
  }

  const leave = (entry: EntryRow, how: { by: Answerer; now: Temporal.Instant }): Promise<void> =>
    untilWon(() => db.transaction().execute((tx) => leaveLine(tx, entry, how)));

  /** One that the caller may know of; to everybody else there is none of this id. */
  async function readEntry(id: number, actor: Actor, now: Temporal.Instant): Promise<EntryRow> {
    const entry = await entryById(pool, { id, actor, now });
    if (!mayRead(actor, { ...entry, doctorId: entry.doctor.id })) throw new Problem('not_found');
    return entry;
  }

  async function byLink(token: string, now: Temporal.Instant): Promise<EntryRow> {
    const id = readWaiting(secrets, token);
    if (id === null) throw new Problem('not_found', 'This link does not lead to a waitlist.');
    return entryById(pool, { id, actor: null, now });
  }
}

type Answered = {
  entry: EntryRow;
  by: Answerer;
  meant: number | undefined;
  now: Temporal.Instant;
  idempotency: Idempotency;
};

const nobodyKnown: Answerer = { userId: null, staff: false };

const answererOf = ({ staff }: EntryRow, { userId }: Actor): Answerer => ({ userId, staff });

async function entryById(
  on: Queryable,
  { id, actor, now }: { id: number; actor: Actor | null; now: Temporal.Instant },
): Promise<EntryRow> {
  const entry = await findEntry(on, { id, actor, now: now.epochMilliseconds });
  if (!entry) throw new Problem('not_found');
  return entry;
}
