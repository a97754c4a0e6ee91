import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config.ts';

const secret = 'x'.repeat(32);

test('everything is optional', () => {
  expect(readConfig({})).toMatchObject({
    port: 8000,
    host: '127.0.0.1',
    dataDir: '.data',
    databaseUrl: undefined,
    rateLimit: true,
    loadShedding: true,
    recurringJobs: true,
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
    /DATABASE_URL[\s\S]*JWT_SECRET[\s\S]*RABBITMQ_URL[\s\S]*REDIS_URL[\s\S]*USERS_URL[\s\S]*APPOINTMENTS_URL/,
  );
  const apart = {
    DATABASE_URL: 'postgres://localhost/shomoy',
    JWT_SECRET: secret,
    RABBITMQ_URL: 'amqp://localhost',
    REDIS_URL: 'redis://localhost',
  };
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

function aFile(content: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'shomoy-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, 'secret'), content);
  return path.join(folder, 'secret');
}

test('every setting can be a file, and passwords go into the addresses', () => {
  const config = readConfig({
    DATABASE_URL: 'postgres://shomoy_users@db/shomoy',
    DATABASE_PASSWORD_FILE: aFile('p%@:/ word\n'),
    REDIS_URL: 'redis://cache',
    REDIS_PASSWORD_FILE: aFile('hush'),
    RABBITMQ_URL: 'amqp://shomoy@broker',
    RABBITMQ_PASSWORD: 'hush',
    JWT_SECRET_FILE: aFile(`${secret}\r\n`),
    WORKER_DATABASE_PASSWORD_FILE: aFile('of sixteen or more'),
  });
  expect(config.jwtSecret).toBe(secret);
  const database = new URL(config.databaseUrl ?? '');
  expect([database.username, decodeURIComponent(database.password), database.host]).toEqual([
    'shomoy_users',
    'p%@:/ word',
    'db',
  ]);
  expect(config.redisUrl).toBe('redis://:hush@cache');
  expect(config.rabbitmqUrl).toBe('amqp://shomoy:hush@broker');
  expect([...config.rolePasswords]).toEqual([['worker', 'of sixteen or more']]);
});

test('a secret that cannot be read, is empty, or stands in two places is told with the rest, never its content', () => {
  const wrong = {
    DATABASE_URL: 'postgres://db/shomoy',
    JWT_SECRET_FILE: '/no/such/file',
    METRICS_TOKEN_FILE: aFile('\n'),
    REDIS_PASSWORD: 'hush',
    REDIS_PASSWORD_FILE: aFile('hush'),
    WORKER_DATABASE_PASSWORD_FILE: aFile('hush'),
  };
  let message = '';
  try {
    readConfig(wrong);
  } catch (error) {
    message = error instanceof Error ? error.message : '';
  }
  for (const name of [
    'JWT_SECRET_FILE',
    'METRICS_TOKEN_FILE',
    'REDIS_PASSWORD_FILE',
    'WORKER_DATABASE_PASSWORD',
  ])
    expect(message).toMatch(new RegExp(`^  ${name}: `, 'm'));
  expect(message).not.toContain('hush');
});
