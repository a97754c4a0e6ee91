/** The present, as an argument: tests set it, nothing else reads a wall clock. */
export type Clock = { now(): Temporal.Instant };

export const systemClock: Clock = { now: () => Temporal.Now.instant() };
