import { expect, test } from 'vitest';
import { workQueue } from './work-queue.ts';

/** Work that lasts until it is told to end. */
function held() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { work: () => promise, end: resolve };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('runs as many at once as it may, lets as many wait, refuses the rest', async () => {
  const queue = workQueue({ atOnce: 2, waiting: 3 });
  let running = 0;
  let most = 0;
  const hold = held();
  const work = async () => {
    most = Math.max(most, (running += 1));
    await hold.work();
    running -= 1;
  };
  const answers = Array.from({ length: 7 }, () => queue(work));
  const outcomes = Promise.allSettled(answers);
  await settled();
  hold.end();
  const statuses = (await outcomes).map(({ status }) => status);
  expect(statuses.filter((status) => status === 'fulfilled')).toHaveLength(5);
  expect(statuses.slice(5)).toEqual(['rejected', 'rejected']);
  await expect(answers[6]).rejects.toMatchObject({ code: 'unavailable', extra: { retryAfter: 2 } });
  expect(most).toBe(2);
});

test('work that fails gives its place on', async () => {
  const queue = workQueue({ atOnce: 1, waiting: 1 });
  const failing = queue(() => Promise.reject(new Error('broken')));
  const next = queue(async () => 'done');
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('done');
  expect(await queue(async () => 'again')).toBe('again');
});
