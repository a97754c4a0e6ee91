import type { Actor } from '../../platform/access-tokens.ts';
import { Problem } from '../../platform/problems.ts';

/** Hours and fees are set by the doctor themself or an administrator; to others the doctor's set-up does not exist. */
export function mayArrange(actor: Actor, doctorId: number): void {
  if (actor.userType === 'admin' || actor.userId === doctorId) return;
  throw new Problem('not_found');
}
