import type { LedgerMessage, listMessages } from '../../contract/messages.ts';
import type { RouteRequest } from '../../contract/route.ts';
import { run, type Queryable } from '../../platform/database.ts';

export type LedgerRow = Omit<
  LedgerMessage,
  'dueAt' | 'tryAt' | 'createdAt' | 'handedAt' | 'finishedAt' | 'cost'
> & {
  dueAt: Temporal.Instant;
  tryAt: Temporal.Instant;
  createdAt: Temporal.Instant;
  handedAt: Temporal.Instant | null;
  finishedAt: Temporal.Instant | null;
  cost: string | null;
};

const columns = `
  m.id, m.kind, m.channel, m.recipient, m.user_id as "userId", m.appointment_id as "appointmentId", m.version,
  m.language, m.state, m.due_at as "dueAt", m.try_at as "tryAt", m.tries, m.provider, m.answer, m.parts,
  m.cost::text as cost, m.created_at as "createdAt", m.handed_at as "handedAt", m.finished_at as "finishedAt",
  case when u.id is not null then json_build_object('id', u.id, 'fullName', u.full_name) end as "resolvedBy"`;
const tables = `messages m left join users u on u.id = m.resolved_by`;

export async function findMessage(on: Queryable, id: number): Promise<LedgerRow | null> {
  const text = `select ${columns} from ${tables} where m.id = $1`;
  const [row] = await run<LedgerRow>(on, { name: 'message-by-id', text }, [id]);
  return row ?? null;
}

type Search = RouteRequest<typeof listMessages>['query'];

/** One page, newest first. Only the conditions that are given stand in the text: a switched-off one hides every index. */
export function searchMessages(
  on: Queryable,
  query: Omit<Search, 'cursor' | 'limit'> & { before: number | null; limit: number },
): Promise<LedgerRow[]> {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const { state, kind, channel, appointmentId, userId, recipient, from, to, before } = query;
  const instant = (time: string) => `${bind(Temporal.Instant.from(time).toString())}::timestamptz`;
  const conditions = [
    state === undefined ? null : `m.state = ${bind(state)}`,
    kind === undefined ? null : `m.kind = ${bind(kind)}`,
    channel === undefined ? null : `m.channel = ${bind(channel)}`,
    appointmentId === undefined ? null : `m.appointment_id = ${bind(appointmentId)}`,
    userId === undefined ? null : `m.user_id = ${bind(userId)}`,
    recipient === undefined ? null : `position(lower(${bind(recipient)}) in lower(m.recipient)) > 0`,
    from === undefined ? null : `m.due_at >= ${instant(from)}`,
    to === undefined ? null : `m.due_at < ${instant(to)}`,
    before === null ? null : `m.id < ${bind(before)}`,
  ].filter((condition) => condition !== null);
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  const text = `select ${columns} from ${tables} ${where} order by m.id desc limit ${bind(query.limit)}`;
  return run<LedgerRow>(on, { text }, values);
}
