import type { Conditions } from '../obstacles.ts';

/** What tests and benchmarks add to: nothing is taken or closed, and somebody books online. */
export const freeOfConditions: Conditions = {
  taken: [],
  travelMinutes: 0,
  closures: [],
  closedSessions: new Set(),
  channel: 'online',
};
