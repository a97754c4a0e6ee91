/** A `tstzrange` column, half-open. */
export type InstantRange = { start: Temporal.Instant; end: Temporal.Instant };

/** Two instants in epoch milliseconds as PostgreSQL reads a `tstzrange`. */
export const spellRange = ({ start, end }: { start: number; end: number }): string =>
  `[${spell(start)},${spell(end)})`;

const spell = (instant: number): string => Temporal.Instant.fromEpochMilliseconds(instant).toString();

/** An instant parameter given as epoch milliseconds. */
export const instantOf = (parameter: string): string => `to_timestamp(${parameter}::float8 / 1000)`;
