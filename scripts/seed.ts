// `npm run seed`: fills the embedded database with the demo data. A database of your own needs `npm run seed -- --demo`,
// because everybody knows the demo's passwords.
import { readConfig } from '../src/config.ts';
import { systemClock } from '../src/platform/clock.ts';
import { openDatabase } from '../src/platform/database.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';
import { demoLogins, seedDemo } from '../src/services/demo/seed-demo.ts';

const say = (line: string): void => console.log(line);

try {
  await seed();
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The demo data could not be made.');
  process.exitCode = 1;
}

async function seed(): Promise<void> {
  const config = readConfig();
  if (config.databaseUrl && !process.argv.includes('--demo'))
    throw new Error(
      'DATABASE_URL names a database of your own. The demo data brings an administrator and other accounts with\n' +
        'published passwords: only for a trial, run `npm run seed -- --demo`.',
    );
  const embedded = config.databaseUrl
    ? undefined
    : await startEmbeddedPostgres({ dataDir: config.dataDir, say });
  try {
    const url = config.databaseUrl ?? embedded?.url ?? '';
    await migrate(url);
    const connections = openDatabase({
      url,
      connections: config.databaseConnections,
      // A lost connection fails the query that uses it.
      onError: () => undefined,
    });
    try {
      await seedDemo({ ...connections, clock: systemClock }, say);
    } finally {
      await connections.close();
    }
    for (const { who, login, password } of demoLogins) say(`  ${who.padEnd(10)} ${login} / ${password}`);
  } finally {
    await embedded?.stop();
  }
}
