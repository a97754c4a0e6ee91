// The web app's budgets in bytes, of what docs and tests cannot keep small by themselves.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const kilobyte = 1024;
/** What a first visit loads of each, gzip. */
const budgets = { script: 30 * kilobyte, styles: 14 * kilobyte, fonts: 2 * kilobyte };

const assets: Record<keyof typeof budgets, string> = JSON.parse(readFileSync('dist/web/assets.json', 'utf8'));
let over = false;
for (const name of ['script', 'styles', 'fonts'] as const) {
  const bytes = gzipSync(readFileSync(path.join('dist/web/client', assets[name]))).length;
  const kept = bytes <= budgets[name];
  over ||= !kept;
  console.log(
    `${name.padEnd(7)} ${(bytes / kilobyte).toFixed(1).padStart(6)} KB of ${budgets[name] / kilobyte} KB${kept ? '' : '  OVER'}`,
  );
}
process.exit(over ? 1 : 0);
