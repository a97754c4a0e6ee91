import proxy from '@fastify/http-proxy';
import type { FastifyInstance } from 'fastify';
import type { Route } from '../contract/route.ts';
import { routesByService } from '../contract/routes.ts';
import { actorHeader, actorHeaders, type Finding } from '../platform/actor-header.ts';
import { urlOf } from '../platform/http.ts';
import { Problem } from '../platform/problems.ts';
import { traceHeaders } from '../platform/traces.ts';

/** Proxies the routes of every service that this process does not run itself. */
export async function mountUpstreams(app: FastifyInstance): Promise<void> {
  const { config, secrets, clock } = app.deps;
  const { sign } = actorHeaders(secrets);
  const upstreams = { users: config.usersUrl, appointments: config.appointmentsUrl };
  app.decorateRequest('vouched', undefined);
  for (const name of ['users', 'appointments'] as const) {
    const upstream = upstreams[name];
    if (config.services.has(name) || !upstream) continue;
    const routes: readonly Route[] = routesByService[name];
    const open = new Set(routes.filter(({ access }) => access === 'public').map(keyOf));
    await app.register(async (scope) => {
      // The access token stays here: the service gets our word for who is calling, good for it alone and a minute.
      scope.addHook('preHandler', async (request) => {
        const { authorization } = request.headers;
        if (authorization === undefined || open.has(`${request.method} ${request.routeOptions.url}`)) return;
        request.vouched = await sign(await findCaller(app, authorization), name, clock.now());
      });
      await scope.register(proxy, {
        upstream,
        routes: [...new Set(routes.map(urlOf)), ...(name === 'users' ? ['/photos/:name'] : [])],
        // Its lines carry whole addresses, and with them private links.
        disableRequestLogging: true,
        proxyPayloads: true,
        http: { requestOptions: { timeout: 65_000 } },
        replyOptions: {
          // The library would repeat a refused request up to ten times within milliseconds: the caller is told instead.
          retryDelay: () => null,
          onError: (reply) => void reply.send(new Problem('unavailable', undefined, { retryAfter: 2 })),
          rewriteRequestHeaders: (request, headers) => ({
            ...Object.fromEntries(Object.entries(headers).filter(([header]) => !ours.has(header))),
            ...(request.vouched === undefined ? {} : { [actorHeader]: request.vouched }),
            ...traceHeaders(request),
            'x-request-id': request.id,
            'x-forwarded-for': request.ip,
          }),
        },
      });
    });
  }
}

/** What a caller sent under these names is not for the services. */
const ours = new Set(['authorization', actorHeader]);

declare module 'fastify' {
  interface FastifyRequest {
    vouched: string | undefined;
  }
}

const keyOf = (route: Route): string => `${route.method} ${urlOf(route)}`;

/** A token that opens nothing is the service's to refuse, and only where the route asks for one. */
async function findCaller(app: FastifyInstance, authorization: string): Promise<Finding> {
  try {
    const actor = await app.authenticate(authorization);
    return actor ? { actor } : { refusal: 'token_expired' };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code } = error;
    if (code === 'token_expired' || code === 'account_inactive') return { refusal: code };
    throw error;
  }
}
