import type { Actor } from '../../platform/access-tokens.ts';
import type { Tx } from '../../platform/database.ts';
import { withdrawTask, writeTask } from '../../platform/imports/import-works.ts';
import { beginWork } from '../../platform/works.ts';
import { ensureStep, type Step } from './policy.ts';
import { getImportRow, lockImport } from './queries.ts';

/**
 * Begins to write the rows of a checked file, or to take back what an import has made. Refuses with `import_not_ready`, and
 * with `not_allowed` where the file is somebody else's.
 */
export async function startImportWork(
  tx: Tx,
  { id, step }: { id: number; step: Step },
  by: Actor,
  now: Temporal.Instant,
): Promise<void> {
  // Before the lock: a work under way may hold the row for a minute.
  ensureStep(await getImportRow(tx, id), step, by);
  await lockImport(tx, id);
  const about = await getImportRow(tx, id);
  ensureStep(about, step, by);
  const work = await beginWork(
    tx,
    step === 'confirmation'
      ? {
          kind: writeTask,
          title: { en: `Import of ${about.fileName}`, bn: `${about.fileName} ইমপোর্ট` },
          parameters: { importId: id },
          ...(about.fileId === null ? {} : { givenFile: about.fileId }),
        }
      : {
          kind: withdrawTask,
          title: { en: `Take back ${about.fileName}`, bn: `${about.fileName} ফিরিয়ে নেওয়া` },
          parameters: { importId: id },
        },
    by,
    now,
  );
  await tx.updateTable('imports').set({ work_id: work.id }).where('id', '=', id).execute();
}
