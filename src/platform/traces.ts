import { createHash } from 'node:crypto';
import {
  context,
  diag,
  DiagLogLevel,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
} from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type pg from 'pg';
import type { Config } from '../config.ts';
import type { Log } from './log.ts';
import { currentRequestId, inRequest } from './request-scope.ts';

// A span carries the route's pattern, a task's or a statement's name, ids and outcomes: never values, paths or texts of
// errors, which have people's data in them.

const tracer = trace.getTracer('shomoy');

/**
 * Sends spans to an OpenTelemetry collector where one is configured; elsewhere nothing is loaded and a span costs
 * nothing. The SDK reads the other OTEL_ variables (sampler, headers, service name) by itself.
 */
export async function startTraces({ config, log }: { config: Config; log: Log }): Promise<{
  stop(): Promise<void>;
}> {
  if (config.tracesUrl === undefined) return { stop: async () => undefined };
  const { BatchSpanProcessor, NodeTracerProvider, RandomIdGenerator } =
    await import('@opentelemetry/sdk-trace-node');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } =
    await import('@opentelemetry/resources');
  const unavailable = () => log.warn('the traces’ collector takes nothing; requests go on without');
  diag.setLogger(
    { error: unavailable, warn: unavailable, info: nothing, debug: nothing, verbose: nothing },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
  const random = new RandomIdGenerator();
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': `shomoy-${[...config.services].join('-')}` }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [
      new BatchSpanProcessor(
        new OTLPTraceExporter({ url: `${config.tracesUrl}/v1/traces`, timeoutMillis: 10_000 }),
        { scheduledDelayMillis: 1_000 },
      ),
    ],
    idGenerator: {
      generateSpanId: () => random.generateSpanId(),
      generateTraceId: () => traceIdOf(currentRequestId()) ?? random.generateTraceId(),
    },
  });
  provider.register();
  return {
    async stop() {
      // A collector that is away must not hold up a stop.
      await Promise.race([provider.shutdown().catch(unavailable), patience(2_000)]);
    },
  };
}

const nothing = (): void => undefined;

const patience = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds).unref());

/**
 * A request's trace has its id: the number that a person is told finds the trace, and jobs and services, which get that
 * id anyhow, stand in the same one.
 */
function traceIdOf(requestId: string | null): string | null {
  if (requestId === null) return null;
  const digits = requestId.replaceAll('-', '').toLowerCase();
  if (/^[0-9a-f]{32}$/.test(digits) && !/^0+$/.test(digits)) return digits;
  return createHash('sha256').update(requestId).digest('hex').slice(0, 32);
}

declare module 'fastify' {
  interface FastifyRequest {
    trace: { context: Context; span: Span } | null;
  }
}

/** A span for every request of this server, in which its hooks run; `inTrace` takes its handler there too. */
export function traceRequests(app: FastifyInstance, config: Config): void {
  app.decorateRequest('trace', null);
  if (config.tracesUrl === undefined) return;
  // Only behind a gateway is somebody else's word on where a trace belongs of any use.
  const behindGateway = !config.services.has('gateway');
  app.addHook('onRequest', (request, _reply, done) => {
    const { url } = request.routeOptions;
    if (url?.startsWith('/health') || url === '/metrics') return done();
    const above = behindGateway ? propagation.extract(ROOT_CONTEXT, request.headers) : ROOT_CONTEXT;
    const span = inRequest(request.id, () =>
      tracer.startSpan(
        `${request.method} ${url ?? 'none'}`,
        {
          kind: SpanKind.SERVER,
          attributes: {
            'http.request.method': request.method,
            'http.route': url ?? 'none',
            'shomoy.request_id': request.id,
          },
        },
        above,
      ),
    );
    request.trace = { span, context: trace.setSpan(above, span) };
    context.with(request.trace.context, done);
  });
  app.addHook('onResponse', async ({ trace: own, actor }, { statusCode }) => {
    if (!own) return;
    own.span.setAttribute('http.response.status_code', statusCode);
    if (actor) own.span.setAttribute('user.id', String(actor.userId));
    if (statusCode >= 500) own.span.setStatus({ code: SpanStatusCode.ERROR });
    own.span.end();
  });
}

type Traced = Pick<FastifyRequest, 'trace'>;

/** Reading a body leaves the hooks' context; the handler is brought back into it. */
export const inTrace = <Result>({ trace: own }: Traced, work: () => Result): Result =>
  own ? context.with(own.context, work) : work();

/** The header by which a service puts its span below the gateway's; empty without traces. */
export function traceHeaders({ trace: own }: Traced): Record<string, string> {
  const headers: Record<string, string> = {};
  if (own) propagation.inject(own.context, headers);
  return headers;
}

/** Runs a job, or an event's delivery, in a span of its own. */
export const inSpan = <Result>(
  name: string,
  attributes: Attributes,
  work: () => Promise<Result>,
): Promise<Result> =>
  tracer.startActiveSpan(name, { kind: SpanKind.CONSUMER, attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });

/** A span for each statement of a connection that belongs to some request or job. */
export function traceStatements(client: pg.PoolClient): void {
  const query: (...args: unknown[]) => unknown = client.query.bind(client);
  const traced = (...args: unknown[]): unknown => {
    if (!trace.getActiveSpan()) return query(...args);
    const span = tracer.startSpan(nameOf(args[0]), {
      kind: SpanKind.CLIENT,
      attributes: { 'db.system.name': 'postgresql' },
    });
    const result = query(...args);
    if (!(result instanceof Promise)) {
      span.end();
      return result;
    }
    return result.then(
      (value: unknown) => {
        span.end();
        return value;
      },
      (error: unknown) => {
        span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
        throw error;
      },
    );
  };
  Object.assign(client, { query: traced });
}

/** The statement's own name, or its first words: the text itself may be long, and parameters are not in it. */
function nameOf(statement: unknown): string {
  if (typeof statement === 'object' && statement !== null) {
    if ('name' in statement && typeof statement.name === 'string') return statement.name;
    if ('text' in statement) return nameOf(statement.text);
  }
  return typeof statement === 'string' ? statement.trim().slice(0, 40).replaceAll(/\s+/g, ' ') : 'statement';
}
