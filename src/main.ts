import process from 'node:process';
import { ConfigError, readConfig } from './config.ts';
import { startShomoy } from './services/start.ts';

// Whoever reads our output may go away (`npm start | head`); patients are still being served.
process.stdout.on('error', () => undefined);

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const running = await startShomoy({ config: readConfig(), say });
  const stop = async (signal: string) => {
    // A second Ctrl-C means now: the embedded database recovers by itself.
    process.once(signal, () => process.exit(1));
    say('\nStopping …');
    try {
      await running.stop();
      process.exit(0);
    } catch (error) {
      fail(error);
    }
  };
  process.once('SIGINT', (signal) => void stop(signal));
  process.once('SIGTERM', (signal) => void stop(signal));
  // Whoever reads that it is ready may stop it at once.
  for (const line of running.greeting) say(line);
} catch (error) {
  fail(error);
}

function fail(error: unknown): never {
  const message = error instanceof Error ? error.message : 'Shomoy could not go on.';
  // A setting to mend is the person's to read; anything else may need its place in the code.
  const place = error instanceof ConfigError || !(error instanceof TypeError) ? '' : `\n${error.stack}`;
  process.stderr.write(`${message}${place}\n`);
  process.exit(1);
}
