// Everything that can be said about the code without running it. CI runs the same.
import { spawnSync } from 'node:child_process';

const bin = (name: string) => `node_modules/.bin/${name}`;
const steps: [string, string, ...string[]][] = [
  ['format', bin('oxfmt'), '--check'],
  ['lint', bin('oxlint')],
  ['types', bin('tsc'), '-p', '.', '--noEmit'],
  ['dead code', process.execPath, bin('knip'), '--no-progress', '--no-config-hints'],
  ['import law', process.execPath, 'scripts/check-imports.ts'],
  ['file names', process.execPath, 'scripts/check-file-names.ts'],
  ['migrations', process.execPath, 'scripts/check-migrations.ts'],
  ['globals', process.execPath, 'scripts/check-globals.ts'],
  ['database types', process.execPath, 'scripts/generate-database-types.ts', '--check'],
  ['build', process.execPath, 'scripts/build-web.ts'],
  ['budgets', process.execPath, 'scripts/check-budgets.ts'],
];

const failed: string[] = [];
for (const [name, command, ...args] of steps) {
  process.stdout.write(`\n── ${name}\n`);
  if (spawnSync(command, args, { stdio: 'inherit' }).status !== 0) failed.push(name);
}
process.stdout.write(failed.length === 0 ? '\nAll checks passed.\n' : `\nFailed: ${failed.join(', ')}\n`);
process.exit(failed.length === 0 ? 0 : 1);
