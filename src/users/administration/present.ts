import type { Standing } from '../../contract/admin.ts';
import type { listDeadLetters } from '../../contract/dead-letters.ts';
import type { RouteAnswer } from '../../contract/route.ts';
import { describeLetter, type DeadLetter } from '../../platform/dead-letters.ts';
import type { StandingRow } from './queries.ts';

/** The list leaves the payload out: what an administrator decides by is its kind and the reason. */
export function presentDeadLetter(letter: DeadLetter): RouteAnswer<typeof listDeadLetters>['items'][number] {
  const { id, task, reason, tries, diedAt } = letter;
  return { id, task, ...describeLetter(letter), reason, tries, diedAt: diedAt.toString() };
}

export const presentStanding = ({ lastUsedAt, invitedAt, ...rest }: StandingRow): Standing => ({
  ...rest,
  lastUsedAt: lastUsedAt?.toString() ?? null,
  invitedAt: invitedAt?.toString() ?? null,
});
