import type { Actor } from '../../platform/access-tokens.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';

/** Administrators see which desks an assistant runs, an assistant their own; nobody else's exist to them. */
export function mayListAttachments(actor: Actor, assistantId: number): void {
  if (actor.userType !== 'admin' && actor.userId !== assistantId) throw new Problem('not_found');
}

/** An administrator runs every desk, which are too many for one answer. */
export function mustNarrow(actor: Actor, asked: { doctorId?: number; chamberId?: number }): void {
  if (actor.userType !== 'admin' || asked.doctorId !== undefined || asked.chamberId !== undefined) return;
  throw invalidInput({ path: 'chamberId', message: 'Give a chamber or a doctor' });
}
