// `npm run test:all`: every suite, in both shapes. Needs Chromium (CHROMIUM, default /usr/bin/chromium), Redis and RabbitMQ.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const suites: { name: string; folders?: string[]; env: Record<string, string> }[] = [
  // As the README says.
  { name: 'everyday, one process', env: {} },
  {
    name: 'HTTP suites, separate services behind the gateway',
    folders: ['test/users', 'test/appointments', 'test/gateway', 'test/notifications', 'test/reports'],
    env: { SHAPE: 'separate' },
  },
  {
    name: 'races, faults, the embedded database, operations',
    folders: ['test/races', 'test/faults', 'test/embedded-postgres', 'test/operations'],
    env: { LONG: 'yes' },
  },
  { name: 'browser', folders: ['test/e2e'], env: { LONG: 'yes' } },
];

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: {
    name: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
  }[];
};

const results = mkdtempSync(path.join(tmpdir(), 'shomoy-results-'));
const failures: string[] = [];
let passed = 0;
let failed = 0;
for (const [index, suite] of suites.entries()) {
  console.log(`\n── ${suite.name}`);
  const file = path.join(results, `${index}.json`);
  const [command, args] = suite.folders
    ? [process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...suite.folders]]
    : ['npm', ['test']];
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...suite.env, TEST_REPORT: file },
  });
  const outcome = readOutcome(file);
  passed += outcome.passed;
  failed += outcome.failed;
  failures.push(...outcome.failures.map((failure) => `${suite.name} › ${failure}`));
  // A suite that died, or ran nothing, has not passed.
  if (outcome.failed === 0 && (status !== 0 || outcome.passed === 0)) {
    failed += 1;
    failures.push(`${suite.name}: ended with ${status}, ${outcome.passed} passed`);
  }
}
rmSync(results, { recursive: true, force: true });
// Said once more at the end: of a long log often only the end is kept.
if (failures.length > 0) console.log(`\n── what failed\n${failures.join('\n')}`);
console.log(`\ntests: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function readOutcome(file: string): { passed: number; failed: number; failures: string[] } {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, failures: [] };
  }
  const failures = report.testResults.flatMap(({ name, message, assertionResults }) => {
    const where = path.relative(process.cwd(), name);
    // A skipped test proves nothing.
    const failed = assertionResults.filter(({ status }) => status !== 'passed');
    if (failed.length === 0 && message) return [`${where}\n${indent(message)}`];
    return failed.map(
      (test) => `${where} › ${test.fullName}\n${indent(test.failureMessages.join('\n') || test.status)}`,
    );
  });
  return { passed: report.numPassedTests, failed: report.numFailedTests + report.numPendingTests, failures };
}

function indent(text: string): string {
  return text.split('\n').slice(0, 12).join('\n').replaceAll(/^/gm, '    ');
}
