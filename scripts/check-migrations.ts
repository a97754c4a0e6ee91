// Migrations that old code survives: during a deployment old processes run on the new schema, and people go on booking.
// Each file from `firstJudged` on is read by PostgreSQL's own parser. `-- safe: why` above a statement lets it through.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, type AlterTableCmd, type ColumnDef, type Constraint, type Node } from 'libpg-query';
import { isAlone } from '../src/platform/migrate.ts';

/** Earlier ones were applied before there was anybody to disturb. */
const firstJudged = '0019';

/** What is wrong with a migration: lines such as `12: dropping a column: …`. */
export async function judgeMigration(sql: string): Promise<string[]> {
  const { stmts = [] } = await parse(sql);
  const statements = stmts.flatMap(({ stmt }) => (stmt ? [stmt] : []));
  const isNew = newTables(statements);
  const changed = changedTables(statements);
  const bytes = Buffer.from(sql);
  let end = 0;
  const objections = stmts.flatMap(({ stmt, stmt_location: from = 0, stmt_len: length }) => {
    // A comment belongs to the statement below it.
    const [comment = ''] = /^(;|\s|--.*)*/.exec(bytes.subarray(end).toString()) ?? [];
    const line = (bytes.subarray(0, end).toString() + comment).split('\n').length;
    end = length === undefined ? bytes.length : from + length;
    if (!stmt || /^--\s*safe: \S/m.test(comment)) return [];
    return object(stmt, { isNew, changed, alone: isAlone({ sql }) }).map((why) => `${line}: ${why}`);
  });
  if (isAlone({ sql }) && stmts.length !== 1)
    objections.push(
      '1: `-- no transaction` is for a file with one statement, or half of it may be left behind',
    );
  return objections;
}

type Context = {
  isNew: (table: string | undefined) => boolean;
  /** Tables that the file locks by changing them, until its commit. */
  changed: ReadonlySet<string | undefined>;
  alone: boolean;
};

function newTables(statements: Node[]): Context['isNew'] {
  const made = new Set(
    statements.flatMap((statement) =>
      'CreateStmt' in statement ? [statement.CreateStmt.relation?.relname] : [],
    ),
  );
  return (table) => made.has(table);
}

function changedTables(statements: Node[]): Context['changed'] {
  return new Set(
    statements.flatMap((statement) => {
      if (!('AlterTableStmt' in statement)) return [];
      const { relation, cmds = [] } = statement.AlterTableStmt;
      return cmds.every(isValidation) ? [] : [relation?.relname];
    }),
  );
}

const isValidation = (cmd: Node): boolean =>
  'AlterTableCmd' in cmd && cmd.AlterTableCmd.subtype === 'AT_ValidateConstraint';

/** Statements that only add, and hold no lock for long. What is not in here needs a reason. */
const harmless = new Set([
  'CreateStmt',
  'CreateSeqStmt',
  'CreateFunctionStmt',
  'CreateTrigStmt',
  'CreateExtensionStmt',
  'ViewStmt',
  'CommentStmt',
  'InsertStmt',
  'SelectStmt',
  'GrantStmt',
]);

function object(statement: Node, context: Context): string[] {
  if ('AlterTableStmt' in statement) {
    const { relation, cmds = [] } = statement.AlterTableStmt;
    if (context.isNew(relation?.relname)) return [];
    if (cmds.some(isValidation) && context.changed.has(relation?.relname))
      return [
        'validating reads the whole table, under the lock of what the file changes there: in a file of its own',
      ];
    return cmds.flatMap((cmd) => ('AlterTableCmd' in cmd ? objectToChange(cmd.AlterTableCmd) : []));
  }
  if ('IndexStmt' in statement) {
    const { relation, concurrent = false } = statement.IndexStmt;
    if (context.isNew(relation?.relname) || (concurrent && context.alone)) return [];
    return [
      'an index on a table that is there keeps people from writing while it is built: `create index concurrently`, alone in a file that begins with `-- no transaction`',
    ];
  }
  if ('DropStmt' in statement)
    return ['dropping: old code may use it. Stop using it, release that, and drop it in a later release'];
  if ('RenameStmt' in statement)
    return context.isNew(statement.RenameStmt.relation?.relname)
      ? []
      : [
          'renaming: old code uses the old name. Add the new one beside it, fill both, and drop the old one later',
        ];
  if ('UpdateStmt' in statement || 'DeleteStmt' in statement) {
    const { relation } = 'UpdateStmt' in statement ? statement.UpdateStmt : statement.DeleteStmt;
    if (context.isNew(relation?.relname)) return [];
    return ['changing rows locks them all until the commit: let a job do it in small parts'];
  }
  const [kind = 'nothing'] = Object.keys(statement);
  return harmless.has(kind)
    ? []
    : [`${kind} is not known to be harmless: say why it is, or teach scripts/check-migrations.ts`];
}

