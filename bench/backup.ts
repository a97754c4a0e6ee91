import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sizeOf, writeBackup } from '../src/platform/backup/write-backup.ts';
import { restoreBackup } from '../src/services/restore-backup.ts';
import { openDataSet } from './data-set.ts';
import type { Report } from './report.ts';

/** A backup of the stored data, and its way back into an empty database, told for 100,000 appointments. */
export async function benchBackup(): Promise<Report> {
  const data = await openDataSet();
  const place = await mkdtemp(path.join(tmpdir(), 'shomoy-bench-backup-'));
  const folder = path.join(place, 'backup');
  const common = { folder, dataDir: place, embedded: false };
  try {
    const url = await data.copy();
    const [manifest, made] = await timed(() => writeBackup({ url, ...common }));
    const target = await data.empty();
    const [, restored] = await timed(() => restoreBackup({ url: target, ...common, replace: false }));
    const appointments = manifest.tables.find(({ name }) => name === 'appointments')?.rows ?? 0;
    const share = 100_000 / appointments;
    return {
      figures: [
        { what: 'backup of 100,000 appointments', value: made * share, unit: 's', budget: { atMost: 60 } },
        {
          what: 'restore of 100,000 appointments',
          value: restored * share,
          unit: 's',
          budget: { atMost: 60 },
        },
        { what: 'appointments, in fact', value: appointments, unit: '' },
        { what: 'size of the backup', value: sizeOf(manifest) / 1_000_000, unit: 'MB' },
        { what: 'memory at the end', value: process.memoryUsage().rss / 1_000_000, unit: 'MB' },
      ],
      raw: { made, restored },
    };
  } finally {
    await data.stop();
    await rm(place, { recursive: true, force: true });
  }
}

async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const began = performance.now();
  const result = await work();
  return [result, (performance.now() - began) / 1_000];
}
