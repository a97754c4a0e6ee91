import { type Call, createClient } from '../../../src/contract/client.ts';
import { refusalOf } from '../refusal.ts';
import { ConnectionProblem } from './connection-problem.ts';
import { sendByFetch } from './send.ts';
import { SignedOut, type StaffSession } from './session.ts';

/** The API as whoever is signed in. A token that is refused is replaced once; such a request has done nothing yet. */
export function createStaffCall(session: StaffSession, send = sendByFetch): Call {
  const call = createClient(send);
  return async (route, input, options) => {
    const accessToken = await session.accessToken();
    try {
      return await call(route, input, { ...options, accessToken });
    } catch (error) {
      if (refusalOf(error)?.status !== 401) throw error;
      const replaced = await session.replaceToken(accessToken);
      return await call(route, input, { ...options, accessToken: replaced }).catch((again: unknown) => {
        throw refusalOf(again)?.status === 401 ? new SignedOut() : again;
      });
    }
  };
}

/** Whether asking once more may help: nobody answered, or the service was not ready. */
export function mayPass(error: unknown): boolean {
  return error instanceof ConnectionProblem || (refusalOf(error)?.status ?? 0) >= 500;
}
