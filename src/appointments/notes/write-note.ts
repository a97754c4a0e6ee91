import type { Tx } from '../../platform/database.ts';

export type Note = { text: string; updated_at: Temporal.Instant | null };

/** Writes the author's own note on a visit; an empty one takes it away. */
export async function writeNote(
  tx: Tx,
  { appointmentId, text }: { appointmentId: number; text: string },
  by: { userId: number },
  now: Temporal.Instant,
): Promise<Note> {
  if (text === '') {
    await tx
      .deleteFrom('visit_notes')
      .where('appointment_id', '=', appointmentId)
      .where('author_id', '=', by.userId)
      .execute();
    return noNote;
  }
  return tx
    .insertInto('visit_notes')
    .values({ appointment_id: appointmentId, author_id: by.userId, text, updated_at: now.toString() })
    .onConflict((conflict) =>
      conflict.columns(['appointment_id', 'author_id']).doUpdateSet({ text, updated_at: now.toString() }),
    )
    .returning(['text', 'updated_at'])
    .executeTakeFirstOrThrow();
}

export const noNote: Note = { text: '', updated_at: null };
