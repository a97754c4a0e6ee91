import { run, type Queryable, type Statement } from '../../platform/database.ts';

/** Writes down who was given a file, most of them with patients' names, and of what; `detail` holds ids and settings alone. */
export async function recordFile(
  on: Queryable,
  file: { action: 'reports.file_made' | 'reports.export_begun' | 'reports.count_begun'; detail: object },
  by: { userId: number },
  now: Temporal.Instant,
): Promise<void> {
  await run(on, insert, [now.toString(), by.userId, file.action, JSON.stringify(file.detail)]);
}

const insert: Statement = {
  name: 'record-report-file',
  text: `insert into audit_log (at, by_user, action, detail) values ($1, $2, $3, $4::jsonb)`,
};
