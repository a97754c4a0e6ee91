import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const log = new URL('../../src/platform/log.ts', import.meta.url).href;

/** A process that logs two lines as soon as its input ends, and goes. */
const program = `
  import { createLog, endLog } from '${log}';
  const log = createLog('info');
  for await (const _ of process.stdin);
  log.info('one');
  log.info('two');
  await endLog(log);
  process.exit(7);`;

const aProcess = () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return { child, ended: once(child, 'exit') };
};

test('a process whose log nobody reads any more ends all the same', async () => {
  const { child, ended } = aProcess();
  child.stdout.destroy();
  child.stdin.end();
  try {
    expect(await ended).toEqual([7, null]);
  } finally {
    child.kill('SIGKILL');
  }
});

test('what was logged last is written before the process ends', async () => {
  const { child, ended } = aProcess();
  child.stdin.end();
  const written = (await child.stdout.setEncoding('utf8').toArray()).join('');
  expect(written.trim().split('\n')).toEqual([
    expect.stringContaining('"one"'),
    expect.stringContaining('"two"'),
  ]);
  expect(await ended).toEqual([7, null]);
});
