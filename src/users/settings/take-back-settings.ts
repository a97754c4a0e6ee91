import type { VersionedSettings } from '../../contract/settings.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import type { Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { changeSettings } from './change-settings.ts';
import { valuesBefore } from './policy.ts';
import { findVersions } from './queries.ts';

/** Gives the fields of a change the values they had before it, as a new change; everything else stays as it is now. */
export async function takeBackSettings(
  tx: Tx,
  { version, expectedVersion }: { version: number; expectedVersion: number },
  by: Pick<Actor, 'userId'>,
  now: Temporal.Instant,
): Promise<VersionedSettings> {
  const [change, former] = await findVersions(tx, { before: version + 1, limit: 2 });
  // The first version is no change, and there is none before it.
  if (change?.version !== version || !former) throw new Problem('not_found');
  const values = valuesBefore(former, change);
  return changeSettings(tx, { expectedVersion, values, takesBack: version }, by, now);
}
