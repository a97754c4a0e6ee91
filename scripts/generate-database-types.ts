// Writes src/platform/database-schema.ts from a migrated database. `--check` only says whether the file is up to date.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { migrate } from '../src/platform/migrate.ts';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';

// Text columns that a check constraint keeps to a closed list.
const closedLists = {
  'users.user_type': "'patient' | 'doctor' | 'assistant' | 'admin'",
  'users.status': "Generated<'active' | 'inactive' | 'suspended'>",
  'users.language': "Generated<'bn' | 'en'>",
  'doctors.approval': "Generated<'pending' | 'approved' | 'refused'>",
  'doctors.gender': "'female' | 'male' | null",
  'patients.relation': "'self' | 'spouse' | 'child' | 'parent' | 'sibling' | 'other' | null",
  'patients.gender': "'female' | 'male' | 'other' | null",
  'thanas.kind': "'upazila' | 'metropolitan'",
  'visit_types.kind': "'new' | 'follow_up' | 'report'",
  'appointments.channel': "'online' | 'phone' | 'walk_in'",
  'appointment_history.step':
    "Generated<'held' | 'renewed' | 'booked' | 'approved' | 'declined' | 'rescheduled' | 'swapped' | 'kept' | 'moved' | 'cancelled' | 'expired' | 'arrived' | 'started' | 'completed' | 'missed' | 'undone'>",
  'payments.kind': "'payment' | 'refund'",
  'payments.method': "'cash' | 'card' | 'bkash' | 'nagad' | 'rocket' | 'bank'",
  'settings.language': "'bn' | 'en'",
  'messages.kind':
    "'verify' | 'password_reset' | 'sign_in' | 'guest' | 'booked' | 'requested' | 'approved' | 'declined' | 'rescheduled' | 'cancelled' | 'session_moved' | 'session_cancelled' | 'reminder' | 'doctor_late' | 'nearly_next' | 'waitlist_offer' | 'deposit_expired' | 'monthly_report' | 'event'",
  'messages.channel': "'email' | 'sms' | 'in_app' | 'webhook'",
  'messages.language': "'bn' | 'en'",
  'messages.state':
    "'pending' | 'sending' | 'sent' | 'failed' | 'missed' | 'suppressed' | 'unknown' | 'cancelled'",
  'mailbox.channel': "'email' | 'sms'",
  'message_templates.channel': "'email' | 'sms' | 'in_app'",
  'message_templates.language': "'bn' | 'en'",
  'notification_choices.channel': "'email' | 'sms' | 'in_app'",
  'exceptions.kind': "'other_hours' | 'time_off' | 'holiday'",
  'schedules.mode': "'timed' | 'serial'",
  'sessions.mode': "'timed' | 'serial'",
  'imports.kind': "'patients' | 'doctors' | 'schedules'",
  'imports.same': "'skip' | 'refuse'",
  'imports.approval': "'approved' | 'pending' | null",
  'imports.state': "Generated<'unchecked' | 'checked' | 'imported' | 'taken_back'>",
  'works.asked_as': "'patient' | 'doctor' | 'assistant' | 'admin'",
  'works.state': "Generated<'queued' | 'running' | 'done' | 'failed' | 'cancelled'>",
  'appointments.status':
    "'held' | 'pending' | 'confirmed' | 'arrived' | 'in_consultation' | 'completed' | 'cancelled' | 'no_show' | 'expired'",
};

const dataDir = await mkdtemp(path.join(tmpdir(), 'shomoy-types-'));
// Under root PostgreSQL runs as another user, who must be able to enter.
await chmod(dataDir, 0o755);
const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' } });
try {
  await migrate(server.url);
  const check = process.argv.includes('--check') ? ['--verify'] : [];
  const { status } = spawnSync(
    'node_modules/.bin/kysely-codegen',
    [
      ...check,
      '--dialect=postgres',
      `--url=${server.url}`,
      '--out-file=src/platform/database-schema.ts',
      '--exclude-pattern={graphile_worker.*,migrations}',
      '--numeric-parser=string',
      `--type-mapping=${JSON.stringify({
        timestamptz: 'ColumnType<Temporal.Instant, string, string>',
        tstzrange: 'ColumnType<InstantRange, string, string>',
        date: 'string',
        int8: 'number',
        time: 'string',
      })}`,
      `--overrides=${JSON.stringify({ columns: closedLists })}`,
      `--custom-imports=${JSON.stringify({ InstantRange: './instant-range.ts' })}`,
    ],
    { stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
} finally {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
}
