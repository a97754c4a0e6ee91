import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const namePattern = /^[0-9a-f]{32}\.webp$/;

/** Keeps a photo under a name that cannot be guessed, and returns the name once the bytes are on disk. */
export async function savePhoto(dataDir: string, photo: Buffer): Promise<string> {
  const name = `${randomBytes(16).toString('hex')}.webp`;
  const file = fileOf(dataDir, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, photo, { flag: 'wx', flush: true });
  return name;
}

/** The bytes of a kept photo; null when there is none of this name, whatever the name may be. */
export async function readPhoto(dataDir: string, name: string): Promise<Buffer | null> {
  if (!namePattern.test(name)) return null;
  try {
    return await readFile(fileOf(dataDir, name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

export const removePhoto = (dataDir: string, name: string): Promise<void> =>
  rm(fileOf(dataDir, name), { force: true });

const fileOf = (dataDir: string, name: string): string => path.join(dataDir, 'photos', name);
