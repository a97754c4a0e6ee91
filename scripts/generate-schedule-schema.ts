// Writes docs/scheduling.schema.json from the schema that the JSON door checks with; a test says when it is behind.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { spellSchema } from './schedule/spell-schema.ts';

const file = 'docs/scheduling.schema.json';
writeFileSync(file, JSON.stringify(spellSchema()));
const { status } = spawnSync('node_modules/.bin/oxfmt', [file], { stdio: 'inherit' });
process.exitCode = status ?? 1;
