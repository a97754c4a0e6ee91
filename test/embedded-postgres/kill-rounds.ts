import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { vi } from 'vitest';
import { end, query, spawnHost, startHost, waitForNoProcess } from './hosts.ts';

/**
 * Again and again: starts a host on `dataDir`, inserts row after row, kills the host with SIGKILL in the middle of it,
 * and then kills another one at some moment of its start. Every second round starts again before PostgreSQL is gone.
 *
 * @returns what was acknowledged but is missing in the end, the slowest start and the longest-lived leftover.
 */
export async function killInRounds({ dataDir, rounds }: { dataDir: string; rounds: number }) {
  const acknowledged: number[] = [];
  let slowestStartMs = 0;
  let longestLeftoverMs = 0;
  for (let round = 0; round < rounds; round += 1) {
    const host = await startHost({ dataDir });
    if (!host.firstStart) slowestStartMs = Math.max(slowestStartMs, host.readyMs);
    await query(host.url, 'create table if not exists bookings (number bigint primary key)');
    const client = new pg.Client({ connectionString: host.url });
    client.on('error', () => undefined);
    await client.connect();
    const before = acknowledged.length;
    const inserting = insertUntilCut(client, round * 1_000_000, acknowledged);
    // On a busy machine the first rows take a while; the kill is to hit those that follow them at any moment.
    await vi.waitUntil(() => acknowledged.length > before + 1, { timeout: 60_000, interval: 1 });
    await sleep(20 + 40 * (round % 5));
    await host.kill();
    await inserting;
    if (round % 2 === 0) longestLeftoverMs = Math.max(longestLeftoverMs, await waitForNoProcess(dataDir));

    const early = spawnHost({ dataDir });
    await sleep((round % 10) * 40);
    await end(early, 'SIGKILL');
    if (round % 2 === 0) longestLeftoverMs = Math.max(longestLeftoverMs, await waitForNoProcess(dataDir));
  }
  const last = await startHost({ dataDir });
  slowestStartMs = Math.max(slowestStartMs, last.readyMs);
  const kept = new Set(
    (await query(last.url, 'select number from bookings')).map((row) => Number(row.number)),
  );
  await last.stop();
  await waitForNoProcess(dataDir);
  return {
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((number) => !kept.has(number)),
    slowestStartMs,
    longestLeftoverMs,
  };
}

async function insertUntilCut(client: pg.Client, from: number, acknowledged: number[]) {
  for (let number = from; ; number += 1) {
    try {
      await client.query('insert into bookings (number) values ($1)', [number]);
    } catch {
      return;
    }
    acknowledged.push(number);
  }
}
