import type { Database } from '../../platform/database.ts';
import { noNote, type Note } from './write-note.ts';

/** The author's own note on a visit. */
export async function findNote(
  db: Database,
  { appointmentId, authorId }: { appointmentId: number; authorId: number },
): Promise<Note> {
  const note = await db
    .selectFrom('visit_notes')
    .select(['text', 'updated_at'])
    .where('appointment_id', '=', appointmentId)
    .where('author_id', '=', authorId)
    .executeTakeFirst();
  return note ?? noNote;
}
