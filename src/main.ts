import process from 'node:process';
import { ConfigError, readConfig } from './config.ts';
import { startShomoy } from './services/start.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const config = readConfig();
  const running = await startShomoy({ config, say });
  const stop = async (signal: string) => {
    // A second Ctrl-C means now: the embedded database recovers by itself.
    process.once(signal, () => process.exit(1));
    say('\nStopping …');
    await running.stop();
    process.exit(0);
  };
  process.once('SIGINT', (signal) => void stop(signal));
  process.once('SIGTERM', (signal) => void stop(signal));
} catch (error) {
  const told = error instanceof ConfigError || error instanceof Error;
  process.stderr.write(`${told ? error.message : 'Shomoy could not start.'}\n`);
  process.exit(1);
}
