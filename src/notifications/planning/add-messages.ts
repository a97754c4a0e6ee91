import type { MessageChannel, MessageKind } from '../../contract/messages.ts';
import type { Language } from '../../contract/wording.ts';
import { run, type Statement, type Tx } from '../../platform/database.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import {
  isPromised,
  isQuiet,
  kindOf,
  momentOfNews,
  momentOfReminder,
  newsEnd,
  reminderEnds,
  waitsForMorning,
  waysTo,
  type QuietHours,
} from './policy.ts';
import { findSituation, findWebhooks, type Situation } from './queries.ts';

type Happened = { appointmentId: number; version: number };
type Told = { kind: MessageKind; minutes: number };

/**
 * Writes into the ledger what an event of an appointment has to be told, and takes back what it has made untrue. Running
 * it again adds nothing: each message is there once.
 */
export async function addMessages(
  tx: Tx,
  happened: Happened & { event: string },
  site: { quietHours: QuietHours },
): Promise<void> {
  await tellWebhooks(tx, happened);
  const situation = await findSituation(tx, happened);
  if (!situation || situation.superseded) return;
  const kind = kindOf(situation);
  if (kind === null) return;
  await takeBack(tx, happened);
  await tell(tx, happened, { situation, told: { kind, minutes: 0 }, site });
  if (!isPromised(situation)) return;
  for (const minutes of situation.reminderMinutes)
    await tell(tx, happened, { situation, told: { kind: 'reminder', minutes }, site });
}

/** News of the moment that no step in the history stands for: a delay, the turn that is near, an offer. */
export async function addNews(
  tx: Tx,
  { told, ...happened }: Happened & { told: Told },
  site: { quietHours: QuietHours },
): Promise<void> {
  const situation = await findSituation(tx, happened);
  if (situation && !situation.superseded) await tell(tx, happened, { situation, told, site });
}

type News = { situation: Situation; told: Told; site: { quietHours: QuietHours } };

async function tell(tx: Tx, happened: Happened, news: News): Promise<void> {
  const { situation, told } = news;
  const { kind, minutes } = told;
  const ways = waysTo(situation, kind);
  const rows = ways.flatMap((way) => {
    const times = timesOf(news, way.channel);
    if (!times) return [];
    const { channel, recipient, wanted } = way;
    return [rowOf({ channel, recipient, ...times, answer: wanted ? null : 'switched off by the reader' })];
  });
  // So that the desk finds out and can call.
  const reached = ways.some(({ channel }) => channel !== 'in_app');
  const times = timesOf(news, 'sms');
  if (!reached && times && kind !== 'reminder')
    rows.push(rowOf({ channel: 'sms', recipient: '', ...times, answer: 'there is no address or number' }));
  await insertMessages(tx, rows);

  function rowOf(to: {
    channel: MessageChannel;
    recipient: string;
    due: EpochMs;
    stale: EpochMs;
    answer: string | null;
  }): NewMessage {
    const { userId, language } = situation;
    return {
      ...happened,
      kind,
      minutes,
      userId,
      language,
      ...to,
    };
  }
}

/** Null: its moment has passed before it was known. */
function timesOf(
  { situation, told: { kind, minutes }, site }: News,
  channel: MessageChannel,
): { due: EpochMs; stale: EpochMs } | null {
  const { zone, period } = situation;
  const quiet = isQuiet(channel) ? null : situation.quiet === undefined ? site.quietHours : situation.quiet;
  const now = situation.now.epochMilliseconds;
  const starts = period.start.epochMilliseconds;
  if (kind === 'reminder') {
    const due = momentOfReminder({ now, starts, zone, minutes }, quiet);
    return due === null ? null : { due, stale: reminderEnds(due, { starts, minutes }) };
  }
  const due = waitsForMorning(kind, situation.byStaff) ? momentOfNews({ now, starts, zone }, quiet) : now;
  return { due, stale: newsEnd(kind, { due, ends: period.end.epochMilliseconds, minutes }) };
}

/** Whatever an earlier version still wanted to say; a webhook is told of everything that happened. */
const takeBack = (tx: Tx, { appointmentId, version }: Happened) =>
  run(tx, cancelEarlier, [appointmentId, version]);

const cancelEarlier: Statement = {
  name: 'cancel-earlier-messages',
  text: `update messages set state = 'cancelled', finished_at = now(), answer = 'something newer is true'
         where appointment_id = $1 and version < $2 and state = 'pending' and channel <> 'webhook'`,
};

async function tellWebhooks(tx: Tx, { appointmentId, version, event }: Happened & { event: string }) {
  const webhooks = await findWebhooks(tx, event);
  if (webhooks.length === 0) return;
  await run(tx, insertEvents, [appointmentId, version, webhooks]);
}

// Receivers that are down for days find everything in its order.
const insertEvents: Statement = {
  name: 'insert-webhook-messages',
  text: `
    insert into messages (appointment_id, version, kind, channel, recipient, language, state, due_at, try_at, stale_at)
    select $1, $2, 'event', 'webhook', id::text, 'en', 'pending', now(), now(), now() + interval '3 days'
    from unnest($3::int[]) id
    on conflict do nothing`,
};

export type NewMessage = {
  /** What it is about: one of these. */
  appointmentId?: number;
  reportId?: number;
  invitationId?: number;
  version: number;
  kind: MessageKind;
  minutes: number;
  channel: MessageChannel;
  recipient: string;
  userId: number | null;
  language: Language;
  due: EpochMs;
  stale: EpochMs;
  /** Why it is not sent; null: it is. */
  answer: string | null;
};

export async function insertMessages(tx: Tx, rows: readonly NewMessage[]): Promise<void> {
  if (rows.length > 0) await run(tx, insertRows, [JSON.stringify(rows)]);
}

const insertRows: Statement = {
  name: 'insert-messages',
  text: `
    insert into messages (appointment_id, report_id, invitation_id, version, kind, minutes, channel, recipient, user_id,
                          language, answer, state, finished_at, due_at, try_at, stale_at)
    select m."appointmentId", m."reportId", m."invitationId", m.version, m.kind, m.minutes, m.channel, m.recipient,
      m."userId", m.language, m.answer, case when m.answer is null then 'pending' else 'suppressed' end,
      case when m.answer is not null then now() end,
      to_timestamp(m.due / 1000), to_timestamp(m.due / 1000), to_timestamp(m.stale / 1000)
    from json_to_recordset($1::json) as m ("appointmentId" bigint, "reportId" int, "invitationId" int, version int,
      kind text, minutes int, channel text, recipient text, "userId" int, language text, answer text, due float8, stale float8)
    on conflict do nothing`,
};
