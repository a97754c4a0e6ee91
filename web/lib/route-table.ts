import type { Visit } from './visit.ts';

export type Params = Readonly<Record<string, string>>;

/** A URL of the web app: `path` with `:name` for parameters and `/*` for all that lies below, without the language. */
export type PageRoute = {
  readonly path: string;
  /** The same for everybody: no session is opened, since a file that is kept or downloaded takes no cookies along. */
  readonly sessionless?: true;
  readonly get: (visit: Visit, params: Params) => Promise<Response> | Response;
  readonly post?: (visit: Visit, params: Params, form: FormData) => Promise<Response>;
};

/** The first route that fits the path, with its decoded parameters. */
export function findRoute(
  routes: readonly PageRoute[],
  path: string,
): { route: PageRoute; params: Params } | null {
  for (const route of routes) {
    const params = matchPath(route.path, path);
    if (params) return { route, params };
  }
  return null;
}

function matchPath(pattern: string, path: string): Params | null {
  if (pattern.endsWith('/*')) return `${path}/`.startsWith(pattern.slice(0, -1)) ? {} : null;
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (!part.startsWith(':')) {
      if (part !== value) return null;
    } else {
      // A parameter is a slug or a token: anything else is no page of ours.
      if (!/^[A-Za-z0-9_-]+$/.test(value)) return null;
      params[part.slice(1)] = value;
    }
  }
  return params;
}
