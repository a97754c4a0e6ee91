import type pg from 'pg';
import { serviceNames, type ServiceName } from '../config.ts';

/**
 * What each service's role may write, by table: `i`nsert, `u`pdate, `d`elete, in brackets single columns
 * that it may update. A table that
 * nobody may write is reference data. Each table is written by its module's service; the worker runs the jobs of all
 * modules, and so writes just what these write.
 */
export const writes: Record<ServiceName, Readonly<Record<string, string>>> = {
  gateway: {},
  users: {
    users: 'iu',
    doctors: 'iu',
    doctor_specializations: 'id',
    patients: 'iu',
    sign_ins: 'iu',
    sign_in_attempts: 'iud',
    verification_codes: 'iud',
    invitations: 'i',
    audit_log: 'i',
    settings: 'i',
    idempotency_keys: 'i',
    // Long work that is asked for, with what it is given.
    works: 'i',
    files: 'iud',
    file_pieces: 'i',
    imports: 'iu',
    // An administrator replays them, or drops them.
    dead_letters: 'd',
  },
  appointments: {
    chambers: 'iu',
    visit_types: 'iu',
    schedules: 'iu',
    sessions: 'iu',
    exceptions: 'iu',
    doctor_settings: 'iu',
    assistant_attachments: 'id',
    appointments: 'iu',
    appointment_history: 'i',
    visit_notes: 'iud',
    payments: 'i',
    receipt_books: 'iu',
    waitlist_entries: 'iu',
    doctor_search: 'iud',
    search_words: 'i',
    // Readers' choices, and the administrators' part of messages.
    messages: 'iu',
    notifications: 'u',
    notification_choices: 'iud',
    quiet_hours: 'iud',
    message_templates: 'iud',
    webhooks: 'iu',
    // Reports on demand.
    monthly_reports: 'i',
    audit_log: 'i',
    idempotency_keys: 'i',
    // Long work that is asked for, with what it is given, and its early end.
    works: 'iu',
    files: 'iud',
    file_pieces: 'i',
    // Only to lock the row: PostgreSQL asks for this right, and a trigger refuses every other value.
    doctors: '(user_id)',
  },
  worker: {
    // Holds that run out, offers of the waitlist, and the search that follows.
    sessions: 'iu',
    appointments: 'iu',
    appointment_history: 'i',
    waitlist_entries: 'u',
    doctor_search: 'iud',
    search_words: 'i',
    payments: 'i',
    receipt_books: 'iu',
    // The delivery.
    messages: 'iud',
    notifications: 'id',
    mailbox: 'id',
    // What sittings offered.
    offered_sittings: 'i',
    offers_recorded: 'iu',
    // Reports by the schedule.
    monthly_reports: 'i',
    monthly_report_runs: 'i',
    // What is imported, and taken back. A doctor's column only to lock the row.
    users: 'id',
    doctors: 'id(user_id)',
    doctor_specializations: 'id',
    patients: 'id',
    imports: 'u',
    import_findings: 'id',
    import_made: 'id',
    import_made_hours: 'i',
    schedules: 'iu',
    visit_types: 'iu',
    // Only to lock rows.
    chambers: '(id)',
    // What has been kept long enough.
    idempotency_keys: 'id',
    sign_ins: 'd',
    sign_in_attempts: 'd',
    verification_codes: 'd(sealed)',
    // Events and jobs.
    inbox: 'id',
    dead_letters: 'id',
    live_workers: 'iud',
    // Long work.
    works: 'iud',
    files: 'iud',
    file_pieces: 'id',
    audit_log: 'i',
  },
};

/** Columns that only some may read. Everything else all services but the gateway read, as joins need. */
const hidden: Readonly<Record<string, { columns: readonly string[]; from: readonly ServiceName[] }>> = {
  users: { columns: ['password_hash'], from: ['appointments', 'worker'] },
  sign_ins: { columns: ['token_hash', 'previous_token_hash'], from: ['appointments', 'worker'] },
  verification_codes: { columns: ['digest'], from: ['appointments', 'worker'] },
};

/** What a gateway needs to know who is calling, and whether the schema is as new as itself. */
const gatewayReads = { migrations: 'name', users: 'id, status', sign_ins: 'id, user_id, ended_at' };

export const roleOf = (service: ServiceName): string => `shomoy_${service}`;

