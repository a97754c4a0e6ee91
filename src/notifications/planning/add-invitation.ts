import type { Tx } from '../../platform/database.ts';
import { MINUTE_MS } from '../../scheduling/range.ts';
import { insertMessages } from './add-messages.ts';
import { findInvitationSituation } from './queries.ts';

/** Whoever has not got it within three days asks for it again. */
const worthMs = 3 * 24 * 60 * MINUTE_MS;

/**
 * Writes into the ledger that somebody is to be told where to choose a password, by each number and e-mail that opens their
 * account. It waits for no morning: an administrator is doing it now, often with the other beside them.
 */
export async function addInvitation(tx: Tx, invitationId: number): Promise<void> {
  const situation = await findInvitationSituation(tx, invitationId);
  if (!situation) return;
  const { userId, language, email, mobile } = situation;
  const due = situation.now.epochMilliseconds;
  const ways = [
    { channel: 'email', recipient: email },
    { channel: 'sms', recipient: mobile },
  ] as const;
  const rows = ways.flatMap(({ channel, recipient }) =>
    recipient === null
      ? []
      : [
          {
            invitationId,
            version: invitationId,
            kind: 'invitation' as const,
            minutes: 0,
            channel,
            recipient,
            userId,
            language,
            due,
            stale: due + worthMs,
            answer: null,
          },
        ],
  );
  await insertMessages(tx, rows);
}
