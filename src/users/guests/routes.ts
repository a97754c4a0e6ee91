import type { FastifyInstance } from 'fastify';
import { confirmGuest as confirmRoute, createGuest } from '../../contract/guests.ts';
import { digestOfAddress } from '../../platform/address-digests.ts';
import { signGuest } from '../../platform/guest-tokens.ts';
import { serve } from '../../platform/http.ts';
import { answerOnce } from '../../platform/idempotency.ts';
import { Problem } from '../../platform/problems.ts';
import { readSettings } from '../../platform/settings.ts';
import { issueCode } from '../codes/issue-code.ts';
import { registerGuest } from './register-guest.ts';

export async function guestRoutes(app: FastifyInstance): Promise<void> {
  const { deps } = app;
  const { db, pool, secrets } = deps;

  serve(app, createGuest, async ({ body, now, idempotency, raw }) => {
    const { fullName = null, mobile, email } = body;
    const request = {
      purpose: 'guest' as const,
      destination: mobile ?? email ?? '',
      language: body.language ?? (await readSettings(pool)).language,
      from: digestOfAddress(secrets, 'codes-from', raw.ip),
      guest: { fullName },
    };
    return answerOnce(db, { userId: null, idempotency, status: 201, now }, (tx) =>
      issueCode(tx, deps, request, now),
    );
  });

  serve(app, confirmRoute, async ({ params, body, now, idempotency }) => {
    // Returned, not thrown: what a wrong code has used up must be committed. The token itself is stored nowhere.
    const { guest } = await answerOnce(db, { userId: null, idempotency, status: 201, now }, async (tx) => ({
      guest: await registerGuest(tx, secrets, { ...params, ...body }, now),
    }));
    if (!guest) throw new Problem('wrong_code');
    const { patient } = guest;
    const expires = Temporal.Instant.from(guest.expires);
    return { guestToken: patient && signGuest(secrets, { patientId: patient.id, expires }), patient };
  });
}
