import { readdirSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';

// Else the files that this worker goes on with had the contract without its schemas.
afterEach(() => {
  vi.doUnmock('zod');
  vi.resetModules();
});

test('every route of the contract stands without zod, and a schema that is run says so', async () => {
  vi.doMock('zod', () => import('./absent-zod.ts'));
  vi.resetModules();
  const folder = new URL('../../../src/contract/', import.meta.url);
  const resources = readdirSync(folder).filter((file) => !/^(openapi|routes)\.ts$|\.test\.ts$/.test(file));
  for (const file of resources) await import(new URL(file, folder).href);
  const { getMe } = await import('../../../src/contract/me.ts');
  expect(getMe).toMatchObject({ method: 'GET', path: '/me' });
  const fields = await import('../../../src/contract/fields.ts');
  expect(fields.asciiDigits('১২')).toBe('12');
  expect(() => fields.date.safeParse('2026-11-25')).toThrow('not run in the browser');
});
