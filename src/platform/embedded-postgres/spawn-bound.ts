import { type ChildProcess, spawn, spawnSync, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { RunAs } from './choose-place.ts';

type Command = { program: string; args: string[]; runAs: RunAs | undefined };

/** Ours alone: PGDATA, LC_ALL and the like of a developer's shell must not reach PostgreSQL. */
const env = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin:/usr/local/bin:/run/current-system/sw/bin', LC_ALL: 'C' };

/**
 * Starts a program in a session of its own, so that Ctrl-C in the terminal reaches only us, and on Linux bound to the
 * calling thread: the kernel sends it `deathSignal` when that dies, even by kill -9.
 *
 * @throws Error when the program cannot be started.
 */
export async function spawnBound(
  options: Command & { deathSignal: 'INT' | 'KILL'; stdio: StdioOptions },
): Promise<ChildProcess & { pid: number }> {
  const { program, runAs, deathSignal, stdio } = options;
  const { command, args } = canBindToParent()
    ? bindToParent(options, deathSignal)
    : { ...options, command: program };
  const child = spawn(command, args, { ...runAs, cwd: '/', env, stdio, detached: true, windowsHide: true });
  if (hasStarted(child)) return child;
  const [cause] = await once(child, 'error');
  throw new Error(`Cannot run ${program}`, { cause });
}

/** Runs a program to its end and returns what it wrote. */
export async function runBound({ input, ...command }: Command & { input?: string }) {
  const child = await spawnBound({ ...command, deathSignal: 'KILL', stdio: ['pipe', 'pipe', 'pipe'] });
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error(`No pipes to ${command.program}`);
  const ended = once(child, 'close');
  // A program that ends before it reads says why on stderr; the broken pipe says nothing more.
  stdin.on('error', () => undefined);
  stdin.end(input);
  const [output, errors] = await Promise.all([text(stdout), text(stderr), ended]);
  return { succeeded: child.exitCode === 0, output, errors };
}

/**
 * Node changes the user before it runs setpriv; a change afterwards would clear the signal. The shell closes the gap
 * in which we may die before the signal is set: it then finds another parent.
 */
function bindToParent({ program, args }: Command, deathSignal: string) {
  const runUnderParent = '[ "$PPID" = "$1" ] || exit 1; shift; exec "$@"';
  return {
    command: 'setpriv',
    args: [
      '--pdeathsig',
      deathSignal,
      '/bin/sh',
      '-c',
      runUnderParent,
      'sh',
      `${process.pid}`,
      program,
      ...args,
    ],
  };
}

let bindable: boolean | undefined;

function canBindToParent() {
  bindable ??=
    process.platform === 'linux' &&
    spawnSync('setpriv', ['--pdeathsig', 'INT', 'true'], { env }).status === 0;
  return bindable;
}

function hasStarted(child: ChildProcess): child is ChildProcess & { pid: number } {
  return child.pid !== undefined;
}
