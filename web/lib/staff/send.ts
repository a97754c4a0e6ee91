import type { SendAnswer, SendRequest } from '../../../src/contract/client.ts';
import { ConnectionProblem } from './connection-problem.ts';

const timeoutMs = 10_000;

/** One request of the browser: an answer, whatever its status, or `ConnectionProblem` after at most ten seconds. */
export async function sendByFetch(request: SendRequest): Promise<SendAnswer> {
  const { url, method, headers, body } = request;
  // AbortSignal.timeout is younger than the phones that come here.
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), timeoutMs);
  try {
    const { signal } = ending;
    const answer = await fetch(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
    return { status: answer.status, body: await answer.text() };
  } catch {
    throw new ConnectionProblem(ending.signal.aborted ? 'slow' : 'offline');
  } finally {
    clearTimeout(timer);
  }
}
