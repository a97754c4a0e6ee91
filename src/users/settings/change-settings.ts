import type { Settings, VersionedSettings } from '../../contract/settings.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import { brokenConstraint, type Tx } from '../../platform/database.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { readVersionedSettings } from '../../platform/settings.ts';
import { changesBetween } from './policy.ts';

/**
 * Changes what is named, for everybody from now on; what changes nothing leaves no trace. Refuses with
 * `changed_meanwhile` whoever has not seen the newest version, and with `invalid_input` Bangla without English.
 */
export async function changeSettings(
  tx: Tx,
  change: { expectedVersion: number; values: Partial<Settings>; takesBack: number | null },
  by: Pick<Actor, 'userId'>,
  now: Temporal.Instant,
): Promise<VersionedSettings> {
  const standing = await readVersionedSettings(tx);
  if (standing.version !== change.expectedVersion) throw new Problem('changed_meanwhile');
  const next: VersionedSettings = { ...standing, ...change.values };
  refuseBanglaAlone(next);
  const changes = changesBetween(standing, next);
  if (changes.length === 0) return standing;
  const version = standing.version + 1;
  try {
    await tx
      .insertInto('settings')
      .values({
        version,
        name: next.name,
        name_bn: next.nameBn,
        phone: next.phone,
        email: next.email,
        address: next.address,
        address_bn: next.addressBn,
        first_weekday: next.firstWeekday,
        language: next.language,
        changed_at: now.toString(),
        changed_by: by.userId,
        takes_back: change.takesBack,
      })
      .execute();
  } catch (error) {
    if (brokenConstraint(error) === 'settings_pkey') throw new Problem('changed_meanwhile');
    throw error;
  }
  await tx
    .insertInto('audit_log')
    .values({
      at: now.toString(),
      by_user: by.userId,
      action: change.takesBack === null ? 'settings.changed' : 'settings.taken_back',
      detail: JSON.stringify({ version, takesBack: change.takesBack, changes }),
    })
    .execute();
  return { ...next, version };
}

/** Who reads English would find nothing. */
function refuseBanglaAlone(next: Settings): void {
  const mistakes = (['name', 'address'] as const)
    .filter((field) => next[field] === null && next[`${field}Bn`] !== null)
    .map((path) => ({ path, message: 'Fill this in too where there is one in Bangla' }));
  if (mistakes.length > 0) throw invalidInput(...mistakes);
}
