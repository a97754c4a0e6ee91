// `npm run restore -- FOLDER [--replace]`: puts a backup into the configured database, or into the embedded one of
// DATA_DIR, which must be empty or is emptied by --replace. Nothing of Shomoy may run meanwhile.
import { readConfig } from '../src/config.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { restoreBackup } from '../src/services/restore-backup.ts';

try {
  await restore(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The backup could not be restored.');
  process.exitCode = 1;
}

async function restore(args: string[]): Promise<void> {
  const folder = args.find((argument) => !argument.startsWith('--'));
  if (folder === undefined) throw new Error('Say what to restore: npm run restore -- FOLDER [--replace]');
  const { databaseUrl, dataDir } = readConfig();
  const started =
    databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir, say: console.log }) : undefined;
  try {
    const { manifest, missed, unknown, signIns } = await restoreBackup({
      url: databaseUrl ?? started?.url ?? '',
      folder,
      dataDir,
      embedded: databaseUrl === undefined,
      replace: args.includes('--replace'),
    });
    console.log(`Everything is as it was at ${manifest.takenAt}.`);
    console.log(`  ${signIns} sign-ins were ended: people sign in anew.`);
    console.log(`  ${missed} reminders and codes that were due are marked missed and are not sent.`);
    console.log(
      `  ${unknown} other messages that were due wait for a decision at GET /api/v1/admin/messages.`,
    );
    console.log(`  ${manifest.jobs.rows} jobs go on where they were.`);
    if (databaseUrl !== undefined)
      console.log(
        'Before the services start, set INSTALLATION to a name that was not used: RabbitMQ may still hold events of what came after the backup.',
      );
  } finally {
    await started?.stop();
  }
}
