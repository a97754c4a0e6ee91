import type { Actor } from '../../platform/access-tokens.ts';
import { Problem } from '../../platform/problems.ts';

/** Hours and fees are set by the doctor themself or an administrator; to others the doctor's set-up does not exist. */
export function mayArrange(actor: Actor, doctorId: number): void {
  if (actor.userType === 'admin' || actor.userId === doctorId) return;
  throw new Problem('not_found');
}

/** The doctor's desk reads what the doctor and administrators set, and why a time is not offered. */
export function mayReadArrangement(actor: Actor, doctorId: number, desk: { attached: boolean }): void {
  if (!desk.attached) mayArrange(actor, doctorId);
}

/** What patients see is written by doctors whose licence has been checked. */
export function mayPublish(actor: Actor, standing: { approved: boolean }): void {
  if (actor.userType === 'admin' || standing.approved) return;
  throw new Problem(
    'not_allowed',
    'Your licence is still being checked. You can set up your hours after that.',
  );
}
