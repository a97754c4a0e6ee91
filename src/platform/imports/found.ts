import type { FindingDetail } from '../../contract/import-wording.ts';
import type { FindingCode } from '../../contract/imports.ts';

/** Something to tell about a row, or (`line` null) about the file. */
export type Found = {
  line: number | null;
  column: string | null;
  code: FindingCode;
  value: string | null;
  detail?: FindingDetail;
};
