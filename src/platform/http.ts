import { createHash, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import underPressure from '@fastify/under-pressure';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { answerSchema } from '../contract/openapi.ts';

import {
  apiPrefix,
  type Route,
  type RouteAnswer,
  type RoutePreview,
  type RouteRequest,
} from '../contract/route.ts';
import type { Actor } from './access-tokens.ts';
import { authenticator, identifier, saysWho, type Authenticate } from './authenticate.ts';
import { openCache, type Cache } from './cache.ts';
import { isUnavailable } from './database.ts';
import type { Deps } from './deps.ts';
import { Problem, problemBody } from './problems.ts';
import { healthRoutes } from './health.ts';
import type { InnerAnswers } from './inner-calls.ts';
import { openLive, type Live } from './live.ts';
import { openRedis, type SharedRedis } from './redis.ts';
import type { Idempotency } from './idempotency.ts';
import { limitRates } from './rate-limits.ts';
import { metricsRoute } from './metrics-route.ts';
import { inRequest, touched } from './request-scope.ts';
import { inTrace, traceRequests } from './traces.ts';

declare module 'fastify' {
  interface FastifyInstance {
    authenticate: Authenticate;
    identify: ReturnType<typeof identifier>;
    /** What this process needs besides the database, by name; without them it works, but worse. */
    watched: Map<string, () => 'ok' | 'unavailable'>;
    deps: Deps;
    inner: InnerAnswers;
    /** Null: not configured. */
    redis: SharedRedis | null;
    live: Live;
    cache: Cache;
  }
  interface FastifyContextConfig {
    /** Answered by a process that is too busy for others: who asks must not take it for dead, and restart it. */
    forWatchers?: true;
  }
}

/** An empty server with Shomoy's manners; services register their routes on it. */
export async function createServer(deps: Deps): Promise<FastifyInstance> {
  const { config } = deps;
  const loggerInstance: FastifyBaseLogger = deps.log;
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestId,
    // `true` would let any client choose its own address and with it pass every limit.
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    bodyLimit: 64 * 1024,
    // A photo of 5 MB from a phone on a poor line; headers and idle connections have shorter limits.
    requestTimeout: 60_000,
    // A start on a busy machine is slow, not broken.
    pluginTimeout: 60_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    // Node looks for late headers only every 30 s by default.
    http: {
      headersTimeout: 10_000,
      connectionsCheckingInterval: 2_000,
      maxHeaderSize: 16 * 1024,
      // Anywhere else the wish for a WebSocket is ignored, as HTTP allows: the request keeps its body and its time-outs.
      shouldUpgradeCallback: ({ url }) => /^\/api\/[^?]*\/stream(\?|$)/.test(url ?? ''),
    },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    routerOptions: { maxParamLength: 200, querystringParser: parseQuery },
    // An address that cannot be decoded reaches neither hooks nor the error handler.
    frameworkErrors: (error, request, reply) => {
      void reply.header('x-request-id', request.id);
      answerError(error, request, reply);
    },
  });
  app.decorate('deps', deps);
  app.decorateRequest('actor', null);
  const authenticate = authenticator(deps);
  app.decorate('authenticate', authenticate);
  app.decorate('identify', identifier({ deps, authenticate }));
  app.decorate('watched', new Map());
  app.decorate('inner', new Map());
  await share(app, deps);
  app.setValidatorCompiler(({ schema }) => validator(schema));
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, new Problem('not_found')));
  app.addHook(
    'onRequest',
    async (request, reply) =>
      void reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' }),
  );
  traceRequests(app, config);
  app.addHook('onRequest', checkIdempotencyKey);
  app.addHook('onResponse', logResponse);
  app.addHook('onResponse', countResponse);
  // Before the limits, which hold for what is registered after them.
  healthRoutes(app);
  metricsRoute(app);
  await shedLoad(app, config);
  await limitRates(app, config);
  return app;
}

/** What this process shares with the others of the installation. */
async function share(app: FastifyInstance, deps: Deps): Promise<void> {
  const { redisUrl } = deps.config;
  const redis = redisUrl === undefined ? null : await openRedis(redisUrl, deps.log);
  const live = openLive(deps, redis);
  app.decorate('redis', redis);
  app.decorate('live', live);
  app.decorate('cache', openCache(redis, { ...deps.config, log: deps.log }));
  if (redis) app.watched.set('redis', redis.state);
  app.addHook('onClose', async () => {
    await live.close();
    redis?.close();
  });
}

/** Refuses at once what would only wait, when the event loop is late. */
async function shedLoad(app: FastifyInstance, { loadShedding }: Config): Promise<void> {
  if (!loadShedding) return;
  await app.register(underPressure, {
    maxEventLoopDelay: 1_000,
    retryAfter: 2,
    pressureHandler: ({ routeOptions }) => {
      if (routeOptions.config.forWatchers) return;
      throw new Problem('unavailable', 'The service is busy; try again shortly.', { retryAfter: 2 });
    },
  });
}

