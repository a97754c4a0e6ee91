import type { ImportKind } from '../../contract/import-columns.ts';
import type { ImportState } from '../../contract/imports.ts';
import { run, type Queryable, type Statement, type Tx } from '../database.ts';
import type { Counts } from './look-at-rows.ts';

export type ImportToDo = {
  id: number;
  kind: ImportKind;
  state: ImportState;
  approval: 'approved' | 'pending' | null;
  rows: number | null;
  newRows: number | null;
  sameRows: number | null;
  refusedRows: number | null;
};

/** The import, for this transaction alone: two works about it take turns. */
export async function findImportToDo(tx: Tx, id: number): Promise<ImportToDo> {
  const [found] = await run<ImportToDo>(tx, lockImport, [id]);
  if (!found) throw new Error(`import ${id} is gone`);
  return found;
}

export const recordCheck = (tx: Tx, id: number, counts: Counts): Promise<unknown> =>
  run(tx, writeCheck, [id, counts.rows, counts.new, counts.same, counts.refused]);

type Deed = {
  importId: number;
  kind: ImportKind;
  rows: number;
  by: { userId: number };
  now: Temporal.Instant;
};

export async function recordImport(tx: Tx, deed: Deed): Promise<void> {
  await run(tx, writeImported, [deed.importId, deed.by.userId, deed.now.toString()]);
  await audit(tx, 'import.done', deed);
}

export async function recordWithdrawal(tx: Tx, deed: Deed): Promise<void> {
  await run(tx, writeTakenBack, [deed.importId, deed.by.userId, deed.now.toString()]);
  await audit(tx, 'import.taken_back', deed);
}

const audit = (on: Queryable, action: string, { importId, kind, rows, by, now }: Deed): Promise<unknown> =>
  run(on, addAudit, [now.toString(), by.userId, action, JSON.stringify({ importId, kind, rows })]);

const lockImport: Statement = {
  name: 'lock-import',
  text: `
    select id, kind, state, approval, rows, new_rows as "newRows", same_rows as "sameRows",
      refused_rows as "refusedRows"
    from imports where id = $1 for no key update`,
};

const writeCheck: Statement = {
  name: 'record-import-check',
  text: `
    update imports set state = 'checked', rows = $2, new_rows = $3, same_rows = $4, refused_rows = $5 where id = $1`,
};

const writeImported: Statement = {
  name: 'record-import',
  text: `update imports set state = 'imported', imported_by = $2, imported_at = $3 where id = $1`,
};

const writeTakenBack: Statement = {
  name: 'record-import-withdrawal',
  text: `update imports set state = 'taken_back', taken_back_by = $2, taken_back_at = $3 where id = $1`,
};

const addAudit: Statement = {
  name: 'audit-import',
  text: 'insert into audit_log (at, by_user, action, detail) values ($1, $2, $3, $4)',
};
