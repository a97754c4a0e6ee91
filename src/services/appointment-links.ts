import { makeReference } from '../appointments/booking/make-reference.ts';
import { signLink, signWaiting } from '../appointments/booking/sign-link.ts';
import type { Secrets } from '../platform/secrets.ts';

/** How messages name an appointment and where its private page is. */
export const appointmentLinks = (secrets: Secrets) => ({
  reference: makeReference,
  path: ({ appointmentId, entryId }: { appointmentId: number; entryId: number | null }): string =>
    entryId === null ? `/a/${signLink(secrets, appointmentId)}` : `/w/${signWaiting(secrets, entryId)}`,
});
