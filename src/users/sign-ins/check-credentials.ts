import * as fields from '../../contract/fields.ts';
import type { Deps } from '../../platform/deps.ts';
import { verifyPassword } from '../../platform/passwords.ts';
import { Problem } from '../../platform/problems.ts';
import { countAttempt, forgetAttempts } from './count-attempt.ts';
import { hashLogin } from './policy.ts';

/**
 * Returns the id of the user that login and password belong to. An unknown login costs the same time and gives the same
 * answer as a wrong password; that an account is not active is told only to who knows its password.
 */
export async function checkCredentials(
  { db, secrets }: Pick<Deps, 'db' | 'secrets'>,
  { login, password }: { login: string; password: string },
  now: Temporal.Instant,
): Promise<number> {
  const key = parseLogin(login);
  const loginHash = hashLogin(secrets, key.value);
  await countAttempt(db, loginHash, now);
  const user = await db
    .selectFrom('users')
    .select(['id', 'password_hash', 'status'])
    .where(key.column, '=', key.value)
    .executeTakeFirst();
  const right = await verifyPassword(password, user?.password_hash ?? null);
  if (!user || !right) throw new Problem('wrong_credentials');
  if (user.status !== 'active') throw new Problem('account_inactive');
  await forgetAttempts(db, loginHash);
  return user.id;
}

/** E-mail in any case, or a mobile number in any form that registration takes; anything else is nobody's login. */
function parseLogin(login: string): { column: 'email' | 'mobile'; value: string } {
  const mobile = fields.mobile.safeParse(login);
  return mobile.success
    ? { column: 'mobile', value: mobile.data }
    : { column: 'email', value: login.toLowerCase() };
}
