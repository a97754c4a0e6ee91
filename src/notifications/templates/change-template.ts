import { mistakesInWording, type Wording } from '../../contract/messages.ts';
import type { Database } from '../../platform/database.ts';
import { invalidInput } from '../../platform/problems.ts';
import type { Template } from '../wording/policy.ts';

/** Sets the wording of a template, from the next message on; refuses one that could not be filled. */
export async function changeTemplate(
  db: Database,
  { which, wording }: { which: Template; wording: Wording },
  by: { userId: number },
  now: Temporal.Instant,
): Promise<void> {
  const mistakes = mistakesInWording(which, wording);
  if (mistakes.length > 0) throw invalidInput(...mistakes);
  const set = { ...wording, updated_by: by.userId, updated_at: now.toString() };
  await db
    .insertInto('message_templates')
    .values({ ...which, ...set })
    .onConflict((known) => known.columns(['kind', 'channel', 'language']).doUpdateSet(set))
    .execute();
}

/** Goes back to the wording that Shomoy brings along. */
export async function endTemplate(db: Database, { kind, channel, language }: Template): Promise<void> {
  await db
    .deleteFrom('message_templates')
    .where('kind', '=', kind)
    .where('channel', '=', channel)
    .where('language', '=', language)
    .execute();
}
