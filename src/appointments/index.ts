import type { FastifyInstance } from 'fastify';
import { arrangementRoutes } from './arrangements/routes.ts';
import { availabilityRoutes } from './availability/routes.ts';
import { bookingRoutes } from './booking/routes.ts';
import { chamberRoutes } from './chambers/routes.ts';
import { doctorRoutes } from './doctors/routes.ts';
import { exceptionRoutes } from './exceptions/routes.ts';
import { holidayRoutes } from './holidays/routes.ts';
import { scheduleRoutes } from './schedules/routes.ts';
import { visitTypeRoutes } from './visit-types/routes.ts';

/** Chambers, visit types, schedules, exceptions, holidays, doctors as patients find them, availability and bookings. */
export async function appointments(app: FastifyInstance): Promise<void> {
  chamberRoutes(app);
  visitTypeRoutes(app);
  arrangementRoutes(app);
  scheduleRoutes(app);
  exceptionRoutes(app);
  holidayRoutes(app);
  doctorRoutes(app);
  availabilityRoutes(app);
  bookingRoutes(app);
}
