// What dependency-cruiser cannot see: globals that only one place may touch.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const laws: { pattern: RegExp; allowed: RegExp; instead: string }[] = [
  {
    pattern: /\bprocess\.env\b/,
    allowed: /^src\/config\.ts$/,
    instead: 'add the setting to src/config.ts and take it from there',
  },
  {
    pattern: /\bTemporal\.Now\b|\bDate\.now\(|\bnew Date\(\)/,
    allowed: /^src\/platform\/clock\.ts$/,
    instead: 'take `now` as an argument, or the clock from Deps',
  },
  {
    pattern: /(?<![.\w])fetch\(/,
    allowed: /^src\/platform\//,
    instead: 'put the call behind a function of src/platform',
  },
];

const wrong: string[] = [];
let seen = 0;
for (const entry of readdirSync('src', { recursive: true, withFileTypes: true })) {
  const file = path.join(entry.parentPath, entry.name).replaceAll(path.sep, '/');
  if (!entry.isFile() || !/\.ts$/.test(file) || /\.test\.ts$|\/testing\//.test(file)) continue;
  seen++;
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, index) => {
      // A comment may name what code may not use.
      const code = line.replace(/\/\/.*|^\s*\*.*|\/\*.*/, '');
      for (const { pattern, allowed, instead } of laws)
        if (pattern.test(code) && !allowed.test(file)) wrong.push(`${file}:${index + 1}: ${instead}`);
    });
}
if (seen < 50) wrong.push(`Only ${seen} files were seen: the check is blind.`);
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
console.log(`globals: ${seen} files looked at, all lawful`);
