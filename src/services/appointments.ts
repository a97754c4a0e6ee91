import type { FastifyInstance } from 'fastify';
import { appointments } from '../appointments/index.ts';
import { notifications } from '../notifications/index.ts';
import { workRoutes } from '../platform/works/routes.ts';
import { reports } from '../reports/index.ts';
import { appointmentLinks } from './appointment-links.ts';

/**
 * The appointments service also answers what is asked about messages and reports: they speak of its appointments. And what
 * people ask about their long works, whichever service they were begun in.
 */
export async function appointmentsWithReports(app: FastifyInstance): Promise<void> {
  await app.register(appointments);
  const links = appointmentLinks(app.deps.secrets);
  await app.register(notifications(links));
  await app.register(reports(links));
  workRoutes(app);
}
