import type { FastifyInstance, FastifyRequest } from 'fastify';
import { confirmOtp, confirmPasswordReset, requestOtp, requestPasswordReset } from '../../contract/auth.ts';
import { confirmVerification, requestVerification } from '../../contract/me.ts';
import { digestOfAddress } from '../../platform/address-digests.ts';
import type { Tx } from '../../platform/database.ts';
import { serve } from '../../platform/http.ts';
import { answerOnce, type Idempotency } from '../../platform/idempotency.ts';
import { hashPassword } from '../../platform/passwords.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { readSettings } from '../../platform/settings.ts';
import { refuseCommonPassword } from '../accounts/refuse-password.ts';
import { presentUser } from '../present.ts';
import { getUser } from '../queries.ts';
import { changePassword } from '../sign-ins/change-password.ts';
import { forgetAttempts } from '../sign-ins/count-attempt.ts';
import { hashLogin } from '../sign-ins/policy.ts';
import { signTokens } from '../sign-ins/sign-tokens.ts';
import { startSignIn } from '../sign-ins/start-sign-in.ts';
import { issueCode } from './issue-code.ts';
import type { Purpose } from './policy.ts';
import { findAddressee } from './queries.ts';
import { takeCode, type GivenCode } from './take-code.ts';
import { verifyAddress } from './verify-address.ts';

export async function codeRoutes(app: FastifyInstance): Promise<void> {
  const { deps } = app;
  const { db, pool, secrets } = deps;

  serve(app, requestOtp, (request) => issueForAccount('sign_in', request));
  serve(app, requestPasswordReset, (request) => issueForAccount('password_reset', request));

  serve(app, confirmOtp, async ({ body, now, raw }) => {
    const userAgent = raw.headers['user-agent'] ?? null;
    const started = await db.transaction().execute(async (tx) => {
      const userId = await takeForUser(tx, { ...body, purpose: 'sign_in' }, now);
      return userId && { userId, ...(await startSignIn(tx, { userId, userAgent }, now)) };
    });
    if (!started) throw new Problem('wrong_code');
    return {
      ...(await signTokens(deps, started, now)),
      user: presentUser(await getUser(db, started.userId)),
    };
  });

  serve(app, confirmPasswordReset, async ({ body, now }) => {
    const { password, ...given } = body;
    refuseCommonPassword(password);
    const changed = await db.transaction().execute(async (tx) => {
      const userId = await takeForUser(tx, { ...given, purpose: 'password_reset' }, now);
      if (!userId) return null;
      await changePassword(tx, { userId, passwordHash: await hashPassword(password) }, now);
      return getUser(tx, userId);
    });
    if (!changed) throw new Problem('wrong_code');
    for (const login of [changed.mobile, changed.email])
      if (login) await forgetAttempts(db, hashLogin(secrets, login));
  });

  serve(app, requestVerification, async ({ body, actor, now, idempotency, raw }) => {
    const { mobile, email, language } = await getUser(db, actor.userId);
    const destination = body.channel === 'sms' ? mobile : email;
    if (destination === null)
      throw invalidInput({ path: 'channel', message: 'Add it to your profile first' });
    const { userId } = actor;
    const from = askedFrom(raw);
    return answerOnce(db, { userId, idempotency, status: 201, now }, (tx) =>
      issueCode(tx, deps, { purpose: 'verify', destination, language, from, userId }, now),
    );
  });

  serve(app, confirmVerification, async ({ body, actor, now }) => {
    const user = await db.transaction().execute(async (tx) => {
      const userId = await takeForUser(tx, { ...body, purpose: 'verify', userId: actor.userId }, now);
      return userId ? getUser(tx, userId) : null;
    });
    if (!user) throw new Problem('wrong_code');
    return { user: presentUser(user) };
  });

  async function issueForAccount(purpose: Purpose, asked: Asked) {
    const { body, now, idempotency, raw } = asked;
    const { login: destination, language } = body;
    const addressee = await findAddressee(db, destination);
    // Read for everybody: whoever has no account must not be told by one statement more.
    const { language: usual } = await readSettings(pool);
    const request = {
      purpose,
      destination,
      language: language ?? addressee?.language ?? usual,
      from: askedFrom(raw),
      userId: addressee?.userId ?? null,
    };
    return answerOnce(db, { userId: null, idempotency, status: 201, now }, (tx) =>
      issueCode(tx, deps, request, now),
    );
  }

  /** The user whom a right code is of, whose number or e-mail it proves; null after a wrong one, which stays counted. */
  async function takeForUser(tx: Tx, given: GivenCode, now: Temporal.Instant): Promise<number | null> {
    const taken = await takeCode(tx, secrets, given, now);
    if (!taken || taken.userId === null) return null;
    const { destination, userId } = taken;
    return (await verifyAddress(tx, { destination, userId }, now)) ? userId : null;
  }

  const askedFrom = (raw: FastifyRequest): Buffer => digestOfAddress(secrets, 'codes-from', raw.ip);
}

type Asked = {
  body: { login: string; language?: 'bn' | 'en' | undefined };
  now: Temporal.Instant;
  idempotency: Idempotency;
  raw: FastifyRequest;
};
