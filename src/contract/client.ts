import { isProblemCode, type ProblemBody } from './problems.ts';
import { apiPrefix, type Route, type RouteAnswer, type RouteInput, type RoutePreview } from './route.ts';

export type SendRequest = {
  method: Route['method'];
  /** Path and query, from `/api/v1` on. */
  url: string;
  headers: Record<string, string>;
  body?: string;
};

export type SendAnswer = { status: number; body: string };

export type CallOptions = { accessToken?: string; idempotencyKey?: string; guestToken?: string };

/** Calls a route by its value. A refusal is thrown as `ApiProblem`. */
export type Call = <R extends Route>(
  route: R,
  input: RouteInput<R>,
  options?: CallOptions,
) => Promise<RouteAnswer<R>>;

/** A refusal as the server worded it. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(`${body.code}: ${body.detail}`);
    this.body = body;
  }
}

/** `send` is a transport: `fetch` in a browser, an in-process call in the gateway. */
export function createClient(send: (request: SendRequest) => Promise<SendAnswer>): Call {
  return async (route, input, options = {}) => {
    const answer = await sendUntilAnswered(send, writeRequest(route, input, options));
    // The server checks its answers against the same route value, so they are trusted here.
    if (answer.status < 400) return answer.body === '' ? undefined : JSON.parse(answer.body);
    throw new ApiProblem(readProblem(answer));
  };
}

/** What goes over the wire. */
export function writeRequest<R extends Route>(
  route: R,
  input: RouteInput<R>,
  options: CallOptions,
): SendRequest {
  const parts = input as { params?: Values; query?: Values; body?: unknown };
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.accessToken) headers['authorization'] = `Bearer ${options.accessToken}`;
  if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;
  if (options.guestToken) headers['guest-token'] = options.guestToken;
  if (parts.body !== undefined) headers['content-type'] = 'application/json';
  return {
    method: route.method,
    url: fillPath(route.path, parts.params) + queryString(parts.query),
    headers,
    ...(parts.body === undefined ? {} : { body: JSON.stringify(parts.body) }),
  };
}

const patienceMs = [150, 300, 600, 1_000, 1_000, 1_000];

/** The same request may still be worked on, from a press before; its answer is this one's too. */
async function sendUntilAnswered(
  send: (request: SendRequest) => Promise<SendAnswer>,
  request: SendRequest,
): Promise<SendAnswer> {
  for (const pause of patienceMs) {
    const answer = await send(request);
    if (answer.status !== 409 || readProblem(answer).code !== 'request_in_progress') return answer;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return send(request);
}

/** Asks a route what it would change, and changes nothing. */
export async function previewChange<R extends Route>(
  call: Call,
  route: R,
  input: RouteInput<R>,
  options?: CallOptions,
): Promise<RoutePreview<R>> {
  const { query, ...parts } = input as { query?: Values };
  const asked = { ...parts, query: { ...query, preview: true } } as RouteInput<R>;
  const answer: unknown = await call(route, asked, options);
  // With that flag the server answers by the route's other schema.
  return answer as RoutePreview<R>;
}

type Values = Record<string, unknown>;

function fillPath(path: string, params: Values = {}): string {
  return (
    apiPrefix + path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
  );
}

function queryString(query: Values = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  if (given.length === 0) return '';
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/** A refusal, from an answer of 400 or more. */
export function readProblem(answer: SendAnswer): ProblemBody {
  try {
    const body = JSON.parse(answer.body);
    if (isProblemCode(body.code)) return body;
  } catch {
    // Not ours: a proxy's page, or a cut connection. The status is all there is to say.
  }
  return {
    type: 'about:blank',
    title: 'The service is not ready; try again shortly',
    status: answer.status,
    code: 'unavailable',
    detail: `The service answered ${answer.status} without saying why.`,
    requestId: '',
  };
}
