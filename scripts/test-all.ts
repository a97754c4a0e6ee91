// `npm run test:all`: every suite, in both shapes. Needs Chromium (CHROMIUM, default /usr/bin/chromium) and Redis.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const suites: { name: string; folders: string[]; env: Record<string, string> }[] = [
  { name: 'everyday, one process', folders: [], env: {} },
  {
    name: 'HTTP suites, separate services behind the gateway',
    folders: ['test/users', 'test/appointments', 'test/gateway'],
    env: { SHAPE: 'separate' },
  },
  { name: 'races and faults', folders: ['test/races', 'test/faults'], env: { LONG: 'yes' } },
  { name: 'browser', folders: ['test/e2e'], env: { LONG: 'yes' } },
];

const results = mkdtempSync(path.join(tmpdir(), 'shomoy-results-'));
let passed = 0;
let failed = 0;
for (const [index, suite] of suites.entries()) {
  console.log(`\n── ${suite.name}`);
  const file = path.join(results, `${index}.json`);
  const { status } = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...suite.folders,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...suite.env } },
  );
  const count = readCount(file);
  passed += count.passed;
  failed += count.failed;
  // A suite that died, or ran nothing, has not passed.
  if (count.failed === 0 && (status !== 0 || count.passed === 0)) failed += 1;
}
rmSync(results, { recursive: true, force: true });
console.log(`\ntests: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function readCount(file: string): { passed: number; failed: number } {
  try {
    const report: { numPassedTests: number; numFailedTests: number; numPendingTests: number } = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    // A skipped test proves nothing.
    return { passed: report.numPassedTests, failed: report.numFailedTests + report.numPendingTests };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
