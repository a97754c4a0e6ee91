// The web app's budgets in bytes, of what docs and tests cannot keep small by themselves.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const kilobyte = 1024;
/** What a first visit loads of each, gzip. */
const budgets = { script: 30 * kilobyte, styles: 14 * kilobyte, fonts: 2 * kilobyte };
/** What the staff app loads at its start, and what any screen may add to it. */
const staffBudgets = { shell: 180 * kilobyte, screen: 60 * kilobyte };

const client = 'dist/web/client';
let over = false;

const assets: Record<keyof typeof budgets, string> = JSON.parse(readFileSync('dist/web/assets.json', 'utf8'));
for (const name of ['script', 'styles', 'fonts'] as const) weigh(name, [assets[name]], budgets[name]);

type Chunk = { file: string; imports?: string[]; dynamicImports?: string[] };
const manifest: Record<string, Chunk> = JSON.parse(readFileSync(`${client}/.vite/manifest.json`, 'utf8'));
const entry = 'web/staff.tsx';
const start = withImports(entry);
const later = dynamicImportsOf(start);
const packs = later.filter((source) => source.startsWith('web/lib/messages/'));
const screens = later.filter((source) => source.startsWith('web/routes/'));
if (packs.length !== 2 || screens.length < 8 || packs.length + screens.length !== later.length)
  throw new Error(`The staff app's parts are not what they were: ${later.join(', ')}`);
for (const pack of packs) {
  const language = path.basename(pack, '.ts');
  weigh(`staff, ${language}`, filesOf([...start, ...withImports(pack)]), staffBudgets.shell);
}
for (const screen of screens) {
  const added = withImports(screen).filter((source) => !start.includes(source));
  weigh(path.basename(screen, '.tsx'), filesOf(added), staffBudgets.screen);
}
process.exit(over ? 1 : 0);

function weigh(name: string, files: string[], budget: number): void {
  const bytes = files
    .map((file) => gzipSync(readFileSync(path.join(client, file))).length)
    .reduce((sum, size) => sum + size, 0);
  const kept = bytes <= budget;
  over ||= !kept;
  const size = (bytes / kilobyte).toFixed(1).padStart(6);
  console.log(`${name.padEnd(16)} ${size} KB of ${budget / kilobyte} KB${kept ? '' : '  OVER'}`);
}

/** A chunk and all that comes with it. */
function withImports(source: string, seen: Set<string> = new Set()): string[] {
  if (!seen.has(source)) {
    seen.add(source);
    for (const imported of chunk(source).imports ?? []) withImports(imported, seen);
  }
  return [...seen];
}

function dynamicImportsOf(sources: string[]): string[] {
  return [...new Set(sources.flatMap((source) => chunk(source).dynamicImports ?? []))];
}

function filesOf(sources: string[]): string[] {
  return [...new Set(sources.map((source) => chunk(source).file))];
}

function chunk(source: string): Chunk {
  const found = manifest[source];
  if (!found) throw new Error(`The build made nothing of ${source}`);
  return found;
}
