import type { Database } from '../../platform/database.ts';
import { channelTo } from './policy.ts';

export type Addressee = { userId: number; language: 'bn' | 'en' };

/**
 * The user whose account can be opened through this number or e-mail: it is proven to be theirs, or nothing of theirs is
 * yet. So whoever wrote another person's address into an account loses their hold on it as soon as that person comes.
 */
export async function findAddressee(db: Database, destination: string): Promise<Addressee | null> {
  const sms = channelTo(destination) === 'sms';
  const user = await db
    .selectFrom('users')
    .select(['id', 'language'])
    .where(sms ? 'mobile' : 'email', '=', destination)
    .where((where) =>
      where.or([
        where(sms ? 'mobile_verified_at' : 'email_verified_at', 'is not', null),
        where.and([where('mobile_verified_at', 'is', null), where('email_verified_at', 'is', null)]),
      ]),
    )
    .executeTakeFirst();
  return user ? { userId: user.id, language: user.language } : null;
}
