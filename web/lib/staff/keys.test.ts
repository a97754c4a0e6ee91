import { expect, test } from 'vitest';
import { ApiProblem } from '../../../src/contract/client.ts';
import { type ProblemCode, problems } from '../../../src/contract/problems.ts';
import { ConnectionProblem } from './connection-problem.ts';
import { createKeys } from './keys.ts';

test('a request keeps its key until its answer is final', async () => {
  const keys = createKeys();
  const used: string[] = [];
  const send = (input: unknown, outcome?: Error) =>
    keys
      .use(input, (key) => {
        used.push(key);
        return outcome ? Promise.reject(outcome) : Promise.resolve('done');
      })
      .catch(() => 'failed');
  await send({ amount: '100' }, new ConnectionProblem('slow'));
  await send({ amount: '100' }, problem('request_in_progress'));
  await send({ amount: '100' }, problem('unavailable'));
  expect(await send({ amount: '100' })).toBe('done');
  expect(new Set(used).size).toBe(1);

  // Done, refused, or another request: another key.
  await send({ amount: '100' }, problem('payment_refused'));
  await send({ amount: '100' }, new ConnectionProblem('slow'));
  await send({ amount: '200' });
  expect(new Set(used).size).toBe(4);
});

function problem(code: ProblemCode): ApiProblem {
  const { status, title } = problems[code];
  return new ApiProblem({
    type: `/problems/${code}`,
    title,
    status,
    code,
    detail: title,
    requestId: 'abcdefgh',
  });
}
