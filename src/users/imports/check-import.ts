import type { RouteRequest } from '../../contract/route.ts';
import type { checkImport as route } from '../../contract/imports.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import type { Tx } from '../../platform/database.ts';
import { checkTask } from '../../platform/imports/import-works.ts';
import type { KeptFile } from '../../platform/kept-files.ts';
import { beginWork } from '../../platform/works.ts';

/** Adds a file and has it checked. Answers the import's id. */
export async function checkImport(
  tx: Tx,
  input: RouteRequest<typeof route>['query'] & { file: KeptFile },
  by: Actor,
  now: Temporal.Instant,
): Promise<number> {
  const { kind, same, approval, file } = input;
  const { id } = await tx
    .insertInto('imports')
    .values({
      kind,
      file_name: file.name,
      file_id: file.id,
      same,
      approval: kind === 'doctors' ? (approval ?? 'pending') : null,
      created_by: by.userId,
      created_at: now.toString(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const work = await beginWork(
    tx,
    {
      kind: checkTask,
      title: { en: `Check of ${file.name}`, bn: `${file.name} যাচাই` },
      parameters: { importId: id },
      givenFile: file.id,
    },
    by,
    now,
  );
  await tx.updateTable('imports').set({ work_id: work.id }).where('id', '=', id).execute();
  return id;
}
