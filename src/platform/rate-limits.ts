import { randomUUID } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { Problem } from './problems.ts';

/** Requests a minute that one address may make when a route does not say otherwise. */
const perMinute = 600;

/**
 * The header of a call that a page makes to the API of its own process. The page's request has been counted; its value
 * is new with every start, so nobody outside can send it.
 */
export const innerCall = { 'x-inner-call': randomUUID() };

/** Counts requests by address: in memory, or in Redis when several processes must share the count. */
export async function limitRates(app: FastifyInstance, config: Config): Promise<void> {
  if (!config.rateLimit) return;
  const nameSpace = `${config.installation}:limit:${[...config.services].join('+')}:`;
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: '1 minute',
    // Gateways count together; a service behind them counts for itself, or each request would count twice.
    ...(app.redis ? { redis: app.redis.commands, nameSpace } : {}),
    // Routes with a limit of their own, such as signing in, count every call.
    allowList: (request) =>
      request.headers['x-inner-call'] === innerCall['x-inner-call'] && !request.routeOptions.config.rateLimit,
    // Without Redis the site stays open; the limits on passwords are counted in PostgreSQL.
    skipOnError: true,
    errorResponseBuilder: (_, context) =>
      new Problem('too_many_requests', undefined, { retryAfter: Math.ceil(context.ttl / 1000) }),
  });
}
