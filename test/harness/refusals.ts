import { expect } from 'vitest';
import { ApiProblem } from '../../src/contract/client.ts';
import type { ProblemBody, ProblemCode } from '../../src/contract/problems.ts';
import { problems } from '../../src/contract/problems.ts';

/** Expects a call to be refused with this code and a complete problem body, and answers the body. */
export async function refused(answer: Promise<unknown>, code: ProblemCode): Promise<ProblemBody> {
  const body = await answer.then(
    () => null,
    (error: unknown) => {
      if (error instanceof ApiProblem) return error.body;
      throw error;
    },
  );
  if (!body) throw new Error(`expected the refusal ${code}, but it was done`);
  expect(body.code).toBe(code);
  expectProblem(body, code);
  return body;
}

/** The fields that an `invalid_input` complains about. */
export async function refusedFields(answer: Promise<unknown>): Promise<string[]> {
  const { errors = [] } = await refused(answer, 'invalid_input');
  return errors.map((error) => error.path);
}

export function expectProblem(body: ProblemBody, code: ProblemCode): void {
  expect(body).toMatchObject({
    type: `/problems/${code}`,
    title: problems[code].title,
    status: problems[code].status,
    code,
    detail: expect.stringMatching(/\S/),
    requestId: expect.stringMatching(/^[\w-]{8,64}$/),
  });
}
