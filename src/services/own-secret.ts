import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * The secret of an embedded installation: made once, readable by its owner alone. Written aside and linked into place,
 * since a start that is killed half-way must not leave an empty secret behind.
 */
export async function ownSecret(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'jwt.secret');
  const draft = `${file}.${process.pid}`;
  await mkdir(dataDir, { recursive: true });
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(`${randomBytes(32).toString('base64url')}\n`);
    await handle.sync();
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await handle.close();
    await rm(draft, { force: true });
  }
  return (await readFile(file, 'utf8')).trim();
}
