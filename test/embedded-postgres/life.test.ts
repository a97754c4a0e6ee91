import { rmSync, statSync } from 'node:fs';
import { Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import { besidesPatience, findProcesses, makeFolder, query, startHost, waitForNoProcess } from './hosts.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = makeFolder();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await waitForNoProcess(dataDir);
  rmSync(dataDir, { recursive: true });
});

describe('an embedded database', () => {
  it('is created once, keeps its rows, and starts again within 5 s', async () => {
    const said: string[] = [];
    const first = await startEmbeddedPostgres({ dataDir, say: (line) => said.push(line) });
    expect(first.firstStart).toBe(true);
    expect(besidesPatience(said)).toEqual([`Creating the database in ${join(dataDir, 'postgres')}`]);
    await query(first.url, `create table notes as select 'kept' as note`);
    await first.stop();
    expect(findProcesses(dataDir)).toEqual([]);

    const begun = performance.now();
    const second = await startEmbeddedPostgres({ dataDir });
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(second.firstStart).toBe(false);
    expect(await query(second.url, 'select note from notes')).toEqual([{ note: 'kept' }]);
    await Promise.all([second.stop(), second.stop()]);
    expect(findProcesses(dataDir)).toEqual([]);
  });

  it('is durable, in UTF-8 and UTC, knows Bangla letters, and is owned by the one who connects', async () => {
    const postgres = await startEmbeddedPostgres({ dataDir });
    await query(postgres.url, 'create extension pg_trgm');
    const [facts] = await query(
      postgres.url,
      `select current_setting('server_version_num')::int / 10000 as version, current_setting('fsync') as fsync,
        current_setting('server_encoding') as encoding, current_setting('timezone') as zone, upper('é') as upper,
        datlocprovider::text as provider, datlocale as locale, pg_get_userbyid(datdba) = current_user as owned,
        similarity('মিরপুর', 'মিরপুর ১') > 0.5 as similar
      from pg_database where datname = current_database()`,
    );
    expect(facts).toEqual({
      version: 18,
      fsync: 'on',
      encoding: 'UTF8',
      zone: 'UTC',
      upper: 'É',
      provider: 'b',
      locale: 'C.UTF-8',
      owned: true,
      similar: true,
    });
    await postgres.stop();
  });

  it('lets nobody in without the password, which only its account can read', async () => {
    const postgres = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } });
    const stranger = new URL(postgres.url);
    stranger.password = 'guess';
    await expect(query(stranger.href, 'select 1')).rejects.toThrow('password authentication failed');
    expect(statSync(join(dataDir, 'postgres/password')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dataDir, 'postgres.log')).mode & 0o777).toBe(0o600);
    await postgres.stop();
  });

  it('lets settings win over its own', async () => {
    const postgres = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off', work_mem: '9MB' } });
    expect(
      await query(
        postgres.url,
        `select current_setting('fsync') as fsync, current_setting('work_mem') as memory`,
      ),
    ).toEqual([{ fsync: 'off', memory: '9MB' }]);
    await postgres.stop();
  });

  it('tells what PostgreSQL said when it does not start, and leaves the folder free', async () => {
    await expect(
      startEmbeddedPostgres({ dataDir, settings: { fsync: 'off', shared_buffers: 'plenty' } }),
    ).rejects.toThrow(/did not start; .*postgres\.log.*\n.*invalid value for parameter "shared_buffers"/s);
    const postgres = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } });
    await postgres.stop();
  });

  it('takes another port when its choice is taken before PostgreSQL gets there', async () => {
    const squatters: Server[] = [];
    const close = vi.spyOn(Server.prototype, 'close').mockImplementationOnce(function (this: Server, done) {
      squatters.push(this);
      done?.();
      return this;
    });
    const postgres = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } });
    const ports = squatters
      .map((server) => server.address())
      .map((address) => typeof address === 'object' && address?.port);
    expect(close).toHaveBeenCalledTimes(2);
    expect(ports).toHaveLength(1);
    expect(ports).not.toContain(postgres.port);
    expect(await query(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await postgres.stop();
    for (const server of squatters) server.close();
  });

  it('outlives Ctrl-C in the terminal until it is stopped in order', async () => {
    const host = await startHost({ dataDir });
    process.kill(-(host.child.pid ?? 0), 'SIGINT');
    expect(await host.readLine()).toBe('interrupted');
    expect(await query(host.url, 'select pg_sleep(0.3)')).toHaveLength(1);
    await host.stop();
    expect(findProcesses(dataDir)).toEqual([]);
  });

  it('refuses a second copy, names the first and does it no harm', async () => {
    const host = await startHost({ dataDir });
    const sentence = `Another Shomoy (process ${host.child.pid}) is already using ${dataDir}; stop it or set DATA_DIR`;
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(sentence);
    await expect(startHost({ dataDir })).rejects.toThrow(sentence);
    expect(await query(host.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await host.kill();

    const next = await startEmbeddedPostgres({ dataDir });
    await next.stop();
  });

  it('goes to exactly one of several copies started at the same moment', async () => {
    const started = await Promise.allSettled([1, 2, 3].map(() => startHost({ dataDir })));
    const hosts = started.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    const refusals = started.flatMap((start) => (start.status === 'rejected' ? [String(start.reason)] : []));
    expect(hosts).toHaveLength(1);
    expect(refusals).toHaveLength(2);
    for (const refusal of refusals) expect(refusal).toContain('Another Shomoy (process');
    for (const host of hosts) await host.stop();
  });
});