/** Compresses text from a kilobyte on. For the process that people's lines end at. */
export async function compressAnswers(app: FastifyInstance): Promise<void> {
  await app.register(compress, {
    threshold: 1_024,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
  });
}

/** What a handler gets besides the parsed parts of the request. */
type Context<R extends Route> = {
  actor: R['access'] extends 'public' ? null : R['access'] extends 'anyone' ? Actor | null : Actor;
  now: Temporal.Instant;
  /** Null when the caller sent none; only on routes that take one. */
  idempotency: Idempotency;
  /** The header as it was sent; empty without one. Only on routes that take it. */
  guestToken: string;
  raw: FastifyRequest;
};

/** An answer that is saved, not shown. */
export class FileAnswer {
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly content: Buffer | Readable;
  /** `name` is ASCII without quotes. */
  constructor(
    file: { name: string; type: string } & ({ content: Buffer } | { content: Readable; bytes: number }),
  ) {
    this.name = file.name;
    this.type = file.type;
    this.bytes = 'bytes' in file ? file.bytes : file.content.length;
    this.content = file.content;
  }
}

type File<R extends Route> = R['files'] extends readonly string[] ? FileAnswer : never;

export type Handler<R extends Route> = (
  request: RouteRequest<R> & Context<R>,
) => Promise<RouteAnswer<R> | RoutePreview<R> | File<R>>;

/** A route's path as the router writes it. */
export const urlOf = ({ path }: Route): string => apiPrefix + path.replace(/\{(\w+)\}/g, ':$1');

/** Registers a route value with its handler. */
export function serve<R extends Route>(app: FastifyInstance, route: R, handler: Handler<R>): void {
  const { ok, access } = route;
  app.route({
    method: route.method,
    url: urlOf(route),
    schema: {
      ...(route.params ? { params: route.params } : {}),
      ...(route.query ? { querystring: route.query } : {}),
      ...(route.body ? { body: route.body } : {}),
      ...(ok.body ? { response: { [ok.status]: answerSchema(ok.body) } } : {}),
    },
    ...(route.perMinute ? { config: { rateLimit: { max: route.perMinute, timeWindow: '1 minute' } } } : {}),
    // After the rate limit, so that guessing tokens is counted, and before the body is read.
    preParsing: async (request) => {
      // A token that has ended must not keep its owner from signing in again, or from what everybody may see.
      if (access === 'public') return;
      if (access === 'anyone' && !saysWho(request.headers)) return;
      request.actor = await app.identify(request.headers);
      if (!request.actor) throw new Problem('not_signed_in');
      if (access !== 'anyone' && access !== 'signed-in' && !access.includes(request.actor.userType))
        throw new Problem('not_allowed');
    },
    handler: async (request, reply) => {
      // The route value decides the types: its schemas have parsed the parts, and its access has set the actor.
      const context: unknown = {
        params: request.params,
        query: request.query,
        body: request.body,
        actor: request.actor,
        now: app.deps.clock.now(),
        idempotency: route.idempotent ? readIdempotency(request) : null,
        guestToken: route.guest ? readGuestToken(request) : '',
        raw: request,
      };
      const answer = await inTrace(request, () =>
        inRequest(request.id, async () => {
          const done = await handler(context as RouteRequest<R> & Context<R>);
          // Before the answer: whoever changed something sees it at the next look.
          await app.cache.forget(touched());
          return done;
        }),
      );
      if (answer instanceof FileAnswer) return sendFile(reply, answer);
      if (route.preview && isPreview(request.query)) return sendPreview(reply, route.preview, answer);
      return reply.code(ok.status).header('cache-control', 'no-store').send(answer);
    },
  });
}

const sendFile = (reply: FastifyReply, { name, type, bytes, content }: FileAnswer): FastifyReply =>
  reply
    .code(200)
    .headers({
      'cache-control': 'no-store',
      'content-length': bytes,
      'content-disposition': `attachment; filename="${name}"`,
      'content-security-policy': "default-src 'none'; sandbox",
    })
    .type(type)
    .send(content);

const isPreview = (query: unknown): boolean =>
  typeof query === 'object' && query !== null && 'preview' in query && query.preview === true;

/** The framework knows one schema for each status, and 200 may already be the answer's. */
function sendPreview(reply: FastifyReply, schema: z.ZodType, preview: unknown): FastifyReply {
  return reply
    .code(200)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .serializer((text: string) => text)
    .send(JSON.stringify(schema.parse(preview)));
}

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null;
  }
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const body = problemBody(problem, request.id);
  if (problem.extra.retryAfter !== undefined) void reply.header('retry-after', problem.extra.retryAfter);
  if (body.status === 401) void reply.header('www-authenticate', 'Bearer');
  return reply
    .code(body.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(body);
}

function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(request, reply, toProblem(error, request));
}

