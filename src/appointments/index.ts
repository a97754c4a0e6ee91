import type { FastifyInstance } from 'fastify';
import { availabilityRoutes } from './availability/routes.ts';
import { bookingRoutes } from './booking/routes.ts';
import { chamberRoutes } from './chambers/routes.ts';
import { doctorRoutes } from './doctors/routes.ts';
import { scheduleRoutes } from './schedules/routes.ts';

/** Chambers, schedules, doctors as patients find them, availability and bookings. */
export async function appointments(app: FastifyInstance): Promise<void> {
  chamberRoutes(app);
  scheduleRoutes(app);
  doctorRoutes(app);
  availabilityRoutes(app);
  bookingRoutes(app);
}
