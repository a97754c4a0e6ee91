import type pg from 'pg';
import type { LedgerMessage } from '../../contract/messages.ts';
import type { Language } from '../../contract/wording.ts';
import { run, type Statement } from '../../platform/database.ts';
import { tellSql } from '../../platform/live.ts';
import { supersedingSteps } from '../planning/policy.ts';

export type Channel = LedgerMessage['channel'];

/** A message that this process alone may send, until its lease ends. */
export type Claimed = {
  id: number;
  fence: number;
  kind: LedgerMessage['kind'];
  minutes: number;
  channel: Channel;
  recipient: string;
  userId: number | null;
  language: Language;
  appointmentId: number | null;
  codeId: string | null;
  reportId: number | null;
  invitationId: number | null;
  version: number;
  tries: number;
  /** An earlier claimant gave it out of hand and was not heard of again: ask before sending. */
  askFirst: boolean;
  now: Temporal.Instant;
  /** Since the promised moment. */
  lateSeconds: number;
};

/**
 * Claims what is due, at most so many of each channel. A row that another worker is claiming is skipped, and of one
 * recipient one message at a time is under way, so that a slow one holds one slot; codes wait for nobody.
 */
export function claimMessages(
  pool: pg.Pool,
  { free, leaseSeconds }: { free: ReadonlyMap<Channel, number>; leaseSeconds: number },
): Promise<Claimed[]> {
  const lanes = [...free].filter(([, count]) => count > 0);
  return run<Claimed>(pool, claim, [
    lanes.map(([channel]) => channel),
    lanes.map(([, count]) => count),
    leaseSeconds,
  ]);
}

const claim: Statement = {
  name: 'claim-messages',
  text: `
    with picked as (
      select picked.* from unnest($1::text[], $2::int[]) lane (channel, free)
        cross join lateral (
          select m.id, m.channel, m.try_at, coalesce(m.code_id::text, m.recipient) as turn from messages m
          where m.channel = lane.channel and m.state = 'pending' and m.try_at <= now()
            and (m.code_id is not null or not exists (
              select from messages other
              where other.state = 'sending' and other.channel = m.channel and other.recipient = m.recipient))
          order by m.try_at, m.id limit lane.free
          for update skip locked) picked
    ), due as (
      select distinct on (channel, turn) id from picked order by channel, turn, try_at, id
    )
    update messages m
    set state = 'sending', fence = m.fence + 1, tries = m.tries + 1,
      leased_until = now() + $3 * interval '1 second'
    from due where due.id = m.id
    returning m.id, m.fence, m.kind, m.minutes, m.channel, m.recipient, m.user_id as "userId", m.language,
      m.appointment_id as "appointmentId", m.code_id as "codeId", m.report_id as "reportId",
      m.invitation_id as "invitationId", m.version, m.tries,
      m.handed_at is not null and m.on_loss = 'look_up' as "askFirst", now() as now,
      extract(epoch from now() - m.due_at)::float8 as "lateSeconds"`,
};

/** SQL: whether what message m says is still true. */
const isCurrent = `
  (m.channel = 'webhook'
   or m.report_id is not null
   or exists (select from invitations i join users u on u.id = i.user_id where i.id = m.invitation_id and u.status = 'active')
   or exists (
     select from appointments a
     where a.id = m.appointment_id
       and not exists (select from appointment_history h
                       where h.appointment_id = a.id and h.version > m.version
                         and h.step in (${supersedingSteps.map((step) => `'${step}'`).join(', ')}))
       and case m.kind
           when 'reminder' then a.status = 'confirmed'
           when 'nearly_next' then a.status in ('confirmed', 'arrived')
           when 'doctor_late' then a.status in ('confirmed', 'arrived') and not exists (
             select from messages newer
             where newer.appointment_id = a.id and newer.kind = m.kind and newer.channel = m.channel and newer.id > m.id)
           when 'waitlist_offer' then a.status = 'held'
           when 'deposit_due' then a.status = 'held' and a.expires_at > now()
           else true end)
   or exists (select from verification_codes v where v.id = m.code_id and v.sealed is not null and v.used_at is null))`;

// A code that may be in its owner's hands is kept readable no longer; one that never left goes when it ends.
const emptyCodes = `
  update verification_codes v set sealed = null from ended where v.id = ended.code_id`;

/**
 * The last look before a message leaves the house: still ours, still long enough, still true. After it a crash leaves
 * open whether it was sent. `handed`: go on.
 */
export async function handOut(
  pool: pg.Pool,
  { id, fence }: Pick<Claimed, 'id' | 'fence'>,
  to: {
    provider: string;
    onLoss: 'repeat' | 'look_up' | 'tell';
    parts: number | null;
    cost: string | null;
    /** Whoever is slower than this finds the lease ended. */
    neededSeconds: number;
  },
): Promise<'handed' | 'obsolete' | 'lost'> {
  const [row] = await run<{ current: boolean }>(pool, handOver, [
    id,
    fence,
    to.provider,
    to.onLoss,
    to.parts,
    to.cost,
    to.neededSeconds,
  ]);
  if (!row) return 'lost';
  return row.current ? 'handed' : 'obsolete';
}

const handOver: Statement = {
  name: 'hand-out-message',
  text: `
    with mine as (
      select m.id, ${isCurrent} as current from messages m
      where m.id = $1 and m.fence = $2 and m.state = 'sending' and m.leased_until > now() + $7 * interval '1 second'
      for update of m
    ), handed as (
      update messages m set handed_at = now(), provider = $3, on_loss = $4, parts = $5, cost = $6
      from mine where m.id = mine.id and mine.current
    )
    select current from mine`,
};

