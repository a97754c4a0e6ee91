import type { Actor } from '../../platform/access-tokens.ts';
import { Problem } from '../../platform/problems.ts';

/** An admin cannot lock themself out: another one has to. */
export function refuseOwnAccount(by: Actor, userId: number): void {
  if (by.userId === userId)
    throw new Problem('not_allowed', 'You cannot change the status of your own account.');
}