/**
 * Makes the services' roles, which own nothing and cannot sign in, and gives them their rights in this database. `passwords`
 * lets some of them sign in. Does nothing for a user who may not make roles: then one process is all there can be.
 */
export async function grantRoles(
  client: pg.Client,
  passwords: ReadonlyMap<ServiceName, string> = new Map(),
): Promise<boolean> {
  const { rows } = await client.query<{ able: boolean }>(
    'select rolcreaterole or rolsuper as able from pg_roles where rolname = current_user',
  );
  if (!rows[0]?.able) return false;
  for (const service of serviceNames) await client.query(createRole(service));
  const columns = await readColumns(client);
  await client.query('begin');
  try {
    // Roles are the server's: databases that are migrated at the same time take turns.
    await client.query('select pg_advisory_xact_lock($1)', [lockId]);
    for (const service of serviceNames) await client.query(grantsFor(service, columns).join(';\n'));
    await client.query(policies);
    for (const [service, password] of passwords)
      await client.query(`alter role ${roleOf(service)} login password ${client.escapeLiteral(password)}`);
    await client.query('commit');
    return true;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

const lockId = 7_460_619;

/** Two databases may be migrated at once, and a role belongs to the whole server. */
const createRole = (service: ServiceName): string => `
  do $$ begin
    create role ${roleOf(service)} nologin nosuperuser nocreatedb nocreaterole noinherit nobypassrls;
  exception when duplicate_object or unique_violation then null;
  end $$`;

type Columns = ReadonlyMap<string, readonly string[]>;

async function readColumns(client: pg.Client): Promise<Columns> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(`
    select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') group by c.relname`);
  return new Map(rows.map(({ table, columns }) => [table, columns]));
}

function grantsFor(service: ServiceName, tables: Columns): string[] {
  const role = roleOf(service);
  return [
    `revoke all on all tables in schema public from ${role}`,
    `grant usage on schema public, graphile_worker to ${role}`,
    ...reads(service, tables).map(({ table, columns }) => `grant select (${columns}) on ${table} to ${role}`),
    ...Object.entries(writes[service])
      .filter(([table]) => tables.has(table))
      .flatMap(([table, rights]) => grantWrites(table, rights).map((grant) => `${grant} to ${role}`)),
    `revoke all on all tables in schema graphile_worker from ${role}`,
    `grant ${jobRights[service]} on all tables in schema graphile_worker to ${role}`,
    `grant usage on all sequences in schema graphile_worker to ${role}`,
  ];
}

function reads(service: ServiceName, tables: Columns): { table: string; columns: string }[] {
  if (service === 'gateway')
    return Object.entries(gatewayReads).map(([table, columns]) => ({ table, columns }));
  return [...tables].map(([table, all]) => {
    const secret = hidden[table];
    const seen = secret?.from.includes(service) ? all.filter((name) => !secret.columns.includes(name)) : all;
    return { table, columns: seen.join(', ') };
  });
}

const words: Record<string, string> = { i: 'insert', u: 'update', d: 'delete' };

function grantWrites(table: string, rights: string): string[] {
  const { wide, columns } = parseRights(rights);
  return [
    ...(columns.length > 0 ? [`grant update (${columns.join(', ')}) on ${table}`] : []),
    ...wide.split('').map((right) => `grant ${words[right] ?? ''} on ${table}`),
  ];
}

/** The letters, and the columns behind them. */
export function parseRights(rights: string): { wide: string; columns: string[] } {
  const match = /^(i?u?d?)(?:\(([a-z_, ]+)\))?$/.exec(rights);
  if (!match) throw new TypeError(`no rights are written ${rights}`);
  const [, wide = '', columns] = match;
  return { wide, columns: columns === undefined ? [] : columns.split(', ') };
}

/** A web service adds jobs, which may replace one under the same key; only the worker does them. */
const jobRights: Record<ServiceName, string> = {
  gateway: 'select',
  users: 'select, insert, update',
  appointments: 'select, insert, update',
  worker: 'select, insert, update, delete',
};

/** The library closes its tables to everybody but their owner. */
const policies = `
  do $$ declare closed text; begin
    for closed in select c.oid::regclass::text from pg_class c
                  where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity loop
      execute format('drop policy if exists shomoy on %s', closed);
      execute format('create policy shomoy on %s to ${serviceNames.map(roleOf).join(', ')} using (true) with check (true)', closed);
    end loop;
  end $$`;