export type Ending = {
  state: 'pending' | 'sent' | 'failed' | 'suppressed' | 'unknown' | 'cancelled';
  answer: string | null;
  reference?: string | null;
  provider?: string;
  /** Of `pending`: seconds until the next try. */
  after?: number;
  /** Nobody can have it: the next try starts from nothing. */
  untouched?: boolean;
};

/**
 * Writes what became of a message. A later claimant's fence keeps this out; one that was given up for `unknown` learns
 * its fate even late. A next try that would come too late is none.
 */
export function endMessage(
  pool: pg.Pool,
  { id, fence }: Pick<Claimed, 'id' | 'fence'>,
  ending: Ending,
): Promise<unknown> {
  return run(pool, end, [
    id,
    fence,
    ending.state,
    ending.answer,
    ending.reference ?? null,
    ending.provider ?? null,
    ending.after ?? 0,
    ending.untouched ?? false,
  ]);
}

const end: Statement = {
  name: 'end-message',
  text: `
    with told as (
      select id, $3 = 'pending' and stale_at > now() + $7 * interval '1 second' as again from messages
      where id = $1 and fence = $2 and state in ('sending', 'unknown', 'pending')
      for update
    ), ended as (
      update messages m
      set state = case when told.again then 'pending' when $3 <> 'pending' then $3
                       when m.handed_at is not null and not $8 then 'unknown' else 'failed' end,
        try_at = case when told.again then now() + $7 * interval '1 second' else m.try_at end,
        finished_at = case when told.again then null else now() end,
        handed_at = case when $8 then null else m.handed_at end,
        leased_until = null, answer = $4, reference = coalesce($5, m.reference), provider = coalesce($6, m.provider)
      from told where m.id = told.id
      returning case when m.state in ('sent', 'unknown') then m.code_id end as code_id
    )
    ${emptyCodes}`,
};

/**
 * What dead or frozen claimants left, and what came too late. Not given out yet, or repeatable, or to be asked about: it
 * goes on. Given out without an answer: `unknown`, for a person. One that can never be written is not tried for ever.
 */
export const settleLeft = async (pool: pg.Pool): Promise<void> => {
  await run(pool, settleEnded, []);
  await run(pool, settleStale, []);
};

const settleEnded: Statement = {
  name: 'settle-ended-leases',
  text: `
    with left_behind as (
      select id, case when handed_at is not null and on_loss = 'tell' then 'unknown'
                      when tries >= 10 and handed_at is not null then 'unknown'
                      when tries >= 10 then 'failed' else 'pending' end as becomes
      from messages where state = 'sending' and leased_until < now()
      order by id limit 500 for update skip locked
    ), ended as (
      update messages m
      set state = l.becomes, leased_until = null, try_at = now(),
        finished_at = case when l.becomes <> 'pending' then now() end,
        answer = case when l.becomes = 'pending' then m.answer else 'whoever sent it was not heard of again' end
      from left_behind l where m.id = l.id
      returning case when m.state = 'unknown' then m.code_id end as code_id
    )
    ${emptyCodes}`,
};

const settleStale: Statement = {
  name: 'settle-stale-messages',
  text: `
    with late as (
      select id from messages where state = 'pending' and try_at <= now() and stale_at <= now()
      order by id limit 500 for update skip locked
    ), ended as (
      update messages m
      set state = case when m.handed_at is null then 'missed' else 'unknown' end, finished_at = now(),
        answer = coalesce(m.answer, 'its moment had passed')
      from late where m.id = late.id
      returning case when m.state = 'unknown' then m.code_id end as code_id
    )
    ${emptyCodes}`,
};

/** Puts a note into the app and ends its message in one step. */
export const keepNote = (
  pool: pg.Pool,
  { id, fence }: Pick<Claimed, 'id' | 'fence'>,
  note: { title: string; text: string; path: string | null },
): Promise<unknown> => run(pool, addNote, [id, fence, note.title, note.text, note.path]);

const sentHere = (provider: string, more = ''): string => `
  with mine as (
    select m.id, ${isCurrent} as current from messages m
    where m.id = $1 and m.fence = $2 and m.state = 'sending' and m.leased_until > now() for update of m
  ), ended as (
    update messages m
    set state = case when mine.current then 'sent' else 'cancelled' end, provider = '${provider}', finished_at = now(),
      leased_until = null${more}
    from mine where m.id = mine.id
    returning m.id, m.user_id, m.kind, m.channel, m.recipient, m.code_id, mine.current
  )`;

const addNote: Statement = {
  name: 'add-notification',
  text: `${sentHere('in_app')}, told as (
      ${tellSql(`'user:' || user_id`, 'ended where current')}
    )
    insert into notifications (message_id, user_id, kind, title, text, path)
    select id, user_id, kind, left($3, 200), left($4, 1000), $5 from ended where current`,
};

/** Puts a mail or an SMS into the demonstration's mailbox and ends its message in one step. */
export const keepInMailbox = (
  pool: pg.Pool,
  { id, fence }: Pick<Claimed, 'id' | 'fence'>,
  kept: { title: string | null; text: string; calendar: string | null; parts: number | null },
): Promise<unknown> => run(pool, addToMailbox, [id, fence, kept.title, kept.text, kept.calendar, kept.parts]);

const addToMailbox: Statement = {
  name: 'add-to-mailbox',
  text: `${sentHere('mailbox', ', parts = $6')}, emptied as (${emptyCodes})
    insert into mailbox (message_id, channel, recipient, title, text, calendar)
    select id, channel, recipient, left($3, 200), $4, $5 from ended where current`,
};
