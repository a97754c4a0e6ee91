/** `degraded`: everything works, but something slower or later than it should. */
export type Standing = 'ok' | 'degraded' | 'unavailable';

/** `behind`: due jobs that nobody has taken for a minute. */
export type Part = 'ok' | 'behind' | 'unavailable';

/** What one service says of itself at `/health/ready`, part by part: database, jobs, redis, broker. */
export type Health = { status: Standing; checks: Record<string, Part> };

/** What the gateway says at `/health` of itself and of every service. */
export type WholeHealth = Health & {
  services: Record<string, Standing>;
  /** Of every service that said so; one that is away says nothing. */
  parts: Record<string, Health['checks']>;
};