/** Our own refusals pass; the framework's are translated; what is unknown is logged once and told as a 500. */
function toProblem(error: FastifyError, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof BadInput)
    return new Problem('invalid_input', 'Some fields need another look.', { errors: error.errors });
  if (isUnavailable(error)) {
    request.log.warn({ err: error }, 'database unavailable');
    return new Problem('unavailable', undefined, { retryAfter: 2 });
  }
  switch (error.statusCode) {
    case 413:
      return new Problem('payload_too_large');
    case 415:
      return new Problem('unsupported_media_type');
    case 429:
      return new Problem('too_many_requests', undefined, { retryAfter: 30 });
    case 502:
    case 503:
    case 504:
      return new Problem('unavailable', undefined, { retryAfter: 2 });
    default:
      if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500)
        return new Problem('malformed_request');
  }
  request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
  return new Problem('internal_error', `Please try again. If it stays, tell us the number ${request.id}.`);
}

class BadInput extends Error {
  readonly errors: { path: string; message: string }[];
  constructor(errors: { path: string; message: string }[]) {
    super('bad input');
    this.errors = errors;
  }
}

type Validate = (data: unknown) => { value: unknown } | { error: Error };

function validator(schema: unknown): Validate {
  if (!(schema instanceof z.ZodType)) throw new TypeError('a route’s schema must be a zod type');
  return (data) => {
    // PostgreSQL refuses NUL in any text, so no field may carry one.
    const unfit = pathOfUnfit(data, '', 0);
    if (unfit !== null) return { error: new BadInput([{ path: unfit, message: 'Use plain text' }]) };
    const parsed = schema.safeParse(data ?? {});
    if (parsed.success) return { value: parsed.data };
    return {
      error: new BadInput(
        parsed.error.issues.map((issue) =>
          issue.code === 'unrecognized_keys'
            ? {
                path: [...issue.path, issue.keys[0] ?? ''].join('.'),
                message: 'This field is not known here',
              }
            : { path: issue.path.join('.'), message: plainMessage(issue) },
        ),
      ),
    };
  };
}

function plainMessage(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined && /undefined/.test(issue.message))
    return 'Fill this in';
  return issue.message;
}

// No route takes anything nearly as deep, and recursion over 64 KB of brackets would overflow the stack.
const deepest = 20;

/** Where a NUL is, or something nested past all reason. */
function pathOfUnfit(value: unknown, path: string, depth: number): string | null {
  if (typeof value === 'string') return value.includes('\u0000') ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  if (depth === deepest) return path.split('.', 1)[0] ?? '';
  for (const [key, part] of Object.entries(value)) {
    const found = pathOfUnfit(part, path === '' ? key : `${path}.${key}`, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** A parameter given twice is refused rather than guessed at: it reaches the schema as a list. */
function parseQuery(text: string): Record<string, unknown> {
  const values: Record<string, unknown> = Object.create(null);
  const given = new URLSearchParams(text);
  for (const name of new Set(given.keys())) {
    const all = given.getAll(name);
    values[name] = all.length === 1 ? all[0] : all;
  }
  return values;
}

function requestId(request: { headers: Record<string, unknown> }): string {
  const sent = request.headers['x-request-id'];
  return typeof sent === 'string' && /^[\w-]{8,64}$/.test(sent) ? sent : randomUUID();
}

/** Checked before anything else, so that a gateway hands on nothing that HTTP cannot carry. */
async function checkIdempotencyKey(request: FastifyRequest): Promise<void> {
  const key = request.headers['idempotency-key'];
  if (key === undefined || (typeof key === 'string' && /^[\x21-\x7e]{8,100}$/.test(key))) return;
  throw new Problem('invalid_input', 'Idempotency-Key must be 8 to 100 visible ASCII characters.', {
    errors: [{ path: 'Idempotency-Key', message: 'Use 8 to 100 visible ASCII characters' }],
  });
}

function readIdempotency(request: FastifyRequest): Idempotency {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string') return null;
  const what = JSON.stringify([request.method, request.url, request.body]);
  return { key, fingerprint: createHash('sha256').update(what).digest() };
}

function readGuestToken({ headers }: FastifyRequest): string {
  const token = headers['guest-token'];
  return typeof token === 'string' ? token : '';
}

async function logResponse(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { url } = request.routeOptions;
  // The route's pattern, never the path: paths carry names and private links.
  const line = {
    method: request.method,
    route: url ?? 'none',
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    user: request.actor?.userId,
  };
  if (url?.startsWith('/health')) request.log.debug(line, 'request');
  else request.log.info(line, 'request');
}

async function countResponse(
  this: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { metrics } = this.deps;
  const { method } = request;
  const route = request.routeOptions.url ?? 'none';
  metrics.requests.observe({ method, route }, reply.elapsedTime / 1_000);
  metrics.answers.inc({ method, route, status: reply.statusCode });
}