const harmlessChanges = new Set([
  'AT_ColumnDefault',
  'AT_DropNotNull',
  'AT_DropConstraint',
  'AT_ValidateConstraint',
  'AT_SetStatistics',
  'AT_SetRelOptions',
]);

function objectToChange({ subtype = 'AT_AddColumn', def }: AlterTableCmd): string[] {
  if (harmlessChanges.has(subtype)) return [];
  switch (subtype) {
    case 'AT_AddColumn':
      return def && 'ColumnDef' in def ? objectToColumn(def.ColumnDef) : [];
    case 'AT_AddConstraint':
      return def && 'Constraint' in def ? objectToConstraint(def.Constraint) : [];
    case 'AT_DropColumn':
      return [
        'dropping a column: old code reads it. Stop using it, release that, and drop it in a later release',
      ];
    case 'AT_AlterColumnType':
      return [
        'changing a type rewrites the table under a lock: add a column of the new type, fill both, drop the old one later',
      ];
    case 'AT_SetNotNull':
      return [
        '`set not null` reads the whole table under a lock, and old code may write nulls: first `check (… is not null) not valid`, then validate it, in a later release',
      ];
    default:
      return [`${subtype} is not known to be harmless: say why it is, or teach scripts/check-migrations.ts`];
  }
}

function objectToColumn({ constraints = [] }: ColumnDef): string[] {
  const parts = constraints.flatMap((each) => ('Constraint' in each ? [each.Constraint] : []));
  const has = (kind: Constraint['contype']) => parts.find(({ contype }) => contype === kind);
  const value = has('CONSTR_DEFAULT')?.raw_expr;
  const objections: string[] = [];
  if (has('CONSTR_NOTNULL') && !value)
    objections.push(
      'a new column that is `not null` without a default: what old code inserts would be refused',
    );
  if (value && 'FuncCall' in value && !isStable(value.FuncCall.funcname))
    objections.push(
      'a default that differs from row to row rewrites the table: add the column, then the default',
    );
  if (has('CONSTR_GENERATED') || has('CONSTR_IDENTITY'))
    objections.push('a generated column rewrites the table: let a trigger or the code fill a plain one');
  if (has('CONSTR_CHECK') || has('CONSTR_FOREIGN') || has('CONSTR_UNIQUE') || has('CONSTR_PRIMARY'))
    objections.push(
      'a constraint within a new column reads the whole table under a lock: add it by itself, `not valid` (unique ones from an index)',
    );
  return objections;
}

const isStable = (name: Node[] = []): boolean => {
  const last = name.at(-1);
  return (
    last !== undefined && 'String' in last && ['now', 'current_timestamp'].includes(last.String.sval ?? '')
  );
};

function objectToConstraint({ contype, skip_validation: notValid = false, indexname }: Constraint): string[] {
  const isIndex = contype === 'CONSTR_UNIQUE' || contype === 'CONSTR_PRIMARY';
  if (isIndex ? indexname !== undefined : notValid) return [];
  return [
    isIndex
      ? 'a unique constraint builds its index under a lock: make the index concurrently, then `using index`'
      : 'a constraint reads the whole table under a lock: add it `not valid`, and validate it in a later file',
  ];
}

async function checkAll(): Promise<void> {
  const names = readdirSync('migrations').filter((name) => name.endsWith('.sql'));
  const judged = names.filter((name) => name >= firstJudged);
  const wrong: string[] = [];
  for (const name of judged)
    for (const objection of await judgeMigration(readFileSync(path.join('migrations', name), 'utf8')))
      wrong.push(`migrations/${name}:${objection}`);
  if (names.length < 10) wrong.push('Hardly any migrations were found: the check is blind.');
  if (wrong.length > 0) {
    console.error(`${wrong.join('\n')}\nA statement that is right nevertheless: \`-- safe: why\` above it.`);
    process.exit(1);
  }
  console.log(`migrations: ${judged.length} of ${names.length} judged, all survivable`);
}

if (import.meta.main) await checkAll();
