import proxy from '@fastify/http-proxy';
import type { FastifyInstance } from 'fastify';
import { apiPrefix } from '../contract/route.ts';
import { routesByService } from '../contract/routes.ts';
import { Problem } from '../platform/problems.ts';

/** Proxies the paths of every service that this process does not run itself. */
export async function mountUpstreams(app: FastifyInstance): Promise<void> {
  const { config } = app.deps;
  const upstreams = { users: config.usersUrl, appointments: config.appointmentsUrl };
  for (const name of ['users', 'appointments'] as const) {
    const upstream = upstreams[name];
    if (config.services.has(name) || !upstream) continue;
    for (const prefix of prefixesOf(name))
      await app.register(proxy, {
        upstream,
        prefix,
        rewritePrefix: prefix,
        // Its lines carry whole addresses, and with them private links.
        disableRequestLogging: true,
        proxyPayloads: true,
        http: { requestOptions: { timeout: 65_000 } },
        replyOptions: {
          // The library would repeat a refused request up to ten times within milliseconds: the caller is told instead.
          retryDelay: () => null,
          onError: (reply) => void reply.send(new Problem('unavailable', undefined, { retryAfter: 2 })),
          rewriteRequestHeaders: (request, headers) => ({
            ...headers,
            'x-request-id': request.id,
            'x-forwarded-for': request.ip,
          }),
        },
      });
  }
}

/** No two services share a first path segment. */
function prefixesOf(name: keyof typeof routesByService): string[] {
  const segments = new Set(routesByService[name].map((route) => route.path.split('/')[1] ?? ''));
  const prefixes = [...segments].map((segment) => `${apiPrefix}/${segment}`);
  return name === 'users' ? [...prefixes, '/photos'] : prefixes;
}
