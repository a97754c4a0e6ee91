import { performance } from 'node:perf_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { findMissedNotifications, mostReaders } from '../../contract/inner.ts';
import { streamNotifications } from '../../contract/notifications.ts';
import { apiPrefix } from '../../contract/route.ts';
import type { Closing, StreamHears, StreamSays } from '../../contract/streams.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import { findEndedSignIns } from '../../platform/authenticate.ts';
import { inBatches } from '../../platform/batches.ts';
import { askInner } from '../../platform/inner-calls.ts';
import { Problem } from '../../platform/problems.ts';
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
};

/** A reader who has greeted us. */
type Greeted = Reader & { actor: Actor };

const helloMs = 5_000;
const retryMs = 2_000;

/**
 * `/notifications/stream`. A push says only that there is something new: it is then read from where each reader stands, for
 * all who were told meanwhile together, and only for those whose token and sign-in still stand. So what is sent is what
 * GET /notifications would show, in its order, once, wherever the service that knows it runs.
 */
export function serveNotifications(app: FastifyInstance, streams: Streams): void {
  const { deps } = app;
  const { maxStreamsPerUser } = deps.config;
  const readers = new Set<Reader>();
  const perUser = new Map<number, number>();
  const tell = ({ viewer }: Reader, message: StreamHears<typeof streamNotifications>) => viewer.send(message);

  const greet = async (reader: Reader, { accessToken, after }: Hello): Promise<void> => {
    if (accessToken !== undefined) reader.token = accessToken;
    const actor = await identify(reader);
    if (!actor || reader.viewer.gone()) return;
    const count = (perUser.get(actor.userId) ?? 0) + 1;
    if (count > maxStreamsPerUser) return reader.viewer.end('too_many');
    perUser.set(actor.userId, count);
    reader.position = after ?? null;
    const greeted = Object.assign(reader, { actor });
    // Watched before it is read: what comes in between is read again.
    reader.viewer.watch(`user:${actor.userId}`, () => read(greeted));
    read(greeted);
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

  const read = inBatches<Greeted>(mostReaders, async (batch) => {
    try {
      const entitled = await keepEntitled(batch);
      if (entitled.length === 0) return;
      const asked = entitled.map(({ actor, position }) => ({ userId: actor.userId, after: position }));
      const found = await askInner(app, findMissedNotifications, { readers: asked });
      for (const [index, reader] of entitled.entries()) {
        const of = found[index];
        if (of) bring(reader, of);
      }
    } catch (error) {
      // The service is away for a moment; the lines stay.
      app.log.warn({ err: error }, 'what is new could not be read for streams; trying again');
      setTimeout(() => batch.forEach(read), retryMs).unref();
    }
  });

  const bring = (reader: Greeted, { lastId, unread, missed }: Missed): void => {
    for (const notification of missed ?? []) tell(reader, { type: 'notification', notification, unread });
    const complete = missed !== null;
    if (!reader.ready || !complete) tell(reader, { type: 'ready', lastId, unread, complete });
    else if (missed.length === 0 && unread !== reader.unread) tell(reader, { type: 'unread', unread });
    reader.position = lastId;
    reader.unread = unread;
    reader.ready = true;
  };

  /** Ends the streams of those whose token or sign-in has ended, and answers the others. */
  const keepEntitled = async (readers: readonly Greeted[]): Promise<Greeted[]> => {
    const here = readers.filter(({ viewer }) => !viewer.gone());
    if (here.length === 0) return [];
    const now = deps.clock.now();
    for (const { token = '', viewer } of here)
      if (!(await deps.tokens.verify(token, now))) viewer.end('token_expired');
    const ended = await findEndedSignIns(
      deps.pool,
      here.map(({ actor }) => actor.signInId),
    );
    for (const { actor, viewer } of here) {
      const why = ended.get(actor.signInId);
      if (why) viewer.end(why);
    }
    return here.filter(({ viewer }) => !viewer.gone());
  };

  let checking = false;
  streams.everyTick(() => {
    const now = performance.now();
    for (const { viewer, actor, since } of readers) if (!actor && now - since > helloMs) viewer.end('silent');
    if (checking) return;
    checking = true;
    keepEntitled([...readers].filter(hasGreeted))
      .catch((error: unknown) => app.log.warn({ err: error }, 'the rights of streams could not be checked'))
      .finally(() => (checking = false));
  });

  const attend = (viewer: Viewer, token: string | undefined): Attendant => {
    const reader: Reader = {
      viewer,
      token,
      since: performance.now(),
      actor: null,
      position: null,
      unread: null,
      ready: false,
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
    // What the handshake leaves on its socket would keep request and reply for as long as the stream lives.
    preHandler: async (request, reply) => reply.raw.detachSocket(request.raw.socket),
    handler: (socket, request) => {
      // The plugin's own, which holds them too; `streams` listens instead.
      socket.removeAllListeners('error');
      const token = request.headers.authorization?.replace(/^Bearer /i, '');
      streams.add(socket, (viewer) => attend(viewer, token));
    },
  });
}

const hasGreeted = (reader: Reader): reader is Greeted => reader.actor !== null;

type Missed = z.output<(typeof findMissedNotifications)['answers']>[number];
type Hello = Extract<StreamSays<typeof streamNotifications>, { type: 'hello' }>;

/** A page of another site can open a WebSocket anywhere; its browser says whose page it is. Programs say nothing. */
function refuseForeignPage({ deps }: FastifyInstance, request: FastifyRequest): void {
  const { origin } = request.headers;
  if (origin !== undefined && origin !== originOf(request, deps.config)) throw new Problem('not_allowed');
}

/** Why a stream ends when its reader is refused; whatever else goes wrong may pass. */
function closingOf(error: unknown): Closing {
  const code = error instanceof Problem ? error.code : null;
  if (code === 'token_expired' || code === 'not_signed_in') return 'token_expired';
  return code === 'account_inactive' ? 'account_inactive' : 'unavailable';
}
