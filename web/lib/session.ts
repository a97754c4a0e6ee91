import { login, logout, refresh } from '../../src/contract/auth.ts';
import type { Call } from '../../src/contract/client.ts';
import type { RouteAnswer } from '../../src/contract/route.ts';
import { refusalOf } from './refusal.ts';
import { readCookie, writeCookie } from './cookies.ts';

/** A visitor who is signed in. The name is for the header; who they are is decided by the API from the token. */
export type Session = { readonly accessToken: string; readonly refreshToken: string; readonly name: string };

/** Who the visitor is, and the cookies that must go back with the answer. */
export type OpenedSession = { session: Session | null; cookies: string[] };

/** Reads the session cookies and exchanges an access token that has ended, or is about to. */
export async function openSession(request: Request, call: Call): Promise<OpenedSession> {
  const names = cookieNames(isSecure(request));
  const header = request.headers.get('cookie');
  const refreshToken = readCookie(header, names.refresh);
  if (!refreshToken) return { session: null, cookies: [] };
  const name = readCookie(header, names.name) ?? '';
  const accessToken = readCookie(header, names.access);
  if (accessToken) return { session: { accessToken, refreshToken, name }, cookies: [] };
  try {
    const tokens = await call(refresh, { body: { refreshToken } });
    return keepSession(request, tokens, name);
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    // A service that is only busy must not sign anybody out.
    const ended = refusal.status === 401 || refusal.status === 403 || refusal.status === 422;
    return { session: null, cookies: ended ? endSession(request) : [] };
  }
}

/** Signs in. Refusals are thrown as `ApiProblem`. */
export async function signIn(
  request: Request,
  call: Call,
  credentials: { login: string; password: string },
): Promise<OpenedSession> {
  const answer = await call(login, { body: credentials });
  return keepSession(request, answer, answer.user.fullName);
}

/** Ends the sign-in, and forgets it here even if the API could not be told. Returns the cookies to send. */
export async function signOut(
  request: Request,
  call: Call,
  { session, onError }: { session: Session | null; onError: (error: unknown) => void },
): Promise<string[]> {
  const { refresh: name } = cookieNames(isSecure(request));
  // The cookie stands in where the session could not be opened: the sign-in lives all the same.
  const refreshToken = session?.refreshToken ?? readCookie(request.headers.get('cookie'), name);
  if (refreshToken) {
    try {
      await call(logout, { body: { refreshToken } });
    } catch (error) {
      onError(error);
    }
  }
  return endSession(request);
}

/** Cookies that take the session out of the browser. */
export function endSession(request: Request): string[] {
  const secure = isSecure(request);
  return Object.values(cookieNames(secure)).map((name) =>
    writeCookie({ name, value: '', seconds: 0, secure }),
  );
}

type Tokens = Pick<RouteAnswer<typeof refresh>, 'accessToken' | 'expiresIn' | 'refreshToken'>;

// The access cookie ends a minute before its token, so that its absence is the sign to refresh and no clock is compared.
const refreshAheadSeconds = 60;
const staySignedInSeconds = 30 * 24 * 3600;

function keepSession(request: Request, tokens: Tokens, name: string): OpenedSession {
  const secure = isSecure(request);
  const names = cookieNames(secure);
  const { accessToken, refreshToken } = tokens;
  const cookie = (cookieName: string, value: string, seconds: number): string =>
    writeCookie({ name: cookieName, value, seconds, secure });
  return {
    session: { accessToken, refreshToken, name },
    cookies: [
      cookie(names.access, accessToken, Math.max(1, tokens.expiresIn - refreshAheadSeconds)),
      cookie(names.refresh, refreshToken, staySignedInSeconds),
      cookie(names.name, name, staySignedInSeconds),
    ],
  };
}

const isSecure = (request: Request): boolean => request.url.startsWith('https:');

function cookieNames(secure: boolean): { access: string; refresh: string; name: string } {
  // Browsers refuse `__Host-` without Secure, and Secure on plain http.
  const prefix = secure ? '__Host-shomoy' : 'shomoy';
  return { access: `${prefix}-access`, refresh: `${prefix}-refresh`, name: `${prefix}-name` };
}
