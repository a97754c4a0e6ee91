import { randomUUID } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { Redis } from 'ioredis';
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
  const redis = config.redisUrl ? connect(config.redisUrl) : undefined;
  redis?.on('error', () => app.log.warn('redis is out of reach: rate limits are not counted'));
  if (redis) app.addHook('onClose', async () => redis.disconnect());
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: '1 minute',
    ...(redis ? { redis } : {}),
    // Routes with a limit of their own, such as signing in, count every call.
    allowList: (request) =>
      request.headers['x-inner-call'] === innerCall['x-inner-call'] && !request.routeOptions.config.rateLimit,
    // Without Redis the site stays open; the limits on passwords are counted in PostgreSQL.
    skipOnError: true,
    errorResponseBuilder: (_, context) =>
      new Problem('too_many_requests', undefined, { retryAfter: Math.ceil(context.ttl / 1000) }),
  });
}

const connect = (url: string): Redis =>
  new Redis(url, {
    connectTimeout: 2_000,
    commandTimeout: 500,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
  });
