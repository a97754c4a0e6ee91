import {
  ApiProblem,
  type Call,
  createClient,
  readProblem,
  writeRequest,
} from '../../../src/contract/client.ts';
import type { Route, RouteAnswer, RouteInput } from '../../../src/contract/route.ts';
import { refusalOf } from '../refusal.ts';
import { ConnectionProblem } from './connection-problem.ts';
import { sendByFetch, sendForFile } from './send.ts';
import { sendUpload } from './send-upload.ts';
import { SignedOut, type StaffSession } from './session.ts';

/** The API as whoever is signed in. */
export function createStaffCall(session: StaffSession, send = sendByFetch): Call {
  const call = createClient(send);
  return (route, input, options) =>
    withToken(session, (accessToken) => call(route, input, { ...options, accessToken }));
}

/** A file that a route answers, as whoever is signed in. */
export type Download = <R extends Route>(
  route: R,
  input: RouteInput<R>,
) => Promise<{ name: string; content: Blob }>;

export const createStaffDownload =
  (session: StaffSession, send = sendForFile): Download =>
  (route, input) =>
    withToken(session, async (accessToken) => {
      const { status, name, content } = await send(writeRequest(route, input, { accessToken }));
      if (status < 400) return { name, content };
      throw new ApiProblem(readProblem({ status, body: await content.text() }));
    });

/** A file for a route that takes one, as whoever is signed in. */
export type Upload = <R extends Route & { file: string }>(
  route: R,
  input: RouteInput<R>,
  upload: { file: File; onShare: (share: number) => void },
) => Promise<RouteAnswer<R>>;

export const createStaffUpload =
  (session: StaffSession, send = sendUpload): Upload =>
  (route, input, upload) =>
    withToken(session, async (accessToken) => {
      const answer = await send(writeRequest(route, input, { accessToken }), {
        field: route.file,
        ...upload,
      });
      if (answer.status < 400) return JSON.parse(answer.body);
      throw new ApiProblem(readProblem(answer));
    });

/** A token that is refused is replaced once; such a request has done nothing yet. */
async function withToken<T>(session: StaffSession, ask: (accessToken: string) => Promise<T>): Promise<T> {
  const accessToken = await session.accessToken();
  try {
    return await ask(accessToken);
  } catch (error) {
    if (refusalOf(error)?.status !== 401) throw error;
    const replaced = await session.replaceToken(accessToken);
    return await ask(replaced).catch((again: unknown) => {
      throw refusalOf(again)?.status === 401 ? new SignedOut() : again;
    });
  }
}

/** Whether asking once more may help: nobody answered, or the service was not ready. */
export function mayPass(error: unknown): boolean {
  return error instanceof ConnectionProblem || (refusalOf(error)?.status ?? 0) >= 500;
}
