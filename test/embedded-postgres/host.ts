import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';

/** A program that runs the database named by its argument until SIGTERM, or until whoever started it is gone. */
const [, , dataDir = ''] = process.argv;
const said: string[] = [];
const begun = performance.now();
const postgres = await startEmbeddedPostgres({ dataDir, say: (line) => said.push(line) });
const { url, firstStart, dataDir: place } = postgres;
const readyMs = performance.now() - begun;

process.on('SIGINT', () => print('interrupted'));
process.on('SIGTERM', () => void stop());
process.stdin.on('end', () => void stop()).resume();

print({ url, firstStart, place, said, readyMs });

async function stop() {
  await postgres.stop();
  process.stdin.destroy();
}

function print(value: unknown) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
