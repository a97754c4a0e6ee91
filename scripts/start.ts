// `npm start`: one process, so that a signal to npm reaches the server itself.
import { buildWebIfStale } from './build-web.ts';

await buildWebIfStale((line) => process.stdout.write(`${line}\n`));
await import('../src/main.ts');
