import type { SendAnswer, SendRequest } from '../../../src/contract/client.ts';
import { ConnectionProblem } from './connection-problem.ts';

/** One request of the browser: an answer, whatever its status, or `ConnectionProblem` after at most ten seconds. */
export const sendByFetch = (request: SendRequest): Promise<SendAnswer> =>
  fetchWithin(10_000, request, async (answer) => ({ status: answer.status, body: await answer.text() }));

export type FileAnswer = { status: number; name: string; content: Blob };

/** The same of an answer that is a file; a report of a busy month takes its time. */
export const sendForFile = (request: SendRequest): Promise<FileAnswer> =>
  fetchWithin(60_000, request, async (answer) => ({
    status: answer.status,
    name: /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '',
    content: await answer.blob(),
  }));

async function fetchWithin<T>(
  timeoutMs: number,
  request: SendRequest,
  read: (answer: Response) => Promise<T>,
): Promise<T> {
  const { url, method, headers, body } = request;
  // AbortSignal.timeout is younger than the phones that come here.
  const ending = new AbortController();
  // A connection that breaks on the way may have brought the request to its end: only this is certain.
  const offline = !navigator.onLine;
  const timer = setTimeout(() => ending.abort(), timeoutMs);
  try {
    const { signal } = ending;
    const answer = await fetch(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
    return await read(answer);
  } catch {
    throw new ConnectionProblem(offline ? 'offline' : 'slow');
  } finally {
    clearTimeout(timer);
  }
}
