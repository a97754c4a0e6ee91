import { performance } from 'node:perf_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ApiProblem, createClient } from '../../contract/client.ts';
import { listNotifications, streamNotifications } from '../../contract/notifications.ts';
import { apiPrefix } from '../../contract/route.ts';
import type { Closing, StreamHears, StreamSays } from '../../contract/streams.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import { findEndedSignIns } from '../../platform/authenticate.ts';
import { Problem } from '../../platform/problems.ts';
import { innerCall } from '../../platform/rate-limits.ts';
import { workQueue } from '../../platform/work-queue.ts';
import { originOf } from '../serve-pages.ts';
import type { Attendant, Streams, Viewer } from './open-streams.ts';

type Reader = {
  viewer: Viewer;
  since: number;
  /** Who greeted us; null before that. */
  actor: Actor | null;
  token: string | undefined;
  /** The last notification that was sent; null: where they begin is not known yet. */
  position: number | null;
  unread: number | null;
  ready: boolean;
  reading: boolean;
  /** Told meanwhile. */
  again: boolean;
};

const helloMs = 5_000;
const retryMs = 2_000;
const pageSize = 100;

/**
 * `/notifications/stream`. A push says only that there is something new: each reader's is then read through the API, with
 * the reader's own token, from where that reader stands. So what is sent is what GET /notifications would show, in its
 * order, once, wherever the service that knows it runs.
 */
