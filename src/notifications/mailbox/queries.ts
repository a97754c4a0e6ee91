import type { listMailbox } from '../../contract/messages.ts';
import type { RouteAnswer } from '../../contract/route.ts';
import { run, type Queryable, type Statement } from '../../platform/database.ts';

type Item = RouteAnswer<typeof listMailbox>['items'][number];
export type MailboxRow = Omit<Item, 'createdAt'> & { createdAt: Temporal.Instant };

/** One page, newest first. */
export const listKept = (
  on: Queryable,
  { channel, before, limit }: { channel: 'email' | 'sms' | null; before: number | null; limit: number },
): Promise<MailboxRow[]> => run<MailboxRow>(on, kept, [channel, before, limit]);

const kept: Statement = {
  name: 'list-mailbox',
  text: `select k.message_id as id, k.channel, m.kind, k.recipient, k.title, k.text, k.calendar, m.parts,
           k.created_at as "createdAt"
         from mailbox k join messages m on m.id = k.message_id
         where ($1::text is null or k.channel = $1) and ($2::bigint is null or k.message_id < $2)
         order by k.message_id desc limit $3`,
};
