import { confirmOtp, login, logout, refresh } from '../../src/contract/auth.ts';
import type { Call } from '../../src/contract/client.ts';
import type { RouteAnswer } from '../../src/contract/route.ts';
import { userType, type User } from '../../src/contract/users.ts';
import { refusalOf } from './refusal.ts';
import { readCookie, writeCookie } from './cookies.ts';

/** What the header says about a visitor. Who they are, and what they may do, is decided by the API from the token. */
type Known = { readonly name: string; readonly userType: User['userType'] };

/** A visitor who is signed in. */
export type Session = Known & { readonly accessToken: string; readonly refreshToken: string };

/** Who the visitor is, and the cookies that must go back with the answer. */
export type OpenedSession = { session: Session | null; cookies: string[] };

/** Reads the session cookies and exchanges an access token that has ended, or is about to. */
export async function openSession(request: Request, call: Call): Promise<OpenedSession> {
  try {
    return await continueSession(request, call, {});
  } catch (error) {
    if (!refusalOf(error)) throw error;
    // A service that is only busy must not sign anybody out.
    return { session: null, cookies: [] };
  }
}

/**
 * As `openSession`, but a refusal that says nothing about the sign-in is thrown. `afresh` asks for a new access token even
 * where there is one: the API would not take it any more.
 */
export async function continueSession(
  request: Request,
  call: Call,
  options: { afresh?: boolean },
): Promise<OpenedSession> {
  const names = cookieNames(isSecure(request));
  const header = request.headers.get('cookie');
  const refreshToken = readCookie(header, names.refresh);
  if (!refreshToken) return { session: null, cookies: [] };
  const known: Known = {
    name: readCookie(header, names.name) ?? '',
    userType: userType.catch('patient').parse(readCookie(header, names.userType)),
  };
  const accessToken = options.afresh ? null : readCookie(header, names.access);
  if (accessToken) return { session: { ...known, accessToken, refreshToken }, cookies: [] };
  try {
    return keepSession(request, await call(refresh, { body: { refreshToken } }), known);
  } catch (error) {
    const status = refusalOf(error)?.status;
    if (status !== 401 && status !== 403 && status !== 422) throw error;
    return { session: null, cookies: endSession(request) };
  }
}

/** Signs in. Refusals are thrown as `ApiProblem`. */
export async function signIn(
  request: Request,
  call: Call,
  credentials: { login: string; password: string },
): Promise<KeptSession> {
  return keepAnswer(request, await call(login, { body: credentials }));
}

/** Signs in with a code. Refusals are thrown as `ApiProblem`. */
export async function signInByCode(
  request: Request,
  call: Call,
  given: { codeId: string; code: string },
): Promise<KeptSession> {
  return keepAnswer(request, await call(confirmOtp, { body: given }));
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

type KeptSession = { session: Session; cookies: string[] };
type Tokens = Pick<RouteAnswer<typeof refresh>, 'accessToken' | 'expiresIn' | 'refreshToken'>;

// The access cookie ends a minute before its token, so that its absence is the sign to refresh and no clock is compared.
const refreshAheadSeconds = 60;
const staySignedInSeconds = 30 * 24 * 3600;

function keepSession(request: Request, tokens: Tokens, known: Known): KeptSession {
  const secure = isSecure(request);
  const names = cookieNames(secure);
  const { accessToken, refreshToken } = tokens;
  const cookie = (cookieName: string, value: string, seconds: number): string =>
    writeCookie({ name: cookieName, value, seconds, secure });
  return {
    session: { ...known, accessToken, refreshToken },
    cookies: [
      cookie(names.access, accessToken, Math.max(1, tokens.expiresIn - refreshAheadSeconds)),
      cookie(names.refresh, refreshToken, staySignedInSeconds),
      cookie(names.name, known.name, staySignedInSeconds),
      cookie(names.userType, known.userType, staySignedInSeconds),
    ],
  };
}

function keepAnswer(request: Request, answer: RouteAnswer<typeof login>): KeptSession {
  const { fullName: name, userType } = answer.user;
  return keepSession(request, answer, { name, userType });
}

const isSecure = (request: Request): boolean => request.url.startsWith('https:');

type CookieNames = { access: string; refresh: string; name: string; userType: string };

function cookieNames(secure: boolean): CookieNames {
  // Browsers refuse `__Host-` without Secure, and Secure on plain http.
  const prefix = secure ? '__Host-shomoy' : 'shomoy';
  return {
    access: `${prefix}-access`,
    refresh: `${prefix}-refresh`,
    name: `${prefix}-name`,
    userType: `${prefix}-user-type`,
  };
}