export function serveNotifications(app: FastifyInstance, streams: Streams): void {
  const { deps } = app;
  const { maxStreamsPerUser } = deps.config;
  const readers = new Set<Reader>();
  const perUser = new Map<number, number>();
  const call = createClient(async ({ method, url, headers }) => {
    const answer = await app.inject({ method, url, headers: { ...headers, ...innerCall } });
    return { status: answer.statusCode, body: answer.body };
  });
  const inTurn = workQueue({ atOnce: 16, waiting: Number.MAX_SAFE_INTEGER });
  const tell = ({ viewer }: Reader, message: StreamHears<typeof streamNotifications>) => viewer.send(message);

  const greet = async (reader: Reader, { accessToken, after }: Hello): Promise<void> => {
    if (accessToken !== undefined) reader.token = accessToken;
    const actor = await identify(reader);
    if (!actor || reader.viewer.gone()) return;
    const count = (perUser.get(actor.userId) ?? 0) + 1;
    if (count > maxStreamsPerUser) return reader.viewer.end('too_many');
    perUser.set(actor.userId, count);
    reader.actor = actor;
    reader.position = after ?? null;
    // Watched before it is read: what comes in between is read again.
    reader.viewer.watch(`user:${actor.userId}`, () => void read(reader));
    await read(reader);
  };

  const renew = async (reader: Reader, token: string): Promise<void> => {
    const actor = await identify({ ...reader, token });
    if (!actor) return;
    if (actor.userId !== reader.actor?.userId) return reader.viewer.end('bad_message');
    reader.actor = actor;
    reader.token = token;
  };

  const identify = async ({ viewer, token }: Reader): Promise<Actor | null> => {
    try {
      const actor = token === undefined ? null : await app.authenticate(`Bearer ${token}`);
      if (!actor) viewer.end('token_expired');
      return actor;
    } catch (error) {
      viewer.end(closingOf(error));
      return null;
    }
  };

  const read = async (reader: Reader): Promise<void> => {
    reader.again = true;
    if (reader.reading) return;
    reader.reading = true;
    try {
      while (reader.again && !reader.viewer.gone()) {
        reader.again = false;
        await inTurn(() => bring(reader));
      }
    } catch (error) {
      const closing = closingOf(error);
      // The service is away for a moment; the line stays.
      if (closing === 'unavailable') setTimeout(() => void read(reader), retryMs).unref();
      else reader.viewer.end(closing);
    } finally {
      reader.reading = false;
    }
  };

  const bring = async (reader: Reader): Promise<void> => {
    const { position, token = '' } = reader;
    const query = position === null ? { limit: 1 } : { after: position, limit: pageSize };
    const { items, nextCursor, unread } = await call(listNotifications, { query }, { accessToken: token });
    const lastId = items[0]?.id ?? position ?? 0;
    const complete = position === null || nextCursor === null;
    if (position !== null && complete)
      for (const notification of items.toReversed())
        tell(reader, { type: 'notification', notification, unread });
    if (!reader.ready || !complete) tell(reader, { type: 'ready', lastId, unread, complete });
    else if (items.length === 0 && unread !== reader.unread) tell(reader, { type: 'unread', unread });
    reader.position = lastId;
    reader.unread = unread;
    reader.ready = true;
  };

  let checking = false;
  streams.everyTick(() => {
    const now = performance.now();
    for (const { viewer, actor, since } of readers) if (!actor && now - since > helloMs) viewer.end('silent');
    if (checking) return;
    checking = true;
    checkRights()
      .catch((error: unknown) => app.log.warn({ err: error }, 'the rights of streams could not be checked'))
      .finally(() => (checking = false));
  });

  const checkRights = async (): Promise<void> => {
    const greeted = [...readers].filter(({ actor, viewer }) => actor && !viewer.gone());
    if (greeted.length === 0) return;
    for (const { token = '', viewer } of greeted)
      if (!(await deps.tokens.verify(token, deps.clock.now()))) viewer.end('token_expired');
    const ended = await findEndedSignIns(
      deps.pool,
      greeted.map(({ actor }) => actor?.signInId ?? ''),
    );
    for (const { actor, viewer } of greeted) {
      const why = ended.get(actor?.signInId ?? '');
      if (why) viewer.end(why);
    }
  };

  const attend = (viewer: Viewer, token: string | undefined): Attendant => {
    const reader: Reader = {
      viewer,
      token,
      since: performance.now(),
      actor: null,
      position: null,
      unread: null,
      ready: false,
      reading: false,
      again: false,
    };
    readers.add(reader);
    let greeted = false;
    return {
      heard(message) {
        const parsed = streamNotifications.says.safeParse(message);
        if (parsed.data?.type === 'hello' && !greeted) {
          greeted = true;
          void greet(reader, parsed.data);
        } else if (parsed.data?.type === 'token' && reader.actor) void renew(reader, parsed.data.accessToken);
        else viewer.end('bad_message');
      },
      left() {
        readers.delete(reader);
        if (!reader.actor) return;
        const { userId } = reader.actor;
        const left = (perUser.get(userId) ?? 1) - 1;
        if (left > 0) perUser.set(userId, left);
        else perUser.delete(userId);
      },
    };
  };

  app.route({
    method: 'GET',
    url: apiPrefix + streamNotifications.path,
    websocket: true,
    preValidation: async (request) => {
      if (!request.ws) throw new Problem('malformed_request', 'This is a WebSocket: connect to it as one.');
      refuseForeignPage(app, request);
      if (streams.full())
        throw new Problem('unavailable', 'Too many people are connected.', { retryAfter: 30 });
      request.actor = await app.authenticate(request.headers.authorization);
    },
    handler: (socket, request) => {
      const token = request.headers.authorization?.replace(/^Bearer /i, '');
      streams.add(socket, (viewer) => attend(viewer, token));
    },
  });
}

type Hello = Extract<StreamSays<typeof streamNotifications>, { type: 'hello' }>;

/** A page of another site can open a WebSocket anywhere; its browser says whose page it is. Programs say nothing. */
function refuseForeignPage({ deps }: FastifyInstance, request: FastifyRequest): void {
  const { origin } = request.headers;
  if (origin !== undefined && origin !== originOf(request, deps.config)) throw new Problem('not_allowed');
}

/** Why a stream ends when its reader is refused; whatever else goes wrong may pass. */
function closingOf(error: unknown): Closing {
  const code = error instanceof Problem ? error.code : error instanceof ApiProblem ? error.body.code : null;
  if (code === 'token_expired' || code === 'not_signed_in') return 'token_expired';
  return code === 'account_inactive' ? 'account_inactive' : 'unavailable';
}
