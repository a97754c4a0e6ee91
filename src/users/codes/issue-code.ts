import { randomInt, randomUUID } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import type { Config } from '../../config.ts';
import { publish } from '../../platform/bus.ts';
import type { Tx } from '../../platform/database.ts';
import type { Deps } from '../../platform/deps.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import {
  channelTo,
  digestOf,
  lifeMinutes,
  maskDestination,
  mostFromOne,
  mostToOne,
  resendSeconds,
  type Purpose,
} from './policy.ts';
import type { IssuedCode } from '../../contract/codes.ts';

export type CodeRequest = {
  purpose: Purpose;
  /** As it is stored: `+88…` or an e-mail in lower case. */
  destination: string;
  language: 'bn' | 'en';
  /** Digest of the caller's address. */
  from: Buffer;
} & ({ guest: { fullName: string | null } } | { userId: number | null });

/**
 * Makes a code and has it sent. For nobody (`userId` null) the same is done but that nothing can be sent, so that neither
 * answer nor time tells who has an account. Refuses with `too_many_requests` and `too_many_codes`.
 */
export async function issueCode(
  tx: Tx,
  { secrets, config, demoLogins }: Pick<Deps, 'secrets' | 'config' | 'demoLogins'>,
  request: CodeRequest,
  now: Temporal.Instant,
): Promise<IssuedCode> {
  const { purpose, destination, language, from } = request;
  const channel = channelTo(destination);
  refuseUnsendable(config, destination);
  await refuseTooMany(tx, request, now);
  const id = randomUUID();
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const known = 'guest' in request || request.userId !== null;
  const expires = now.add({ minutes: lifeMinutes });
  await tx
    .insertInto('verification_codes')
    .values({
      id,
      purpose,
      channel,
      destination,
      language,
      user_id: 'guest' in request ? null : request.userId,
      full_name: 'guest' in request ? request.guest.fullName : null,
      digest: digestOf(secrets, id, code),
      sealed: known ? secrets.seal('code', code) : null,
      asked_from: from,
      created_at: now.toString(),
      expires_at: expires.toString(),
    })
    .execute();
  await publish(tx, { name: 'code.issued', data: { codeId: id } });
  return {
    codeId: id,
    sentTo: maskDestination(destination),
    expiresAt: expires.toString(),
    resendAfter: now.add({ seconds: resendSeconds }).toString(),
    demoCode: demoLogins.length > 0 && known ? code : null,
  };
}

/** Refuses a number whose network no code is sent to; an e-mail address never. */
export function refuseUnsendable({ smsPrefixes }: Pick<Config, 'smsPrefixes'>, destination: string): void {
  if (channelTo(destination) === 'sms' && !smsPrefixes.some((prefix) => destination.startsWith(prefix)))
    throw invalidInput({ path: 'mobile', message: 'Codes cannot be sent to this number' });
}

/** Under locks of the destination and of the caller, in this order, so that what is counted stays true until the commit. */
async function refuseTooMany(
  tx: Tx,
  { purpose, destination, from }: CodeRequest,
  now: Temporal.Instant,
): Promise<void> {
  await sql`select ${lockOfCodes(sql.val(destination))}`.execute(tx);
  const caller = `codes from ${from.toString('hex')}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${caller}, 0))`.execute(tx);
  const { to, by, last } = await tx
    .selectFrom('verification_codes')
    .select((select) => [
      select.fn.countAll<number>().filterWhere('destination', '=', destination).as('to'),
      select.fn.countAll<number>().filterWhere('asked_from', '=', from).as('by'),
      select.fn
        .max('created_at')
        .filterWhere('destination', '=', destination)
        .filterWhere('purpose', '=', purpose)
        .$castTo<Temporal.Instant | null>()
        .as('last'),
    ])
    .where((where) => where.or([where('destination', '=', destination), where('asked_from', '=', from)]))
    .where('created_at', '>', sql<Temporal.Instant>`${now.subtract({ hours: 24 }).toString()}`)
    .executeTakeFirstOrThrow();
  if (to >= mostToOne || by >= mostFromOne)
    throw new Problem('too_many_codes', 'As many codes as are allowed have been sent. Try again tomorrow.', {
      retryAfter: 24 * 3600,
    });
  const wait = last ? Math.ceil(resendSeconds - now.since(last).total('seconds')) : 0;
  if (wait > 0)
    throw new Problem('too_many_requests', `A code is on its way. Wait ${wait} seconds before the next.`, {
      retryAfter: wait,
    });
}

/** SQL: what happens to the codes of one number or address happens one after the other. */
export const lockOfCodes = (destination: RawBuilder<unknown>) =>
  sql`pg_advisory_xact_lock(hashtextextended('codes to ' || ${destination}, 0))`;
