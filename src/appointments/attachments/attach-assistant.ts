import { brokenConstraint, type Tx } from '../../platform/database.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { ensureOpenChamber } from '../chambers/ensure-open-chamber.ts';
import { isAssistant, worksThere } from './queries.ts';

export type NewAttachment = {
  assistantId: number;
  chamberId: number;
  /** Null: all doctors there, now and later. */
  doctorId: number | null;
};

/**
 * Lets an assistant run the desk of an open chamber; answers the attachment's id. Refuses who is not an assistant
 * (`not_found`), a doctor without a visit type or hours there, and what the assistant has already.
 */
export async function attachAssistant(
  tx: Tx,
  { assistantId, chamberId, doctorId }: NewAttachment,
  by: { userId: number },
  now: Temporal.Instant,
): Promise<number> {
  if (!(await isAssistant(tx, assistantId))) throw new Problem('not_found');
  await ensureOpenChamber(tx, chamberId);
  // Should the doctor leave at this moment, the attachment is as one from before: a desk with nothing to come.
  if (doctorId !== null && !(await worksThere(tx, { doctorId, chamberId })))
    throw invalidInput({ path: 'doctorId', message: 'This doctor has no fees or hours in this chamber' });
  try {
    const { id } = await tx
      .insertInto('assistant_attachments')
      .values({
        assistant_id: assistantId,
        chamber_id: chamberId,
        doctor_id: doctorId,
        created_by: by.userId,
        created_at: now.toString(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  } catch (error) {
    if (brokenConstraint(error) === 'assistant_attachments_once') throw new Problem('already_attached');
    throw error;
  }
}
