import type { Database } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';

/** Takes a desk from an assistant, from the next request on. */
export async function endAttachment(
  db: Database,
  { assistantId, attachmentId }: { assistantId: number; attachmentId: number },
): Promise<void> {
  const ended = await db
    .deleteFrom('assistant_attachments')
    .where('id', '=', attachmentId)
    .where('assistant_id', '=', assistantId)
    .returning('id')
    .executeTakeFirst();
  if (!ended) throw new Problem('not_found');
}
