import type { Actor } from '../../platform/access-tokens.ts';
import { Problem } from '../../platform/problems.ts';

/** Who added a chamber; null for one that came with the installation. */
export type Added = { created_by: number | null };

/** Administrators change every chamber, a doctor those they added: others' patients go by what is written there. */
export const canChange = (actor: Actor, { created_by }: Added): boolean =>
  actor.userType === 'admin' || (actor.userType === 'doctor' && created_by === actor.userId);

/** Everybody sees chambers, so there is nothing to hide from those who may not change one. */
export function mayChange(actor: Actor, chamber: Added): void {
  if (canChange(actor, chamber)) return;
  throw new Problem('not_allowed', 'Only an administrator or who added this chamber can change it.');
}
