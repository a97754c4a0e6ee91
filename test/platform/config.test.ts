import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';

const secret = 'x'.repeat(32);

test('everything is optional', () => {
  expect(readConfig({})).toMatchObject({
    port: 8000,
    host: '127.0.0.1',
    dataDir: '.data',
    databaseUrl: undefined,
    rateLimit: true,
    trustedProxies: [],
  });
  expect(readConfig({ PORT: '', DATABASE_URL: '' }).port).toBe(8000);
});

test('every problem is told at once, each by its name', () => {
  const wrong = {
    PORT: '70000',
    DATABASE_URL: 'postgres://localhost/shomoy',
    REDIS_URL: 'http://localhost',
    SERVICES: 'gateway,kitchen',
    TRUSTED_PROXIES: '10.0.0.0/8,proxy.local',
    LOG_LEVEL: 'loud',
  };
  for (const name of ['PORT', 'REDIS_URL', 'SERVICES', 'TRUSTED_PROXIES', 'LOG_LEVEL', 'JWT_SECRET'])
    expect(() => readConfig(wrong)).toThrow(new RegExp(`^  ${name}: `, 'm'));
});

test('services that run apart need the database, the secret and each other’s addresses', () => {
  expect(() => readConfig({ SERVICES: 'gateway' })).toThrow(
    /DATABASE_URL[\s\S]*JWT_SECRET[\s\S]*USERS_URL[\s\S]*APPOINTMENTS_URL/,
  );
  const apart = { DATABASE_URL: 'postgres://localhost/shomoy', JWT_SECRET: secret };
  expect(() => readConfig({ ...apart, SERVICES: 'users' })).toThrow(/TRUSTED_PROXIES/);
  expect(
    readConfig({ ...apart, SERVICES: 'users, worker', TRUSTED_PROXIES: '127.0.0.1, ::1' }),
  ).toMatchObject({
    services: new Set(['users', 'worker']),
    trustedProxies: ['127.0.0.1', '::1'],
  });
});

test('a short secret is refused', () => {
  expect(() => readConfig({ JWT_SECRET: 'changeme' })).toThrow(/JWT_SECRET: Use at least 32 characters/);
});
