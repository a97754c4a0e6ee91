import type { SendAnswer, SendRequest } from '../../../src/contract/client.ts';
import { ConnectionProblem } from './connection-problem.ts';

const timeoutMs = 10_000;

/** One request of the browser: an answer, whatever its status, or `ConnectionProblem` after at most ten seconds. */
export async function sendByFetch(request: SendRequest): Promise<SendAnswer> {
  const { url, method, headers, body } = request;
  // AbortSignal.timeout is younger than the phones that come here.
  const ending = new AbortController();
  // A connection that breaks on the way may have brought the request to its end: only this is certain.
  const offline = !navigator.onLine;
  const timer = setTimeout(() => ending.abort(), timeoutMs);
  try {
    const { signal } = ending;
    const answer = await fetch(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
    return { status: answer.status, body: await answer.text() };
  } catch {
    throw new ConnectionProblem(offline ? 'offline' : 'slow');
  } finally {
    clearTimeout(timer);
  }
}
