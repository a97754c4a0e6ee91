import { sql } from 'kysely';
import type { Deps } from '../platform/deps.ts';
import type { Tasks } from '../platform/jobs.ts';

/** Who was told what can be asked for so long; what people read, and what the demonstration kept, for less. */
const keptDays = { messages: 400, notifications: 180, mailbox: 30 };

export const messageTasks = ({ db }: Pick<Deps, 'db'>): Tasks => ({
  'forget-messages': async () => {
    await sql`delete from mailbox where created_at < now() - ${keptDays.mailbox} * interval '1 day'`.execute(
      db,
    );
    await sql`delete from notifications
              where created_at < now() - ${keptDays.notifications} * interval '1 day'`.execute(db);
    await sql`delete from messages
              where finished_at < now() - ${keptDays.messages} * interval '1 day'`.execute(db);
  },
});
