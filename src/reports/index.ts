import type { FastifyInstance } from 'fastify';
import type { Named } from './monthly/present.ts';
import { monthlyRoutes } from './monthly/routes.ts';

/** What doctors and administrators count: monthly reports, their versions and the rows behind them. */
export const reports =
  (named: Named) =>
  async (app: FastifyInstance): Promise<void> => {
    monthlyRoutes(app, named);
  };
