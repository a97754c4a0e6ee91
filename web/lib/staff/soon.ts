const mostMs = 3_000;

/** Ends with the work, or after three seconds: what is done need not keep anybody waiting for a list on a bad line. */
export const soon = (work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, new Promise((go) => setTimeout(go, mostMs))]);
