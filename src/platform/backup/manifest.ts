import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

const file = z.object({ file: z.string(), bytes: z.number().int(), sha256: z.string() });
const table = file.extend({ name: z.string(), columns: z.array(z.string()).min(1), rows: z.number().int() });

const manifest = z.object({
  format: z.literal(1),
  /** The moment of the snapshot, by the database's clock. */
  takenAt: z.string(),
  /** Whether it is of the embedded database, which has the demonstration's logins. */
  embedded: z.boolean(),
  server: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })).min(1),
  tables: z.array(table).min(1),
  jobs: table,
  sequences: z.array(z.object({ name: z.string(), last: z.string(), called: z.boolean() })),
  /** Photos, and in the embedded run the secret. */
  files: z.array(file),
});

/** What a backup says of itself: a folder with a file for each table, and this beside them. */
export type Manifest = z.infer<typeof manifest>;
export type BackedUpTable = z.infer<typeof table>;
export type BackedUpFile = z.infer<typeof file>;

export const manifestFile = 'manifest.json';
export const manifestSumFile = 'manifest.sha256';

/** A backup that cannot be made or must not be used, in words for a person. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** Reads a backup's manifest and compares every byte with it. Nothing is used of a backup that is torn or was changed. */
export async function verifyBackup(folder: string): Promise<Manifest> {
  const text = await readFile(path.join(folder, manifestFile), 'utf8').catch(() => {
    throw new BackupError(`${folder} is not a whole backup: it has no ${manifestFile}`);
  });
  const sum = await readFile(path.join(folder, manifestSumFile), 'utf8').catch(() => '');
  if (sum.trim() !== createHash('sha256').update(text).digest('hex'))
    throw new BackupError(`${manifestFile} in ${folder} was changed; use another backup`);
  const read = manifest.safeParse(JSON.parse(text));
  if (!read.success)
    throw new BackupError(
      `The backup in ${folder} was made by another version of Shomoy; restore with that one`,
    );
  const files = [...read.data.tables, read.data.jobs, ...read.data.files];
  for (const each of files) {
    const found = await measureFile(path.join(folder, each.file)).catch(() => null);
    if (found?.bytes !== each.bytes || found.sha256 !== each.sha256)
      throw new BackupError(
        `${each.file} in ${folder} ${found ? 'was cut or changed' : 'is missing'}; use another backup`,
      );
  }
  return read.data;
}

export async function measureFile(name: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(createReadStream(name), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  });
  return { bytes, sha256: hash.digest('hex') };
}
