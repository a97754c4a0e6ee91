import { expect, test, vi } from 'vitest';
import { closings } from '../../../src/contract/streams.ts';
import { SignedOut } from './session.ts';
import { listenForNews } from './stream.ts';

/** A line that the test holds the other end of. */
class Line extends EventTarget {
  readonly said: unknown[] = [];
  send(text: string): void {
    this.said.push(JSON.parse(text));
  }
  opens(): void {
    this.dispatchEvent(new Event('open'));
  }
  says(message: object): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }
  ends(code: number): void {
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
}

async function aListener(tokens: (string | Error)[] = ['token-1']) {
  const lines: Line[] = [];
  const pauses: { milliseconds: number; end: () => void }[] = [];
  const onNews = vi.fn();
  const next = async () => {
    const token = tokens.length > 1 ? tokens.shift() : tokens[0];
    if (token instanceof Error) throw token;
    return token ?? '';
  };
  listenForNews({
    session: { accessToken: next, replaceToken: async (refused) => `not ${refused}` },
    connect: (path) => {
      expect(path).toBe('/api/v1/notifications/stream');
      const line = new Line();
      lines.push(line);
      return line as unknown as WebSocket;
    },
    wait: (milliseconds, end) => void pauses.push({ milliseconds, end }),
    onNews,
  });
  const line = async (index: number): Promise<Line> => {
    await vi.waitFor(() => expect(lines.length).toBe(index + 1));
    const opened = lines[index];
    if (!opened) throw new Error('no line');
    opened.opens();
    return opened;
  };
  return { line, lines, pauses, onNews };
}

const notification = { id: 8, kind: 'booked', title: '', text: '', path: null, createdAt: '', readAt: null };

test('news are told as they come, and not when a screen that has just been read begins to listen', async () => {
  const { line, onNews } = await aListener();
  const first = await line(0);
  expect(first.said).toEqual([{ type: 'hello', accessToken: 'token-1' }]);
  first.says({ type: 'ready', lastId: 7, unread: 2, complete: true });
  expect(onNews).not.toHaveBeenCalled();
  first.says({ type: 'notification', notification, unread: 3 });
  first.says({ type: 'unread', unread: 0 });
  expect(onNews).toHaveBeenCalledTimes(2);
});

test('a broken line is taken up again, later each time, from the last that was seen', async () => {
  const { line, pauses, onNews } = await aListener();
  const first = await line(0);
  first.says({ type: 'ready', lastId: 7, unread: 0, complete: true });
  first.says({ type: 'notification', notification, unread: 1 });
  first.ends(1006);
  pauses[0]?.end();
  (await line(1)).ends(closings.restarting.code);
  pauses[1]?.end();
  const third = await line(2);
  expect(third.said).toEqual([{ type: 'hello', accessToken: 'token-1', after: 8 }]);
  third.says({ type: 'ready', lastId: 9, unread: 2, complete: false });
  expect(onNews).toHaveBeenCalledTimes(2);
  third.ends(1006);
  const [one = 0, two = 0, afterReady = 0] = pauses.map(({ milliseconds }) => milliseconds);
  expect(one).toBeLessThanOrEqual(1_000);
  expect(two).toBeGreaterThanOrEqual(1_000);
  expect(afterReady).toBeLessThanOrEqual(1_000);
});

test('a token that has ended is replaced at once; one that is refused again waits', async () => {
  const { line, pauses } = await aListener();
  const first = await line(0);
  first.says({ type: 'ready', lastId: 7, unread: 0, complete: true });
  first.ends(closings.token_expired.code);
  const second = await line(1);
  expect(second.said).toEqual([{ type: 'hello', accessToken: 'not token-1', after: 7 }]);
  expect(pauses).toEqual([]);
  second.ends(closings.token_expired.code);
  await vi.waitFor(() => expect(pauses).toHaveLength(1));
});

test('whoever may not come back does not, nor does whoever has signed out', async () => {
  for (const why of ['account_inactive', 'too_many', 'bad_message'] as const) {
    const { line, lines, pauses } = await aListener();
    (await line(0)).ends(closings[why].code);
    expect([lines.length, pauses.length]).toEqual([1, 0]);
  }
  const { line, lines, pauses } = await aListener(['token-1', new SignedOut()]);
  (await line(0)).ends(1006);
  pauses[0]?.end();
  await new Promise((done) => setTimeout(done, 20));
  expect([lines.length, pauses.length]).toEqual([1, 1]);
});
