import type { SettingsChange } from '../../contract/settings.ts';
import { changesBetween } from './policy.ts';
import type { SettingsVersion } from './queries.ts';

/** Versions that follow each other, newest first, as the changes that made them. */
export const presentChanges = (versions: readonly SettingsVersion[]): SettingsChange[] =>
  versions.flatMap((after, index) => {
    const before = versions[index + 1];
    if (!before || !after.change) return [];
    const { at, by, takesBack } = after.change;
    return [
      { version: after.version, at: at.toString(), by, takesBack, changes: changesBetween(before, after) },
    ];
  });
