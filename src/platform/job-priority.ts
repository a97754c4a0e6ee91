/**
 * The priority of jobs that one act leaves by the thousand, and of which nobody awaits any single one: workers take them
 * when nothing else is due. In one queue with the others an import of 2,000 doctors' hours kept every message waiting for 20 s.
 */
export const unhurried = 1;

/** SQL: since when a job of `graphile_worker.jobs` should have been done. */
export const expectedAtSql = `run_at + case when priority >= ${unhurried} then interval '1 hour' else interval '0' end`;
