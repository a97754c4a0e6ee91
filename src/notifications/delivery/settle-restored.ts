import { run, type Queryable, type Statement } from '../../platform/database.ts';

/**
 * For data from a backup: what was due by now may have gone out since it was made. Reminders and codes are missed; of
 * everything else that leaves the house a person decides. Notes in the app, and webhooks, whose receivers know a message
 * again by its key, go on. Answers how many of each.
 */
export async function settleRestored(on: Queryable): Promise<{ missed: number; unknown: number }> {
  const settled = await run<{ state: string }>(on, settle, []);
  const missed = settled.filter(({ state }) => state === 'missed').length;
  return { missed, unknown: settled.length - missed };
}

const settle: Statement = {
  name: 'settle-restored-messages',
  text: `
    update messages
    set state = case when kind = 'reminder' or code_id is not null then 'missed' else 'unknown' end,
      finished_at = now(), leased_until = null,
      answer = 'restored from a backup: it may have been sent after the backup was made'
    where channel in ('email', 'sms') and (state = 'sending' or (state = 'pending' and try_at <= now()))
    returning state`,
};
