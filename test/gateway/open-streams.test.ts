import { createConnection, type Socket } from 'node:net';
import websocket from '@fastify/websocket';
import Fastify from 'fastify';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openStreams, type Streams, type Viewer } from '../../src/gateway/streams/open-streams.ts';
import { startApp, type TestApp } from '../harness/app.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startApp();
});
afterAll(() => t.close());

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Sockets that watch one topic, on a port of their own. */
async function someStreams(options: Parameters<typeof openStreams>[1]): Promise<{
  streams: Streams;
  viewers: Viewer[];
  told: number[];
  pongs: () => number;
  client: () => Promise<Socket>;
}> {
  const app = Fastify();
  const streams = openStreams(t.app.live, options);
  const viewers: Viewer[] = [];
  /** How often each was told, in the order in which they came. */
  const told: number[] = [];
  let pongs = 0;
  await app.register(websocket, { options: { perMessageDeflate: false }, preClose: (done) => done() });
  app.get('/', { websocket: true }, (socket) => {
    streams.add(socket, (viewer) => {
      const index = told.push(0) - 1;
      viewer.watch('user:1', () => {
        told[index] = (told[index] ?? 0) + 1;
      });
      viewers.push(viewer);
      return { heard: () => undefined, left: () => undefined };
    });
    // After theirs, who has heard it by then.
    socket.on('pong', () => (pongs += 1));
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  ends.push(async () => {
    await streams.close();
    await app.close();
  });
  const address = app.server.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  return {
    streams,
    viewers,
    told,
    pongs: () => pongs,
    client: () => shakeHands(address.port),
  };
}

/** A client that speaks no more than the handshake: it answers no ping. */
async function shakeHands(port: number): Promise<Socket> {
  const socket = createConnection(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    `GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n` +
      `sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  );
  await new Promise((answered) => socket.once('data', answered));
  return socket;
}

/** The clock of the beats, which stands but for what the test lets pass: nobody dies while this process is held up. */
function aClock(): { pass(ms: number): void } {
  let now = 60_000;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
  ends.push(async () => clock.mockRestore());
  return { pass: (ms) => void (now += ms) };
}

test('a client that answers no ping is dead, and is let go with what it watched', async () => {
  const clock = aClock();
  const { streams, client, told } = await someStreams({ tickMs: 50, beatMs: 100 });
  const dead = await client();
  let pings = 0;
  dead.on('data', () => (pings += 1));
  expect(streams.count()).toBe(1);
  clock.pass(100);
  await expect.poll(() => pings).toBe(1);
  expect(streams.count()).toBe(1);
  clock.pass(100);
  await expect.poll(() => streams.count()).toBe(0);
  await expect.poll(() => dead.destroyed).toBe(true);
  const before = [...told];
  const alive = await client();
  await t.app.live.tell('user:1');
  // Told at least once: also when the line for news has just begun.
  await expect.poll(() => told[1]).toBeGreaterThan(0);
  expect(told.slice(0, 1)).toEqual(before);
  alive.destroy();
});

test('a client that answers pings stays', async () => {
  const clock = aClock();
  const { streams, client, pongs } = await someStreams({ tickMs: 50, beatMs: 100 });
  const socket = await client();
  let pings = 0;
  socket.on('data', (frame: Buffer) => {
    if (frame[0] !== 0x89) return;
    pings += 1;
    // A pong, masked with zeros.
    socket.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]));
  });
  for (let beat = 1; beat <= 6; beat++) {
    clock.pass(100);
    await expect.poll(pongs).toBe(beat);
    expect([pings, streams.count()]).toEqual([beat, 1]);
  }
  socket.destroy();
  await expect.poll(() => streams.count()).toBe(0);
});

test('for a client that does not read little is kept; it is ended, and cut off when it does not hear even that', async () => {
  const { streams, viewers, client } = await someStreams({ tickMs: 50, beatMs: 600_000, graceMs: 200 });
  const slow = await client();
  slow.pause();
  const [viewer] = viewers;
  const kilobyte = { text: 'x'.repeat(1_000) };
  let sent = 0;
  // The machine's own buffers take some megabytes first.
  for (; viewer && !viewer.gone() && sent < 50_000; sent++) {
    viewer.send(kilobyte);
    if (sent % 50 === 0) await new Promise((flushed) => setImmediate(flushed));
  }
  expect(viewer?.gone()).toBe(true);
  expect(sent).toBeLessThan(50_000);
  await expect.poll(() => streams.count()).toBe(0);
  slow.destroy();
});
