import { sittings } from '../sittings.ts';
import type { WeeklyRule } from '../weekly-rules.ts';

/** Each sitting as `key start/end`, in UTC. */
export function spellSittings(rules: readonly WeeklyRule[], from: string, to = from): string[] {
  return sittings(rules, { from, to }).map((sitting) => {
    const [start, end] = [sitting.start, sitting.end].map((ms) =>
      Temporal.Instant.fromEpochMilliseconds(ms).toString().slice(0, 16),
    );
    return `${sitting.sessionKey} ${start}/${end}`;
  });
}
