import type { ImportKind } from '../../contract/import-columns.ts';
import type { FindingDetail } from '../../contract/import-wording.ts';
import type { FindingCode, Import, ImportState } from '../../contract/imports.ts';
import type { WorkState } from '../../contract/works.ts';
import { run, type Queryable, type Statement, type Tx } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';

type Person = { id: number; fullName: string };

export type ImportRecord = {
  id: number;
  kind: ImportKind;
  fileName: string;
  fileId: number | null;
  same: 'skip' | 'refuse';
  approval: 'approved' | 'pending' | null;
  state: ImportState;
  counts: { rows: number; new: number; same: number; refused: number; findings: number } | null;
  workState: WorkState | null;
  work: Import['work'];
  createdBy: Person;
  createdAt: Temporal.Instant;
  importedBy: Person | null;
  importedAt: Temporal.Instant | null;
  takenBackBy: Person | null;
  takenBackAt: Temporal.Instant | null;
};

/** The newest first; `before` is the id that the page before ended with. */
export const findImports = (
  on: Queryable,
  page: { before: number | null; limit: number },
): Promise<ImportRecord[]> => run<ImportRecord>(on, listPage, [page.before, page.limit]);

export async function getImportRow(on: Queryable, id: number): Promise<ImportRecord> {
  const [row] = await run<ImportRecord>(on, findOne, [id]);
  if (!row) throw new Problem('not_found');
  return row;
}

export const lockImport = (tx: Tx, id: number): Promise<unknown> =>
  run(tx, { name: 'lock-import-row', text: 'select id from imports where id = $1 for no key update' }, [id]);

export type FindingRecord = {
  id: number;
  line: number | null;
  column: string | null;
  code: FindingCode;
  value: string | null;
  detail: FindingDetail;
};

/** By row, what is about the whole file first. */
export const findFindings = (
  on: Queryable,
  { id, after, limit }: { id: number; after: { line: number; id: number }; limit: number },
): Promise<FindingRecord[]> => run<FindingRecord>(on, findPage, [id, after.line, after.id, limit]);

const person = (column: string) =>
  `(select json_build_object('id', u.id, 'fullName', u.full_name) from users u where u.id = i.${column})`;

const columns = `
  i.id, i.kind, i.file_name as "fileName", i.file_id as "fileId", i.same, i.approval, i.state,
  case when i.rows is not null then
    json_build_object('rows', i.rows, 'new', i.new_rows, 'same', i.same_rows, 'refused', i.refused_rows,
      'findings', (select count(*) from import_findings f where f.import_id = i.id)) end as counts,
  w.state as "workState",
  case when w.id is not null then
    json_build_object('id', w.id, 'kind', w.kind, 'askedBy', w.asked_by, 'state', w.state, 'done', w.done, 'total', w.total,
      'failure', w.failure) end as work,
  ${person('created_by')} as "createdBy", i.created_at as "createdAt",
  ${person('imported_by')} as "importedBy", i.imported_at as "importedAt",
  ${person('taken_back_by')} as "takenBackBy", i.taken_back_at as "takenBackAt"`;

const findOne: Statement = {
  name: 'find-import',
  text: `select ${columns} from imports i left join works w on w.id = i.work_id where i.id = $1`,
};

const listPage: Statement = {
  name: 'list-imports',
  text: `select ${columns} from imports i left join works w on w.id = i.work_id
         where $1::int is null or i.id < $1 order by i.id desc limit $2::int`,
};

const findPage: Statement = {
  name: 'list-import-findings',
  text: `
    select id, line, column_name as "column", code, value, detail from import_findings
    where import_id = $1 and (coalesce(line, 0), id) > ($2::int, $3::bigint)
    order by coalesce(line, 0), id limit $4::int`,
};
