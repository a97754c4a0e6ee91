import type { FastifyInstance } from 'fastify';
import { figureRoutes } from './figures/routes.ts';
import type { Named } from './monthly/present.ts';
import { monthlyRoutes } from './monthly/routes.ts';
import { overviewRoutes } from './overview/routes.ts';

/**
 * What doctors and administrators count: monthly reports with their versions, reports over any dates, the rows behind both,
 * and how today stands.
 */
export const reports =
  (named: Named) =>
  async (app: FastifyInstance): Promise<void> => {
    monthlyRoutes(app, named);
    figureRoutes(app, named);
    overviewRoutes(app);
  };
