import type { FastifyInstance } from 'fastify';
import { accountRoutes } from './accounts/routes.ts';
import { administrationRoutes } from './administration/routes.ts';
import { codeRoutes } from './codes/routes.ts';
import { guestRoutes } from './guests/routes.ts';
import { importRoutes } from './imports/routes.ts';
import { locationRoutes } from './locations/routes.ts';
import { patientRoutes } from './patients/routes.ts';
import { profileRoutes } from './profiles/routes.ts';
import { settingsRoutes } from './settings/routes.ts';
import { signInRoutes } from './sign-ins/routes.ts';

/** Accounts, sign-in, profiles, patients, places, and the administration of users. */
export async function users(app: FastifyInstance): Promise<void> {
  await app.register(accountRoutes);
  await app.register(signInRoutes);
  await app.register(codeRoutes);
  await app.register(guestRoutes);
  await app.register(profileRoutes);
  await app.register(patientRoutes);
  await app.register(locationRoutes);
  await app.register(administrationRoutes);
  await app.register(settingsRoutes);
  await app.register(importRoutes);
}
