import { sql } from 'kysely';
import type { Database } from '../../platform/database.ts';

/** The devices a user is signed in on, last used first. */
export const listSignInsOf = (db: Database, userId: number, now: Temporal.Instant) =>
  db
    .selectFrom('sign_ins')
    .select(['id', 'created_at', 'rotated_at', 'user_agent'])
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', sql<Temporal.Instant>`${now.toString()}`)
    .orderBy('rotated_at', 'desc')
    .orderBy('id')
    .execute();
