import { defineConfig } from 'vitest/config';

const everyday = ['src/**/*.test.ts', 'web/**/*.test.{ts,tsx}', 'test/**/*.test.ts'];
// The long suites run in CI and by `npm run test:all`.
const long = ['races', 'faults', 'embedded-postgres', 'operations', 'e2e'].map(
  (folder) => `test/${folder}/**`,
);

// For whoever counts the suites together.
const report = process.env['TEST_REPORT'];

export default defineConfig({
  test: {
    include: everyday,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    exclude: process.env['LONG'] === 'yes' ? [] : long,
    globalSetup: ['test/harness/database-server.ts'],
    pool: 'forks',
    // A worker loads the application once and not for each file, a third of the time: modules keep no state between apps.
    isolate: false,
    maxWorkers: 2,
    // These end what hangs. A test takes as long as a busy machine lets it: what it says is what was counted, not how soon.
    testTimeout: 600_000,
    hookTimeout: 240_000,
    // What is awaited comes when the machine gets to it; where how soon is the claim, the test says its own.
    expect: { poll: { timeout: 30_000 } },
  },
});
