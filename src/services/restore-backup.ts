import { settleRestored } from '../notifications/delivery/settle-restored.ts';
import { loadBackup } from '../platform/backup/load-backup.ts';
import type { Manifest } from '../platform/backup/manifest.ts';
import { settleRestoredWorks } from '../platform/works/settle-restored.ts';
import { endSignIns } from '../users/sign-ins/end-sign-ins.ts';

export type Restored = {
  manifest: Manifest;
  /** Messages that may have been sent since the backup was made. */
  missed: number;
  unknown: number;
  /** Sign-ins that were ended. */
  signIns: number;
};

/** Restores a backup, and settles what must not go on from there. */
export async function restoreBackup(
  options: Omit<Parameters<typeof loadBackup>[0], 'settle'>,
): Promise<Restored> {
  const settled = { missed: 0, unknown: 0, signIns: 0 };
  const manifest = await loadBackup({
    ...options,
    async settle(client) {
      await settleRestoredWorks(client);
      Object.assign(settled, await settleRestored(client), { signIns: await endSignIns(client) });
    },
  });
  return { manifest, ...settled };
}
