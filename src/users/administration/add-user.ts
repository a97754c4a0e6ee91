import type { Config } from '../../config.ts';
import type { addUser as addUserRoute } from '../../contract/admin.ts';
import type { RouteRequest } from '../../contract/route.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import type { Tx } from '../../platform/database.ts';
import { unguessableHash } from '../../platform/passwords.ts';
import { registerUser } from '../accounts/register-user.ts';
import { refuseUnsendable } from '../codes/issue-code.ts';
import { sendInvitation } from './send-invitation.ts';
import { lockUsers } from './lock-users.ts';
import { recordDeed } from './record-deed.ts';

type NewColleague = RouteRequest<typeof addUserRoute>['body'] & { language: 'bn' | 'en' };

/**
 * Makes an account for an assistant or an administrator, of which nobody has the password: they are told where to choose
 * it, and do so by the usual reset. Refuses with `email_taken`, `mobile_taken` and `invalid_input`.
 */
export async function addUser(
  tx: Tx,
  config: Pick<Config, 'smsPrefixes'>,
  colleague: NewColleague,
  by: Actor,
  now: Temporal.Instant,
): Promise<number> {
  const { email, mobile } = colleague;
  await lockUsers(tx, by);
  if (mobile !== undefined && email === undefined) refuseUnsendable(config, mobile);
  const userId = await registerUser(tx, { ...colleague, passwordHash: unguessableHash() }, now);
  await recordDeed(tx, { action: 'user.added', detail: { userId, userType: colleague.userType } }, by, now);
  await sendInvitation(tx, { userId }, by, now);
  return userId;
}
