import type pg from 'pg';
import type { Config } from '../config.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Secrets } from './secrets.ts';

/** What a module is given; made once by main.ts or by the test harness. */
export type Deps = {
  config: Config;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  pool: pg.Pool;
  db: Database;
  secrets: Secrets;
  tokens: AccessTokens;
  /** Logins to show on the pages of a demonstration; empty elsewhere. */
  demoLogins: readonly { who: string; login: string; password: string }[];
};
