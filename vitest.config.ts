import { defineConfig } from 'vitest/config';

const everyday = ['src/**/*.test.ts', 'web/**/*.test.{ts,tsx}', 'test/**/*.test.ts'];
// The long suites run in CI and by `npm run test:all`.
const long = ['test/races/**', 'test/faults/**', 'test/e2e/**'];

export default defineConfig({
  test: {
    include: everyday,
    exclude: process.env['LONG'] === 'yes' ? [] : long,
    globalSetup: ['test/harness/database-server.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
