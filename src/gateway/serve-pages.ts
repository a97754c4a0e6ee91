import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { createClient, type Call } from '../contract/client.ts';
import type { PageContext, RenderPage, RenderRefusal } from '../contract/web.ts';
import type { Settings } from '../contract/settings.ts';
import { Problem, problemBody } from '../platform/problems.ts';
import { innerCall } from '../platform/rate-limits.ts';
import { holdSettings } from './hold-settings.ts';

const built = new URL('../../dist/web/', import.meta.url);

/** The web app: pages rendered here for every URL that nothing else answers, and their files. */
export async function servePages(app: FastifyInstance): Promise<void> {
  const web = await loadWeb();
  if (!web) {
    app.log.warn('the web app is not built: pages are not served; npm run build makes it');
    return;
  }
  const settings = holdSettings(app);
  await app.register(async (scope) => {
    await scope.register(helmet, securityHeaders);
    await scope.register(fastifyStatic, {
      root: fileURLToPath(new URL('client/assets/', built)),
      prefix: '/assets/',
      immutable: true,
      maxAge: '365d',
      index: false,
    });
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler(async (error, request, reply) => {
      // Whoever opened a page gets a page; everything else is the API's to word.
      if (!(error instanceof Problem) || request.url.startsWith('/api/')) throw error;
      const { status, code } = problemBody(error, request.id);
      const { retryAfter } = error.extra;
      if (retryAfter !== undefined) void reply.header('retry-after', retryAfter);
      const asked = asWebRequest(request, app.deps.config);
      const context = contextOf(app, request, web.assets, settings.known());
      return sendPage(reply, web.renderRefusal(asked, context, { code, status }));
    });
    scope.route({
      method: ['GET', 'POST'],
      url: '/*',
      handler: async (request, reply) => {
        if (request.url.startsWith('/api/')) throw new Problem('not_found');
        const response = await web.renderPage(
          asWebRequest(request, app.deps.config),
          contextOf(app, request, web.assets, await settings.read()),
        );
        return sendPage(reply, response);
      },
    });
  });
}

type Pages = { renderPage: RenderPage; renderRefusal: RenderRefusal };
type Web = Pages & { assets: PageContext['assets'] };

async function loadWeb(): Promise<Web | null> {
  // The build writes this last, so what it lies beside is whole.
  const list = new URL('assets.json', built);
  if (!existsSync(list)) return null;
  const { renderPage, renderRefusal }: Pages = await import(new URL('server.js', built).href);
  const assets: PageContext['assets'] = JSON.parse(await readFile(list, 'utf8'));
  return { renderPage, renderRefusal, assets };
}

const securityHeaders = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  // Private links stand in the path: no other site may see where a visitor came from.
  referrerPolicy: { policy: 'same-origin' as const },
  crossOriginEmbedderPolicy: false,
};

function asWebRequest(request: FastifyRequest, config: Config): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (typeof value === 'string') headers.set(name, value);
  const url = originOf(request, config) + request.url;
  // A Host header can hold anything.
  if (!URL.canParse(url)) throw new Problem('malformed_request');
  return new Request(url, {
    method: request.method,
    headers,
    ...(typeof request.body === 'string' ? { body: request.body } : {}),
  });
}

/** Behind a proxy that ends TLS only the configuration knows that people came by https. */
export const originOf = (request: FastifyRequest, { publicUrl }: Config): string =>
  publicUrl ? new URL(publicUrl).origin : `${request.protocol}://${request.host}`;

function contextOf(
  app: FastifyInstance,
  request: FastifyRequest,
  assets: PageContext['assets'],
  settings: Settings,
): PageContext {
  return {
    call: callAs(app, request),
    now: app.deps.clock.now().epochMilliseconds,
    requestId: request.id,
    assets,
    settings,
    demoLogins: app.deps.demoLogins,
    onError: (error) => request.log.error({ err: error }, 'page failed'),
  };
}

/**
 * The API in this process, as the visitor: their address counts for routes with a limit of their own, their request id is
 * for the logs, and their browser is what the list of their sign-ins names.
 */
function callAs(app: FastifyInstance, request: FastifyRequest): Call {
  const own = { ...innerCall, 'x-request-id': request.id, 'user-agent': request.headers['user-agent'] };
  return createClient(async ({ method, url, headers, body }) => {
    const answer = await app.inject({
      method,
      url,
      headers: { ...headers, ...own },
      remoteAddress: request.ip,
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: answer.statusCode, body: answer.body };
  });
}

function sendPage(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  void reply.code(response.status);
  for (const [name, value] of response.headers) if (name !== 'set-cookie') void reply.header(name, value);
  for (const cookie of response.headers.getSetCookie()) void reply.header('set-cookie', cookie);
  return response.text().then((body) => reply.send(body));
}
