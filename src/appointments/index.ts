import type { FastifyInstance } from 'fastify';
import { arrangementRoutes } from './arrangements/routes.ts';
import { attachmentRoutes } from './attachments/routes.ts';
import { availabilityRoutes } from './availability/routes.ts';
import { attendanceRoutes } from './attendance/routes.ts';
import { bookingRoutes } from './booking/routes.ts';
import { chamberPolicyRoutes } from './chamber-policies/routes.ts';
import { chamberRoutes } from './chambers/routes.ts';
import { deskRoutes } from './desk/routes.ts';
import { doctorRoutes } from './doctors/routes.ts';
import { exceptionRoutes } from './exceptions/routes.ts';
import { guestRoutes } from './guests/routes.ts';
import { holdRoutes } from './holds/routes.ts';
import { holidayRoutes } from './holidays/routes.ts';
import { noteRoutes } from './notes/routes.ts';
import { paymentRoutes } from './payments/routes.ts';
import { scheduleRoutes } from './schedules/routes.ts';
import { visitTypeRoutes } from './visit-types/routes.ts';
import { waitlistRoutes } from './waitlist/routes.ts';

/** Chambers, schedules and all that shapes them, doctors as patients find them, availability, and a booking's life. */
export async function appointments(app: FastifyInstance): Promise<void> {
  chamberRoutes(app);
  chamberPolicyRoutes(app);
  attachmentRoutes(app);
  visitTypeRoutes(app);
  arrangementRoutes(app);
  scheduleRoutes(app);
  exceptionRoutes(app);
  holidayRoutes(app);
  doctorRoutes(app);
  availabilityRoutes(app);
  holdRoutes(app);
  guestRoutes(app);
  waitlistRoutes(app);
  bookingRoutes(app);
  attendanceRoutes(app);
  noteRoutes(app);
  paymentRoutes(app);
  deskRoutes(app);
}
