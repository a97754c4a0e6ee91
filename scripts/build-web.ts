import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const out = join(root, 'dist/web');
const hashFile = join(root, 'dist/web.hash');

/** Builds the web app unless dist/web already comes from the same sources. `say` gets one line before a build. */
export async function buildWebIfStale(say: (line: string) => void): Promise<void> {
  const wanted = await hashSources();
  if ((await readIfThere(hashFile)) === wanted) return;
  say('Building the web app …');
  await buildWeb();
}

/** Makes dist/web/client (hashed files), dist/web/server.js (the pages, in one file) and dist/web/assets.json. */
export async function buildWeb(): Promise<void> {
  // Read before the build: what changes meanwhile is then seen as stale.
  const hash = await hashSources();
  await rm(hashFile, { force: true });
  // Whatever the caller's shell or test runner says: the JSX of a development build fails in production.
  process.env['NODE_ENV'] = 'production';
  // Vite is needed here alone, and a production install has none.
  const { build } = await import('vite').catch(() => {
    throw new Error(
      'The web app is not built for this version, and the tools that build it are not installed. Run `npm ci && npm run build`, then bring dist/ along.',
    );
  });
  const shared = {
    root,
    configFile: join(root, 'vite.config.ts'),
    mode: 'production',
    logLevel: 'warn',
  } as const;
  await build({
    ...shared,
    build: {
      outDir: join(out, 'client'),
      emptyOutDir: true,
      manifest: true,
      modulePreload: false,
      // The content security policy forbids data: fonts.
      assetsInlineLimit: 0,
      target: 'es2020',
      // The staff app's libraries mark their files for a server that renders them; here there is none.
      rolldownOptions: { input: inputs, checks: { moduleLevelDirective: false } },
      chunkSizeWarningLimit: 1000,
    },
  });
  await build({
    ...shared,
    define: { 'process.env.NODE_ENV': '"production"' },
    ssr: { noExternal: true },
    build: {
      ssr: join(root, 'web/server.tsx'),
      outDir: out,
      emptyOutDir: false,
      minify: false,
      target: 'node26',
      rolldownOptions: { output: { entryFileNames: 'server.js', codeSplitting: false } },
    },
  });
  await writeAssets();
  await mkdir(join(root, 'dist'), { recursive: true });
  await writeFile(hashFile, hash);
}

const inputs = {
  script: 'web/enhance.ts',
  styles: 'web/styles.css',
  fonts: 'web/fonts.css',
  staff: 'web/staff.tsx',
};

async function writeAssets(): Promise<void> {
  const manifest: Record<string, { file: string }> = JSON.parse(
    await readFile(join(out, 'client/.vite/manifest.json'), 'utf8'),
  );
  const assets = Object.entries(inputs).map(([role, source]) => {
    const built = manifest[source];
    if (!built) throw new Error(`The build made nothing of ${source}`);
    return [role, `/${built.file}`];
  });
  await writeFile(join(out, 'assets.json'), JSON.stringify(Object.fromEntries(assets), null, 2));
}

const sources = [
  'web',
  'src/contract',
  'src/scheduling',
  'package-lock.json',
  'vite.config.ts',
  'scripts/build-web.ts',
];

/** One hash over the names and bytes of everything the build reads. */
async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources)
    for (const file of await filesOf(join(root, source)))
      hash
        .update(`${relative(root, file)}\0`)
        .update(await readFile(file))
        .update('\0');
  return hash.digest('hex');
}

async function filesOf(path: string): Promise<string[]> {
  if (/\.\w+$/.test(path)) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

// Run by itself it always builds; `npm start` imports it and builds only what is stale.
if (import.meta.main) await buildWeb();
