import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import { openStreams } from './open-streams.ts';
import { serveNotifications } from './serve-notifications.ts';

/** A hello with its access token; nobody has more to say. */
const mostBytes = 4 * 1024;

/** The WebSockets: each kind is one more line here. */
export async function serveStreams(app: FastifyInstance): Promise<void> {
  const { metrics, config } = app.deps;
  const streams = openStreams(app.live, { most: config.maxStreams });
  metrics.countStreams(streams.count);
  await app.register(websocket, {
    // Compression would keep a window of memory for each, and stall thousands at once: p99 2.2 s was measured.
    options: { maxPayload: mostBytes, perMessageDeflate: false },
    // Ours below, in place of one that waits for nobody.
    preClose: (done) => done(),
  });
  app.addHook('preClose', () => streams.close());
  serveNotifications(app, streams);
}
