import { wordFinding } from '../../contract/import-wording.ts';
import type { Finding, Import } from '../../contract/imports.ts';
import type { FindingRecord, ImportRecord } from './queries.ts';

export function presentImport(row: ImportRecord): Import {
  const { fileId: _, workState: __, createdAt, importedAt, takenBackAt, ...shown } = row;
  return {
    ...shown,
    createdAt: createdAt.toString(),
    importedAt: importedAt?.toString() ?? null,
    takenBackAt: takenBackAt?.toString() ?? null,
  };
}

export const presentFinding = ({ line, column, code, value, detail }: FindingRecord): Finding => ({
  line,
  column,
  code,
  value,
  says: { en: wordFinding('en', code, detail), bn: wordFinding('bn', code, detail) },
});
