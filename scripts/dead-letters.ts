// `npm run dead-letters -- list | replay ID | drop ID`: jobs and events that were given up after their last try.
import { readConfig } from '../src/config.ts';
import { openDatabase } from '../src/platform/database.ts';
import {
  describeLetter,
  dropDeadLetter,
  listDeadLetters,
  replayDeadLetter,
} from '../src/platform/dead-letters.ts';

const usage = 'npm run dead-letters -- list | replay ID | drop ID';

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The dead letters could not be read.');
  process.exitCode = 1;
}

async function main([command = 'list', id = '']: string[]): Promise<void> {
  const { databaseUrl } = readConfig();
  if (databaseUrl === undefined)
    throw new Error(
      'DATABASE_URL names no database. In the embedded run an administrator finds the dead letters at GET /api/v1/admin/dead-letters.',
    );
  const known = { replay: replayDeadLetter, drop: dropDeadLetter };
  if (command !== 'list' && !(command in known && /^[0-9]{1,15}$/.test(id))) throw new Error(usage);
  const { pool, close } = openDatabase({ url: databaseUrl, connections: 2, onError: () => undefined });
  try {
    if (command === 'replay' || command === 'drop') {
      if (!(await known[command](pool, Number(id)))) throw new Error(`There is no dead letter ${id}.`);
      console.log(command === 'replay' ? `${id} will be tried again.` : `${id} is forgotten.`);
      return;
    }
    const letters = await listDeadLetters(pool, { limit: 100 });
    if (letters.length === 0) console.log('There are no dead letters.');
    for (const letter of letters) {
      const { consumer, event } = describeLetter(letter);
      const what = [letter.task, event, consumer && `for ${consumer}`].filter((part) => part).join(' ');
      console.log(
        `${letter.id}  ${letter.diedAt.toString()}  ${what}  ${letter.tries} tries\n    ${letter.reason}`,
      );
      console.log(`    ${JSON.stringify(letter.payload)}`);
    }
  } finally {
    await close();
  }
}
