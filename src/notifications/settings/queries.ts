import { messageChannel, messageKind, opensAccount } from '../../contract/messages.ts';
import type { NotificationSettings } from '../../contract/notifications.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import type { Database } from '../../platform/database.ts';
import { isUsual, type QuietHours } from '../planning/policy.ts';

/** What a user can be told, with the usual where they have not chosen. */
export async function findSettings(
  db: Database,
  { userId, userType }: Pick<Actor, 'userId' | 'userType'>,
  site: { quietHours: QuietHours },
): Promise<NotificationSettings> {
  const own = await db
    .selectFrom('quiet_hours')
    .select(['from_time', 'until_time'])
    .where('user_id', '=', userId)
    .executeTakeFirst();
  const chosen = await db
    .selectFrom('notification_choices')
    .select(['kind', 'channel', 'wanted'])
    .where('user_id', '=', userId)
    .execute();
  return {
    quietHours: own ? spanOf(own) : site.quietHours,
    choices: messageKind.options.flatMap((kind) =>
      opensAccount(kind) || (kind === 'monthly_report' && userType !== 'doctor')
        ? []
        : messageChannel.options.map((channel) => ({
            kind: kind as NotificationSettings['choices'][number]['kind'],
            channel,
            wanted:
              chosen.find((each) => each.kind === kind && each.channel === channel)?.wanted ??
              isUsual(kind, channel),
          })),
    ),
  };
}

const spanOf = (row: { from_time: string | null; until_time: string | null }): QuietHours =>
  row.from_time === null || row.until_time === null
    ? null
    : { from: row.from_time.slice(0, 5), until: row.until_time.slice(0, 5) };
