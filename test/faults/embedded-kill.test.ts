import { rmSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { makeFolder } from '../embedded-postgres/hosts.ts';
import { killInRounds } from '../embedded-postgres/kill-rounds.ts';

const dataDir = makeFolder();
afterEach(() => rmSync(dataDir, { recursive: true }));

it.runIf(process.platform === 'linux')(
  'loses nothing acknowledged and leaves no process over 30 kills under load and 30 during the start',
  async () => {
    const outcome = await killInRounds({ dataDir, rounds: 30 });
    expect(outcome.lost).toEqual([]);
    expect(outcome.acknowledged).toBeGreaterThan(30);
    expect(outcome.slowestStartMs).toBeLessThan(5_000);
    expect(outcome.longestLeftoverMs).toBeLessThan(5_000);
  },
);
