import type { Session } from '../../lib/session.ts';

/** Where somebody wants to be who has only signed in. */
export const homePath = ({ userType }: Session): string =>
  userType === 'patient' ? '/me/appointments' : '/staff';
