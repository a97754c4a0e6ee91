// `npm run backup -- FOLDER`: copies everything into a new folder, of the configured database or of the embedded one,
// while it is being used or not.
import { readConfig } from '../src/config.ts';
import { sizeOf, writeBackup } from '../src/platform/backup/write-backup.ts';
import { findEmbeddedPostgres, startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';

try {
  await backUp(process.argv[2]);
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The backup could not be made.');
  process.exitCode = 1;
}

async function backUp(folder: string | undefined): Promise<void> {
  if (folder === undefined) throw new Error('Say where it shall lie: npm run backup -- FOLDER');
  const { databaseUrl, dataDir } = readConfig();
  const running = databaseUrl ?? findEmbeddedPostgres(dataDir);
  const started =
    running === undefined ? await startEmbeddedPostgres({ dataDir, say: console.log }) : undefined;
  try {
    const url = running ?? started?.url ?? '';
    const began = performance.now();
    const manifest = await writeBackup({ url, folder, dataDir, embedded: databaseUrl === undefined });
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    const megabytes = (sizeOf(manifest) / 1_000_000).toFixed(1);
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    console.log(
      `${folder} holds ${rows} rows and ${manifest.files.length} files as of ${manifest.takenAt} (${megabytes} MB, ${seconds} s).`,
    );
    console.log(
      manifest.embedded
        ? 'Whoever has it has every patient’s data and the secret of this installation: keep it as safe as these.'
        : 'Whoever has it has every patient’s data. JWT_SECRET is not in it: keep a copy elsewhere.',
    );
  } finally {
    await started?.stop();
  }
}
