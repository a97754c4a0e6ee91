import { randomUUID } from 'node:crypto';
import { createConnection } from 'node:net';
import { expect, vi } from 'vitest';
import type { streamNotifications } from '../../src/contract/notifications.ts';
import { closings, type Closing, type StreamHears } from '../../src/contract/streams.ts';
import type { TestApp } from '../harness/app.ts';

export type Heard = StreamHears<typeof streamNotifications>;

export type Client = {
  heard: Heard[];
  say(message: unknown): void;
  /** Resolves when so many messages have come. */
  hears(count: number): Promise<Heard[]>;
  /** Expects our side to end it so. */
  endsWith(why: Closing | number, withinMs?: number): Promise<void>;
  /** The code it was ended with; null: it has not been. */
  closed(): number | null;
  leave(): Promise<void>;
};

const path = '/api/v1/notifications/stream';

/** The gateway's address; it listens from the first call on. */
export async function addressOf(t: TestApp): Promise<string> {
  if (!t.app.server.listening) await t.app.listen({ port: 0, host: '127.0.0.1' });
  const address = t.app.server.address();
  if (typeof address !== 'object' || !address) throw new Error('no address');
  return `127.0.0.1:${address.port}`;
}

/** A connected client, which has said nothing yet. */
export async function connect(t: TestApp, headers: Record<string, string> = {}): Promise<Client> {
  const heard: Heard[] = [];
  let closed: number | null = null;
  // Node's own takes headers as well, which the browsers' types do not know.
  const socket = new WebSocket(`ws://${await addressOf(t)}${path}`, { headers } as unknown as string[]);
  socket.addEventListener('message', ({ data }) => void heard.push(JSON.parse(String(data))));
  socket.addEventListener('close', ({ code }) => void (closed = code));
  await new Promise<void>((open, fail) => {
    socket.addEventListener('open', () => open());
    socket.addEventListener('error', () => fail(new Error('the handshake was refused')));
  });
  return {
    heard,
    say: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async hears(count) {
      await expect.poll(() => heard.length).toBeGreaterThanOrEqual(count);
      return heard;
    },
    async endsWith(why, withinMs = 15_000) {
      const code = typeof why === 'number' ? why : closings[why].code;
      await vi.waitFor(() => expect(closed).not.toBeNull(), { timeout: withinMs });
      expect(closed).toBe(code);
    },
    closed: () => closed,
    async leave() {
      socket.close();
      await expect.poll(() => closed).not.toBeNull();
    },
  };
}

/** One that has said hello and is up to date. */
export async function listen(
  t: TestApp,
  { accessToken, after }: { accessToken: string; after?: number },
): Promise<Client> {
  const client = await connect(t);
  client.say({ type: 'hello', accessToken, ...(after === undefined ? {} : { after }) });
  const ready = () => client.heard.some(({ type }) => type === 'ready');
  await expect.poll(() => ready() || client.closed() !== null).toBe(true);
  expect(ready(), `closed with ${client.closed()}`).toBe(true);
  return client;
}

/** The HTTP answer to a handshake that is refused. */
export async function refusedHandshake(
  t: TestApp,
  headers: Record<string, string>,
): Promise<{ status: number; body: { code?: string } }> {
  const [host = '', port] = (await addressOf(t)).split(':');
  const all = {
    host: `${host}:${port}`,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const socket = createConnection(Number(port), host);
  socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  let answer = '';
  // A handshake that is not refused stays open, and the test with it.
  for await (const chunk of socket) answer += String(chunk);
  const body = answer.split('\r\n\r\n')[1] ?? '';
  return { status: Number(answer.split(' ')[1]), body: body.startsWith('{') ? JSON.parse(body) : {} };
}

/** A message to a user that is planned and not yet in the app. Answers its id. */
export async function aPlannedNote(t: TestApp, userId: number): Promise<number> {
  const { rows } = await t.deps.pool.query<{ id: number }>(
    `insert into messages (code_id, kind, channel, recipient, user_id, language, state, due_at, stale_at, try_at)
     values ($1, 'reminder', 'in_app', $2::int, $2::int, 'en', 'pending', now() + interval '1 day',
             now() + interval '2 days', now() + interval '1 day')
     returning id`,
    [randomUUID(), userId],
  );
  return rows[0]?.id ?? 0;
}

/** Puts planned messages into the app, as the delivery does, and tells of them. */
export async function putIntoApp(
  t: TestApp,
  userId: number,
  messageIds: readonly number[],
): Promise<number[]> {
  const { rows } = await t.deps.pool.query<{ id: number }>(
    `insert into notifications (message_id, user_id, kind, title, text)
     select id, $1, 'reminder', 'A reminder', 'Text' from unnest($2::bigint[]) with ordinality m (id, place)
     order by place returning id`,
    [userId, messageIds],
  );
  await t.app.live.tell(`user:${userId}`);
  return rows.map(({ id }) => id);
}

export const aNote = async (t: TestApp, userId: number): Promise<number> =>
  (await putIntoApp(t, userId, [await aPlannedNote(t, userId)]))[0] ?? 0;
