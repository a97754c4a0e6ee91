import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Config } from '../config.ts';
import { accessTokens } from '../platform/access-tokens.ts';
import { systemClock } from '../platform/clock.ts';
import { openDatabase } from '../platform/database.ts';
import type { Deps } from '../platform/deps.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../platform/embedded-postgres.ts';
import { createLog } from '../platform/log.ts';
import { migrate } from '../platform/migrate.ts';
import { deriveSecrets } from '../platform/secrets.ts';
import { demoLogins, seedDemo } from './demo/seed-demo.ts';
import { composeServices } from './index.ts';

export type Running = { url: string; stop(): Promise<void> };

/** Starts everything the configuration names, telling a person what happens meanwhile. Stops what it began on failure. */
export async function startShomoy({
  config,
  say,
}: {
  config: Config;
  say: (line: string) => void;
}): Promise<Running> {
  const embedded = config.databaseUrl
    ? undefined
    : await startEmbeddedPostgres({ dataDir: config.dataDir, say });
  try {
    return await serve({ config, say, embedded });
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

async function serve(options: {
  config: Config;
  say: (line: string) => void;
  embedded: EmbeddedPostgres | undefined;
}): Promise<Running> {
  const { config, say, embedded } = options;
  const databaseUrl = embedded?.url ?? config.databaseUrl ?? '';
  const applied = await migrate(databaseUrl);
  if (applied.length > 0) say(`Database schema is up to date (${applied.length} new).`);

  const log = createLog(config.logLevel);
  const database = openDatabase({
    url: databaseUrl,
    connections: config.databaseConnections,
    onError: (error) => log.warn({ err: error }, 'database connection lost'),
  });
  const secrets = deriveSecrets(config.jwtSecret ?? (await ownSecret(config.dataDir)));
  const deps: Deps = {
    config,
    clock: systemClock,
    log,
    pool: database.pool,
    db: database.db,
    secrets,
    tokens: accessTokens(secrets),
    demoLogins: embedded ? demoLogins : [],
  };
  if (embedded) await seedDemo(deps, say);
  const app = await composeServices(deps);
  const url = await app
    .listen({ port: config.port, host: config.host })
    .catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EADDRINUSE' ? new Error(portTaken(config.port)) : error;
    });
  say(`\nShomoy is ready at ${url}`);
  if (config.services.has('gateway')) say(`API documentation: ${url}/user-auth/api/v1/api-docs`);
  for (const { who, login, password } of deps.demoLogins) say(`  ${who.padEnd(10)} ${login} / ${password}`);
  return {
    url,
    async stop() {
      await app.close();
      await database.close();
      await embedded?.stop();
    },
  };
}

const portTaken = (port: number) =>
  `Port ${port} is already in use. Stop the other program, or choose another port: PORT=${port + 1} npm start`;

/** The secret of an embedded installation: made once, readable by its owner alone. */
async function ownSecret(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'jwt.secret');
  await mkdir(dataDir, { recursive: true });
  try {
    await writeFile(file, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}
