import { appointmentSubscribers } from '../appointments/subscribers.ts';
import { waitlistSubscribers } from '../appointments/waitlist/subscribers.ts';
import { notificationSubscribers } from '../notifications/subscribers.ts';
import type { Consumers } from '../platform/bus.ts';
import type { Deps } from '../platform/deps.ts';

/** Who takes events. The names stand in the inbox and in the broker's queues: they never change. */
export const consumersOf = (deps: Deps): Consumers => ({
  appointments: appointmentSubscribers(deps),
  waitlist: waitlistSubscribers(deps),
  notifications: notificationSubscribers(deps),
});
