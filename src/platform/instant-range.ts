/** A `tstzrange` column, half-open. */
export type InstantRange = { start: Temporal.Instant; end: Temporal.Instant };
