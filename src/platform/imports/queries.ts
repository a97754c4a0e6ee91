import { run, type Queryable, type Statement, type Tx } from '../database.ts';
import type { Found } from './found.ts';
import type { ImportRow, Lines } from './rules.ts';

/** The table that rows are looked at in, for the length of the transaction. */
export const startRows = (tx: Tx, rowColumns: string): Promise<unknown> =>
  run(
    tx,
    { text: `create temporary table import_rows (line integer primary key, ${rowColumns}) on commit drop` },
    [],
  );

export const addRows = (
  tx: Tx,
  rowColumns: string,
  rows: readonly (ImportRow & { line: number })[],
): Promise<unknown> =>
  run(
    tx,
    {
      text: `insert into import_rows
             select * from jsonb_to_recordset($1::jsonb) as given (line integer, ${rowColumns})`,
    },
    [JSON.stringify(rows)],
  );

/** Lets PostgreSQL know how many there are before it joins them. */
export const countRows = async (tx: Tx): Promise<number> => {
  await run(tx, { text: 'analyze import_rows' }, []);
  const [row] = await run<{ count: number }>(tx, { text: 'select count(*) as count from import_rows' }, []);
  return row?.count ?? 0;
};

export const addFindings = (on: Queryable, importId: number, found: readonly Found[]): Promise<unknown> =>
  run(on, insertFindings, [importId, JSON.stringify(found)]);

export const dropFindings = (on: Queryable, importId: number): Promise<unknown> =>
  run(on, deleteFindings, [importId]);

/**
 * SQL: adds a finding for each row of `source`, which is `select line, column_name, code, value, detail`. `$1` is the import.
 */
export const findingsSql = (source: string): string => `
  insert into import_findings (import_id, line, column_name, code, value, detail)
  select $1, found.line, found.column_name, found.code, left(found.value, 200), found.detail
  from (${source}) as found (line, column_name, code, value, detail) order by found.line`;

/** SQL: rows of `import_rows r` that have nothing against them. `$1` is the import. */
export const isClean = `
  not exists (select from import_findings f where f.import_id = $1 and coalesce(f.line, 0) = r.line)`;

/** SQL: what a row is called that is here already, by the choice made for the file. `$1` is the import. */
export const sameCode = `(select case same when 'skip' then 'same' else 'same_refused' end from imports where id = $1)`;

/** SQL: lines of `import_rows` that repeat an earlier one in what `key` says, where it is not null. */
export const repeated = (key: string, columnName: string, value: string): string => `
  select line, '${columnName}', 'twice_in_file', value, jsonb_build_object('line', first)
  from (
    select line, ${value} as value, first_value(line) over (partition by ${key} order by line) as first
    from import_rows where (${key}) is not null
  ) as alike
  where line <> first`;

export type Judgement = { same: number; refused: number };

/** How many rows are here already, and how many are refused; what is about the whole file counts as one. */
export async function countJudged(tx: Tx, importId: number): Promise<Judgement> {
  const [row] = await run<Judgement>(tx, judged, [importId]);
  return row ?? { same: 0, refused: 0 };
}

export async function linesOf(on: Queryable, importId: number): Promise<Lines | null> {
  const [row] = await run<{ from: number | null; until: number | null }>(on, madeLines, [importId]);
  return row?.from != null && row.until != null ? { from: row.from, until: row.until } : null;
}

const insertFindings: Statement = {
  name: 'add-import-findings',
  text: `
    insert into import_findings (import_id, line, column_name, code, value, detail)
    select $1, line, "column", code, value, coalesce(detail, '{}')
    from jsonb_to_recordset($2::jsonb) as found (line integer, "column" text, code text, value text, detail jsonb)`,
};

const deleteFindings: Statement = {
  name: 'drop-import-findings',
  text: 'delete from import_findings where import_id = $1',
};

const judged: Statement = {
  name: 'count-import-judged',
  text: `
    select count(*) filter (where not refused) as same, count(*) filter (where refused) as refused
    from (select coalesce(line, 0), bool_or(code <> 'same') as refused from import_findings
          where import_id = $1 group by coalesce(line, 0)) as lines`,
};

const madeLines: Statement = {
  name: 'find-import-made-lines',
  text: `
    select min(line) as "from", max(line) as until
    from (select line from import_made where import_id = $1
          union all select line from import_made_hours where import_id = $1) as made`,
};
