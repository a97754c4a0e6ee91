// `npm run migrate`: brings the configured database, or the embedded one, up to date, and lets the services' roles sign in
// with the passwords that are set.
import { readConfig } from '../src/config.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';

const config = readConfig();
const embedded = config.databaseUrl
  ? undefined
  : await startEmbeddedPostgres({ dataDir: config.dataDir, say: console.log });
try {
  const applied = await migrate(config.databaseUrl ?? embedded?.url ?? '', {
    passwords: config.rolePasswords,
  });
  console.log(applied.length === 0 ? 'The schema is up to date.' : `Applied ${applied.join(', ')}.`);
} finally {
  await embedded?.stop();
}
