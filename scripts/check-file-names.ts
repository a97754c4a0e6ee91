// The file-name law: in a module, a reader knows what a file is from its name alone.
import { readdirSync } from 'node:fs';
import path from 'node:path';

const modules = ['users', 'appointments', 'reports', 'notifications', 'gateway'];
const fixed = new Set([
  'index.ts',
  'routes.ts',
  'policy.ts',
  'queries.ts',
  'present.ts',
  'tasks.ts',
  'subscribers.ts',
]);
// A command is called by its verb.
const verbs =
  'add adopt align answer approve ask attach book cancel change check claim count create decide deliver end ensure expire explain find forget hash hold ' +
  'import issue join judge leave lock make mount move offer open pause publish read record refresh refund refuse register remove restore reschedule review send serve set settle sign start swap take undo verify write';
const command = new RegExp(`^(${verbs.split(' ').join('|')})-[a-z]+(-[a-z]+)*\\.ts$`);
const banned = /(^|[-/])(utils?|helpers?|types|services?|managers?|common|misc)(\.|-|\/)/;

const wrong: string[] = [];
let seen = 0;
for (const module of modules) {
  for (const file of filesOf(path.join('src', module))) {
    seen++;
    const name = path.basename(file);
    if (name.endsWith('.test.ts') || fixed.has(name) || (command.test(name) && !banned.test(name))) continue;
    wrong.push(
      `${file}: name it after what it is (${[...fixed].join(' ')}) or, if it is one command, <verb>-<noun>.ts with a verb out of: ${verbs}`,
    );
  }
}
if (seen === 0) wrong.push('No module files were found: the check looked at nothing.');
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
console.log(`file names: ${seen} looked at, all lawful`);

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
