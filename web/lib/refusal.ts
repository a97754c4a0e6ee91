import { isProblemCode, type ProblemBody } from '../../src/contract/problems.ts';

/**
 * What the API refused with, or null for any other failure. Known by its name: the built pages carry their own copy of
 * the contract, so that the class of whoever made the call is another one.
 */
export function refusalOf(error: unknown): ProblemBody | null {
  if (!(error instanceof Error) || error.name !== 'ApiProblem' || !('body' in error)) return null;
  return isProblem(error.body) ? error.body : null;
}

const isProblem = (body: unknown): body is ProblemBody =>
  typeof body === 'object' && body !== null && 'code' in body && isProblemCode(body.code);
