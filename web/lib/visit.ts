import type { Call } from '../../src/contract/client.ts';
import type { PageContext } from '../../src/contract/web.ts';
import { organisationName } from '../../src/contract/wording.ts';
import { inLanguage, type Language, splitLanguage } from './language.ts';
import { messagesIn } from './messages/catalogue.ts';
import type { Messages } from './messages/en.ts';
import type { OpenedSession, Session } from './session.ts';

/** One request for a page: what every page is made from. */
export type Visit = {
  readonly request: Request;
  readonly url: URL;
  /** The path without its language. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly language: Language;
  readonly m: Messages;
  readonly session: Session | null;
  /** `Set-Cookie` headers that go with the answer. */
  readonly cookies: readonly string[];
  /** The API as a stranger sees it. */
  readonly call: Call;
  readonly context: PageContext;
};

export function beginVisit(request: Request, context: PageContext, opened: OpenedSession): Visit {
  const url = new URL(request.url);
  const { language, path } = splitLanguage(url.pathname);
  return {
    request,
    url,
    path,
    query: url.searchParams,
    language,
    m: messagesIn(language),
    session: opened.session,
    cookies: opened.cookies,
    call: context.call,
    context,
  };
}

/** What the place is called that these pages belong to. */
export const siteName = ({ language, m, context }: Pick<Visit, 'language' | 'm' | 'context'>): string =>
  organisationName(language, context.settings) ?? m.site.name;

/** The API as the signed-in visitor. */
export const callAs =
  (visit: Visit, session: Session): Call =>
  (route, input, options) =>
    visit.call(route, input, { ...options, accessToken: session.accessToken });

/** A path of this site in the visitor's language. */
export const link = (visit: Pick<Visit, 'language'>, path: string): string =>
  inLanguage(visit.language, path);

/** A path with the parameters that have a value. */
export function withQuery(path: string, values: Record<string, string | null | undefined>): string {
  const given = Object.entries(values).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** Whether the visitor asked for less: then no web fonts and no photos. */
export const savesData = ({ request }: Pick<Visit, 'request'>): boolean =>
  request.headers.get('save-data')?.toLowerCase() === 'on';

/** `303 See Other` to a path of this site as it stands, after a form was taken. */
export function seeOther(visit: Visit, path: string): Response {
  const headers = new Headers({ location: path, 'cache-control': 'no-store' });
  for (const cookie of visit.cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}

/** What was typed into a field of a form; a file is not text. */
export function typed(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
