import type { SendAnswer, SendRequest } from '../../../src/contract/client.ts';
import { ConnectionProblem } from './connection-problem.ts';

/** Past what the server waits for an upload. */
const patienceMs = 90_000;

/** A request with a file, whose way up is told as a share of 1; `fetch` cannot tell it. */
export const sendUpload = (
  request: SendRequest,
  { field, file, onShare }: { field: string; file: File; onShare: (share: number) => void },
): Promise<SendAnswer> =>
  new Promise((resolve, reject) => {
    const offline = !navigator.onLine;
    const sending = new XMLHttpRequest();
    sending.open(request.method, request.url);
    for (const [name, value] of Object.entries(request.headers)) sending.setRequestHeader(name, value);
    sending.timeout = patienceMs;
    sending.upload.addEventListener('progress', ({ loaded, total }) =>
      onShare(total > 0 ? loaded / total : 0),
    );
    sending.addEventListener('load', () => resolve({ status: sending.status, body: sending.responseText }));
    for (const event of ['error', 'abort', 'timeout'] as const)
      sending.addEventListener(event, () => reject(new ConnectionProblem(offline ? 'offline' : 'slow')));
    const form = new FormData();
    form.append(field, file);
    sending.send(form);
  });
