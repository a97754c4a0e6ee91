import { sql } from 'kysely';
import type { Actor } from '../../platform/access-tokens.ts';
import { publish } from '../../platform/bus.ts';
import type { Tx } from '../../platform/database.ts';
import type { Deps } from '../../platform/deps.ts';
import { reencodePhoto } from '../../platform/images.ts';
import { removePhoto, savePhoto } from '../../platform/photo-files.ts';

/**
 * Makes an upload the actor's photo. The file is on disk before the row names it, and the one before goes after the
 * commit: a crash leaves a file too many, never a photo too few. Refuses with `unsupported_image`.
 */
export async function setPhoto(
  { db, config: { dataDir } }: Pick<Deps, 'db' | 'config'>,
  upload: Buffer,
  by: Actor,
): Promise<void> {
  const name = await savePhoto(dataDir, await reencodePhoto(upload));
  let previous: string | null;
  try {
    previous = await db.transaction().execute((tx) => namePhoto(tx, name, by));
  } catch (error) {
    await removePhoto(dataDir, name);
    throw error;
  }
  if (previous !== null) await removePhoto(dataDir, previous);
}

/** Returns the name that was there before. */
async function namePhoto(tx: Tx, name: string, by: Actor): Promise<string | null> {
  const { rows } = await sql<{ profile_image: string | null }>`
    update users set profile_image = ${name}
    from (select id, profile_image from users where id = ${by.userId} for no key update) before
    where users.id = before.id
    returning before.profile_image`.execute(tx);
  if (by.userType === 'doctor') await publish(tx, { name: 'doctor.changed', data: { doctorId: by.userId } });
  return rows[0]?.profile_image ?? null;
}
