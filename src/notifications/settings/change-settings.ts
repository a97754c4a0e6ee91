import type { putNotificationSettings } from '../../contract/notifications.ts';
import type { RouteRequest } from '../../contract/route.ts';
import type { Tx } from '../../platform/database.ts';

type Change = RouteRequest<typeof putNotificationSettings>['body'];

/** Changes what a user is told, from the next message on; what is left out stays. */
export async function changeSettings(
  tx: Tx,
  { quietHours, choices = [] }: Change,
  by: { userId: number },
): Promise<void> {
  if (quietHours !== undefined) {
    const times = { from_time: quietHours?.from ?? null, until_time: quietHours?.until ?? null };
    await tx
      .insertInto('quiet_hours')
      .values({ user_id: by.userId, ...times })
      .onConflict((known) => known.column('user_id').doUpdateSet(times))
      .execute();
  }
  // The last word on each counts; one statement cannot update a row twice.
  const last = new Map(choices.map((each) => [`${each.kind} ${each.channel}`, each]));
  if (last.size === 0) return;
  await tx
    .insertInto('notification_choices')
    .values([...last.values()].map((each) => ({ user_id: by.userId, ...each })))
    .onConflict((known) =>
      known
        .columns(['user_id', 'kind', 'channel'])
        .doUpdateSet(({ ref }) => ({ wanted: ref('excluded.wanted') })),
    )
    .execute();
}
