import { expect, test } from 'vitest';
import { inBatches } from './batches.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('what comes in one moment, or while a batch is worked on, is worked on together, as many as may be', async () => {
  const batches: number[][] = [];
  let free = Promise.withResolvers<void>();
  const add = inBatches<number>(3, async (batch) => {
    batches.push(batch);
    await free.promise;
  });
  const finish = async () => {
    const { resolve } = free;
    free = Promise.withResolvers();
    resolve();
    await settled();
  };
  for (const item of [1, 2, 2, 1]) add(item);
  expect(batches).toEqual([]);
  await settled();
  expect(batches).toEqual([[1, 2]]);
  // Again while it is under way: it comes again, and nowhere twice at once.
  for (const item of [1, 3, 4, 5]) add(item);
  await settled();
  expect(batches).toHaveLength(1);
  await finish();
  expect(batches.slice(1)).toEqual([[1, 3, 4]]);
  await finish();
  expect(batches.slice(2)).toEqual([[5]]);
  await finish();
  add(6);
  await settled();
  expect(batches.slice(3)).toEqual([[6]]);
});
