import type { SendAnswer, SendRequest } from '../../../src/contract/client.ts';
import { ConnectionProblem } from './connection-problem.ts';

/** One request of the browser: an answer, whatever its status, or `ConnectionProblem` after at most ten seconds. */
export const sendByFetch = (request: SendRequest): Promise<SendAnswer> =>
  fetchWithin(10_000, request, async (answer) => ({ status: answer.status, body: await answer.text() }));

export type FileAnswer = { status: number; name: string; content: Blob };

/** The same of an answer that is a file: a report of a busy month takes its time, and a large one comes for minutes. */
export const sendForFile = (request: SendRequest): Promise<FileAnswer> =>
  fetchWithin(60_000, request, async (answer, stillComing) => {
    const parts: BlobPart[] = [];
    const reader = answer.body?.getReader();
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      parts.push(part.value);
      stillComing();
    }
    return {
      status: answer.status,
      name: /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? '',
      content: new Blob(parts, { type: answer.headers.get('content-type') ?? '' }),
    };
  });

async function fetchWithin<T>(
  timeoutMs: number,
  request: SendRequest,
  read: (answer: Response, stillComing: () => void) => Promise<T>,
): Promise<T> {
  const { url, method, headers, body } = request;
  // AbortSignal.timeout is younger than the phones that come here.
  const ending = new AbortController();
  // A connection that breaks on the way may have brought the request to its end: only this is certain.
  const offline = !navigator.onLine;
  const wait = () => setTimeout(() => ending.abort(), timeoutMs);
  let timer = wait();
  // Only silence ends it: a long answer may take longer than one that does not come.
  const stillComing = (): void => {
    clearTimeout(timer);
    timer = wait();
  };
  try {
    const { signal } = ending;
    const answer = await fetch(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
    return await read(answer, stillComing);
  } catch {
    throw new ConnectionProblem(offline ? 'offline' : 'slow');
  } finally {
    clearTimeout(timer);
  }
}
