// The import law, and proof that the check looked: a cruise over nothing finds no violations either.
import { spawnSync } from 'node:child_process';

const { status, stdout, stderr } = spawnSync(
  'node_modules/.bin/depcruise',
  ['--config', '.dependency-cruiser.js', 'src', 'web', '--output-type', 'json'],
  { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
);
if (!stdout.startsWith('{')) {
  console.error(stderr || 'dependency-cruiser printed nothing');
  process.exit(1);
}
type Rule = { name: string };
const {
  summary,
  modules,
}: {
  summary: { violations: { from: string; to: string; rule: Rule }[]; totalDependenciesCruised: number };
  modules: { source: string }[];
} = JSON.parse(stdout);
const ours = modules.filter((module) => /^(src|web)\//.test(module.source)).length;
for (const { from, to, rule } of summary.violations) console.error(`${rule.name}: ${from} imports ${to}`);
if (ours < 50 || summary.totalDependenciesCruised < 100) {
  console.error(
    `Only ${ours} modules and ${summary.totalDependenciesCruised} imports were seen: the check is blind.`,
  );
  process.exit(1);
}
console.log(
  `imports: ${ours} modules, ${summary.totalDependenciesCruised} imports, ${summary.violations.length} unlawful`,
);
process.exit(status === 0 && summary.violations.length === 0 ? 0 : 1);
